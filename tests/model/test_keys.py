"""Keys of the front matter: what a page carries of them."""

from datetime import date

import pytest

from hexapla.model.keys import KEYS, OLD_ADDRESSES, left_out, on_pages, texts_in


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({}, {}),
        ({"title": "A", "subtitle": 5, "description": date(2026, 1, 2)}, {"title": "A", "subtitle": "5", "description": "2026-01-02"}),
        ({"date": date(2026, 1, 2), "updated": "2026-01-02 10:00:00 +0100"}, {"date": date(2026, 1, 2), "updated": "2026-01-02 10:00:00 +0100"}),
        ({"tags": ["a", 1, None, ["b"]]}, {"tags": ["a", "1"]}),
        ({"tags": "a, b"}, {"tags": "a, b"}),
        ({"image": {"path": "a.png", "alt": "x"}}, {"image": "a.png"}),
        ({"hide": ["toc", "navigation"]}, {"hide": ["toc", "navigation"]}),
        ({"search": {"boost": 2, "exclude": True}}, {"search": {"boost": 2, "exclude": True}}),
        ({"icon": "material/star", "status": "new", "comments": False}, {"icon": "material/star", "status": "new", "comments": False}),
    ],
)  # fmt: skip
def test_a_page_carries_known_keys(values, kept):
    assert on_pages(values) == kept and not left_out(values)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("template", "../x.html"),
        ("hexapla_original", '"><script>'),
        ("render_macros", True),
        ("og_image", "x"),
        ("__class__", "x"),
        ("title", ["a"]),
        ("author", {"name": "x"}),
        ("date", '2026-01-02"><script>'),
        ("date", 5),
        ("revision_date", "<b>"),
        ("tags", 5),
        ("image", {"alt": "x"}),
        ("image", ["a"]),
        ("icon", "../../x"),
        ("icon", "a b"),
        ("status", '"x'),
        ("status", ["new"]),
        ("hide", 5),
        ("hide", ["<b>"]),
        ("hide", []),
        ("search", 7),
        ("search", {"boost": "x"}),
        ("search", {"boost": -1}),
        ("search", {"boost": True}),
        ("search", {"exclude": True, "else": 1}),
        ("comments", "yes"),
    ],
)
def test_a_page_carries_nothing_else_and_it_is_named(key, value):
    assert on_pages({key: value}) == {} and left_out({key: value}) == (key,)


@pytest.mark.parametrize("key", ["layout", "slug", "execute", "strings", "source", "permalink", "lang"])
def test_what_others_read_is_left_out_and_not_told_of(key):
    assert on_pages({key: "x"}) == {} and left_out({key: "x"}) == ()


@pytest.mark.parametrize(
    ("given", "carried"),
    [
        ("/a/", ["/a/"]),
        (["/a.html", "b"], ["/a.html", "b"]),
        ("https://other.example/a/", None),
        ("//other.example/a/", None),
        (["/a/", 1], None),
        ([""], None),
    ],
)
def test_pages_carry_the_addresses_that_they_had(given, carried):
    assert [on_pages({key: given}).get(key) for key in OLD_ADDRESSES] == [carried, carried]


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        ("/a/", ("/a/",)),
        (["/a/", "b"], ("/a/", "b")),
        (["/a/", 1, ""], ("/a/",)),
        (None, ()),
        ({"a": "b"}, ()),
    ],
)
def test_a_key_has_a_text_or_several(given, texts):
    assert texts_in(given) == texts


def test_a_key_has_one_entry_and_one_sentence():
    assert len({key.name for key in KEYS}) == len(KEYS)
    assert all(key.meaning.endswith(".") for key in KEYS if key.take or key.meaning)
    assert set(OLD_ADDRESSES) <= {key.name for key in KEYS if key.take}
