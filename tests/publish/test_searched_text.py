"""An index holds what pages say, weighed, and nothing that the theme and the tool add."""

from pathlib import Path

import pytest

from hexapla.publish import searched_text
from hexapla.publish.searched_text import article, once_a_section, words_of

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
    assert made == f"<html><head></head><body>{expected.replace('+', searched_text._AGAIN)}</body></html>"


@pytest.mark.parametrize(
    ("language", "parted"), [("fr", True), ("fr-CA", True), ("en", False), ("uk", False)]
)
def test_words_that_an_apostrophe_joins_are_found_each_for_itself_where_they_are_two(language, parted):
    page = "<body><h1>L’été</h1><p>l'axe d’<b>Adam</b> <code>f'a'</code> ’a’</p></body>"
    text = searched_text.searched_text(page, language, about="d’ici")
    blank = "\u200a" if parted else ""
    for said in (f"L’{blank}été", f"l'{blank}axe", "d’<b>Adam", "f'a'", " ’a’", f'content="d’{blank}ici"'):
        assert said in text.html
    assert ("axe" in text.words) and ("ici" in text.words)
    script = Path(searched_text.__file__).parent.parent / "templates/theme/assets/hexapla/search.js"
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
def test_a_short_arabic_word_stands_apart_from_its_article(text, expected):
    page = f"<body><p>{text}</p></body>"
    assert f"<p>{expected.replace('|', chr(0x200A))}</p>" in searched_text.searched_text(page, "ar").html
    assert f"<p>{text}</p>" in searched_text.searched_text(page, "fa").html
