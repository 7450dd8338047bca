"""Where links in posts lead."""

from dataclasses import replace

import pytest

from examples import post
from hexapla.model.destination import Destination
from hexapla.normalize.rules.links import Known, linked

KNOWN = Known(slugs=frozenset({"other", "張量"}), languages=("en", "de"))


def find(path: str, target: str) -> Destination:
    names = {"a.png": "posts/a.png", "/img/b.svg": "img/b.svg", "a%20b.png": 'posts/a b"(c).png'}
    return Destination(file=names.get(target, ""), refused="it is hidden" if target == ".env" else "")


@pytest.mark.parametrize(
    "same",
    [
        "[x](https://example.org/other.md)",
        "[x](#part)",
        "`[x](nowhere.md)`",
        "```\n[x](nowhere.md)\n```\n",
        "mail@x.org",
    ],
)
def test_what_leads_elsewhere_is_left_alone(same):
    done = linked(post(same), KNOWN, find)
    assert done.post.body == same
    assert not done.problems


@pytest.mark.parametrize(
    ("written", "on_the_page"),
    [
        ("[x](other.md)", "[x](other.md)"),
        ("[x](2025-01-01-other-en.md)", "[x](other.md)"),
        ("[x](../de/other.de.md#part)", "[x](other.md#part)"),
        ("[x](/notes/other-en)", "[x](other.md)"),
        ("[x](/notes/other-en/)", "[x](other.md)"),
        ("[x](張量.md)", "[x](張量.md)"),
        ("![x](a.png)", "![x](../../assets/posts/posts/a.png)"),
        ("![x](a%20b.png)", "![x](../../assets/posts/posts/a%20b%22%28c%29.png)"),
        ("![x](/img/b.svg)", "![x](../../assets/posts/img/b.svg)"),
    ],
)
def test_links_lead_to_the_page_in_the_readers_language_and_files_come_along(written, on_the_page):
    done = linked(post(written), KNOWN, find)
    assert done.post.body == on_the_page
    assert not done.problems
    assert len(done.assets) == ("assets" in on_the_page)


def test_a_broken_link_is_a_problem_with_its_line():
    done = linked(post("Text\n\n[x](nowhere.md)\n"), KNOWN, find)
    assert [(one.code, one.line) for one in done.problems] == [("broken-link", 3)]
    assert done.post.body == "Text\n\n[x](nowhere.md)\n"


def test_a_link_to_what_no_post_publishes_says_why():
    done = linked(post("Text\n\n[x](.env) ![y](.env)\n"), KNOWN, find)
    assert [(one.code, one.line, one.message) for one in done.problems] == [
        ("link-refused", 3, "The link to `.env` publishes nothing: it is hidden.")
    ] * 2
    assert done.post.body == "Text\n\n[x](.env) ![y](.env)\n" and not done.assets


@pytest.mark.parametrize(
    ("written", "on_the_page"),
    [
        ("[x](javascript:alert(1))", "[x](#)"),
        ("[x](JavaScript:x) [y](<vbscript:x y>)", "[x](#) [y](<#>)"),
        ("[x](java&#115;cript:x)", "[x](#)"),
        ("[x](&#1;javascript:x)", "[x](#)"),
        ("[x][y]\n\n[y]: javascript:x\n", "[x][y]\n\n[y]: #\n"),
        ('<a href="java\tscript:x">x</a>', '<a href="#">x</a>'),
    ],
)
def test_an_address_that_a_browser_would_run_is_taken_out(written, on_the_page):
    done = linked(post(written), KNOWN, find)
    assert done.post.body == on_the_page
    assert {(one.code, one.severity.value) for one in done.problems} == {("link-refused", "error")}


@pytest.mark.parametrize(
    "same", ["[x](javascript.md)", "`[x](javascript:x)`", "[x](https://a.b/javascript:x)"]
)
def test_the_word_alone_is_no_script(same):
    assert "link-refused" not in {one.code for one in linked(post(same), KNOWN, find).problems}


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- "a.txt"',
        "  -8<- 'a.txt'",
        "--8<--\na.txt\n--8<--",
        '```\n--8<-- "a.txt"\n```',
        '> --8<-- "a.txt"',
    ],
)
def test_a_post_takes_no_file_of_the_whole_site_in(line):
    body = f"Text.\n\n{line}\n"
    assert linked(post(body), KNOWN, find).post.body == body
    done = linked(post(body), replace(KNOWN, includes=False), find)
    assert done.post.body.replace("\u2060", "") == body and "8<" not in done.post.body
    assert done.problems[0].code == "link-refused" and done.problems[0].line in (3, 4)
