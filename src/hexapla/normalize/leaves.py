"""Leaves: one paragraph's, heading's or cell's inline text, in the spelling that changes it least."""

import html
import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from hexapla.model.block import fence_for
from hexapla.normalize.github.raw_html import alt

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>$~#&|]")
_ENTITY = re.compile(r"[\\`*_{}\[\]()<>$~#&|!+\-.:@=/\"'^]")
_LINK = re.compile(r"(?<=[hH])(?=ttps?://)|(?<=[fF])(?=tp://)|(?<=w)(?=ww\.)|(?=@)")
_START = re.compile(r"^(?:(?P<mark>[#+>:=-]|!!!|\?\?\?)|(?P<number>\d+)(?P<point>[.)]))")
_TAGS = re.compile(
    r"(<!--.*?(?:-->|\Z)|<(?:script|style|svg)\b.*?</(?:script|style|svg)>|</?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.S | re.I,
)
_MARKDOWN = re.compile(r"[\\`*_{}\[\]$~|#!+\-=:@](?![a-z0-9#]{0,32};)|(?<=[wW]{3})\.|(?<=\n)>")
_EARLY = re.compile(r"[`\[\]\\$]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NUMBERED = re.compile(r"^([ \t]*\d+)([.)])(?=[ \t])", re.M)
_ITEM = re.compile(r"(?<=\n)(\d*)([-+*]|(?<=\d)[.)])(?=[ \t]|$)", re.M)
_RULE = re.compile(r"(?<=\n)([ \t]*+)([|:]*+)([-=])(?=[|:=\- \t]*+$)", re.M)
"""Under a line of text: what makes a table or a heading of it."""
_ESCAPES = {"<": "&lt;", "&": "&amp;", ">": "&gt;", "~": "&#126;", "|": "&#124;", "[": "&#91;", "]": "&#93;"}
_BARRED = frozenset({"math_inline", "code_inline"})
"""What holds a `|` in a cell in tags only, for both to read."""
_BREAKS = frozenset({"softbreak", "hardbreak"})
_EMPHASIS = frozenset({"em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"})
_TAG_ALONE = re.compile(r"\A(</?[a-zA-Z](?:[^<>\"'\n]|\"[^\"\n]*\"|'[^'\n]*')*>)[ \t]*\n(?!\n)")
_BREAK = re.compile(r"(?:(?<! ) {2,}+|\\)\n[ \t]*")


def spellings(token: Token) -> Iterator[str]:
    """Yield the inline token's text, first as the author wrote it, last as inline HTML."""
    source = "\n".join(
        line.strip(" \t") if "  " not in line[-3:] else line for line in token.content.split("\n")
    )
    # A lazy line of a paragraph may look like an item, or like what stands below a table's head or a heading.
    source = _ITEM.sub(lambda match: f"{match[1]}&#{ord(match[2])};", source)
    source = _RULE.sub(lambda match: f"{match[1]}{match[2]}&#{ord(match[3])};", source)
    yield source
    # To GitHub, `<br>` at the start is a block of HTML.
    if _BREAK.search(source) and not source.startswith("\\\n"):
        yield _BREAK.sub("<br>\n", source)
    children = token.children or []
    yield _printed(children, _escaped)
    barred = frozenset(token.type for token in children if "|" in token.content) & _BARRED
    if barred:
        yield _printed(children, _escaped, tagged=barred)
    if any(token.type in _EMPHASIS for token in children):
        yield _printed(children, _escaped, tagged=_EMPHASIS)
    yield _printed(children, _entities, tags=True)


def as_written(token: Token, kind: str) -> str:
    """Return the inline token's text as the author wrote it, for a block of this kind."""
    text = next(spellings(token))
    return text.replace("|", "\\|") if kind == "cell" else text


def _printed(
    tokens: Sequence[Token],
    escape: Callable[[str], str],
    *,
    tags: bool = False,
    tagged: frozenset[str] = frozenset(),
) -> str:
    """Print inline tokens with `escape` for their text, and HTML tags instead of marks where asked.

    `tags` asks for them everywhere, `tagged` for the types of token in it.
    """
    pieces: list[str] = []
    link = Token("link_open", "a", 1)
    for token in _without_edges(tokens):
        kind = token.type
        if kind == "text":
            text = escape(token.content)
            before = next((piece[-1] for piece in reversed(pieces) if piece), "\n")
            pieces.append(_at_start(text) if before == "\n" else text)
        elif kind in ("softbreak", "hardbreak"):
            pieces.append("\n" if kind == "softbreak" else "<br>\n")
        elif kind == "code_inline":
            pieces.append(
                f"<code>{_entities(token.content)}</code>" if tags or kind in tagged else _code(token.content)
            )
        elif kind == "html_inline":
            # Declarations show nothing, and to the site they are text.
            is_hidden = tags and re.match(r"<(?:\?|!(?!--))", token.content)
            pieces.append("" if is_hidden else _inert_tag(token.content) if tags else token.content)
        elif kind in ("math_inline", "math_inline_double"):
            pieces.append(_formula_in(token, tags=tags or kind in tagged))
        elif kind == "own_attributes":
            pieces.append("" if tags else token.content)
        elif kind == "footnote_ref":
            pieces.append(f"[^{token.meta['label']}]")
        elif kind == "image":
            pieces.append(_image(token, tags=tags))
        else:
            link = token if kind == "link_open" else link  # none holds another
            pieces.append(_mark(token, link, tags=tags or kind in tagged))
    text = re.sub(r"\n{2,}", "\n\n", "".join(pieces)).strip("\n")
    # To GitHub, a tag that is all of the first line is a block of HTML.
    return _TAG_ALONE.sub(r"\1 ", text)


def _without_edges(tokens: Sequence[Token]) -> Sequence[Token]:
    """Leave out the breaks before the first text and after the last."""
    inner = [
        at
        for at, token in enumerate(tokens)
        if token.type not in _BREAKS and (token.content or token.type != "text")
    ]
    return tokens[inner[0] : inner[-1] + 1] if inner else ()


def _mark(token: Token, link: Token, *, tags: bool) -> str:
    """Print the start or the end of emphasis or of a link, whose start was `link`."""
    name = token.type.rsplit("_", 1)[0]
    opens = token.nesting == 1
    if name == "link":
        if tags:
            return f"<a {_attributes(token, 'href', 'title')}>" if opens else "</a>"
        if opens:
            return "["
        return f"]({_target(str(link.attrGet('href')), str(link.attrGet('title') or ''))})"
    if tags:
        name = "del" if name == "s" else token.tag
        return f"<{'' if opens else '/'}{name}>"
    return {"em": "*", "strong": "**", "s": "~~"}.get(name, "")


def _target(url: str, title: str) -> str:
    address = f"<{url}>" if re.search(r"[\s()]", url) or not url else url
    return f'{address} "{title.replace(chr(34), "&quot;")}"' if title else address


def _image(token: Token, *, tags: bool) -> str:
    if tags:
        return f'<img alt="{_entities(alt(token))}" {_attributes(token, "src", "title")}>'
    target = _target(str(token.attrGet("src")), str(token.attrGet("title") or ""))
    return f"![{_escaped(alt(token))}]({target})"


def _attributes(token: Token, *names: str) -> str:
    values = ((name, token.attrGet(name)) for name in names)
    return " ".join(f'{name}="{html.escape(str(value))}"' for name, value in values if value is not None)


def formula(source: str) -> str:
    """Write a formula in the HTML that `pymdownx.arithmatex` makes: it may hold what ends a table's cell."""
    return f'<span class="arithmatex">&#92;({_entities(source)}&#92;)</span>'


def _formula_in(token: Token, *, tags: bool) -> str:
    """Print a formula that stands in a line; what is displayed is a paragraph of its own."""
    source = token.content.strip("\n")
    if token.type != "math_inline":
        return f"\n\n$$\n{source}\n$$\n\n"
    return formula(source) if tags else f"${source}$"


def _code(text: str) -> str:
    marks = fence_for(text)[2:] if "`" in text else "`"
    while marks in re.findall("`+", text):
        marks += "`"
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{edge}{text}{edge}{marks}"


def _escaped(text: str) -> str:
    """Escape what Python-Markdown would read as a mark."""
    text = _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], f"\\{match[0]}"), text)
    return _LINK.sub("<!-- -->", text) if "://" in text or "www." in text else text


def _entities(text: str) -> str:
    """Write every character that any rule could take for a mark as an entity."""
    return _ENTITY.sub(lambda match: f"&#{ord(match[0])};", text)


def inert(markup: str) -> str:
    """Write the text of a piece of HTML, between tags and in attributes, so that no rule of Markdown applies to it."""
    pieces = _TAGS.split(markup)
    return "".join(_inert_tag(piece) if index % 2 else _inert(piece) for index, piece in enumerate(pieces))


def _inert_tag(tag: str) -> str:
    """Write what in an attribute Python-Markdown would read before it reads the tag."""
    if not _EARLY.search(tag) or re.match(r"<(?:!--|script|style|svg)", tag, re.I):
        return tag
    return _QUOTED.sub(lambda value: _EARLY.sub(lambda sign: f"&#{ord(sign[0])};", value[0]), tag)


def _inert(text: str) -> str:
    text = _NUMBERED.sub(lambda match: f"{match[1]}&#{ord(match[2])};", text)
    return _MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", text)


def _at_start(text: str) -> str:
    """Keep a line's first characters from starting a list, a heading or an admonition."""
    start = _START.match(text)
    if start is None:
        return text
    if start["number"]:
        return f"{start['number']}&#{ord(start['point'])};{text[start.end() :]}"
    return f"&#{ord(text[0])};{text[1:]}"
