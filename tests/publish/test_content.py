"""The content of a page is finished in one parse, and says the same to a browser as before."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.publish.content import LONG, WIDE, add_stops, finish, fold, fragment_html, parse_fragment
from hexapla.render.labels import labels
from publish_trees import done


def finished(html: str, language: str = "de", shown: str = ""):
    return finish(html, language=language, shown=shown or language, lead=lambda _tree, _content: ())


@pytest.mark.parametrize(
    "html",
    [
        "",
        "Words.",
        "<p>One</p>\n<p>Two &amp; three &lt;b&gt; <em>four</em></p>",
        '<p itemscope=""><meta itemprop="a" content="b"></p>',
        '<p><a href="?a=1&amp;b=2" title="&quot;">x</a></p>',
        "<ul>\n<li>汉字 हिन्दी</li>\n</ul>",
        "<p>a&nbsp;b</p>",
        '<p><img alt="" src="a.svg"><br></p>',
        "<pre>\n\nThe first line is empty.</pre>",
        "<details><summary>More</summary><p>x</p></details>",
        '<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>',
        "<!-- a comment -->",
    ],
)
def test_what_needs_nothing_keeps_its_bytes(html):
    content = finished(html)
    assert content.html == html
    assert content.formulas == frozenset() and content.unconverted == ()


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<p>a<br />b</p>", "<p>a<br>b</p>"),
        ("<p>&quot;&para;</p>", '<p>"¶</p>'),
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("<td>alone</td>", "alone"),
        ("</div><b>x", "<b>x</b>"),
    ],
)
def test_html_is_written_as_a_browser_reads_it(html, read):
    assert finished(html).html == read


@given(st.text(alphabet="<>/&;\"'= abp\n\u00a0汉", max_size=60))
def test_writing_twice_is_writing_once_and_a_browser_sees_no_difference(html):
    once = fragment_html(parse_fragment(html)[1])
    assert fragment_html(parse_fragment(once)[1]) == once
    trees = [
        html5lib.serialize(html5lib.parseFragment(text), quote_attr_values="always") for text in (html, once)
    ]
    assert trees[0] == trees[1]


def test_every_step_is_taken():
    html = (
        '<h2>A<a class="headerlink" href="#a" title="Permanent link">&para;</a></h2>'
        '<div class="admonition note"><p class="admonition-title">Note</p><p>x</p></div>'
        '<p><span class="arithmatex">\\(x\\)</span></p><p><span class="arithmatex">\\(\\nope{x}\\)</span></p>'
        '<div class="hide-input highlight"><pre><span></span><code>x</code></pre></div>'
        "<table><tbody><tr><td>1</td></tr></tbody></table>"
    )
    content = finished(html, "hi", "de")
    assert content.unconverted == ("\\nope{x}",) and ord("x") in content.formulas
    for part in (
        f'title="{labels("hi").permalink}"',
        ">Hinweis</p>",
        "<math",
        '<table tabindex="0">',
        "<details",
    ):
        assert part in content.html
    assert f"<summary>{labels('hi').code}</summary>" in content.html


@pytest.mark.parametrize(
    "tag",
    ['<base href="https://a.example/">', '<meta http-equiv="refresh" content="0;url=https://a.example/">'],
)
def test_what_would_change_the_whole_page_is_left_out_and_told_of(tag):
    content = finished(f"<p>a</p>{tag}<p>b</p>")
    assert content.html == "<p>a</p><p>b</p>" and content.left_out == (tag,)


ERROR = '<div class="text output error highlight"><pre><span></span><code>{}</code></pre></div>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # The expression, and in it the spot.
        ("  a + f(1)\n  ~~^~~~~~\nTypeError: no\n", '  <span class="hexapla-around">a </span><span class="hexapla-at">+</span><span class="hexapla-around"> f(1)</span>\n<span class="hexapla-marks">  ~~^~~~~~\n</span>TypeError: no\n'),
        ("    x &lt; f\n    ^^^^^\n", '    <span class="hexapla-at">x &lt; f</span>\n<span class="hexapla-marks">    ^^^^^\n</span>'),
        # In an exception group, and on a last line that nothing ends.
        ("  |   1 / 0\n  |   ~~^~~", '  |   <span class="hexapla-around">1 </span><span class="hexapla-at">/</span><span class="hexapla-around"> 0</span>\n<span class="hexapla-marks">  |   ~~^~~</span>'),
        # Where a wide character may count twice, nothing is underlined.
        ('  f("缺") + 1\n  ~~~~~~~^~~\n', '  f("缺") + 1\n<span class="hexapla-marks">  ~~~~~~~^~~\n</span>'),
        # Each line has a place of its own.
        ('<a id="l-1"></a>  1 / 0\n<a id="l-2"></a>    ^\n', '<a id="l-1"></a>  1 <span class="hexapla-at">/</span> 0\n<a id="l-2"></a><span class="hexapla-marks">    ^\n</span>'),
        # They point behind the line's end.
        ("  (1 +\n          ^\n", '  (1 +\n<span class="hexapla-marks">          ^\n</span>'),
    ],
)  # fmt: skip
def test_what_marks_point_at_is_underlined(text, shown):
    assert finished(ERROR.format(text)).html == ERROR.format(shown)


@pytest.mark.parametrize(
    "html",
    [
        ERROR.format("ValueError: ~/path ^ x\n  |\n\n"),
        ERROR.format("<b>  1</b> / 0\n  ~~^~~\n"),
        ERROR.replace(" error", "").format("  1 / 0\n  ~~^~~\n"),
    ],
)
def test_nothing_is_underlined_without_marks_of_a_traceback(html):
    assert finished(html).html == html


def test_links_are_led():
    def lead(_tree, content):
        for link in content.css("a"):
            link.attrs["href"] = "there"
        return ("gone",)

    html = finish('<a href="here">x</a>', language="de", shown="de", lead=lead).html
    assert html == '<a href="there">x</a>'


def stopped(html: str) -> str:
    return done(html, lambda _, content: add_stops(content))[0]


def block(text: str) -> str:
    return f'<div class="highlight"><pre><span></span><code>{text}</code></pre></div>'


@pytest.mark.parametrize(
    "html",
    [
        "<p>No block.</p>",
        block("x" * WIDE),
        block("\n".join("x" * LONG) + "\n"),
        block(f'<span class="a-class-with-a-long-name">{"&lt;" * WIDE}</span>'),
        block("汉" * (WIDE // 2)),
        '<table class="highlighttable"><tbody><tr></tr></tbody></table>',
        "<pre>Written by hand, and however wide that may be, it is not ours.</pre>",
        f'<pre id="mine"><span></span><code>{"x" * 99}</code></pre>',
    ],
)
def test_what_needs_nothing_is_left_alone(html):
    assert stopped(html) == html


@pytest.mark.parametrize(
    ("html", "added"),
    [
        (block("x" * (WIDE + 1)), '<pre tabindex="0"><span>'),
        (block("short\n" + "汉" * (WIDE // 2 + 1)), '<pre tabindex="0">'),
        (block(f"<span>{'x' * WIDE}</span><span>{'x' * WIDE}</span>"), '<pre tabindex="0">'),
        (block("x\n" * (LONG + 1)), '<pre tabindex="0">'),
        ("<table><tbody></tbody></table>", '<table tabindex="0">'),
    ],
)
def test_what_scrolls_is_a_stop(html, added):
    assert added not in html and added in stopped(html)


def test_of_two_blocks_only_the_wide_one_is_a_stop():
    assert stopped(block("x") + block("x" * 99)) == block("x") + block("x" * 99).replace(
        "<pre>", '<pre tabindex="0">'
    )


BLOCK = '<div class="language-python hide-input highlight"><pre><code>&lt;div&gt;</code></pre></div>'
FOLD = f'<details class="hexapla-fold code-fold"><summary>C&amp;C</summary>{BLOCK}</details>'


@pytest.mark.parametrize(
    ("html", "folded"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ('<div class="language-python highlight">x</div>', '<div class="language-python highlight">x</div>'),
        ('<div class="no-hide-input-at-all">x</div>', '<div class="no-hide-input-at-all">x</div>'),
        (
            '<div class="hide-input">never closed',
            '<details class="hexapla-fold code-fold"><summary>C&amp;C</summary>'
            '<div class="hide-input">never closed</div></details>',
        ),
        (BLOCK, FOLD),
        (f"<ul><li>{BLOCK}</li></ul><div>{BLOCK}</div>", f"<ul><li>{FOLD}</li></ul><div>{FOLD}</div>"),
        (
            '<div class="hide-input highlight"><table><tbody><tr><td><div class="linenodiv">1</div></td></tr></tbody></table></div>after',
            '<details class="hexapla-fold code-fold"><summary>C&amp;C</summary><div class="hide-input highlight">'
            '<table><tbody><tr><td><div class="linenodiv">1</div></td></tr></tbody></table></div></details>after',
        ),
    ],
)
def test_a_hidden_block_is_folded_and_nothing_else(html, folded):
    assert done(html, lambda tree, content: fold(tree, content, "C&C"))[0] == folded
