"""Commands that run programs."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hexapla.cli import options, terminal
from hexapla.model.problem import Problem, in_order

if TYPE_CHECKING:
    from hexapla.config.config import Config
    from hexapla.ledger.findings import Stale
    from hexapla.model.program import Program
    from hexapla.model.run import Options, Run
    from hexapla.site import Runner, Site


@click.command()
@options.config_file
@options.jobs
@options.timeout
@options.everything
@options.safety
@options.executor
@options.fail_fast
@options.json_file
@options.junit_file
@click.option("--prune", is_flag=True, help="Remove the records of articles that no longer exist.")
@options.slugs
def run(
    file: Path,
    jobs: int | None,
    timeout: float | None,
    everything: bool,
    safety: dict[str, Any],
    executor: str,
    fail_fast: bool,
    json_file: Path | None,
    junit_file: Path | None,
    prune: bool,
    slugs: tuple[str, ...],
) -> int:
    """Run the stale programs (of the articles named SLUGS, or of all) and record their outputs."""
    from hexapla import site
    from hexapla.storage import files

    config = options.config(file, jobs, timeout, safety)
    runner = site.runner(config.options, cluster=executor, fail_fast=fail_fast, on_ready=terminal.say)
    read, runs = run_stale(site.read(config, anew=everything), runner, everything=everything, slugs=slugs)
    read = site.remember(read)
    _write_reports([program for _, program in read.programs], runs, json_file, junit_file)
    if prune:
        for folder in site.gone(read):
            files.remove(sorted(folder.iterdir()))
            click.echo(f"Removed {terminal.shown(folder)}: there is no such article.")
    problems = in_order((*read.problems, *site.claims(read)))
    terminal.report(problems)
    return terminal.status(problems)


@click.command()
@options.config_file
@options.jobs
@options.timeout
@options.safety
@options.executor
@options.fail_fast
@options.json_file
@options.junit_file
@options.form
@click.option("--update", is_flag=True, help="Write the outputs into the Markdown files that are named.")
@click.argument("slugs", nargs=-1, metavar="[SLUGS | FILES...]")
def test(
    file: Path,
    jobs: int | None,
    timeout: float | None,
    safety: dict[str, Any],
    executor: str,
    fail_fast: bool,
    json_file: Path | None,
    junit_file: Path | None,
    form: str,
    update: bool,
    slugs: tuple[str, ...],
) -> int:
    """Run every program again and compare with the ledger. Writes nothing.

    FILES are Markdown files, or folders of them, anywhere: they need no site. Their blocks are run, and the
    outputs that stand in them under `<!-- hexapla:output -->` are compared; `--update` writes those.
    """
    from hexapla import site
    from hexapla.model.run import Status

    paths = [Path(slug) for slug in slugs if slug.endswith(".md") or Path(slug).is_dir()]
    if len(paths) not in (0, len(slugs)):
        raise click.UsageError("Name either articles or Markdown files, not both.")
    if update and not paths:
        raise click.UsageError(
            "`--update` is for Markdown files; `hexapla run --all` records a site's outputs."
        )
    runner = functools.partial(site.runner, cluster=executor, fail_fast=fail_fast, on_ready=terminal.say)
    if paths:
        tested = _test_documents(paths, runner, jobs, timeout, safety, update)
    else:
        tested = _test_site(options.config(file, jobs, timeout, safety), runner, slugs)
    _write_reports(tested.programs, tested.runs, json_file, junit_file)
    # No other command shows the notes on files without a site.
    terminal.report(tested.problems, form, root=tested.root, notes=bool(paths))
    ran = terminal.count(len(tested.runs), "program")
    missed = sum(cell.status is Status.NOT_REACHED for run in tested.runs for cell in run.cells)
    late = f", {terminal.count(missed, 'cell')} not reached after a failure" if missed else ""
    problems = terminal.count(len(tested.problems), "problem")
    click.echo(f"{tested.read}{ran} ran{late}; {problems}.", err=form != "text")
    return terminal.status(tested.problems)


@click.command()
def doctor() -> int:
    """Show what protects this machine from posts' code, each protection proved by trying to break it."""
    from hexapla.execution.doctor import examine

    click.echo("Each line is a program that tried; this takes some seconds.")
    weak = 0
    for one in examine(on_ready=click.echo):
        weak += not one.enforced
        click.echo(f"{'  enforced' if one.enforced else '  OPEN    '}  {one.name}: {one.why}")
    click.echo(f"{weak} not enforced here." if weak else "Everything is enforced here.")
    return terminal.PROBLEMS if weak else terminal.CLEAN


def run_stale(
    read: Site, runner: Runner, *, everything: bool, slugs: Sequence[str] = ()
) -> tuple[Site, list[Run]]:
    """Run what is stale with a progress display; say so where there is nothing to run."""
    from hexapla import site
    from hexapla.cli.progress import progress

    _known(read, slugs)
    todo = _chosen(site.stale(read, everything=everything), slugs)
    runs: list[Run] = []
    if not todo:
        click.echo("Nothing is stale: no program was run.", err=True)
        return read, runs
    for item in todo:
        click.echo(f"  {item.program.name}: {item.reason}", err=True)
    with progress([item.program for item in todo], verb="run") as on_run:

        def done(run: Run) -> None:
            runs.append(run)
            on_run(run)

        return site.run(read, todo, runner, on_run=done), runs


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tested:
    """What `hexapla test` found."""

    programs: Sequence[Program]
    runs: Sequence[Run]
    problems: Sequence[Problem]
    root: Path | None = None
    """The folder that the problems' paths are relative to, where it is not this one."""
    read: str = ""
    """What was read, as the beginning of a sentence."""


def _test_site(config: Config, runner_of: Callable[[Options], Runner], slugs: Sequence[str]) -> _Tested:
    """Run programs of a site, and compare with the ledger and with what authors typed."""
    from hexapla import site

    runner = runner_of(config.options)
    read = site.read(config)
    _known(read, slugs)
    todo = _chosen(site.stale(read, everything=True), slugs)
    unrecorded = _chosen(site.stale(read), slugs)
    runs = _run_all([item.program for item in todo], runner)
    found = [*read.problems, *site.claims(read), *(item.problem for item in unrecorded)]
    return _Tested(
        programs=[program for _, program in read.programs],
        runs=runs,
        problems=in_order([*found, *site.drift(read, runs, runner)]),
        root=config.root,
    )


def _test_documents(
    paths: Sequence[Path],
    runner_of: Callable[[Options], Runner],
    jobs: int | None,
    timeout: float | None,
    safety: Mapping[str, Any],
    update: bool,
) -> _Tested:
    """Run the blocks of any Markdown, and compare its outputs or write them."""
    from hexapla import documents
    from hexapla.model.settings import Settings
    from hexapla.storage import files

    read, found = documents.read(paths, Settings(timeout=timeout) if timeout else Settings())
    programs, problems = documents.programs(read), list(found)
    runs = _run_all(programs, runner_of(documents.options(programs, jobs=jobs, **safety)))
    ran = {run.program: run for run in runs}
    for document in read:
        done = ran.get(document.name)
        if done is None:
            continue
        # Where it is a link, the file is meant.
        if update and files.write(document.path.resolve(), documents.updated(document, done)):
            click.echo(f"{terminal.shown(document.path)}: its outputs are written.")
        problems += documents.judge(document, done, outputs=not update)
    return _Tested(
        programs=programs,
        runs=runs,
        problems=in_order(problems),
        read=f"{terminal.count(len(read), 'file')}, ",
    )


def _run_all(programs: Sequence[Program], runner: Runner) -> list[Run]:
    """Run programs with a progress display."""
    from hexapla.cli.progress import progress

    runs = []
    with progress(programs, verb="tested") as on_run:
        for run in runner(programs):
            on_run(run)
            runs.append(run)
    return runs


def _write_reports(
    programs: Sequence[Program], runs: Sequence[Run], json_file: Path | None, junit_file: Path | None
) -> None:
    from hexapla.cli import reports
    from hexapla.storage import files

    if json_file:
        files.write(json_file, reports.as_json(programs, runs))
    if junit_file:
        files.write(junit_file, reports.as_junit(programs, runs))


def _chosen(items: Iterable[Stale], slugs: Sequence[str]) -> tuple[Stale, ...]:
    return tuple(item for item in items if not slugs or item.article.slug in slugs)


def _known(read: Site, slugs: Sequence[str]) -> None:
    """Refuse slugs that name no article."""
    known = {article.slug for article in read.articles}
    for slug in slugs:
        if slug not in known:
            near = difflib.get_close_matches(slug, known, n=1)
            meant = f" Did you mean `{near[0]}`?" if near else " `hexapla status` lists them."
            raise click.UsageError(f"There is no article `{slug}`.{meant}")
