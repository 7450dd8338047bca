"""kramdown's own signs: `{: .class #id key="v"}` and `{:toc}`, translated where they mean something on the page.

Themes of Jekyll make callouts of classes, and sizes of pictures, files' names and languages of code are
written as attributes. Other classes are for style sheets that the site does not have: they are taken out.
"""

import html
import re
from collections.abc import Callable, Iterator

from hexapla.model.block import Edit
from hexapla.normalize.github.outline import Spans, literal_html, outline
from hexapla.normalize.rules.rule import Draft, Repair

_LIST = (
    r"(?:[ \t]*+(?:[.#][A-Za-z][\w:.-]*+|[\w-]++=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s}\"']++)|no_toc))++[ \t]*+"
)
"""Classes, ids and pairs: not `{:else}` of Svelte or `{:.2f}` of Python.

Possessive: `.a.b` is one piece, and is never tried as two.
"""
_ANY_LIST = rf"\{{:{_LIST}\}}"
_PAIR = re.compile(r"(?<![\w-])([\w-]++)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_CLASS = re.compile(r"(?<![\w\"'/=])\.([A-Za-z][\w-]*)")
_ID = re.compile(r"#([\w:.-]+)")

TOC = re.compile(r"^(?:(?:[*+-]|1\.)[ \t]++[^\n]*+\n)?\{:[ \t]*toc\b[^}\n]*\}[ \t]*(?:\n|\Z)", re.M)
COMMENT = re.compile(r"\{::comment\}(?:.*?(?P<end>\{:/(?:comment)?\})[ \t]*+\n?|.*+)", re.S)
"""One that nothing ends goes down to the end, and stays."""
OPTIONS = re.compile(r"^[ \t]*+\{::options\b[^}\n]*\}[ \t]*(?:\n|\Z)", re.M)
HEADING = re.compile(
    r"^(?P<marks> {0,3}#{1,6}[ \t]++)(?P<text>[^\n]*?)(?<![ \t])[ \t]*+"
    r"(?:\n[ \t]*+\{:(?P<below>[^}\n]*+)\}|\{:?(?P<beside>[ \t]*+#[^{}\n]*+)\})[ \t]*$",
    re.M,
)
QUOTE = re.compile(rf"^(?P<block>(?:>[^\n]*+\n)++)(?:[ \t]*\{{:(?P<list>{_LIST})\}}[ \t]*$)?", re.M)
"""Each quote, with what stands below it."""
PARAGRAPH = re.compile(
    r"(?:\A|(?<=\n\n))(?P<block>(?![>#|`~<{]|[-*+\d][. \t)]| {4}|\t)[^\n]++\n(?:(?!\{:)[^\n]++\n)*+)"
    rf"\{{:(?P<list>{_LIST})\}}[ \t]*$",
    re.M,
)
PICTURE = re.compile(
    rf"!\[(?P<alt>[^\[\]\n]*+)\]\((?P<src>[^\s()]+)(?:[ \t]+\"(?P<title>[^\"\n]*)\")?\)\{{:(?P<list>{_LIST})\}}"
)
ATTRIBUTES = re.compile(rf"^[ \t]*\{{:{_LIST}\}}[ \t]*(?:\n|\Z)|(?<=[)\]*_`])\{{:{_LIST}\}}", re.M)
WITHIN = re.compile(
    r"\n(?<=[^\n]\n)[ \t]*+<p\b(?=[^<>]*\bmarkdown=)[^<>\n]*+>(?P<text>(?:[^<]|<(?!/?p\b))*+)</p>[ \t]*+(?=\n|\Z)"
)
"""A paragraph with Markdown in it right below other HTML, which GitHub and the site read as one with that."""
ABREAST = re.compile(
    r"^(?P<above>[ \t]*+<[a-zA-Z][^<>\n]*\bmarkdown=[^<>\n]*+>[ \t]*+\n)"
    r"[ \t]*+(?P<picture><img\b[^<>\n]*+>)[ \t]*+\n[ \t]*+(?=[^\s<])",
    re.M,
)
"""A picture at the head of Markdown in HTML: on a line of its own it makes HTML of the text below it."""
_BELOW = re.compile(rf"(?<![ \t])[ \t]*+\{{:(?P<list>{_LIST})\}}[ \t]*(?:\n|\Z)")
_CALLOUTS = {
    "tip": "TIP", "success": "TIP", "info": "NOTE", "note": "NOTE", "notice": "NOTE", "primary": "NOTE",
    "important": "IMPORTANT", "warning": "WARNING", "caution": "CAUTION", "danger": "CAUTION", "error": "CAUTION",
}  # fmt: skip
"""What themes call them: Chirpy `prompt-tip`, Minimal Mistakes `notice--info`, Just the Docs `note`, TeXt `info`."""
_OPENING = re.compile(r"^ {0,3}<(?:div|table|section|article|center|figure|details|ul|ol|dl|aside)\b", re.I)
_TAG = re.compile(
    r"<(/?)(?:div|table|section|article|center|figure|details|ul|ol|dl|aside)\b[^>]*?(/?)>", re.I
)
_INDENTED = re.compile(r"\A(?: {4}|\t)[ \t]*+</?[a-zA-Z]")


def callout(match: re.Match[str]) -> str:
    """Write a quote or a paragraph that a theme makes a callout of as GitHub's alert."""
    kind = next(filter(None, (_kind(name) for name in _CLASS.findall(match["list"] or ""))), "")
    if not kind:
        return match[0]
    lines = match["block"].removesuffix("\n").split("\n")
    quoted = lines if lines[0].startswith(">") else [f"> {line}" for line in lines]
    return "\n".join((f"> [!{kind}]", *quoted))


def _kind(name: str) -> str:
    return _CALLOUTS.get(re.sub(r"^(?:prompt-|notice--|alert-|callout-)", "", name), "")


def picture(match: re.Match[str]) -> str:
    """Write a picture that has a size in HTML, which is all that keeps the size."""
    pairs = {key: first or second or third for key, first, second, third in _PAIR.findall(match["list"])}
    layout = {
        key: value for key, value in pairs.items() if key in ("width", "height", "style", "align", "loading")
    }
    if not layout:
        return match[0][: match.start("list") - match.start() - 2]
    attributes = {
        "src": match["src"],
        "alt": match["alt"],
        **({"title": match["title"]} if match["title"] else {}),
        **layout,
    }
    pairs_written = " ".join(f'{key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<img {pairs_written}>"


def within(match: re.Match[str]) -> str:
    """Write a paragraph in HTML as one of Markdown."""
    lines = (line.strip() for line in match["text"].strip().split("\n"))
    return "\n".join(("\n", *lines, ""))


def anchored(match: re.Match[str]) -> str:
    """Write a heading's id so that links to it work on GitHub and on the site."""
    name = _ID.search(match["below"] or match["beside"] or "")
    if name is None or not match["text"]:
        return match[0]
    return f'{match["marks"]}<a id="{name[1]}"></a>{match["text"]}'


def coded(draft: Draft) -> Repair:
    """Put the language and the file's name that stand below a fence into its first line."""
    if "{:" not in draft.text:
        return Repair()
    edits = []
    for fence in outline(draft.text).fences:
        below = _BELOW.match(draft.text, fence.end) if fence.is_closed else None
        if below is None:
            continue
        names = [
            name.removeprefix("language-") for name in _CLASS.findall(below["list"]) if "language-" in name
        ]
        title = next(
            (a or b or c for key, a, b, c in _PAIR.findall(below["list"]) if key in ("file", "title")), ""
        )
        words = [*(names[:1] if not fence.info else []), *([f'title="{title}"'] if title else [])]
        line = fence.body - 1
        if words:
            edits.append(Edit(start=line, end=line, text=f"{' ' * bool(fence.info)}{' '.join(words)}"))
        edits.append(Edit(start=below.start(), end=below.end(), text=""))
    return Repair.of(edits, "kramdown attributes of a fence are written in its first line.", once=True)


def parted(draft: Draft) -> Repair:
    """Take the blank lines out of raw HTML that GitHub, unlike kramdown, reads as the end of it."""
    if "layout" not in draft.front_matter or "<" not in draft.text:
        return Repair()
    edits = [Edit(start=start, end=end, text="") for start, end in _gaps(draft.text)]
    return Repair.of(
        edits, "A blank line in raw HTML is taken out: what follows would be read as code.", once=True
    )


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Yield the blank lines inside of HTML before an indented tag."""
    depth = offset = 0
    blank: tuple[int, int] | None = None
    fences = [(fence.start, fence.end) for fence in outline(text).fences]
    literal = Spans([*fences, *literal_html(text)])
    for line in text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        if literal.meet(start, start):
            continue
        if not line.strip():
            blank = (blank[0] if blank else start, min(offset, len(text)))
            continue
        if depth > 0 and blank and _INDENTED.match(line):
            yield blank
        blank = None
        if depth > 0 or _OPENING.match(line):
            depth += sum(0 if tag[2] else -1 if tag[1] else 1 for tag in _TAG.finditer(line))
            depth = max(depth, 0)


RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str], str], ...] = (
    (
        r"\{::comment",
        COMMENT,
        lambda match: "" if match["end"] else match[0],
        "kramdown's options and comments are taken out.",
    ),
    (r"\{::", OPTIONS, lambda _match: "", "kramdown's options and comments are taken out."),
    (r"\{(?::|[ \t]*#)", HEADING, anchored, "The heading's `{#id}` is written as an anchor."),
    ("toc", TOC, lambda _match: "", "`{:toc}` is taken out: the page has its contents beside it."),
    (_ANY_LIST, QUOTE, callout, "A theme's callout is written as an alert."),
    (_ANY_LIST, PARAGRAPH, callout, "A theme's callout is written as an alert."),
    (_ANY_LIST, PICTURE, picture, "A picture's size is written in HTML."),
    ("markdown=", WITHIN, within, "A paragraph with Markdown in it, in HTML, is written as Markdown."),
    (
        "markdown=",
        ABREAST,
        lambda match: f"{match['above']}{match['picture']} ",
        "A picture in HTML with Markdown in it is put on the line of the text below it.",
    ),
    (
        _ANY_LIST,
        ATTRIBUTES,
        lambda _match: "",
        "kramdown attributes mean nothing on the page: they are taken out.",
    ),
)
"""A sign that each match has, since to look for it first is quicker; pattern, what is written, what is said."""
