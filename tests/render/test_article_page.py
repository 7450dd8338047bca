"""From a post and a record to a page."""

from dataclasses import replace
from datetime import date

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import article, program, run
from hexapla.cli.main import main
from hexapla.ledger.ledger import Ledger, Record, updated_record
from hexapla.model.output import Figure, Kind, Text
from hexapla.model.run import CellRun, Run, Status
from hexapla.render.article_page import article_page, fallback_page, figure_files, split_title
from hexapla.render.catalog import Catalog
from hexapla.render.labels import labels, status_labels
from hexapla.render.outputs import CUT, LONG
from hexapla.render.topics import Topics
from hexapla.translations.freshness import made

BODY = "Intro.\n\n```python\nx = 1\nprint(x)\n```\n\nThen:\n\n```python\nx + 1\n```\n"
SVG = '<?xml version="1.0" encoding="utf-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" height="36pt" width="72pt"/>'
"""As it is once it was cleaned."""
EXTENSIONS = [
    "attr_list",
    "md_in_html",
    "pymdownx.superfences",
    "pymdownx.highlight",
    "pymdownx.details",
    "admonition",
]


def page(of, language, *texts):
    ran = run(of.programs[0], *texts)
    return article_page(of, language, updated_record(Record(), of.programs[0], ran)).text


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (BODY, "Title &#x2a;a&#x2a;"),
        (f"# Its `own` title #\n\n{BODY}", "Its `own` title"),
        (f"# Its own {{#id}}\n\n{BODY}", "Its own"),
        (f"Set below\n=========\n\n{BODY}", "Set below"),
    ],
    ids=["from the front matter", "from the post", "with an anchor", "underlined"],
)
def test_the_title_of_a_fallback_page_is_laid_out_as_its_language_is(body, title):
    of = article({"en": body})
    of = replace(of, posts={"en": replace(of.posts["en"], title="Title *a*")})
    text = article_page(of, "ar", Record()).text
    assert f'<h1 lang="en" dir="ltr" markdown="span">{title}</h1>\n' in text
    assert text.count("Its") + text.count("Set below") <= 1
    html = markdown.markdown(text.partition("\n---\n")[2], extensions=EXTENSIONS)
    assert html.startswith('<h1 dir="ltr" lang="en">')


def test_outputs_stand_under_their_blocks_in_the_pages_language():
    text = page(article({"de": BODY}), "de", "1\n", "2")
    assert '```python\nx = 1\nprint(x)\n```\n\n```{.text .output title="Ausgabe"}\n1\n```\n\nThen:' in text
    assert '```{.python continuation}\nx + 1\n```\n\n```{.text .output title="Ausgabe"}\n2\n```\n' in text
    assert "Ausgeführt mit PyTorch 2.13.0 auf CPU, Startwert 0." in text


def test_a_block_that_prints_nothing_has_no_output():
    text = page(article({"en": BODY}), "en", "", "2")
    assert "print(x)\n```\n\nThen:" in text


def test_a_block_without_a_record_stands_alone():
    of = article({"hi": BODY})
    text = article_page(of, "hi", Record()).text
    assert "print(x)\n```\n\nThen:" in text and "hexapla-missing" not in text and ".output" not in text


def test_a_missing_translation_shows_the_original_with_a_banner():
    text = page(article({"en": BODY}), "de", "1\n", "2")
    assert "noch nicht ins Deutsche übersetzt. Hier steht die Fassung auf Englisch" in text
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
    record = updated_record(
        Record(),
        of.programs[0],
        Run(program="a", cells=(cell,), environment=run(program("1"), "").environment),
    )
    drawn = list(figure_files(of, Ledger(records={"": record}).records))
    assert [(one.path, one.text) for one in drawn] == [("assets/hexapla/a/cell-1-1.svg", SVG)]
    text = article_page(of, "de", record).text
    assert "![A line](../../assets/hexapla/a/cell-1-1.svg){ .hexapla-figure width=96 height=48 }" in text
    assert text.index("![A line]") < text.index('.value title="Wert"')


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


@pytest.mark.parametrize("prefix", ["    ", "> "], ids=["in a list", "in a quote"])
def test_a_long_output_is_folded_in_its_container_too(prefix):
    lines = ("```python", "print(1)", "```")
    item = "- Item\n\n" if prefix == "    " else ""
    of = article({"en": f"{item}{''.join(f'{prefix}{line}' + chr(10) for line in lines)}\nAfter.\n"})
    html = html_of(page(of, "en", "row *a*\n\n" * LONG))
    fold = html.partition('<details class="hexapla-fold output-fold">')[2].partition("</details>")[0]
    assert f"<summary>Output ({2 * LONG - 1} lines)</summary>" in fold
    assert "row *a*\n\nrow *a*" in fold and "After." not in fold and "```" not in html


def test_prints_values_and_errors_are_told_apart():
    of = article({"de": "```python raises:ValueError\nf()\n```\n"})
    outputs = (
        Text(kind=Kind.STREAM, text="a\n"),
        Text(kind=Kind.STREAM, text="b\n"),
        Text(kind=Kind.VALUE, text="3"),
        Text(kind=Kind.ERROR, text="Traceback\nValueError: no\n"),
    )
    text = shown_in(of, "de", outputs)
    heads = [line for line in text.split("\n") if line.startswith("```{.text")]
    assert heads == [
        '```{.text .output title="Ausgabe"}',
        "```{.text .output}",
        '```{.text .output .value title="Wert"}',
        '```{.text .output .error title="Fehler"}',
    ]


def shown_in(of, language, outputs, **values):
    cell = CellRun(id="cell-1", status=Status.OK, outputs=outputs)
    ran = Run(program="a", cells=(cell,), environment=run(program("1"), "").environment)
    return article_page(of, language, updated_record(Record(), of.programs[0], ran), **values).text


def test_of_an_output_that_is_too_long_a_page_says_how_much_it_shows():
    of = article({"de": "```python\nprint(1)\n```\n"})
    row = "x" * 99 + "\n"
    text = page(of, "de", row * 300)
    assert text.count(row.strip()) == CUT // 100
    assert "die ersten 20.000 von 30.000 Zeichen" in text
    assert "die ersten" not in page(of, "de", row * (CUT // 100))
    assert "y" * CUT in page(of, "de", "y" * 50_000) and "y" * (CUT + 1) not in page(of, "de", "y" * 50_000)


def test_an_output_that_is_older_than_its_code_is_not_shown():
    of = article({"en": "```python\nprint(1)\n```\n"})
    record = updated_record(Record(), of.programs[0], run(of.programs[0], "1\n"))
    edited = article({"en": "```python\nprint(2)\n```\n"})
    text = article_page(edited, "en", record).text
    assert "hexapla-missing" not in text and ".output" not in text


def test_a_page_says_when_and_about_what_and_what_goes_with_it():
    of = article({"en": BODY, "de": BODY})
    other = replace(article({"en": BODY}), slug="b")
    catalog = Catalog(
        articles={"a": of, "b": other},
        topics=Topics(of={"a": ("x",)}, names={("x", ""): "X", ("x", "de"): "Iks"}),
        related={"a": ("b",)},
    )
    german = article_page(of, "de", Record(), catalog=catalog).text
    assert "[Iks](index.md#topic-x){ .hexapla-topic }" in german
    assert "## Verwandte Artikel { #hexapla-related" in german
    assert '- [A](b.md){ lang=en dir=ltr } <span class="hexapla-other">Englisch</span>' in german
    english = article_page(of, "en", Record(), catalog=catalog).text
    assert "[X](index.md#topic-x)" in english and "- [A](b.md)\n" in english


def test_what_stands_above_a_post_stands_below_its_own_title():
    of = article({"de": "# Titel\n\nText.\n"})
    catalog = Catalog(topics=Topics(of={"a": ("x",)}, names={("x", ""): "X"}))
    text = article_page(of, "de", Record(), catalog=catalog).text
    assert text.index("# Titel") < text.index("[X]") < text.rindex("Text.")


def test_a_fallback_page_is_found_in_the_search_after_others():
    of = article({"en": BODY})
    assert "boost: 0.5" in article_page(of, "de", Record()).text
    assert "boost" not in article_page(of, "en", Record()).text


def test_a_translation_says_what_it_was_made_from_where_that_is_no_matter_of_course():
    of = article({"de": BODY, "en": BODY})
    said = "hexapla_translates: de"
    assert said in article_page(of, "en", Record(), default_language="en").text
    assert said not in article_page(of, "en", Record(), default_language="de").text
    assert "hexapla_translates" not in article_page(of, "de", Record(), default_language="en").text


def test_a_post_that_is_dated_by_its_name_has_its_date_on_the_page_too():
    of = article({"en": BODY})
    dated = replace(of, posts={"en": replace(of.posts["en"], published=date(2026, 3, 4))})
    assert "\ndate: 2026-03-04\n" in article_page(dated, "en", Record()).text
    said = {"en": replace(dated.posts["en"], front_matter={"date": date(2025, 1, 2)})}
    assert "\ndate: 2025-01-02\n" in article_page(replace(dated, posts=said), "en", Record()).text


def test_an_output_at_the_limit_is_shown_whole():
    of = article({"en": "```python\nprint(1)\n```\n"})
    assert "x" * CUT in (text := page(of, "en", "x" * CUT)) and "hexapla-missing" not in text
    assert "hexapla-missing" in page(of, "en", "x" * (CUT + 1))
    assert "<details" not in html_of(page(of, "en", "row\n" * LONG))


def test_a_translated_string_that_the_original_printed_is_told_of():
    of = article({"en": BODY, "de": BODY})
    placed = {**of.placed, "de": (replace(of.placed["de"][0], localized=True), of.placed["de"][1])}
    text = page(replace(of, placed=placed), "de", "1\n", "2")
    assert text.count(labels("de").canonical_output) == 1
    assert labels("en").canonical_output not in page(replace(of, placed=placed), "en", "1\n", "2")


def test_a_gpu_is_named_where_an_output_came_from_one():
    of = article({"en": "```python\nprint(1)\n```\n"})
    on_gpu = replace(of.programs[0], cells=(replace(of.programs[0].cells[0], fixtures=("gpu",)),))
    of = replace(of, programs=(on_gpu,))
    assert "on CPU + GPU, seed 0" in page(of, "en", "1\n")


TITLES = {
    "plain": ("Words", "Words.", ""),
    "marks": ("The **x** of `y_z`", "Words.", "# The <strong>x</strong> of `y_z`"),
    "marks, and a heading of its own": ("The **x**", "# The **x** again\n\nWords.", "# The **x** again"),
    "a sign that marks nothing": ("2 * 3 = 6", "Words.", ""),
}


@pytest.mark.parametrize(("title", "body", "heading"), TITLES.values(), ids=TITLES)
def test_a_title_keeps_its_marks_on_the_page(new_site, title, body, heading):
    file = new_site({"a.en.md": f"---\ntitle: '{title}'\n---\n\n{body}\n"}, languages="en")
    main(["pages", "-f", str(file)])
    text = (file.parent / "docs/en/posts/a.md").read_text()
    assert [line for line in text.split("\n") if line.startswith("# ") and "Written by" not in line] == (
        [heading] if heading else []
    )
    assert f"title: {title.replace('*' * 2, '').replace('`', '')}\n" in text


@pytest.mark.parametrize("templated", [False, True])
def test_where_templates_are_filled_in_an_output_and_a_title_hold_none(templated):
    of = article({"en": BODY})
    of = replace(
        of, posts={"en": replace(of.posts["en"], title="{{ config }}", body=f"{BODY}\n{{{{ x }}}}\n")}
    )
    record = updated_record(Record(), of.programs[0], run(of.programs[0], "{{ 7 * 7 }} {% raw %}\n", "2"))
    text = article_page(of, "en", record, templated=templated).text
    assert ("{{ 7 * 7 }}" in text, "{{ config }}" in text) == (not templated, not templated)
    assert "{{ x }}" in text and text.replace("\u2060", "").count("{{ 7 * 7 }} {% raw %}") == 1


FALLBACK_EXTENSIONS = ["attr_list", "md_in_html", "admonition", "tables"]


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("No title.\n", "", "No title.\n"),
        ("Text.\n\n# Not a page's title\n", "", "Text.\n\n# Not a page's title\n"),
        ("## Smaller\n\nText.\n", "", "## Smaller\n\nText.\n"),
        ("# A title\n\nText.\n", "# A title\n", "Text.\n"),
        ("Underlined\n===\n\nText.\n", "Underlined\n===\n", "Text.\n"),
    ],
)
def test_a_title_is_told_from_the_rest(text, title, rest):
    assert split_title(text) == (title, rest)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Text.\n", "From the &#x2a;front&#x2a; matter"),
        ("# With `code` #\n\nText.\n", "With <code>code</code>"),
        ("# Anchored {#here}\n\nText.\n", "Anchored"),
    ],
)
def test_a_page_says_that_it_stands_in_and_has_its_own_direction(text, title):
    html = markdown.markdown(
        fallback_page(text, "From the *front* matter", "en", "ar"),
        extensions=FALLBACK_EXTENSIONS,
    )
    assert html.startswith(f'<h1 dir="ltr" lang="en">{title}</h1>\n<div class="admonition info">')
    assert "هذه هي النسخة الإنجليزية." in html
    assert html.endswith('<div dir="ltr" lang="en">\n<p>Text.</p>\n</div>')


ANNOTATED = "```python\nprint(1)  # (1)!\n```\n\n1.  Why.\n\n    More.\n"
CAPTION = "/// caption\nWhat it is.\n///\n"
PLAIN = "```python\nprint(1)\n```\n"


@pytest.mark.parametrize(
    ("body", "above"),
    [
        (f"{ANNOTATED}\nWords.\n", "    More.\n\n"),
        (f"{ANNOTATED.rstrip()}", "    More.\n\n"),
        (f"{PLAIN}\n{CAPTION}\nWords.\n", "///\n\n"),
        (f"{PLAIN}{{: .wide }}\n\nWords.\n", "{: .wide }\n\n"),
        (f"{PLAIN}\nWords.\n", "```\n\n"),
    ],
)
def test_an_output_stands_below_what_must_follow_its_block(body, above):
    text = page(article({"en": body}), "en", "1\n")
    assert text[: text.index("```{.text .output")].endswith(above)


def test_a_translation_that_is_behind_leads_to_what_has_changed():
    # The helper's blocks are nobody's twins, so that the translation lacks them.
    of = article(dict.fromkeys(("en", "de"), "Text.\n\n```python\n1\n```\n"))
    said, changes = status_labels("de").lacking, labels("de").changes
    with_page = article_page(of, "de", Record(), made=made(of, "de"), status="../translations.md#behind").text
    assert f"{said} [{changes}](../translations.md#behind)\n" in with_page
    without = article_page(of, "de", Record(), made=made(of, "de")).text
    assert f"{said}\n" in without and changes not in without
