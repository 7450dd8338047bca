"""Run: what a program did. The runner does not judge; comparing and reporting are others' work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hexapla.model.output import Output


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
    NOT_REACHED = "not-reached"
    """A cell before it ended the program."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a program did, cell by cell, in the order of its cells."""

    program: str
    """`Program.name`."""
    cells: tuple[CellRun, ...]
    environment: Environment
    seconds: float = 0.0


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
    processes: int = 64
    output: int = 2**20
    file_size: int = 512 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a batch of programs runs on this machine."""

    preload: tuple[str, ...] = ("torch", "torch._dynamo")
    """Modules that the fork server imports once, before the first program."""
    limits: Limits = field(default_factory=Limits)
    jobs: int = 1
    """Programs at a time."""
    sandbox: str = "auto"
    """`auto`: what this machine offers, and say so; `require`: all of it or refuse; `off`: none."""
    fixtures: tuple[str, ...] = ()
    """Which of `network` and `slow` may be used; a GPU is used wherever there is one."""
