"""Front matter: the YAML above a post, read with bounds, for a post may come from anyone."""

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from hexapla.model.problem import Problem

LONGEST, DEEPEST, MOST_ALIASES = 65_536, 16, 16
"""The bounds: characters, values inside of values, and repetitions of a value that was named before."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one: ten times faster."""
_BLOCK = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""https://gohugo.io/content-management/front-matter/"""

_WRAPPER = re.compile(
    r"\s*+(?:(?![`~+-])[^\n]{1,300}\n\s*+)?"
    r"(?:`{3,}|~{3,})[ \t]*(?:markdown|mdx?|mkd|gfm)(?:[ \t][^\n`]*)?\n(?=---[ \t]*\n[\w-]+:|\+\+\+[ \t]*\n)",
    re.IGNORECASE,
)
"""A fence around a post, and a line that says whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The front matter, and where the body begins."""

    text: str
    """As its author wrote it, between its marks."""
    values: Mapping[str, object]
    key_lines: Mapping[str, int]
    body: str
    body_line: int


def read_front_matter(path: str, text: str) -> FrontMatter | Problem:
    """Split the front matter, YAML or Hugo's TOML, from the body.

    Of a post that is wrapped in a fence with its front matter the body begins with the fence, for a repair to take off.
    """
    if wrapper := _WRAPPER.match(text):
        return _unwrapped(path, wrapper[0], text)
    if text.startswith("+++"):
        return _toml(path, text)
    match = _BLOCK.match(text)
    if match is None and re.match(r"---[ \t]*\n[\w-]+:(?:[ \t]|\n)", text):
        return _problem(
            path,
            1,
            "The front matter is never closed.",
            "Write `---` on a line of its own below the last key.",
        )
    if match is None:
        return FrontMatter(text="", values={}, key_lines={}, body=text, body_line=1)
    try:
        loader = _loader(match["yaml"])
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except _BeyondBoundsError as error:
        return _problem(path, 1, f"The front matter {error}.", "Keep it to a few short keys.")
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        return _broken(path, error)
    if values is not None and not isinstance(values, dict):
        return _problem(
            path,
            2,
            "The front matter is not a mapping of keys to values.",
            "Write one `key: value` a line between the two `---`.",
        )
    keys = node.value if isinstance(node, yaml.MappingNode) else []
    return FrontMatter(
        text=match["yaml"],
        values={str(key): value for key, value in (values or {}).items()},
        key_lines={str(key.value): key.start_mark.line + 2 for key, _ in keys},
        body=text[match.end() :],
        body_line=text.count("\n", 0, match.end()) + 1,
    )


def _unwrapped(path: str, wrapper: str, text: str) -> FrontMatter | Problem:
    """Read the front matter inside of a fence that begins with `wrapper`."""
    head = read_front_matter(path, text.removeprefix(wrapper))
    if isinstance(head, Problem):
        return replace(head, line=head.line + wrapper.count("\n"))
    lines = {key: line + wrapper.count("\n") for key, line in head.key_lines.items()}
    return replace(head, key_lines=lines, body=wrapper + head.body)


def _toml(path: str, text: str) -> FrontMatter | Problem:
    """Read the front matter that Hugo writes between two lines `+++`."""
    match = _TOML.match(text)
    if match is None:
        return FrontMatter(text="", values={}, key_lines={}, body=text, body_line=1)
    if len(match["toml"]) > LONGEST:
        message = f"The front matter is longer than {LONGEST} characters."
        return _problem(path, 1, message, "Keep it to a few short keys.")
    import tomllib  # Hugo's front matter alone needs it.

    try:
        values = tomllib.loads(match["toml"])
    except (ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        message = f"The front matter is not TOML: {error}."
        return _problem(path, int(line[1]) + 1 if line else 1, message, "Write one `key = value` a line.")
    if _is_deep(values):
        message = f"The front matter has values inside of values more than {DEEPEST} deep."
        return _problem(path, 1, message, "Keep it to a few short keys.")
    lines: dict[str, int] = {}
    for number, line_ in enumerate(match["toml"].split("\n"), start=2):
        lines.setdefault(line_.partition("=")[0].strip(" \t\"'[]"), number)
    return FrontMatter(
        text=match["toml"],
        values=values,
        key_lines={key: lines.get(key, 1) for key in values},
        body=text[match.end() :],
        body_line=text.count("\n", 0, match.end()) + 1,
    )


def _is_deep(value: object) -> bool:
    """Return whether there are values inside of values beyond the bound."""
    level: list[object] = [value]
    for _ in range(DEEPEST + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


class _BeyondBoundsError(Exception):
    """A front matter is too much: why, as a clause."""


def _loader(text: str) -> Any:
    """Return what makes values of a front matter.

    Raises:
        _BeyondBoundsError: it is too much, as is known before anything is made of it.
        yaml.YAMLError: it is not YAML.
    """
    if len(text) > LONGEST:
        raise _BeyondBoundsError(f"is longer than {LONGEST} characters")
    # What a few plain keys cannot exceed isn't counted.
    nested = text.count("[") + text.count("{") + text.count("- -") + text.count("? ?") >= DEEPEST
    counts = nested or "*" in text or len(text) >= DEEPEST**2
    return _EventLoader(yaml.parse(text, _LOADER)) if counts else _LOADER(text)


class _EventLoader(Composer, SafeConstructor, Resolver):
    """Makes values of what has been parsed already, if that keeps to the bounds."""

    def __init__(self, events: Iterable[yaml.Event]) -> None:
        for part in (Composer, SafeConstructor, Resolver):
            part.__init__(self)
        self._events: deque[yaml.Event] = deque()
        depth = aliases = 0
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            aliases += isinstance(event, yaml.AliasEvent)
            if depth > DEEPEST:
                raise _BeyondBoundsError(f"has values inside of values more than {DEEPEST} deep")
            if aliases > MOST_ALIASES:
                raise _BeyondBoundsError(
                    f"repeats values by their names (`*name`) more than {MOST_ALIASES} times"
                )
            self._events.append(event)

    def check_event(self, *kinds: type[yaml.Event]) -> bool:
        return bool(self._events) and (not kinds or isinstance(self._events[0], kinds))

    def peek_event(self) -> yaml.Event | None:
        return self._events[0] if self._events else None

    def get_event(self) -> yaml.Event | None:
        return self._events.popleft() if self._events else None


def _broken(path: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    return _problem(
        path,
        mark.line + 2 if mark else 1,
        f"The front matter is not YAML: {what}.",
        "Put quotes around a value that holds a colon or begins with a special character.",
    )


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path=path, line=line, code="front-matter", message=message, hint=hint)
