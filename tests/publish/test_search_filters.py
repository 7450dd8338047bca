"""Pagefind's filters in an order that is the same each time."""

import gzip
import json

import cbor2

from hexapla.publish.search_filters import with_sorted_filters


def _file(value):
    return gzip.compress(b"pagefind_dcd" + cbor2.dumps(value))


def _read(content):
    return cbor2.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))


def _index(values, *, language="zh-hant"):
    meta = [
        "1.5.2",
        [[f"{language}_0000001", 6]],
        [["a", "z", f"{language}_0000002"]],
        [["for", f"{language}_1234567"]],
        [],
        ["title"],
    ]
    entry = {"version": "1.5.2", "languages": {language: {"hash": f"{language}_abcdef0123", "page_count": 1}}}
    return {
        f"filter/{language}_1234567.pf_filter": _file(["for", values]),
        f"pagefind.{language}_abcdef0123.pf_meta": _file(meta),
        "pagefind-entry.json": json.dumps(entry).encode(),
        "fragment/a.pf_fragment": b"as it is",
    }


def test_whatever_the_order_was_the_files_are_the_same():
    one = with_sorted_filters(_index([["de", [1]], ["es", [0, 1]]]))
    assert one == with_sorted_filters(_index([["es", [0, 1]], ["de", [1]]]))
    assert one != with_sorted_filters(_index([["es", [0, 1]], ["de", [0]]]))
    assert one["fragment/a.pf_fragment"] == b"as it is"


def test_each_file_is_found_by_the_one_that_names_it():
    index = with_sorted_filters(_index([["es", [0]], ["de", [1]]]))
    name = json.loads(index["pagefind-entry.json"])["languages"]["zh-hant"]["hash"]
    ((called, file),) = _read(index[f"pagefind.{name}.pf_meta"])[3]
    assert called == "for" and _read(index[f"filter/{file}.pf_filter"]) == ["for", [["de", [1]], ["es", [0]]]]
    assert len(index) == 4 and len(name) == len("zh-hant_abcdef0123")


def test_what_is_no_index_is_left_as_it_is():
    assert with_sorted_filters({}) == {}
