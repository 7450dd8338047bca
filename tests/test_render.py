"""From a post and a record to a page."""

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import article, program, run
from hexapla.ledger import Ledger, Record, updated
from hexapla.outputs import Figure, Kind, Text
from hexapla.render import LONG, figures, render
from hexapla.run import CellRun, Run, Status

NAMES = {"en": "English", "de": "Deutsch", "hi": "हिन्दी"}
BODY = "Intro.\n\n```python\nx = 1\nprint(x)\n```\n\nThen:\n\n```python\nx + 1\n```\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>'
EXTENSIONS = ["attr_list", "md_in_html", "pymdownx.superfences", "pymdownx.highlight", "admonition"]


def page(of, language, *texts):
    ran = run(of.programs[0], *texts)
    return render(of, language, updated(Record(), of.programs[0], ran), names=NAMES).text


def test_outputs_stand_under_their_blocks_in_the_pages_language():
    text = page(article({"de": BODY}), "de", "1\n", "2")
    assert '```python\nx = 1\nprint(x)\n```\n\n```{.text .output title="Ausgabe"}\n1\n```\n\nThen:' in text
    assert '```{.python continuation}\nx + 1\n```\n\n```{.text .output title="Ausgabe"}\n2\n```\n' in text
    assert "PyTorch 2.13.0" in text


def test_a_block_that_prints_nothing_has_no_output():
    text = page(article({"en": BODY}), "en", "", "2")
    assert "print(x)\n```\n\nThen:" in text


def test_a_block_without_a_record_says_so():
    of = article({"hi": BODY})
    assert "अभी दर्ज नहीं" in render(of, "hi", Record(), names=NAMES).text


def test_a_missing_translation_shows_the_original_with_a_banner():
    text = page(article({"en": BODY}), "de", "1\n", "2")
    assert "noch nicht ins Deutsche übersetzt. Sie lesen die Fassung auf English" in text
    assert "hexapla_original: en" in text
    assert '<div lang="en" dir="ltr" markdown="1">' in text
    html = markdown.markdown(text.partition("\n---\n")[2], extensions=EXTENSIONS)
    assert html.count("<code>") == 4


@pytest.mark.parametrize("prefix", ["    ", "> "], ids=["in a list", "in a quote"])
def test_an_output_stays_in_its_container(prefix):
    lines = "```python\nprint(1)\n```"
    of = article({"en": "".join(f"{prefix}{line}\n" for line in lines.split("\n"))})
    text = page(of, "en", "1\n\n2\n")
    assert f'{prefix}```{{.text .output title="Output"}}\n{prefix}1\n' in text
    assert f"{prefix}2\n{prefix}```\n" in text


@given(st.text(alphabet=st.sampled_from("`~\n ab<&*{}[]#!\\🎈अ\x1b\x03|>"), min_size=1))
def test_no_output_ends_its_fence_or_carries_markup_into_the_page(text):
    of = article({"en": "```python\nprint(1)\n```\n\nAfter.\n"})
    html = markdown.markdown(page(of, "en", text).partition("\n---\n")[2], extensions=EXTENSIONS)
    assert html.count("<code>") == 2
    assert "<p>After.</p>" in html


def test_figures_are_written_once_for_all_languages():
    of = article({"en": "```python\nplot()\n```\n", "de": "```python\nplot()\n```\n"})
    cell = CellRun(
        id="cell-1",
        status=Status.OK,
        outputs=(Figure(svg=SVG, alt="A line"), Text(kind=Kind.VALUE, text="3")),
    )
    record = updated(
        Record(),
        of.programs[0],
        Run(program="a", cells=(cell,), environment=run(program("1"), "").environment),
    )
    drawn = list(figures(of, Ledger(records={"": record}).records))
    assert [(one.path, one.text) for one in drawn] == [("assets/hexapla/a/cell-1-1.svg", SVG)]
    text = render(of, "de", record, names=NAMES).text
    assert (
        "![A line](../../assets/hexapla/a/cell-1-1.svg){ .hexapla-figure width=96 height=48 loading=lazy }"
        in text
    )
    assert text.index("![A line]") < text.index('.value title="Ausgabe"')


def html_of(text: str) -> str:
    return markdown.markdown(text.partition("\n---\n")[2], extensions=EXTENSIONS)


def test_a_long_output_is_folded_with_its_size():
    of = article({"de": "```python\nprint(1)\n```\n\nAfter.\n"})
    assert "<details" not in page(of, "de", "row\n" * LONG)
    html = html_of(page(of, "de", "row\n" * (LONG + 1)))
    assert f"<summary>Ausgabe ({LONG + 1} Zeilen)</summary>" in html
    assert html.index("<summary>") < html.index("<code>", html.index("<summary>")) < html.index("</details>")
    assert html.count("<code>") == 2 and "```" not in html


@given(st.text(alphabet=st.sampled_from("`~\n ab<&*{}[]#!\\/>"), min_size=1))
def test_no_output_leaves_its_fold(text):
    of = article({"en": "```{.python .hide-output}\nprint(1)\n```\n\nAfter.\n"})
    html = html_of(page(of, "en", text))
    assert html.count("<code>") == 2 and "<p>After.</p>" in html.partition("</details>")[2]


def test_hidden_code_is_folded_and_its_output_is_not():
    of = article({"en": "```python\n1\n```\n\n```{.python .hide-input}\nprint(1)\n```\n\nAfter.\n"})
    html = html_of(page(of, "en", "1", "1\n"))
    fold, _, rest = html.partition('<details class="hexapla-fold code-fold">')[2].partition("</details>")
    assert "<summary>Code</summary>" in fold and "print" in fold and "output" not in fold
    assert "<p>After.</p>" in rest


def test_in_a_list_nothing_is_folded():
    of = article({"en": "- Item\n\n    ```{.python .hide-input .hide-output}\n    print(1)\n    ```\n"})
    assert "<details" not in page(of, "en", "1\n")
