"""Reporting: where a command tells what it found, to people or to machines, and the status that it ends with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from hexapla.cli import output
from hexapla.cli.reports import FORMATS, Report, as_json
from hexapla.model.problem import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Where a command tells what it found: `--format`, `--json` and `--junit`."""

    form: str = "text"
    json_file: Path | None = None
    junit_file: Path | None = None

    def tell(self, report: Report, *, notes: bool = False, printed: bool = False) -> int:
        """Print the problems in the form that was asked for, write the files; return the exit status.

        `printed` says that they have been printed as text.
        """
        from hexapla.storage import files

        if self.form == "text" and not printed:
            print_problems(report.problems, notes=notes)
        elif self.form != "text":
            click.echo(FORMATS[self.form](report), nl=False)
        if self.json_file:
            files.write(self.json_file, as_json(report))
        if self.junit_file:
            from hexapla.cli.junit import as_junit

            files.write(self.junit_file, as_junit(report))
        return report.status


def print_problems(problems: Sequence[Problem], *, notes: bool = False) -> None:
    """Print problems for people; how many notes there are, where they are not to be printed."""
    printed = [problem for problem in problems if notes or problem.severity is not Severity.NOTE]
    unprinted = len(problems) - len(printed)
    show = _coloured if output.has_colours() else str
    click.echo("".join(f"{show(problem)}\n" for problem in printed), err=True, nl=False)
    if unprinted:
        output.say(f"{output.count(unprinted, 'note')}: `hexapla check` shows them.")


_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def _coloured(problem: Problem) -> str:
    """Return a problem as a terminal shows it: its code in the colour of its weight."""
    word = f"{problem.severity.value[0].upper()}-{problem.code}"
    painted = click.style(word, fg=_COLOURS[problem.severity], bold=True)
    return str(problem).replace(word, painted, 1)


def strictly(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems as `--strict` weighs them: a warning is an error."""
    return tuple(
        replace(problem, severity=Severity.ERROR) if problem.severity is Severity.WARNING else problem
        for problem in problems
    )
