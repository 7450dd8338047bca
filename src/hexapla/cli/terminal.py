"""What commands say in the terminal, and the status that they end with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from hexapla.model.problem import Problem, Severity

CLEAN, PROBLEMS, CANNOT = 0, 1, 2
"""Exit statuses: nothing to say, problems or drift, the command cannot go on."""


def report(
    problems: Sequence[Problem], form: str = "text", *, notes: bool = False, root: Path | None = None
) -> None:
    """Print problems; to standard output where a machine reads them.

    `root` is the folder that paths are relative to: CI knows files from where the command runs.
    """
    from hexapla.cli import formats

    if form in ("github", "sarif") and root is not None:
        problems = [replace(one, path=Path(os.path.relpath(root / one.path)).as_posix()) for one in problems]
    if form != "text":
        click.echo(formats.FORMATS[form](problems), nl=False)
        return
    shown = [problem for problem in problems if notes or problem.severity is not Severity.NOTE]
    quiet = len(problems) - len(shown)
    click.echo("".join(f"{problem}\n" for problem in shown), err=True, nl=False)
    if quiet:
        click.echo(f"{count(quiet, 'note')}: `hexapla check` shows them.", err=True)


def status(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Return the status that a command ends with: under `strict`, warnings count as errors do."""
    heavy = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return PROBLEMS if any(problem.severity in heavy for problem in problems) else CLEAN


def say(line: str) -> None:
    """Tell the user what happens, beside what the command was asked for."""
    click.echo(line, err=True)


def wants(question: str) -> bool:
    """Ask the user, where one sits there; False in CI and wherever nobody can answer."""
    there = sys.stdin.isatty() and sys.stderr.isatty() and not os.environ.get("CI")
    return there and click.confirm(question, default=False, err=True)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the singular or the plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown(path: Path) -> str:
    """Return a path as the user would type it from where the command runs."""
    path = path.absolute()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
