"""Emphasis as its author meant it: GFM, and beside Chinese, Japanese and Korean what is plainly meant."""

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from hexapla.normalize.github.flanking import is_cjk
from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

AS_ON_GITHUB = {
    "Latin, punctuation inside": "**note:**after",
    "Latin, quotes inside": 'a**"b"**c',
    "Latin, closed before a blank": "**note:** after",
    "inside of a word": "un**frigging**believable",
    "a product": "3 * 4 * 5 and 2*3",
    "underscores in a name": "a snake_case_name and __init__.py",
    "Devanagari": "**मुख्य:** यह **है**।",
    "Arabic": "**ملاحظة:** هذا",
    "Cyrillic": "**Важно:**после",
    "emoji": "**x!**✅ and ✅**x**",
    "zh, a word in a sentence": "这是**重要**的",
    "zh, punctuation outside": "**注意**：后",
    "zh, closed before a blank": "**注意：** 后",
    "zh, underscores": "_注意：_ 后",
    "zh, stars that are text": "2 * 3 等于 6，3 * 2 也是",
    "ja, a word in a sentence": "これは**重要**です",
    "ko, a word in a sentence": "이것은 **중요**합니다",
    "two tildes": "~~a~~ b",
    "three tildes": "a ~~~b~~~ c",
    "one tilde before numbers": "~1.5x and ~2x",
    "one tilde and two": "~~a~ b",
    "a range": "10~20",
    "a word with one tilde on both sides": "~a~ b",
    "a wide blank": "**a\u3000** b",
}

MEANT = {
    "zh, a colon": ("**注意：**后", "<b>注意：</b>后"),
    "zh, a full stop": ("前**句子。**后", "前<b>句子。</b>后"),
    "zh, quotes of its own": ("他说**「好」**了", "他说<b>「好」</b>了"),
    "zh, quotes of Latin": ("他说**“好”**了", "他说<b>“好”</b>了"),
    "zh, parentheses of Latin": ("**参数(parameter)**是", "<b>参数(parameter)</b>是"),
    "zh, wide parentheses": ("**参数（parameter）**是", "<b>参数（parameter）</b>是"),
    "zh, a Latin word after": ("**注意：**after", "<b>注意：</b>after"),
    "zh, a Latin word before": ("word**（注）**后", "word<b>（注）</b>后"),
    "zh, code": ("使用**`nn.Parameter`**来", "使用<b><code>nn.Parameter</code></b>来"),
    "zh, a link": ("见**[链接](u)**后", '见<b><a href="u">链接</a></b>后'),
    "zh, one star": ("*注意：*后", "<i>注意：</i>后"),
    "zh, both": ("***注意：***后", "<i><b>注意：</b></i>后"),
    "zh, struck": ("~~旧的。~~新的", "<s>旧的。</s>新的"),
    "zh, two in a line": ("**一：**甲，**二：**乙", "<b>一：</b>甲，<b>二：</b>乙"),
    "zh, emphasis beside text": ("**注意！**`x`", "<b>注意！</b><code>x</code>"),
    "ja, a full stop": ("**重要です。**次に", "<b>重要です。</b>次に"),
    "ja, brackets": ("これは**「テンソル」**です", "これは<b>「テンソル」</b>です"),
    "ja, wide parentheses": ("**テンソル（tensor）**は", "<b>テンソル（tensor）</b>は"),
    "ja, half-width": ("**ﾃﾝｿﾙ｡**は", "<b>ﾃﾝｿﾙ｡</b>は"),
    "ko, parentheses": ("**스크립트(script)**는", "<b>스크립트(script)</b>는"),
    "ko, quotes": ("이것은**'중요'**합니다", "이것은<b>'중요'</b>합니다"),
    "ko, a full stop": ("**끝.**그리고", "<b>끝.</b>그리고"),
    "one tilde": ("a ~b c~ d", "a <s>b c</s> d"),
}


@pytest.mark.parametrize("text", AS_ON_GITHUB.values(), ids=AS_ON_GITHUB)
def test_what_is_clear_is_read_as_on_github(text):
    html = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    assert read_as_github(text).units == skeleton(html)


@pytest.mark.parametrize(("text", "shown"), MEANT.values(), ids=MEANT)
@pytest.mark.parametrize("place", ["{}", "text\n- {}\n- x", "# {}", "| a |\n|---|\n| {} |"])
def test_what_is_meant_is_on_the_page(text, shown, place):
    body = place.format(text)
    climbed = climb(body, renderer(Dialect()))
    page = skeleton(renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines)))
    assert page == read_as_github(body).units
    assert skeleton(f"<p>{shown}</p>")[0][1:] == read_as_github(text).units[0][1:]


def test_only_the_marks_become_tags():
    text = "text\n- **参数(`a_b`)**是 $x_1$ [a](b) 好"
    lines = [line for line, _ in climb(text, renderer(Dialect())).lines]
    assert lines[-1] == "- <strong>参数(`a_b`)</strong>是 $x_1$ [a](b) 好"


def test_a_range_is_no_strike_through():
    text = "10~20 und 30~40，3~5倍和10~20倍"
    assert read_as_github(text).units == (("p", (), text),)


@pytest.mark.parametrize(
    ("character", "expected"), [("a", 0), ("。", 1), ("한", 1), ("ᄒ", 1), ("✅", 0), ("“", 0)]
)
def test_which_characters_count(character, expected):
    assert is_cjk(character) == bool(expected)
