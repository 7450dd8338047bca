"""One converter makes of every page what one of its own would."""

import itertools

import pytest
from markdown import Extension, Markdown
from mkdocs.structure import pages

from hexapla.adapters.mkdocs.conversion import Contained
from hexapla.adapters.mkdocs.converter import Converter, use_one_converter

EXTENSIONS = """abbr admonition attr_list def_list footnotes md_in_html meta sane_lists tables toc pymdownx.arithmatex
pymdownx.betterem pymdownx.blocks.admonition pymdownx.blocks.caption pymdownx.blocks.details pymdownx.blocks.tab
pymdownx.caret pymdownx.critic pymdownx.details pymdownx.fancylists pymdownx.highlight pymdownx.inlinehilite pymdownx.keys
pymdownx.magiclink pymdownx.mark pymdownx.saneheaders pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed
pymdownx.tasklist pymdownx.tilde""".split()
CONFIGS = {
    "pymdownx.highlight": {"anchor_linenums": True, "linenums": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.blocks.tab": {"alternate_style": True},
    "toc": {"permalink": True},
}
TEXTS = (
    "# One\n\n## Same\n\n## Same\n\nA note[^1], HTML, and [a link][place].\n\n[^1]: It.\n\n[place]: https://a.example\n"
    "*[HTML]: Hypertext\n",
    "# Two\n\n## Same\n\nA note[^1] that nobody wrote, HTML, and [a link][place].\n",
    '=== "One"\n\n    ```python\n    x = 1\n    ```\n\n=== "Two"\n\n    - [ ] $x$\n',
    "/// tab | One\ntext\n///\n\n/// tab | Two\n```c\nint x;\n```\n///\n\n/// caption\nA caption\n///\n",
    'title: Three\n\n<div markdown="1">\n*x*\n\n<section>\n\n- `#!python x = 1` and ~~y~~\n',
    "- a\n\n    - b\n\n        1. c **d\n\n??? note\n    *e\n\n> ```\n> f\n",
    "``` {.python linenums=3 #named}\nx = 1\n```\n\n```\ny\n```\n\n{++ added ++} and ==marked ^a^",
    "A note[^2] and another[^1].\n\n[^1]: One.\n[^2]: Two.\n",
    "",
)


@pytest.mark.parametrize("order", [*itertools.permutations(range(len(TEXTS)), 2)])
def test_a_page_shows_nothing_of_the_one_before(order):
    convert = Converter()
    for number in order:
        again = convert(extensions=EXTENSIONS, extension_configs=CONFIGS)
        alone = Markdown(extensions=EXTENSIONS, extension_configs=CONFIGS)
        assert again.convert(TEXTS[number]) == alone.convert(TEXTS[number])
        assert again.toc_tokens == alone.toc_tokens
        assert again.Meta == alone.Meta


class _Other(Extension):
    """An extension of somebody's, who does not say what it keeps."""

    def extendMarkdown(self, md):  # noqa: N802 - Python-Markdown's name
        pass


@pytest.mark.parametrize(
    ("extensions", "configs", "is_one"),
    [
        (["toc"], {}, True),
        (["markdown.extensions.toc", "pymdownx.superfences"], {}, True),
        (["footnotes"], {"footnotes": {"UNIQUE_IDS": True}}, False),
        ([_Other()], {}, False),
        ([f"{__name__}:_Other"], {}, False),
    ],
)
def test_pages_share_a_converter_whose_extensions_are_known(extensions, configs, is_one):
    convert = Converter()
    first = convert(extensions=extensions, extension_configs=configs)
    assert (convert(extensions=extensions, extension_configs=configs) is first) == is_one


def test_with_another_configuration_it_is_another():
    convert, configs = Converter(), {"toc": {"permalink": False}}
    first = convert(extensions=["toc"], extension_configs=configs)
    configs["toc"]["permalink"] = True
    assert "headerlink" in convert(extensions=["toc"], extension_configs=configs).convert("# A")
    assert convert(extensions=["toc", "tables"], extension_configs=configs) is not first


def test_one_that_was_stopped_in_a_page_is_not_used_again():
    convert = Converter()
    first = convert(extensions=["toc"], extension_configs={})
    convert.forget()
    assert convert(extensions=["toc"], extension_configs={}) is not first


def test_mkdocs_asks_for_it():
    use_one_converter()
    contained = Contained(lambda convert, text: convert(text))
    first = pages.markdown.Markdown(extensions=[contained], extension_configs={})
    assert pages.markdown.Markdown(extensions=[contained], extension_configs={}) is first
