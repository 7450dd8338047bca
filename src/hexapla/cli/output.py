"""Output: what commands say in the terminal, and the status that they end with. `reports` tells problems."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

CLEAN, PROBLEMS, CANNOT = 0, 1, 2
"""Exit statuses: nothing to say, problems or drift, the command cannot go on."""


_QUIET = "hexapla.quiet"


def set_quiet(context: click.Context, _: click.Parameter, quiet: bool) -> None:
    """Note that nothing but problems is to be told: `--quiet`, before or behind the verb."""
    context.meta[_QUIET] = quiet or context.meta.get(_QUIET, False)


def is_quiet() -> bool:
    """Return whether nothing but problems is to be told."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_QUIET))


def say(line: str) -> None:
    """Tell the user what happens, beside what the command was asked for."""
    if not is_quiet():
        click.echo(line, err=True)


def say_of_sandbox(line: str) -> None:
    """Tell the user what programs run in; where that is no sandbox, in any case."""
    if not (is_quiet() and line.endswith(" on.")):
        click.echo(line, err=True)


def sum_up(line: str, *, form: str) -> None:
    """Tell in a line what a command did: to standard output, unless a report in another form stands there."""
    if not is_quiet():
        click.echo(line, err=form != "text")


def has_colours() -> bool:
    """Return whether problems are shown in colours: in a terminal, unless the user wants none (no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def ask(question: str) -> bool:
    """Ask the user, where one sits there; False in CI and wherever nobody can answer."""
    attended = sys.stdin.isatty() and sys.stderr.isatty() and not os.environ.get("CI")
    return attended and click.confirm(question, default=False, err=True)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the singular or the plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def path_from_here(path: Path) -> str:
    """Return a path as the user would type it from where the command runs."""
    path = path.absolute()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
