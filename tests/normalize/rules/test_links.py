"""Where links in posts lead."""

from dataclasses import replace

import pytest

from examples import post
from hexapla.model.destination import Destination
from hexapla.normalize.anchors import Known, anchors_of
from hexapla.normalize.normalize import normalize
from hexapla.normalize.rules.links import linked, targets
from hexapla.normalize.target.dialect import Dialect

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
        "`[x](javascript:y)`",
        "```\n[x](nowhere.md)\n```\n",
        "mail@x.org",
    ],
)
def test_what_leads_elsewhere_is_left_alone(same):
    done = linked(post(same), KNOWN, find)
    assert done.post.body == same
    assert not done.problems


def test_only_what_would_be_changed_has_the_text_parsed(monkeypatch):
    monkeypatch.setattr("hexapla.normalize.rules.links.is_code", lambda text, offset: pytest.fail(text))
    same = '[x](https://x.example) [y](mailto:a@b.example) <a href="//x.example">x</a> <img src="">'
    assert linked(post(same), KNOWN, find).post.body == same


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


@pytest.mark.parametrize(
    ("wiki", "on_the_page"),
    [
        ("the [[Prototype]] of it", r"the \[\[Prototype\]\] of it"),
        ("see [[Gone note|words]] and [[Gone note#Part]]", "see words and Gone note › Part"),
        ("see [[other|words]]", "see [words](<other.md>)"),
    ],
)
def test_a_link_of_a_wiki_to_what_is_not_there_is_text_and_told_of(wiki, on_the_page):
    written = normalize(post(f"{wiki}\n", title="T"), Dialect()).post
    done = linked(written, KNOWN, find)
    assert done.post.body == f"{on_the_page}\n"
    assert {one.code for one in done.problems} == (set() if "other.md" in on_the_page else {"broken-link"})


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


@pytest.mark.parametrize(
    ("written", "on_the_page"),
    [
        ('<a href="a.png">x</a>', '<a href="{}">x</a>'),
        ("<a href='a.png'>x</a>", "<a href='{}'>x</a>"),
        ("<a class=b href=a.png>x</a>", "<a class=b href={}>x</a>"),
        ('<IMG SRC = "a.png">', '<IMG SRC = "{}">'),
        ('<img\n  alt="x"\n  src="a.png">', '<img\n  alt="x"\n  src="{}">'),
        ('<video poster="a.png"></video>', '<video poster="{}"></video>'),
        ('<object data="a.png"></object>', '<object data="{}"></object>'),
        ('<picture><source srcset="a.png"></picture>', '<picture><source srcset="{}"></picture>'),
        ('<img srcset="a.png 1x, a.png 2x">', '<img srcset="{} 1x, {} 2x">'),
        ('<img data-src="a.png" data-srcset="a.png 2x">', '<img data-src="{}" data-srcset="{} 2x">'),
        ('<svg><use xlink:href="a.png#x"/></svg>', '<svg><use xlink:href="{}#x"/></svg>'),
        (
            '<script src="a.png">var x = `<img src="a.png">`</script>',
            '<script src="{}">var x = `<img src="a.png">`</script>',
        ),
        # No address of the site's.
        ('<img data-source="a.png" alt="src=a.png">', '<img data-source="a.png" alt="src=a.png">'),
        ('<p data="a.png">', '<p data="a.png">'),
        ('src="a.png" is written so', 'src="a.png" is written so'),
        ('`<img src="a.png">`', '`<img src="a.png">`'),
        ('<img srcset="data:image/png;base64,x">', '<img srcset="data:image/png;base64,x">'),
    ],
)
def test_addresses_in_html_are_followed_wherever_they_stand(written, on_the_page):
    done = linked(post(written), KNOWN, find)
    assert done.post.body == on_the_page.replace("{}", "../../assets/posts/posts/a.png")
    assert not done.problems


def test_a_page_of_the_site_is_led_to_from_where_the_page_is():
    done = linked(
        post("[x](../about.md#team) [home](/)"),
        KNOWN,
        lambda path, target: Destination(page={"/": "index"}.get(target, "about")),
    )
    assert done.post.body == "[x](../about.md#team) [home](../index.md)"


OUTLINES = {
    "other": {"en": anchors_of('<h2 id="part">Part</h2>'), "de": anchors_of('<h2 id="teil">Teil</h2>')},
    "a": {"en": anchors_of('<h2 id="x">X</h2><h2 id="x_1">X</h2>')},
}


@pytest.mark.parametrize(
    ("written", "language", "on_the_page"),
    [
        ("[x](other.md#part)", "en", "[x](other.md#part)"),
        ("[x](other.en.md#part)", "de", "[x](other.md#teil)"),
        ("[x](other.de.md#teil)", "en", "[x](other.md#part)"),
        ("[x](other.md#part)", "hi", "[x](other.md#part)"),
        # The first version is lent to readers of other languages.
        ("[x](other.de.md#teil)", "hi", "[x](other.md#part)"),
        ("[x](#x-1)", "en", "[x](#x_1)"),
        ("[x](#top) [y](#)", "en", "[x](#top) [y](#)"),
        ('<a href="other.md#part">', "de", '<a href="other.md#teil">'),
    ],
)
def test_a_section_is_led_to_by_the_id_that_the_page_has(written, language, on_the_page):
    done = linked(replace(post(written), slug="a", language=language), KNOWN, find, OUTLINES)
    assert done.post.body == on_the_page and not done.problems


@pytest.mark.parametrize(
    ("written", "language", "message"),
    [
        (
            "[x](other.md#gone)",
            "en",
            "The link leads to `#gone`, and `other.md` has no such section in this language.",
        ),
        (
            "[x](other.md#gone)",
            "hi",
            "The link leads to `#gone`, and `other.md` has no such section in this language.",
        ),
        ("[x](#gone)", "en", "The link leads to `#gone`, and the post has no such section in this language."),
    ],
)
def test_a_section_that_is_nowhere_is_a_problem(written, language, message):
    done = linked(replace(post(f"Text\n\n{written}\n"), slug="a", language=language), KNOWN, find, OUTLINES)
    assert [(one.code, one.line, one.message) for one in done.problems] == [("broken-link", 3, message)]


def test_what_links_name_is_known_whatever_posts_there_are():
    found = targets(
        post("[a](a.png) [b](other.md#part) [c](#x) [d](gone.md) ![e](https://x.example/e.png)"), KNOWN
    )
    assert found.slugs == {"a.png": "", "other.md": "other", "gone.md": "gone"}
    assert found.sectioned[0] == "other" and len(found.sectioned) == 2  # its own section is one, too


@pytest.mark.parametrize(
    ("written", "on_the_page"),
    [
        ('<a href="/b.svg">http://x.example</a>', '<a href="/b.svg">http&#58;//x.example</a>'),
        ('<a id="y">www.x.example a@b.example</a>', '<a id="y">www&#46;x.example a&#64;b.example</a>'),
        ("http://x.example <b>http://y.example</b>", "http://x.example <b>http://y.example</b>"),
        ('`<a href="x">http://x.example</a>`', '`<a href="x">http://x.example</a>`'),
    ],
)
def test_a_link_in_html_has_no_link_in_it(written, on_the_page):
    assert (
        linked(post(written), KNOWN, lambda path, target: Destination(file="b")).post.body.replace(
            "../../assets/posts/b", "/b.svg"
        )
        == on_the_page
    )
