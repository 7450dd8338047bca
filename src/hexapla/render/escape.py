"""Escape: text that comes from posts, programs and people, written so that a page shows just that text.

`escape` is for Markdown, `markup` for what a theme takes for HTML, `visible` for what stands between fences, and
`quoted` for the title of a fence.
"""

import re
from html import escape as as_html
from urllib.parse import quote

_BLANKS = re.compile(r"[ \t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""All that ends a line for one reader or another, Python's `splitlines` among them; not the blanks that Chinese and
French set on purpose."""

_MARKS = re.compile(
    r"[\\`*_{}\[\]<>&$~^=+#|@\"'/]"  # These mean something to one extension or another, wherever they stand.
    r"|^[!?:;%.)-]"  # A list, a note, a fold, a definition.
    r"|--+|-(?=>)|\.\.+"  # Dashes, arrows and ellipses.
    r"|:(?=[\w+-])|(?<=www)\.|\((?=(?i:c|r|p|tm)\))"  # Emoji, addresses, signs such as (c).
    r"|\d(?=(?:st|nd|rd|th)\b)"  # Ordinals.
)
_LIST = re.compile(r"(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,9})(?P<mark>[.)])")
"""What begins a list, at a block's beginning."""

_EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e"
"""They turn round what follows, and nothing says that they end where the text does, as isolates say it."""

_WITHOUT_EMBEDDINGS = dict.fromkeys(map(ord, _EMBEDDINGS))
_PICTURES = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {127: 0x2421}
"""Control characters are shown as Unicode's pictures of them: Python-Markdown drops some, and keeps its own marks
between two of them."""
_ESCAPES = {
    code: ascii(chr(code))[1:-1]
    for code in (*range(0x80, 0xA0), 0x2028, 0x2029, *map(ord, _EMBEDDINGS), *range(0xD800, 0xE000))
}
"""What has no picture is shown as Python writes it."""
_VISIBLE: dict[int, int | str] = {**_PICTURES, **_ESCAPES}
_PLAIN_CODE = re.compile(r"[^\W_](?:[\w .,:/()+*=\[\]-]*[\w)\]])?")
"""What stands between two backticks as it is, whatever extensions a site has."""
_TEMPLATE = re.compile(r"\{(?=[{%#])")
_INCLUDE = re.compile(r"(?<=-8)(?=<-)")
"""Where pymdownx.snippets would take a file in, inside of fences, too."""


def escape(text: str) -> str:
    """Write words as Markdown that shows just them, on one line, whatever marks the site's extensions know."""
    text = _MARKS.sub(_entities, _one_line(text))
    begins = _LIST.match(text)
    return (
        text
        if begins is None
        else f"{text[: begins.start('mark')]}{_entities(begins, 'mark')}{text[begins.end() :]}"
    )


def inline(markdown: str) -> str:
    """Write a line of GitHub's Markdown, such as a title, with its code and its emphasis and no other mark."""
    # Not above: it brings a parser, which few commands need.
    from markdown_it import MarkdownIt

    tokens = (
        MarkdownIt("commonmark").enable("strikethrough").parseInline(_one_line(markdown))[0].children or ()
    )
    return "".join(_inline(token.type, token.content, token.tag) for token in tokens).strip()


def _inline(kind: str, content: str, tag: str) -> str:
    if kind == "text":
        words = escape(content)
        return f"{' ' * content.startswith(' ')}{words}{' ' * content.endswith(' ')}" if words else content
    if kind == "code_inline":
        return code_span(content)
    return f"<{'/' * kind.endswith('_close')}{tag}>" if tag in ("em", "strong", "s") else ""


def markup(text: str) -> str:
    """Write words as HTML that shows just them, on one line: in an element, and in an attribute between quotes."""
    return as_html(_one_line(text))


def visible(text: str) -> str:
    """Return the lines of a text with everything in them that would end a line, or be dropped, as a sign."""
    return _INCLUDE.sub("\u2060", text.translate(_VISIBLE))


def without_templates(markdown: str) -> str:
    """Return Markdown that looks the same, and in which nobody finds a template of Jinja's to fill in."""
    return _TEMPLATE.sub("{\u2060", markdown)


def quoted(text: str) -> str:
    """Write words as the title of a fence, between double quotes, where Markdown knows no escapes."""
    return _one_line(text).replace('"', "”").replace("`", "’")


def code_span(text: str) -> str:
    """Write words as code in Markdown, which no mark in them ends."""
    return f"`{text}`" if _PLAIN_CODE.fullmatch(text) else f"<code>{escape(text)}</code>"


def link(text: str, path: str, code: str, language: str, *, home: str = "") -> str:
    """Lead from a page in `language` to the Markdown file at `path` below the folder of the language `code`.

    `home` leads from the page to its own language's folder. As HTML where the language changes: the i18n plugin
    takes a Markdown link into another language's folder for one to the reader's own page.
    """
    if code == language:
        return f"[{text}]({home}{path})"
    return f'<a href="../{home}{code}/{quote(path)}" hreflang="{code}">{text}</a>'


def isolated(text: str, language: str) -> str:
    """Keep words of another language from mixing with those around them, whichever way either runs."""
    return f'<bdi lang="{language}">{text}</bdi>'


def _one_line(text: str) -> str:
    line = text.translate(_WITHOUT_EMBEDDINGS)
    return _BLANKS.sub(" ", line).strip(" ").translate(_VISIBLE)


def _entities(match: re.Match[str], group: int | str = 0) -> str:
    # In hexadecimal, since a `#` and digits are an issue's number for pymdownx.magiclink.
    return "".join(f"&#x{ord(sign):x};" for sign in match[group])
