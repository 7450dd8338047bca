"""Directives: what the words after a fence's language ask for.

Accepted in posts: `python notest`, `python {notest}`, `{python notest}`, `{.python .notest}`. Written on
pages: `{.python notest}`, which pymdownx.superfences and pytest-markdown-docs
(`--markdown-docs-syntax=superfences`) both read.
"""

import difflib
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hexapla.model import other_tools
from hexapla.model.other_tools import Wish

PYTHON = frozenset({"python", "py", "python3", "pycon", "ipython", "ipython3"})
"""The languages whose blocks are run."""

MACHINE: Mapping[str, str] = {
    "gpu": "A GPU: the cell is skipped where there is none.",
    "network": "The network: the cell runs with `--allow network` only.",
    "slow": "Patience: the cell runs with `--allow slow` only.",
}
"""What `fixture:` asks of the machine, and what that means; every other fixture is one of pytest's."""

FLAGS: Mapping[str, str] = {
    "notest": "The block is shown and not run.",
    "continuation": "pytest-markdown-docs' word; here every block goes on with the names of those before it.",
}
PREFIXES: Mapping[str, str] = {
    "raises": "`raises:ValueError`: the block must end with that exception, whose traceback is its output.",
    "fixture": "`fixture:NAME`: what the block needs of the machine, or a value of a pytest fixture of that name.",
    "check": "`check=WORD`: how the output is compared when it is made again.",
}
CLASSES: Mapping[str, str] = {
    "hide-input": "`.hide-input`: the page folds the code.",
    "hide-output": "`.hide-output`: the page folds the output.",
}
ATTRIBUTES: Mapping[str, str] = {
    "title": '`title="…"`: a line above the block, as Material shows it.',
    "hl_lines": '`hl_lines="1 3-4"`: the lines that are marked.',
    "alt": '`alt="…"`: what its figure shows, for who cannot see it; in a translation, in its language.',
    "linenums": '`linenums="1"`: lines are numbered, from there on.',
}
"""Words of a fence, each with what it means."""
KNOWN = (*FLAGS, *(f"{prefix}:" for prefix in PREFIXES), *(f".{name}" for name in CLASSES), *ATTRIBUTES)

_WORD = re.compile(r"""(?P<key>[\w.#-]+)(?P<mark>[=:])(?P<quote>["'])(?P<value>.*?)(?P=quote)|[^\s{}]+""")

_NAME = re.compile(r"\w[\w-]*")
"""What names a class, a cell or a fixture, on pages and in names of files: letters of any script, no marks."""
_DOTTED = re.compile(r"\w+(?:\.\w+)*")
_IN_TITLES = str.maketrans({'"': "”", "`": "’"})
_LASTING = frozenset({
    "echo", "error", "eval", "exec", "include", "output", "result", "session", "source", "tags",
})  # fmt: skip
"""Options of other tools that a page has no word for, and that say how a block runs."""
_NUMBERS = re.compile(r"[\d ,-]*|true|false")


class Check(StrEnum):
    """How a cell's output is compared on another machine."""

    EXACT = "exact"
    """Every character must be the same."""
    CLOSE = "close"
    """Words must be the same, and numbers about the same; so it is unless said otherwise."""
    SHAPE = "shape"
    """Numbers may be any; words, and shapes of tensors, must be the same."""
    SKIP = "skip"
    """The output is recorded and not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directives:
    """A fence's info string, read."""

    language: str = ""
    """In lower case; empty where the fence names none."""
    notest: bool = False
    raises: str = ""
    """The name of the exception that the cell must end with; empty for none."""
    fixtures: tuple[str, ...] = ()
    check: Check = Check.CLOSE
    id: str = ""
    """The author's name for the cell (`#id`), the same in every language; empty for none."""
    classes: tuple[str, ...] = ()
    """`hide-input`, `hide-output`, and whatever other class the author gave."""
    attributes: tuple[tuple[str, str], ...] = ()
    """`title`, `hl_lines` and `linenums`, passed on to the page."""
    unknown: tuple[str, ...] = ()
    """Words that nobody here knows, as the author wrote them."""
    may_raise: bool = False
    """Whether another tool's word lets the cell end with any exception."""
    session: str = ""
    """The namespace that another tool's word puts the block into; empty for the one that all share."""
    alone: bool = False
    """Whether another tool's word gives the block a namespace of its own, where it names no session."""
    unread: tuple[str, ...] = ()
    """What other tools' words ask for that has no meaning here, each the name of a kind."""
    settled: frozenset[str] = frozenset()
    """The options of other tools that the block gives itself."""

    @property
    def is_python(self) -> bool:
        """Whether the fence holds Python."""
        return self.language in PYTHON

    @property
    def runs(self) -> bool:
        """Whether the block is a cell of a program: Python, and not `notest` unless it must raise."""
        return self.is_python and (not self.notest or bool(self.raises))

    def with_wish(self, wish: Wish) -> "Directives":
        """Return these with what another tool's words ask for the block besides."""
        if wish == other_tools.NOTHING:
            return self
        return replace(
            self,
            notest=self.notest or wish.notest,
            may_raise=self.may_raise or wish.may_raise,
            fixtures=tuple(dict.fromkeys((*self.fixtures, *wish.fixtures))),
            classes=tuple(dict.fromkeys((*self.classes, *wish.classes))),
            session=self.session or wish.session,
            alone=self.alone or wish.alone,
            unread=tuple(dict.fromkeys((*self.unread, *wish.unread))),
            settled=self.settled | wish.settled,
        )


@dataclass(slots=True)
class _Reading:
    """What the words so far have said."""

    language: str
    flags: set[str] = field(default_factory=set)
    raises: str = ""
    check: Check = Check.CLOSE
    id: str = ""
    fixtures: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    wish: Wish = other_tools.NOTHING

    def take(self, word: str) -> None:
        """Read one word."""
        key, mark, value = _split(word)
        if not mark and word.lstrip(".") in FLAGS:
            self.flags.add(word.lstrip("."))
        elif word.startswith("#") and _NAME.fullmatch(word, 1):
            self.id = word[1:]
        elif word.startswith(".") and _NAME.fullmatch(word, 1):
            self.classes.append(word[1:])
        elif key == "raises" and _DOTTED.fullmatch(value):
            self.raises = value
        elif key == "fixture" and _NAME.fullmatch(value):
            self.fixtures.append(value)
        elif key == "check" and value in set(Check):
            self.check = Check(value)
        elif key in ATTRIBUTES and mark == "=" and (key in ("title", "alt") or _NUMBERS.fullmatch(value)):
            self.attributes[key] = value
        elif (wish := other_tools.of_word(word, key, value)) is not None:
            self.options[key.lower()] = value
            self.wish += wish
        else:
            self.unknown.append(word)


@functools.lru_cache(maxsize=2048)
def directives_of(info: str) -> Directives:
    """Read an info string (the text after the opening fence's marks)."""
    info = other_tools.without_blanks(info)
    # R Markdown and Quarto have commas between them.
    words = [word for match in _WORD.finditer(info) if (word := match.group().rstrip(","))]
    if words and "," in words[0]:
        words[:1] = words[0].split(",")
    language = ""
    if words and _is_language(words[0]):
        language = words.pop(0).lstrip(".").lower()
    if language in other_tools.CELLS and info.lstrip().startswith("{"):
        language = words.pop(0).lower() if words and _is_language(words[0]) else "python"
    wish = other_tools.NOTHING
    if language in other_tools.GROUPED and info.lstrip().startswith("{"):
        words = words if words and (words[0] == "*" or _is_language(words[0])) else ["", *words]
        wish = other_tools.of_group(words.pop(0))
        language = other_tools.GROUPED[language]
    reading = _Reading(language, wish=wish)
    for word in words:
        reading.take(word)
    if language in PYTHON:
        reading.wish += other_tools.of_exec(reading.options)
        reading.wish += other_tools.of_braces(info)
        reading.unknown = [word for word in reading.unknown if not _is_chunk(info, word)]
    return Directives(
        language=language,
        notest="notest" in reading.flags,
        raises=reading.raises,
        fixtures=tuple(reading.fixtures),
        check=reading.check,
        id=reading.id,
        classes=tuple(reading.classes),
        attributes=tuple(reading.attributes.items()),
        unknown=tuple(reading.unknown),
    ).with_wish(reading.wish)


def _is_chunk(info: str, word: str) -> bool:
    """Return whether a word is the name of a chunk as knitr has it, and no word of ours misspelt."""
    return other_tools.chunk(info) == word and not difflib.get_close_matches(word, KNOWN, 1, 0.7)


def page_info(directives: Directives, *, continuation: bool = False) -> str:
    """Write the info string that a page carries.

    `continuation` says that the block needs the cells before it. A plain block keeps the short form, so
    that a page is as easy to read as the post.
    """
    words = [f".{directives.language or 'text'}"]
    words += ["notest"] if directives.notest or directives.raises or directives.may_raise else []
    words += ["continuation"] if continuation and len(words) == 1 else []
    words += [f"raises:{directives.raises}"] if directives.raises else []
    words += [f"fixture:{name}" for name in directives.fixtures]
    words += [f"#{directives.id}"] if directives.id else []
    words += [f".{name}" for name in directives.classes]
    # No escapes are known there.
    words += [f'{key}="{value.translate(_IN_TITLES)}"' for key, value in directives.attributes]
    # Kept, so that a misspelt word is seen and reported after normalizing too.
    words += [word for word in directives.unknown if directives.is_python and re.fullmatch(r"[\w:.-]+", word)]
    return f"{{{' '.join(words)}}}" if len(words) > 1 else directives.language


def kept_info(info: str) -> str:
    """Write an info string as a page does, with what says how the block runs while that is still to be read."""
    directives = directives_of(info)
    words = [match.group().rstrip(",") for match in _WORD.finditer(info)]
    if not directives.is_python:
        return page_info(directives)
    lasting = [word for word in words if _split(word)[0].lower() in _LASTING]
    if directives.session and not any(word.startswith("session") for word in lasting):
        lasting.append(f'session="{directives.session}"')
    page = page_info(replace(directives, may_raise=directives.may_raise and not lasting))
    if not lasting:
        return page
    known = page[1:-1] if page.startswith("{") else f".{page}"
    return f"{{{known} {' '.join(lasting)}}}"


def is_harmless(info: str) -> bool:
    """Return whether no word of an info string could leave the attribute that some highlighter writes it into."""
    if not any(sign in info for sign in "<>&'\"="):
        return True
    for match in _WORD.finditer(info):
        key, mark, value = _split(match.group())
        if mark == "=" and key == "title":
            continue
        if key[:2].lower() == "on" or any(sign in (value if mark else match.group()) for sign in "<>&'\"`"):
            return False
    return True


def _is_language(word: str) -> bool:
    bare = word.removeprefix(".")
    return bool(re.fullmatch(r"\w[\w+#-]*", bare)) and bare not in (*FLAGS, *CLASSES)


def _split(word: str) -> tuple[str, str, str]:
    quoted = _WORD.fullmatch(word)
    if quoted and quoted["mark"]:
        return quoted["key"], quoted["mark"], quoted["value"]
    match = re.match(r"(?P<key>[\w-][\w.-]*)(?P<mark>[=:])(?P<value>.*)$", word)
    return (match["key"], match["mark"], match["value"]) if match else (word, "", "")
