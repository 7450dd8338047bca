"""Outputs among numbered blocks: they have no numbers, and no block has another because of them."""

from types import SimpleNamespace

import pytest
from markdown import Markdown

from hexapla.adapters.mkdocs import output_fences

CODE = "```python\nprint(1)\n```\n"
OUTPUT = '```{.text .output title="Output"}\n1\n2\n```\n'
IN_ITEM = "- a\n\n    ```{.text .output}\n    1\n    ```\n"


def converter(*, ours: bool = True, fences=(), **highlight) -> Markdown:
    """Return Python-Markdown as mkdocs makes it of a site's configuration, with hexapla's part or without."""
    config = SimpleNamespace(markdown_extensions=["attr_list", "pymdownx.highlight", "pymdownx.superfences"])
    if ours:
        output_fences.use(config)
        output_fences.use(config)
    return Markdown(
        extensions=config.markdown_extensions,
        extension_configs={
            "pymdownx.highlight": highlight,
            "pymdownx.superfences": {"custom_fences": list(fences)},
        },
    )


ALL = {"linenums": True, "anchor_linenums": True, "line_spans": "__span"}


@pytest.mark.parametrize("settings", [ALL, {}, {"use_pygments": False}, {"auto_title": True, **ALL}])
def test_outputs_are_not_numbered_and_blocks_are_as_they_were_without(settings):
    texts = (CODE, "```text\nwords\n```\n", "    indented\n")
    made = converter(**settings).convert(
        "\n".join((texts[0], OUTPUT, texts[1], IN_ITEM, "Words.\n", texts[2]))
    )
    alone = converter(**settings, ours=False).convert("\n".join((*texts[:2], "Words.\n", texts[2])))
    plain = {name: value for name, value in settings.items() if name not in ALL}
    outputs = converter(**plain, ours=False).convert(f"{OUTPUT}\n{IN_ITEM}")
    first, in_item = outputs.partition("\n<ul>")[::2]
    assert first in made and in_item in made
    assert made.replace(f"{first}\n", "").replace(f"<ul>{in_item}\n", "") == alone


def test_each_page_counts_its_blocks_anew():
    pages = converter(**ALL)
    first = pages.convert(f"{CODE}\n{OUTPUT}\n{CODE}")
    assert pages.reset().convert(f"{CODE}\n{OUTPUT}\n{CODE}") == first
    assert "__span-1-1" in first and "__span-2-1" not in first


def test_a_formatter_of_the_sites_own_for_texts_stays():
    def formatter(source, language, class_name, options, md, **kwargs):
        return f"<b>{source}</b>"

    fence = {"name": "text", "class": "text", "format": formatter}
    assert "<b>1\n2</b>" in converter(fences=[fence]).convert(OUTPUT)


@pytest.mark.parametrize(
    "extensions", [["fenced_code"], ["fenced_code", "attr_list"], ["fenced_code", "attr_list", "codehilite"]]
)
def test_where_nothing_numbers_lines_outputs_are_as_without_us(extensions):
    config = SimpleNamespace(markdown_extensions=[*extensions])
    output_fences.use(config)
    options = {"codehilite": {"use_pygments": False}} if "codehilite" in extensions else {}
    made = Markdown(extensions=config.markdown_extensions, extension_configs=options).convert(OUTPUT)
    assert made == Markdown(extensions=extensions, extension_configs=options).convert(OUTPUT)


@pytest.mark.parametrize("options", [{"linenums": True}, {"linenums": True, "noclasses": True}, {}])
def test_where_codehilite_numbers_lines_outputs_are_not_numbered(options):
    def made(*, ours: bool, **options):
        config = SimpleNamespace(markdown_extensions=["fenced_code", "codehilite", "attr_list"])
        if ours:
            output_fences.use(config)
        return Markdown(extensions=config.markdown_extensions, extension_configs={"codehilite": options})

    code = made(ours=False, **options).convert(CODE)
    output = made(ours=False, **{**options, "linenums": False}).convert(OUTPUT)
    assert made(ours=True, **options).convert(f"{CODE}\n{OUTPUT}") == f"{code}\n\n{output}"
