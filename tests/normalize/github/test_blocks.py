"""Blocks: read as markdown-it itself reads them."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.footnote import footnote_plugin

from hexapla.normalize.github.blocks import _Lines, by_first_character

_LINES = (
    *(
        "text",
        "- a",
        "  - b",
        "1. x",
        "12) y",
        "   ```py",
        "```",
        "~~~",
        "> q",
        "> - r",
        "## H",
        "#h",
        "===",
        "---",
    ),
    *(
        "| a | b |",
        "|---|---|",
        "    code",
        "\tq",
        " \tq",
        "",
        "  ",
        "<div>",
        "</div>",
        "<!-- x",
        "-->",
        "* * *",
    ),
    *(
        "[a]: b",
        '  "t"',
        "[^1]: n",
        "+",
        "-",
        "注意",
        "> ```",
        "_ _ _",
        "1234567890. a",
        "> ===",
        "  --",
        "> | - |",
        "a | b",
        " :-",
        "- ---",
        "\x0c- a",
        "\r",
    ),
)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin, inline=False)


_PLAIN, _OURS = _parser(), _parser().use(by_first_character)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_LINES), max_size=12).map("\n".join))
def test_tokens_are_those_of_markdown_it(text):
    assert _OURS.parse(text) == _PLAIN.parse(text)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet="a \t\né\r\x0c\u2028", max_size=9))
def test_lines_are_those_of_markdown_it(text):
    names = ("src", "bMarks", "eMarks", "tShift", "sCount", "bsCount", "lineMax")
    ours, plain = _Lines(text, _PLAIN, {}, []), StateBlock(text, _PLAIN, {}, [])
    assert [getattr(ours, name) for name in names] == [getattr(plain, name) for name in names]
