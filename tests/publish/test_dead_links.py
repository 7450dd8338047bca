"""Links that only a whole site can tell of: to sections, and from the site's root."""

import pytest

from hexapla.normalize.anchors import anchors_of
from hexapla.publish.content import parse_fragment
from hexapla.publish.dead_links import dead, site_links

ANCHORS = {
    "about/index.html": anchors_of('<h2 id="team">Team</h2>'),
    "posts/a/index.html": anchors_of('<h2 id="part">Part</h2><a name="old"></a>'),
    "flat.html": anchors_of('<h2 id="ä">Ä</h2>'),
    "index.html": anchors_of(""),
}
FILES = {
    "posts",
    "posts/a/index.html",
    "posts/a",
    "posts/a.ipynb",
    "about",
    "about/index.html",
    "assets",
    "flat.html",
}


def told(html: str, *, is_followed: bool = False, root: str = "/blog/") -> list[str]:
    _, content = parse_fragment(html)
    links = site_links(
        content, path="en/about.md", is_followed=is_followed, file="about/index.html", root=root
    )
    return [link.address for link in dead(links, ANCHORS, {"posts/a/index.html"}, FILES.__contains__)]


@pytest.mark.parametrize(
    "address",
    [
        "#team", "#Team", "#top", "#", "#__tabbed_1_1", "#:~:text=a", "./#team", "../posts/a/#part", "../posts/a/index.html#old",
        "../posts/a/#old", "../flat.html#%C3%A4", "../flat#ä", "https://x.example/#gone", "mailto:a@b#c", "//x.example/#gone",
        "/blog/", "/blog/posts/a/", "/blog/posts/a/#part", "/blog/posts/a.ipynb", "/blog/flat", "/elsewhere/#gone", "/",
        # Another site may be there; files that are no pages have sections of their own.
        "/blog/other/gone", "../posts/a.ipynb#cell", "../gone.pdf#page=3",
    ],
)  # fmt: skip
def test_what_leads_somewhere_is_not_told_of(address):
    assert told(f'<a href="{address}">x</a>') == []


@pytest.mark.parametrize(
    "address",
    [
        "#gone",
        "../posts/a/#gone",
        "../flat.html#gone",
        "/blog/posts/gone/",
        "/blog/posts/a/#gone",
        "/blog/#gone",
        "../#gone",
    ],
)
def test_what_leads_nowhere_is_told_of_once(address):
    assert told(f'<p><a href="{address}">x</a> <map><area href="{address}"></map></p>') == [address]


def test_of_what_hexapla_wrote_only_links_to_pages_of_the_site_s_own_are_looked_at():
    html = '<a href="../posts/a/#gone">x</a> <a href="#gone">y</a> <a href="/blog/posts/gone/">z</a>'
    assert told(html, is_followed=True) == ["#gone"]


def test_where_nobody_says_where_the_site_will_be_nothing_is_known_of_a_root():
    assert told('<a href="/posts/gone/">x</a>', root="") == []
    assert told('<a href="/posts/gone/">x</a>', root="/") == ["/posts/gone/"]
