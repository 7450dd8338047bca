"""An index holds what pages say, weighed, and nothing that the theme and the tool add."""

import sys
from pathlib import Path

import pytest

from hexapla.publish import search
from hexapla.publish.addresses import Addresses
from hexapla.publish.search import WORDS, article, once_a_section, words_of, write_indexes
from hexapla.publish.sources import page_source
from hexapla.storage.cache import Cache
from indexes import found_pages

PAGE = """<html><body><nav>Menu</nav><article class="md-content__inner md-typeset"><a class="md-content__button">Edit</a>
<h1 id="top">Title<a class="headerlink">¶</a></h1><p>Prose <img src="a.png" alt="seen"></p>
<p data-search-exclude>Our words</p>
<div class="language-python highlight"><code>nn.Parameter</code></div>
<div class="language-text output highlight"><code>0.5</code></div>
<h2 id="related" data-search-exclude>Related</h2><ul><li>Other</li></ul><h3>More others</h3><p>Others</p>
<h2 id="last">Last</h2><p>End</p></article></body></html>"""


def test_an_article_is_what_its_page_says():
    said = article(PAGE)
    assert said.text(separator=" ").split() == ["Title", "Prose", "nn.Parameter", "0.5", "Last", "End"]
    assert [node.attributes.get("id") for node in said.css("h1, h2")] == [None, "last"]
    assert said.css_first("img").attributes == {"alt": "seen"}


@pytest.mark.parametrize(
    ("weight", "expected"), [(1, ["1", "7", "0.5", "0.2", "6"]), (2, ["2", "14", "1.0", "0.4", "12"])]
)
def test_headings_say_most_and_code_and_outputs_less_than_prose(weight, expected):
    nodes = article(PAGE, weight).css("article, h1, h2, div")
    assert [node.attributes["data-pagefind-weight"] for node in nodes] == expected


def test_a_page_without_the_theme_is_an_article_as_a_whole():
    assert article("<body><p>No theme</p></body>").text() == "No theme"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Loss, x_1 2 a", ["loss", "x_1"]),
        ("हानि फलन, Straße (الموتر)", ["हानि", "फलन", "straße", "الموتر"]),
        ("يُعدَّل المُحسِّن؛ שָׁלוֹם e\u0301te\u0301", ["يُعدَّل", "المُحسِّن", "שָׁלוֹם", "e\u0301te\u0301"]),
        # Where no spaces part words, nobody knows them here.
        ("用 PyTorch 训练", ["pytorch"]),
    ],
)
def test_words_of_every_script_stay_whole(text, expected):
    assert list(words_of(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<h1>The the</h1><p>The loss, the loss</p>", "<h1>The the</h1><p>The loss, +the loss</p>"),
        ("<p>the</p><h2>the</h2><p>the <b>The</b></p>", "<p>the</p><h2>the</h2><p>the <b>+The</b></p>"),
        ("<p>is it &lt;the&gt; the</p>", "<p>is it &lt;the&gt; +the</p>"),
        ("<p>other theory, the_other</p>", "<p>other theory, the_other</p>"),
    ],
)
def test_of_a_common_word_a_section_has_one_that_is_found(text, expected):
    made = once_a_section(f"<html><body>{text}</body></html>", frozenset({"the"}))
    assert made == f"<html><head></head><body>{expected.replace('+', search._AGAIN)}</body></html>"


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
    text = search._text
    monkeypatch.setattr(search, "_text", lambda path, *given: said.append(path) or text(path, *given))
    (tmp_path / "b/index.html").write_text("<body><h1>Less</h1></body>")
    assert again() == 1 and said == [tmp_path / "b/index.html"]
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


@pytest.mark.parametrize(
    ("language", "parted"), [("fr", True), ("fr-CA", True), ("en", False), ("uk", False)]
)
def test_words_that_an_apostrophe_joins_are_found_each_for_itself_where_they_are_two(
    tmp_path, language, parted
):
    path = tmp_path / "a.html"
    path.write_text(
        "<body><h1>L’été</h1><p>l'axe d’<b>Adam</b> <code>f'a'</code> ’a’</p></body>", encoding="utf-8"
    )
    page = search._Page(file="a.html", content="", about="d’ici", weight=1, borrowers=())
    text = search._text(path, language, page)
    blank = "\u200a" if parted else ""
    for said in (f"L’{blank}été", f"l'{blank}axe", "d’<b>Adam", "f'a'", " ’a’", f'content="d’{blank}ici"'):
        assert said in text.html
    assert ("axe" in text.words) and ("ici" in text.words)
    script = Path(search.__file__).parent.parent / "templates/theme/assets/hexapla/search.js"
    assert 'replaceAll("\\u200a", "")' in script.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("البث", "ال|بث"),
        ("والصفّ بالبث للخط", "وال|صفّ بال|بث لل|خط"),
        ("الصَّف", "ال|صَّف"),
        # What is longer its stemmer parts; in these words it is no article.
        ("الوحدة الالتزام", "الوحدة الالتزام"),
        ("ال الف حال مثالك", "ال الف حال مثالك"),
    ],
)
def test_a_short_arabic_word_stands_apart_from_its_article(tmp_path, text, expected):
    path = tmp_path / "a.html"
    path.write_text(f"<body><p>{text}</p></body>", encoding="utf-8")
    page = search._Page(file="a.html", content="", about="", weight=1, borrowers=())
    assert f"<p>{expected.replace('|', chr(0x200A))}</p>" in search._text(path, "ar", page).html
    assert f"<p>{text}</p>" in search._text(path, "fa", page).html


def test_on_a_large_site_common_words_are_found_in_each_section_once(tmp_path, monkeypatch):
    said = "<h1>A</h1><p>loss loss gradient gradient</p><h2 id='b'>B</h2><p>loss loss</p>"
    pages, where = _site(tmp_path, {"en/a.md": ("a: 1", said), "en/b.md": ("a: 1", "<h1>C</h1><p>loss</p>")})

    def content(large):
        monkeypatch.setattr(search, "_LARGE", large)
        write_indexes(pages, where, tmp_path, ("en",), Cache(folder=tmp_path / f"{large}", environment=""))
        return found_pages(tmp_path)["/a/"]["content"]

    assert content(3) == "A. loss loss gradient gradient. B. loss loss."
    # Pagefind keeps the letter, which the script takes away; the word that one page alone says stays.
    assert content(2).replace(search._AGAIN, "+") == "A. loss +loss gradient gradient. B. loss +loss."
    script = Path(search.__file__).parent.parent / "templates/theme/assets/hexapla/search.js"
    assert f'replaceAll("\\u{ord(search._AGAIN):x}", "")' in script.read_text(encoding="utf-8")


def test_where_its_program_was_not_installed_there_is_none(monkeypatch):
    monkeypatch.setitem(sys.modules, "pagefind.service", None)
    assert search.pagefind.__wrapped__() is None
