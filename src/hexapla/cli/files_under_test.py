"""Files under test: `hexapla test FILES`, any Markdown without a site; its outputs are compared, or written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexapla.cli import output
from hexapla.cli.reports import Report
from hexapla.model.problem import in_order

if TYPE_CHECKING:
    from hexapla.cli.options import Running
    from hexapla.model.program import Program
    from hexapla.model.run import Options, Run
    from hexapla.running import Runner


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What `hexapla test` found."""

    report: Report
    files: int | None = None
    """How many Markdown files were read; None for a site's articles."""
    blocks: int = 0
    unrun: int = 0
    """How many blocks of Python these files hold, and how many of them did not run."""

    @property
    def summary(self) -> str:
        """How much ran and what is wrong, as a sentence."""
        from hexapla.model.run import Status

        read = f"{output.count(self.files, 'file')}, " if self.files is not None else ""
        runs = self.report.runs
        ran = output.count(len(runs), "program")
        missed = sum(cell.status is Status.NOT_REACHED for run in runs for cell in run.cells)
        late = f", {output.count(missed, 'cell')} not reached after a failure" if missed else ""
        unrun = (
            f"\n{self.unrun} of {output.count(self.blocks, 'block')} of Python did not run."
            if self.unrun
            else ""
        )
        return f"{read}{ran} ran{late}; {output.count(len(self.report.problems), 'problem')}.{unrun}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for about the files."""

    paths: Sequence[Path]
    how: Running
    brought: Sequence[str] = ()
    update: bool = False
    allow_none: bool = False


def documents_named(names: Sequence[str], *, update: bool) -> list[Path]:
    """Return the Markdown files and folders that are named; none where articles are."""
    from hexapla.documents.reading import is_document

    # No article's name has a slash.
    paths = [Path(name) for name in names if "/" in name or is_document(name) or Path(name).exists()]
    if len(paths) not in (0, len(names)):
        raise click.UsageError("Name either articles or Markdown files, not both.")
    if update and not paths:
        raise click.UsageError(
            "`--update` is for Markdown files; `hexapla run --all` records a site's outputs."
        )
    return paths


def files_tested(
    asked: Asked,
    runner_of: Callable[[Options], Runner],
    run_all: Callable[[Sequence[Program], Runner], list[Run]],
) -> Tested:
    """Run the blocks of any Markdown, and compare its outputs or write them."""
    from hexapla.documents import checking, not_run, reading, writing
    from hexapla.model.settings import Settings

    settings = Settings(timeout=asked.how.timeout) if asked.how.timeout else Settings()
    read = reading.read_documents(asked.paths, settings, asked.brought)
    programs, problems = checking.programs_of(read.documents), list(read.problems)
    runs = run_all(programs, runner_of(checking.run_options(**asked.how.options)))
    ran = {run.program: run for run in runs}
    for document in read.documents:
        if done := ran.get(document.name):
            problems += checking.problems_of_run(document, done, outputs=not asked.update)
            if asked.update:
                is_changed, refused = writing.write_outputs(document, done)
                problems += refused
                if is_changed:
                    output.say(f"{output.path_from_here(document.path)}: its outputs are written.")
    problems += () if asked.allow_none else not_run.nothing_ran(read, runs, asked.paths)
    blocks, left = not_run.unrun_count(read.documents, runs)
    report = Report(problems=in_order(problems), programs=programs, runs=runs)
    return Tested(report=report, files=len(read.documents), blocks=blocks, unrun=left)
