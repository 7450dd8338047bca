"""What a page's policy keeps from readers is told of; what it allows is not."""

import pytest

from hexapla.publish.blocked import blocked, problem_of
from hexapla.publish.content import parse_fragment
from hexapla.publish.policy import DEFAULT, allowing

FOREIGN = "https://a.example/x"


def whats(html: str, policy: str = DEFAULT) -> list[str]:
    return [one.what for one in blocked(parse_fragment(html)[1], policy)]


@pytest.mark.parametrize(
    ("html", "what"),
    [
        (f'<img src="{FOREIGN}">', "images from a.example"),
        ('<img src="//a.example/x">', "images from a.example"),
        (f'<img src="b.png" srcset="c.png 1x, {FOREIGN} 2x">', "images from a.example"),
        (f'<picture><source srcset="{FOREIGN}"><img src="b.png"></picture>', "images from a.example"),
        (f'<video poster="{FOREIGN}"></video>', "images from a.example"),
        (f'<video><source src="{FOREIGN}"></video>', "sound and films from a.example"),
        (f'<audio src="{FOREIGN}"></audio>', "sound and films from a.example"),
        (f'<iframe src="{FOREIGN}"></iframe>', "pages in pages from a.example"),
        (f'<object data="{FOREIGN}"></object>', "embedded objects from a.example"),
        (f'<script src="{FOREIGN}"></script>', "scripts from a.example"),
        (f'<link rel="stylesheet" href="{FOREIGN}">', "style sheets from a.example"),
        ("<script>f()</script>", "scripts that stand in a text"),
        ("<style>p {color: red}</style>", "style sheets that stand in a text"),
    ],
)
def test_what_does_not_reach_readers_is_told_of(html, what):
    assert whats(html) == [what]
    assert whats(html, "") == []


@pytest.mark.parametrize(
    "html",
    [
        '<img src="x.png">',
        '<img src="../x.png" alt="https://a.example">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="http://[x">',
        "<img>",
        f'<a href="{FOREIGN}">x</a>',
        f'<blockquote cite="{FOREIGN}">x</blockquote>',
        f'<link rel="canonical" href="{FOREIGN}">',
        '<script type="application/json">{}</script>',
        '<p style="color: red">x</p>',
        f"<code>&lt;img src={FOREIGN}&gt;</code>",
    ],
)
def test_what_reaches_readers_is_not_told_of(html):
    assert whats(html) == []


@pytest.mark.parametrize(
    ("sources", "allows"),
    [
        ("https://a.example", True),
        ("a.example", True),
        ("*.example", True),
        ("https:", True),
        ("*", True),
        ("http:", False),
        ("https://b.example", False),
        ("*.a.example", False),
        ("'none'", False),
    ],
)
def test_a_policy_of_the_site_is_read(sources, allows):
    html = f'<img src="{FOREIGN}">'
    assert (whats(html, f"default-src 'self'; img-src {sources}") == []) is allows
    assert (whats(html, f"default-src {sources}") == []) is allows
    assert (whats(html, allowing({"img-src": [sources]})) == []) is allows


def test_a_policy_that_does_not_speak_of_something_allows_it():
    assert whats(f'<iframe src="{FOREIGN}"></iframe><style>p {{}}</style>', "img-src 'self'") == []
    assert (
        whats(f'<iframe src="{FOREIGN}"></iframe>', "child-src https://a.example; default-src 'none'") == []
    )
    assert whats("<style>p {}</style>", "style-src 'self' 'unsafe-inline'") == []


def test_each_host_is_told_of_once_by_its_first_address():
    html = f'<img src="{FOREIGN}1"><img src="{FOREIGN}2"><img src="https://b.example/"><img src="{FOREIGN}3">'
    assert [one.written for one in blocked(parse_fragment(html)[1], DEFAULT)] == [
        f"{FOREIGN}1",
        "https://b.example/",
    ]


def test_the_problem_says_where_and_what_to_do():
    (one,) = blocked(parse_fragment(f'<img src="{FOREIGN}">')[1], DEFAULT)
    told = str(problem_of("posts/a.md", 7, one))
    assert (
        told.startswith("posts/a.md:7: W-blocked") and FOREIGN in told and "content_security_policy" in told
    )
