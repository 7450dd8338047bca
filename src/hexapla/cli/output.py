"""Output: what commands say in the terminal, and the status that they end with. `reports` tells problems."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

CLEAN, PROBLEMS, CANNOT = 0, 1, 2
"""Exit statuses: nothing to say, problems or drift, the command cannot go on."""


def say(line: str) -> None:
    """Tell the user what happens, beside what the command was asked for."""
    click.echo(line, err=True)


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
