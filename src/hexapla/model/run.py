"""Run: what a program did. The runner does not judge; comparing and reporting are others' work."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from hexapla.model.output import Output
from hexapla.model.program import Cell


class Status(StrEnum):
    """How a cell ended."""

    OK = "ok"
    RAISED = "raised"
    """An exception ended it; the traceback is its last output."""
    EXITED = "exited"
    """It called `sys.exit` or `os._exit`."""
    KILLED = "killed"
    """A signal ended its process: a crash, or too much memory."""
    TIMEOUT = "timeout"
    LIMIT = "limit"
    """It wrote more than it may, or used more than it may."""
    SKIPPED = "skipped"
    """Something that it needs is missing here: a `fixture:` such as a GPU."""
    CANNOT_RUN = "cannot-run"
    """An exception ended it because something is not there: an `Obstacle`."""
    NOT_REACHED = "not-reached"
    """A cell before it ended the program, or failed to bind what it reads."""


class Obstacle(StrEnum):
    """What keeps a block from running that is no fault of its logic."""

    SYNTAX = "syntax"
    """It does not parse as Python."""
    NAME = "name"
    """A name that the article never defines."""
    ORDER = "order"
    """A name that only a later block defines."""
    SESSION = "session"
    """A name that only blocks of another session define."""
    PACKAGE = "package"
    """A package that is not installed."""
    FILE = "file"
    """A file that is not there, or that programs may not read."""
    PARENT = "parent"
    """The package that a relative import is from."""
    NETWORK = "network"
    GPU = "gpu"
    KEYBOARD = "keyboard"
    """Somebody who answers `input()`."""
    ARGUMENTS = "arguments"
    """What a user types behind the name of a program."""
    PLACEHOLDER = "placeholder"
    """A value, for which `...` stands."""
    ENVIRONMENT = "environment"
    """A variable of the environment that nobody has set, such as the key of a service."""
    SCREEN = "screen"
    """A screen for its windows, or a browser."""
    WAITS = "waits"
    """Somebody or something that never comes: a client, a user, a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a cell did not end as its author says, told apart so that failures can be counted and compared.

    Of one that ended well it tells of what it caught: what it lacked here, though not for its readers.
    """

    exception: str = ""
    """The name of the exception's class; empty where none was raised."""
    line: int = 0
    """1-based line of the cell's code that led to it; 0 where none is known."""
    obstacle: Obstacle | None = None
    """For a cell that cannot run: what is not there."""
    subject: str = ""
    """Which one: the name, the package, the file or the host."""
    waits_for: str = ""
    """For a cell that was not reached: the cell that was to bind `subject`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRun:
    """What one cell did."""

    id: str
    status: Status
    message: str = ""
    """One sentence for a status that is not `ok`: the exception, the signal, the limit."""
    outputs: tuple[Output, ...] = ()
    seconds: float = 0.0
    """Wall time; shown, never recorded."""
    shown: tuple[int, ...] = ()
    """How many lines it had shown when each of its statements but the last had ended; empty where nobody knows."""
    explanation: str = ""
    """The values that an assertion which failed compared; shown, never recorded."""
    failure: Failure | None = None
    """None where it ended as its author says, and where there is nothing to tell but the status."""
    varies: bool = False
    """Whether it printed something else in a second run; False where there was none."""

    @property
    def caught(self) -> Failure | None:
        """What it lacked here and its own code caught, so that its readers would see another output; mostly None."""
        return self.failure if self.status is Status.OK else None


class Ended(Protocol):
    """How a cell ended, just now or as it is recorded."""

    @property
    def status(self) -> Status:
        """How, in a word."""

    @property
    def failure(self) -> Failure | None:
        """Why, where it failed."""


_OF_IMPORTS = ("ImportError", "ModuleNotFoundError")


def was_announced(cell: Cell, ran: Ended) -> bool:
    """Return whether the author said in words, and not by `raises:`, that the cell fails as it did."""
    if cell.raises or ran.failure is None or ran.status not in (Status.RAISED, Status.CANNOT_RUN):
        return False
    failure = ran.failure
    announced = cell.announced
    if _is_broken_import(cell, failure):
        announced = replace(announced, fails=False, names=())
    return announced.covers(failure.exception, failure.line, lacks=failure.obstacle is not None)


def _is_broken_import(cell: Cell, failure: Failure) -> bool:
    """Return whether a package broke as it was imported for the code below: words before a block mean that code."""
    lines = cell.code.rstrip().split("\n")
    if not 0 < failure.line < len(lines) or failure.exception in _OF_IMPORTS:
        return False
    return lines[failure.line - 1].lstrip().startswith(("import ", "from "))


def went_well(cell: Cell, ran: Ended) -> bool:
    """Return whether a cell ended as its author says: without an exception, or with the one announced."""
    if ran.status is Status.RAISED and cell.raises:
        return ran.failure is None
    return was_announced(cell, ran) or (ran.status is Status.OK and not cell.raises)


_BUILD = re.compile(r"\+(?:cpu|cu\d+|rocm[\d.]+|xpu)\Z")
"""The local versions that PyTorch's package indexes give to builds of a release: for processors alone, for CUDA …"""


def release(version: str) -> str:
    """Return the release that a version is a build of: 2.13.0 of both 2.13.0+cpu and 2.13.0+cu130.

    What is recorded on a machine with a GPU is valid where there is none. Other local versions name other code.
    """
    return _BUILD.sub("", version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What a run depends on besides its code: the fingerprint that the ledger records."""

    python: str
    machine: str
    """The architecture, such as `x86_64`."""
    packages: tuple[tuple[str, str], ...] = ()
    """Name and version of what the site preloads and shows, sorted."""
    capability: str = ""
    """torch's CPU instruction set and the model of the processor, such as `AVX512 GenuineIntel 6 143`."""
    threads: int = 1
    absent: tuple[str, ...] = ()
    """Modules that a cell asked for and that are not installed, sorted."""

    def has_versions_of(self, other: "Environment") -> bool:
        """Return whether the packages that both name are of the same releases in both."""
        theirs = dict(other.packages)
        return all(release(theirs.get(name, was)) == release(was) for name, was in self.packages)

    def computes_as(self, other: "Environment") -> bool:
        """Return whether the same code gives the same bits in both, as far as they know."""
        machines = ((known.python, known.machine, known.capability, known.threads) for known in (self, other))
        theirs = dict(other.packages)
        return len(set(machines)) == 1 and all(theirs.get(name, was) == was for name, was in self.packages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a program did, cell by cell, in the order of its cells."""

    program: str
    """`Program.name`."""
    cells: tuple[CellRun, ...]
    environment: Environment
    seconds: float = 0.0
    imports: tuple[CellRun, ...] = ()
    """What became of `Program.imports`, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a program gets from outside: the values of the fixtures that its cells ask pytest for."""

    values: Mapping[str, str] = field(default_factory=dict)
    """By fixture, pickled and in base64."""
    lacking: Mapping[str, str] = field(default_factory=dict)
    """By fixture, why its value cannot be had: a sentence."""
    faults: frozenset[str] = frozenset()
    """Those of `lacking` that are an error; the others are skipped on purpose."""

    def missing(self, names: Iterable[str]) -> str:
        """Return why a cell that asks for these fixtures cannot run; empty where it can."""
        for name in names:
            if name not in self.values:
                return self.lacking.get(name) or (
                    f"It asks for the fixture `{name}`, which `pytest --hexapla` gives it."
                )
        return ""


NOTHING = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a program may use. Memory, file and output sizes are bytes."""

    memory: int = 4 * 2**30
    """Memory, all its processes together."""
    processes: int = 64
    """Processes at a time."""
    output: int = 2**20
    """All that it prints and shows."""
    file_size: int = 512 * 2**20
    """The files that it writes, all together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a batch of programs runs on this machine."""

    preload: tuple[str, ...] | None = None
    """Modules that the fork server imports once, before the first program; None for what the programs import."""
    limits: Limits = field(default_factory=Limits)
    jobs: int = 1
    """Programs at a time."""
    sandbox: str = "auto"
    """`auto`: what this machine offers, and say so; `require`: all of it or refuse; `off`: none."""
    fixtures: tuple[str, ...] = ()
    """Which of `network` and `slow` may be used; a GPU is used wherever there is one."""
