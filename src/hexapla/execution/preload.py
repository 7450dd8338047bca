"""Preload: which modules the fork server imports once, where the site names none."""

from collections.abc import Iterable

from hexapla.model.program import Program
from hexapla.storage import distributions

_PARTS = {"matplotlib": ("matplotlib.pyplot",), "torch": ("torch._dynamo",)}
"""What programs that import a package soon import of it, too."""


def preload_of(programs: Iterable[Program]) -> tuple[str, ...]:
    """Return the modules that are worth importing beforehand: those of installed packages that the programs import.

    Of a package that posts name its first module alone is imported, in a process without a sandbox: no part of it
    that would do something. What is developed here is not: it changes while the server stays.
    """
    steps = (step for program in programs for step in (*program.imports, *program.cells))
    names = sorted({name for step in steps for name in step.names.modules})
    worthwhile = (name for name in names if distributions.is_settled(name))
    return tuple(module for name in worthwhile for module in (name, *_PARTS.get(name, ())))
