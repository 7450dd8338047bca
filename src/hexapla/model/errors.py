"""The few exceptions: only "cannot go on" raises. What is wrong with a post is a `Problem`, a value.

HexaplaError
├── ConfigError      mkdocs.yml cannot be used
├── LedgerError      a recorded run is damaged or of an unknown format
└── RunnerError      programs cannot be run on this machine
    └── UnprotectedError   unless the user wants that without a sandbox

What hexapla itself gets wrong within one article is a `Crash`, a value too: it costs that article, and no other one.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class HexaplaError(Exception):
    """Something without which the command cannot go on.

    `message` is a sentence that ends with what to do; `path` is a file as the user names it, `line` is
    1-based. All three are on the exception, and `str()` of it is `path:line: message`.
    """

    def __init__(self, message: str, *, path: str | None = None, line: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        place = ":".join(str(part) for part in (path, line) if part is not None)
        super().__init__(f"{place}: {message}" if place else message)


class ConfigError(HexaplaError):
    """`mkdocs.yml` is missing, is not YAML, or says something that hexapla cannot use."""


class LedgerError(HexaplaError):
    """A recorded run cannot be read: damaged, or written in a format that this version does not know."""


class RunnerError(HexaplaError):
    """Programs cannot be run here: no sandbox, no fork, an import of the site's preload that fails."""


class UnprotectedError(RunnerError):
    """Nothing on this machine could keep programs from the user's files: only the user can want that."""


def system_error_text(error: OSError) -> str:
    """Return what the system refused, and of which file: of two, that which was written."""
    path = error.filename2 or error.filename
    return f"{path}: {error.strerror or error}" if path else str(error.strerror or error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """An exception that nobody expected, in the work on one article."""

    path: str
    """The post that was worked on, relative to the site's folder."""
    message: str
    """The exception's name and what it says."""
    traceback: str


def attempt(path: str, work: Callable[[], T], *, writes: bool = False) -> T | Crash:
    """Return what `work` gives for the post at `path`, or the exception that it raised instead.

    What the system refuses to work that `writes` it will refuse to all, and is no fault of this article: it is raised.
    """
    try:
        return work()
    except Exception as error:
        if writes and isinstance(error, OSError):
            raise
        return Crash(
            path=path,
            message=" ".join(traceback.format_exception_only(error)[-1].split()),
            traceback="".join(traceback.format_exception(error)),
        )
