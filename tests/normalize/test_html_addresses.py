"""Which attributes of HTML hold addresses, and where each stands."""

import pytest

from hexapla.normalize.html_addresses import addresses_in, split_address


@pytest.mark.parametrize(
    ("tag", "name", "value", "addresses"),
    [
        ("a", "title", "a.md", []),
        ("div", "data", "a.svg", []),
        ("a", "href", "a.md", ["a.md"]),
        ("table", "background", "a b.png", ["a b.png"]),
        ("object", "data", "a.svg", ["a.svg"]),
        ("img", "srcset", "a.png, b.png 2x,\n c.png 100w,", ["a.png", "b.png", "c.png"]),
        ("img", "srcset", "data:image/png;base64,x 2x, a.png", []),
        ("img", "srcset", " , ", []),
        ("form", "action", "a.md", ["a.md"]),
        ("use", "xlink:href", "a.svg#b", ["a.svg#b"]),
        ("img", "data-src", "a.png", ["a.png"]),
        ("img", "data-srcset", "a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("blockquote", "cite", "a.md", ["a.md"]),
        ("blockquote", "cite", "Goethe", []),
        ("q", "cite", "J. W. Goethe, Faust", []),
        ("p", "style", "color: red; background: URL( 'a.png' ), url(b.png)", ["a.png", "b.png"]),
        ("p", "style", 'content: "url"; width: calc(1px)', []),
    ],
)
def test_where_addresses_stand(tag, name, value, addresses):
    assert [value[start:end] for start, end in addresses_in(tag, name, value)] == addresses


@pytest.mark.parametrize(
    ("address", "host", "path"),
    [
        ("https://a.example/b", "a.example", "/b"),
        ("b.md", None, "b.md"),
        ("http://[x", None, ""),
        ("", None, ""),
    ],
)
def test_what_an_address_is_made_of(address, host, path):
    parts = split_address(address)
    assert (parts.hostname, parts.path) == (host, path)
