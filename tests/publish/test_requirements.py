"""What pages need of an mkdocs.yml that was written by hand, and what is said where it lacks it."""

import re

import pytest

from hexapla.cli.main import main

POST = "---\ntitle: A\nexecute: false\n---\n\nWords.\n"


def said(file, capsys) -> tuple[int, str]:
    status = main(["check", "-f", str(file)])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("  - attr_list\n  - md_in_html\n  - tables\n  - footnotes\n", "  - extra\n"),
        ("  - admonition\n", "  - markdown.extensions.admonition\n"),
        ("inline_syntax: [dollar]", "inline_syntax: [round, dollar]"),
    ],
    ids=["as `hexapla new` writes it", "a bundle", "a long name", "more than is needed"],
)
def test_a_configuration_that_has_it_all_is_left_alone(new_site, capsys, before, after):
    file = new_site({"a.en.md": POST})
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))
    status, told = said(file, capsys)
    assert status == 0 and "-missing" not in told


@pytest.mark.parametrize(
    ("gone", "line"),
    [
        ("  - pymdownx.details\n", "- pymdownx.details"),
        ("  - admonition\n", "- admonition"),
        ("      preserve_tabs: true\n", "- pymdownx.superfences: {preserve_tabs: true}"),
        ("inline_syntax: [dollar], ", "- pymdownx.arithmatex: {inline_syntax: [dollar]}"),
    ],
)  # fmt: skip
def test_a_missing_extension_is_named_with_the_line_to_add(new_site, capsys, gone, line):
    file = new_site({"a.en.md": POST})
    text = file.read_text()
    assert gone in text
    file.write_text(text.replace(gone, ""))
    status, told = said(file, capsys)
    place = file.read_text().split("\n").index("markdown_extensions:") + 1
    assert status == 0 and f"mkdocs.yml:{place}: W-extension-missing " in told
    assert [found.partition("  #")[0] for found in re.findall(r"^    (- .*)$", told, re.MULTILINE)] == [line]
    assert main(["check", "--strict", "-f", str(file)]) == 1


def test_an_extension_that_has_options_keeps_them(new_site, capsys):
    file = new_site({"a.en.md": POST})
    text = file.read_text()
    assert "      preserve_tabs: true\n" in text and "custom_fences:" in text
    file.write_text(text.replace("      preserve_tabs: true\n", ""))
    line = file.read_text().split("\n").index("  - pymdownx.superfences:") + 1
    told = said(file, capsys)[1]
    assert f"    - pymdownx.superfences: {{preserve_tabs: true}}  # mkdocs.yml:{line}\n" in told
    assert "add what stands here to its options" in told


def test_a_configuration_without_any_is_told_once(new_site, capsys):
    file = new_site({"a.en.md": POST})
    text = file.read_text()
    start, end = text.index("markdown_extensions:"), text.index("validation:")
    file.write_text(text[:start] + text[end:])
    told = said(file, capsys)[1]
    assert told.count("W-extension-missing") == 1 and "    - md_in_html\n" in told
    off = file.read_text().replace("snippets: ", "severities: {extension-missing: note}\n      snippets: ")
    file.write_text(off)
    assert "W-extension-missing" not in said(file, capsys)[1]


def test_a_missing_style_sheet_is_named(new_site, capsys):
    file = new_site({"a.en.md": POST})
    file.write_text(re.sub(r"^extra_css:\n.*\n", "", file.read_text(), flags=re.MULTILINE))
    told = said(file, capsys)[1]
    assert "mkdocs.yml:1: W-style-missing " in told and "`- assets/hexapla/hexapla.css`" in told


def test_a_language_without_words_is_told_with_the_file_that_is_missing(new_site, capsys):
    file = new_site({"a.en.md": POST}, languages="en,sw,pt-BR")
    status, told = said(file, capsys)
    assert status == 0 and told.count("N-words-missing") == 1
    assert "mkdocs.yml:1: N-words-missing There is no `words/sw.yml` in hexapla" in told
    assert "what it says itself on pages in Swahili is in English. Translate `words/en.yml`" in told
    assert main(["pages", "-f", str(file)]) == 0
    page = (file.parent / "docs" / "sw" / "posts" / "a.md").read_text()
    assert (
        '<span lang="en" dir="ltr">This article has not been translated into Swahili yet. Here is the version in English.</span>'
        in page
    )
