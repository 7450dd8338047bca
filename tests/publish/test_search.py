"""An index of each language's pages, made again where they changed."""

import sys
from pathlib import Path

import pytest

from hexapla.publish import search, searched_text
from hexapla.publish.addresses import Addresses
from hexapla.publish.search import WORDS, write_indexes
from hexapla.publish.sources import page_source
from hexapla.storage.cache import Cache
from indexes import found_pages


def _site(folder, texts, *, directory_urls=True):
    """Write a built site of these pages, Markdown and HTML alike, and return their sources."""
    where = Addresses(default_language="en", directory_urls=directory_urls)
    pages = [page_source(path, f"---\n{head}\n---\n") for path, (head, _) in texts.items()]
    for page, (_, body) in zip(pages, texts.values(), strict=True):
        path = folder / where.file(page)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html><body><article class='md-content__inner'>{body}</article></body></html>")
    return pages, where


def test_only_a_language_whose_pages_change_is_indexed_again(tmp_path, monkeypatch):
    texts = {
        "en/a.md": ("tags: [b]\ndescription: How far", "<h1>Loss</h1><p>loss loss gradient</p>"),
        "en/b.md": ("title: B", "<h1>More</h1><p>loss</p>"),
        "en/hidden.md": ("search: {exclude: true}", "<h1>Hidden</h1>"),
        "en/none.md": ("search: {boost: 0}", "<h1>None</h1>"),
        "de/a.md": ("title: A", "<h1>Verlust</h1>"),
        "de/b.md": ("hexapla_original: en", "<h1>More</h1>"),
    }
    pages, where = _site(tmp_path, texts)
    cache = Cache(folder=tmp_path / "cache", environment="")
    made = []
    index = search._index
    monkeypatch.setattr(search, "_index", lambda *given, **names: made.append(1) or index(*given, **names))

    def again():
        made.clear()
        write_indexes(pages, where, tmp_path, ("en", "de", "fr"), cache)
        return len(made)

    assert again() == 2 and again() == 0
    assert set(found_pages(tmp_path)) == {"/a/", "/b/"} and set(found_pages(tmp_path / "de")) == {"/de/a/"}
    assert found_pages(tmp_path)["/b/"]["filters"] == {"for": ["de"]}
    assert found_pages(tmp_path)["/a/"]["meta"]["about"] == "How far b"
    assert (tmp_path / "search" / WORDS).read_text().splitlines() == [
        "loss",
        "far",
        "gradient",
        "how",
        "more",
    ]
    # A language without pages of its own has those of others.
    assert [path.name for path in (tmp_path / "fr/search").iterdir()] == ["search_index.json"]
    assert not list((tmp_path / "search").glob("*ui*")) and (tmp_path / "search/pagefind-worker.js").is_file()
    said = []
    text = search.searched_text
    monkeypatch.setattr(
        search, "searched_text", lambda *given, **more: said.append(given) or text(*given, **more)
    )
    (tmp_path / "b/index.html").write_text("<body><h1>Less</h1></body>")
    assert again() == 1 and said == [("<body><h1>Less</h1></body>", "en")]
    assert found_pages(tmp_path)["/a/"]["meta"]["about"] == "How far b"
    (tmp_path / "de/a/index.html").write_text("<body><h1>Gradient</h1></body>")
    assert again() == 1
    assert found_pages(tmp_path / "de")["/de/a/"]["meta"]["title"] == "Gradient"


@pytest.mark.parametrize(("directory_urls", "address"), [(True, "/a b/ü/"), (False, "/a b/ü.html")])
def test_pages_are_found_at_the_addresses_that_they_have(tmp_path, directory_urls, address):
    texts = {"en/a b/ü.md": ("title: A", "<h1>A</h1>")}
    pages, where = _site(tmp_path, texts, directory_urls=directory_urls)
    write_indexes(pages, where, tmp_path, ("en",), Cache(folder=tmp_path / "cache", environment=""))
    assert set(found_pages(tmp_path)) == {address}


def test_on_a_large_site_common_words_are_found_in_each_section_once(tmp_path, monkeypatch):
    said = "<h1>A</h1><p>loss loss gradient gradient</p><h2 id='b'>B</h2><p>loss loss</p>"
    pages, where = _site(tmp_path, {"en/a.md": ("a: 1", said), "en/b.md": ("a: 1", "<h1>C</h1><p>loss</p>")})

    def content(large):
        monkeypatch.setattr(search, "_LARGE", large)
        write_indexes(pages, where, tmp_path, ("en",), Cache(folder=tmp_path / f"{large}", environment=""))
        return found_pages(tmp_path)["/a/"]["content"]

    assert content(3) == "A. loss loss gradient gradient. B. loss loss."
    # Pagefind keeps the letter, which the script takes away; the word that one page alone says stays.
    assert content(2).replace(searched_text._AGAIN, "+") == "A. loss +loss gradient gradient. B. loss +loss."
    script = Path(search.__file__).parent.parent / "templates/theme/assets/hexapla/search.js"
    assert f'replaceAll("\\u{ord(searched_text._AGAIN):x}", "")' in script.read_text(encoding="utf-8")


def test_where_its_program_was_not_installed_there_is_none(monkeypatch):
    monkeypatch.setitem(sys.modules, "pagefind.service", None)
    assert search.pagefind.__wrapped__() is None


def test_an_index_is_the_same_however_often_it_is_made(tmp_path):
    codes = ["ar", "de", "es", "fr", "hi", "ja", "zh"]
    lent = {f"en/{name}.md": ("title: A", f"<h1>{name}</h1><p>loss</p>") for name in "abcd"}
    borrowed = {
        f"{code}/{name}.md": ("hexapla_original: en", "<h1>A</h1>")
        for number, name in enumerate("abcd")
        for code in codes[number:]
    }
    pages, where = _site(tmp_path, lent | borrowed)

    def made(folder):
        write_indexes(pages, where, tmp_path, ("en", *codes), Cache(folder=folder, environment=""))
        return {path.name: path.read_bytes() for path in (tmp_path / "search").rglob("*") if path.is_file()}

    first = made(tmp_path / "cache")
    # Pagefind itself has another order each time: seven values are in the same one once in 5,040.
    assert all(made(tmp_path / f"cache {number}") == first for number in range(3))
    filters = {name: page["filters"]["for"] for name, page in found_pages(tmp_path).items()}
    assert filters == {"/a/": codes, "/b/": codes[1:], "/c/": codes[2:], "/d/": codes[3:]}
