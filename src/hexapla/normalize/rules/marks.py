"""Marks: what opens and what closes a block of another tool, and which belong together.

Docusaurus' and VitePress' `:::`, Hugo's `{{< >}}`, Hexo's and GitBook's `{% %}`, MDX' components.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hexapla.normalize.github.outline import outline
from hexapla.normalize.rules.code import outside
from hexapla.normalize.target.tags import NAMES

_COLONS = re.compile(r"^(?P<indent>[ \t]*+)(?P<mark>:{3,})[ \t]*+(?P<rest>[^\n]*+)$", re.M)
_OPTIONS = re.compile(r"(?:\n[ \t]*+:[\w-]++:[^\n]*+)++")
_OPTION = re.compile(r"^[ \t]*+:(?P<key>[\w-]++):[ \t]*+(?P<value>[^\n]*+)$", re.M)
"""What stands below the mark of a directive of MyST's."""
_SHORTCODE = re.compile(
    r"\{\{(?P<kind>[<%])(?!/\*)\s*+(?P<slash>/?)\s*+(?P<name>[\w./-]++)(?P<arguments>(?:[^>%{]|\{(?!\{)|[>%](?!\}\}))*+)[>%]\}\}"
)
_TAG = re.compile(
    r"\{%-?\s*+(?P<slash>end)?(?P<name>[a-z_-]*+)(?P<arguments>(?:[^\n%{]|\{(?!%)|%(?!\}))*+)%\}"
)
_COMPONENT = re.compile(r"<(?<!\]\(<)(?P<slash>/?)(?P<name>[A-Z][\w.]*+)(?P<arguments>(?:[^<>]|(?<==)>)*+)>")
_PAIR = re.compile(
    r"""(?<![\w-])(?P<key>[\w-]++)=\{?(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'{},>]++))"""
)
_WORD = re.compile(r"""(?<![^\s])(?:"([^"]*+)"|'([^']*+)'|`([^`]*+)`|([^\s"'`=]++)(?![=\S]))""")
TABS = frozenset({"tab", "tabitem", "tab-item"})
_QIITA = {"alert": "danger", "info": "info", "warn": "warning"}
"""The kinds of notes in Qiita's `:::note warn`, and in Zenn's `:::message alert`."""
_LIQUIDS = frozenset(
    {"note", "hint", "tabs", "tab", "codeblock", "code", "spoiler", "quote", "details", "callout"}
)
"""Those in `{% %}` that come in pairs: others are Liquid's own, and told of with that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockMark:
    """An opening or a closing mark."""

    family: str
    name: str
    """In lower case, without what says that it closes."""
    start: int
    end: int
    closes: bool = False
    is_alone: bool = False
    """Whether nothing closes it."""
    options: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    title: str = ""


def marks_in(text: str) -> Iterator[BlockMark]:
    """Yield the marks of all families outside of code."""
    for match in outside(_COLONS, text):
        yield _colons(match)
    for family, pattern in (("hugo", _SHORTCODE), ("liquid", _TAG), ("jsx", _COMPONENT)):
        for match in _components(text) if family == "jsx" else outside(pattern, text):
            given = match["arguments"].rstrip("-")
            # `Tabs.Tab` is Nextra's tab.
            name = match["name"].rpartition("." if family == "jsx" else " ")[2].lower()
            closes = bool(match["slash"])
            if family == "liquid" and (
                name not in _LIQUIDS or text[match.start() - 1 : match.start()] == "{"
            ):
                continue
            is_html = family == "jsx" and match["name"].isupper() and name in NAMES
            if is_html or (family == "hugo" and name in SINGLE):
                continue
            yield BlockMark(
                family=family,
                name=name,
                start=match.start(),
                end=match.end(),
                closes=closes,
                is_alone=given.rstrip().endswith("/") and family != "liquid",
                options=options_of(given),
                words=tuple(
                    next(filter(None, groups), "")
                    for groups in _WORD.findall(_PAIR.sub(" ", given).rstrip(" /"))
                ),
            )


def _components(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags of components, those on indented lines of their own, too, where one of that name is no code."""
    sure = {match.start(): match for match in outside(_COMPONENT, text)}
    names = {match["name"] for match in sure.values()}
    for match in _COMPONENT.finditer(text) if sure else ():
        if match.start() in sure:
            yield match
        elif match["name"] in names and outline(text).indented.meet(*match.span()):
            line = text.rfind("\n", 0, match.start()) + 1
            past = text.find("\n", match.end())
            if (
                not text[line : match.start()].strip()
                and not text[match.end() : past if past >= 0 else None].strip()
            ):
                yield match


SINGLE = frozenset({
    "figure", "gist", "image", "img", "instagram", "param", "ref", "relref", "toc", "tweet", "vimeo", "x", "youtube",
})  # fmt: skip
"""Hugo's shortcodes that nothing closes, which another rule translates."""


def options_of(given: str) -> dict[str, str]:
    """Return what arguments say in pairs, by their keys in lower case."""
    options = (
        (match["key"].lower(), match["double"] or match["single"] or match["bare"] or "")
        for match in _PAIR.finditer(given)
    )
    return dict(options)


def _colons(match: re.Match[str]) -> BlockMark:
    rest = match["rest"].strip()
    braces = re.match(r"\{(?P<inside>[^{}]*)\}", rest)
    options = options_of(braces["inside"]) if braces else {}
    end = match.end()
    if braces:
        classes = re.findall(r"\.?([\w-]+)(?![\w-]*=)", _PAIR.sub(" ", braces["inside"]))
        name, title = (classes or [""])[0].removeprefix("callout-"), rest[braces.end() :].strip()
        if below := _OPTIONS.match(match.string, end):
            options |= {option["key"]: option["value"].strip() for option in _OPTION.finditer(below[0])}
            end = below.end()
    else:
        first = re.match(r"[\w-]+", rest)
        name = first[0] if first else rest
        title = rest[len(name) :].strip()
        title = title[1:-1] if title.startswith("[") and title.endswith("]") else title
    if name.lower() in ("message", "note") and (kind := _QIITA.get(title.lower())):
        name, title, options = "notice", "", {"type": kind}
    return BlockMark(
        family="colons",
        name="notice" if name.lower() == "message" else name.lower(),
        start=match.start("mark"),
        end=end,
        closes=not rest,
        options=options,
        title=options.get("title", title.split("{")[0].strip()),
    )


def paired_marks(marks: Sequence[BlockMark]) -> tuple[list[tuple[BlockMark, BlockMark]], list[BlockMark]]:
    """Return what opens and what closes it, and the marks that nothing closes or opens."""
    pairs: list[tuple[BlockMark, BlockMark]] = []
    left: list[BlockMark] = []
    stack: list[BlockMark] = []
    open_names: dict[tuple[str, str], int] = {}
    for mark in marks:
        key = (mark.family, "" if mark.family == "colons" else mark.name)
        if mark.is_alone:
            left.append(mark)
        elif not mark.closes:
            stack.append(mark)
            open_names[key] = open_names.get(key, 0) + 1
        elif open_names.get(key):
            while True:
                opening = stack.pop()
                its = (opening.family, "" if opening.family == "colons" else opening.name)
                open_names[its] -= 1
                if its == key:
                    break
                left.append(opening)
            pairs.append((opening, mark))
        else:
            left.append(mark)
    return pairs, [*left, *stack]
