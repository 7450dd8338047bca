"""Where the links in a page's content lead, as the page is built."""

import pytest

from hexapla.normalize.anchors import anchors_of
from hexapla.publish.addresses import Addresses
from hexapla.publish.page_links import Places, add_anchors, lead
from hexapla.publish.sources import page_source
from publish_trees import done

FILES = {"assets/p.png", "assets/a b.png", "de/own.png", "en/own.png", "en/posts/a.ipynb"}
PAGES = {
    ("en", "posts/a"),
    ("de", "posts/a"),
    ("en", "about"),
    ("en", "index"),
    ("de", "index"),
    ("hi", "posts/für"),
}


def places(*, directory_urls: bool = True) -> Places:
    addresses = Addresses(default_language="en", site_url="https://s.example/", directory_urls=directory_urls)
    return Places(addresses=addresses, languages=("en", "de", "hi"), pages=PAGES, is_file=FILES.__contains__)


def led(
    html: str, page: str = "de/posts/a.md", *, directory_urls: bool = True
) -> tuple[str, tuple[str, ...]]:
    found = places(directory_urls=directory_urls)
    shown, leads = done(html, lambda _, content: lead(content, page_source(page, ""), found))
    return shown, tuple(address for address, to in leads.items() if to is None)


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example/../a.md", "//x.example/a", "mailto:a@b", "/rooted.md", "#part", "?q", "data:image/png;base64,x",
        "../../../assets/p.png", "../a/", "./", "../../../posts/a/", "../../../posts/a.ipynb", "../../own.png", "../../",
        "../../en/posts/a.md?raw",
    ],
)  # fmt: skip
def test_what_leads_there_from_the_page_is_left_alone(address):
    html = f'<p><a href="{address}">x</a></p>'
    assert led(html)[0] == html


@pytest.mark.parametrize(
    ("page", "address"), [("en/guide/more.md", "../../"), ("en/about.md", "../"), ("en/about.md", "..")]
)
def test_the_home_page_is_there_from_wherever(page, address):
    html = f'<p><a href="{address}">x</a></p>'
    assert led(html, page) == (html, ())


@pytest.mark.parametrize(
    ("written", "page", "built"),
    [
        ("../../assets/p.png", "de/posts/a.md", "../../../assets/p.png"),
        ("../../assets/a%20b.png#x", "de/posts/a.md", "../../../assets/a%20b.png#x"),
        ("../own.png", "de/posts/a.md", "../../own.png"),
        ("../own.png", "en/posts/a.md", "../../own.png"),
        ("a.md", "de/posts/a.md", "./"),
        ("a.md#part", "en/posts/a.md", "./#part"),
        ("../about.md", "de/posts/a.md", "../../../about/"),
        ("../about.md", "en/posts/a.md", "../../about/"),
        ("../../en/posts/a.md", "de/posts/a.md", "../../../posts/a/"),
        ("../../en/posts/a.md#part", "de/posts/a.md", "../../../posts/a/#part"),
        ("../../en/index.md", "de/posts/a.md", "../../../"),
        ("../../hi/posts/f%C3%BCr.md", "de/posts/a.md", "../../../hi/posts/f%C3%BCr/"),
        ("../assets/p.png", "de/index.md", "../assets/p.png"),
    ],
)
def test_what_leads_there_from_its_markdown_leads_there_from_the_page(written, page, built):
    assert led(f'<p><a href="{written}">x</a></p>', page) == (f'<p><a href="{built}">x</a></p>', ())


@pytest.mark.parametrize(
    ("written", "page", "built"),
    [
        ("../../assets/p.png", "en/posts/a.md", "../assets/p.png"),
        ("../../assets/p.png", "de/posts/a.md", "../../assets/p.png"),
        ("a.md#part", "de/posts/a.md", "a.html#part"),
        ("../en/posts/a.md", "de/index.md", "../posts/a.html"),
    ],
)
def test_so_it_does_without_addresses_of_folders(written, page, built):
    html = f'<p><a href="{built}">x</a></p>'
    assert led(f'<p><a href="{written}">x</a></p>', page, directory_urls=False)[0] == html
    assert led(html, page, directory_urls=False)[0] == html


@pytest.mark.parametrize(
    ("tag", "attribute"),
    [
        ("a", "href"), ("area", "href"), ("img", "src"), ("source", "src"), ("video", "src"), ("video", "poster"),
        ("audio", "src"), ("iframe", "src"), ("embed", "src"), ("track", "src"), ("object", "data"),
        ("table", "background"),
    ],
)  # fmt: skip
def test_every_attribute_with_an_address_is_followed(tag, attribute):
    assert (
        f'{attribute}="../../../assets/p.png"'
        in led(f'<div><{tag} {attribute}="../../assets/p.png"></div>')[0]
    )


def test_a_set_of_pictures_has_several():
    html = '<img srcset="../../assets/p.png 1x, ../../assets/a%20b.png 2x, https://x.example/p.png 3x">'
    assert (
        '"../../../assets/p.png 1x, ../../../assets/a%20b.png 2x, https://x.example/p.png 3x"' in led(html)[0]
    )
    same = '<img srcset="data:image/png;base64,x, 1x">'
    assert led(same)[0] == same


@pytest.mark.parametrize("dead", ["gone.md", "../gone.png", "../../../../etc/passwd", "b/"])
def test_what_leads_nowhere_stays_and_is_returned(dead):
    html = f'<p><a href="{dead}">x</a></p>'
    assert led(html) == (html, (dead,))


def anchored(html: str, first: str | None = None) -> str:
    other = anchors_of(first) if first is not None else None
    return done(html, lambda tree, content: add_anchors(tree, content, other))[0]


@pytest.mark.parametrize(
    ("html", "first", "finished"),
    [
        ('<h2 id="a">A</h2>', None, '<h2 id="a">A</h2>'),
        ('<h2 id="a">A</h2>', '<h2 id="a">A</h2>', '<h2 id="a">A</h2>'),
        ("<h2>Raw one</h2>", None, '<h2 id="raw-one">Raw one</h2>'),
        ("<ul><li><h3>See</h3></li></ul>", None, '<ul><li><h3 id="see">See</h3></li></ul>'),
        ('<h2 id="a">A</h2><h2 id="a_1">A</h2>', None, '<h2 id="a">A</h2><h2 id="a_1"><span id="a-1"></span>A</h2>'),
        ('<h2 id="teil">Teil</h2>', '<h2 id="part">Part</h2>', '<h2 id="teil"><span id="part"></span>Teil</h2>'),
        # What another section has already, or where the two have other sections, is not given twice.
        ('<h2 id="b">B</h2><h2 id="a">A</h2>', '<h2 id="a">A</h2><h2 id="b">B</h2>', '<h2 id="b">B</h2><h2 id="a">A</h2>'),
        ('<h2 id="teil">Teil</h2>', '<h2 id="part">Part</h2><h2>More</h2>', '<h2 id="teil">Teil</h2>'),
        ('<h2 id="teil">Teil</h2>', '<h3 id="part">Part</h3>', '<h2 id="teil">Teil</h2>'),
        ('<h1 id="t">T</h1><h2 id="teil">Teil</h2>', '<h2 id="part">Part</h2>', '<h1 id="t">T</h1><h2 id="teil"><span id="part"></span>Teil</h2>'),
        ('<h2 id="teil">Teil</h2>', '<h1>T</h1><h2 id="part">Part</h2>', '<h2 id="teil"><span id="part"></span>Teil</h2>'),
        ('<h1 id="titel">Titel</h1>', '<h1 id="t">T</h1>', '<h1 id="titel"><span id="t"></span>Titel</h1>'),
        ('<p id="a"></p><h2>A</h2>', None, '<p id="a"></p><h2>A</h2>'),
    ],
)  # fmt: skip
def test_a_section_is_reached_by_its_own_id_by_github_s_and_by_its_original_s(html, first, finished):
    assert anchored(html, first) == finished
    assert anchored(finished, first) == finished
