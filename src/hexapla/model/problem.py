"""Problem: a finding about the author's text. All of them are reported at once; none of them raises."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_UNSHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""The categories of controls, of what is not UTF-8, and of what ends lines."""
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What has others show the text around it in another order (Unicode's UTS #55, where it says how sources deceive)."""
_COMMAND = re.compile(r"(\A\s*+(?=::)|#(?=#\w*+\[))")


class Severity(StrEnum):
    """How much a problem weighs: an error makes the exit status 1, a warning does so under `strict`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding: where it is, what it is, and what to do about it."""

    path: str
    """The post as the user names it, relative to the site's folder, with forward slashes."""
    line: int
    """1-based; 1 when the whole file is meant."""
    code: str
    """A stable word such as `program-differs`: what settings and the documentation call it."""
    message: str
    """One sentence: what is there, and what was expected."""
    hint: str = ""
    """One sentence: what to do."""
    severity: Severity = Severity.ERROR
    details: tuple[str, ...] = ()
    """Further lines to show below: a diff, the two texts of a wrong claim."""
    cause: str = ""
    """By what problems of one code are counted together: an `Obstacle`, or the name of an exception."""
    subject: str = ""
    """What of that cause: the name, the package or the file that is not there."""

    def __str__(self) -> str:
        first = f"{self.path}:{self.line}: {self.severity.value[0].upper()}-{self.code} {self.message}"
        hint = f" {self.hint}" if self.hint else ""
        details = (line for text in self.details for line in text.split("\n"))
        return "\n    ".join((harmless(f"{first}{hint}"), *map(harmless, details)))


def harmless(text: str) -> str:
    """Return a text on one line, in characters that every terminal and log can show, and no command to a CI system.

    Posts and programs say what they like. GitHub's runner obeys a line that begins with `::` after blanks, and `##[`
    anywhere (actions/runner, `ActionCommand.cs`); Azure's obeys `##vso[`.
    """
    if not text.isprintable():
        text = "".join(ascii(sign)[1:-1] if sign != "\t" and _is_unshown(sign) else sign for sign in text)
    return _COMMAND.sub(r"\1\\", text)


def _is_unshown(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSHOWN or sign in _REORDERING


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by path and line, each one once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.path, problem.line, problem.code)))
