"""Commands that run programs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hexapla.commands import options, terminal
from hexapla.problems import Problem, in_order

if TYPE_CHECKING:
    from hexapla.align.programs import Program
    from hexapla.record.findings import Stale
    from hexapla.run import Run
    from hexapla.site import Runner, Site
    from hexapla.testing.documents import Document


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
    from hexapla import files, site

    config = options.config(file, jobs, timeout, safety)
    runner = site.runner(config, cluster=executor, fail_fast=fail_fast, on_ready=terminal.say)
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
    from hexapla.commands.progress import progress
    from hexapla.testing import documents

    paths = [Path(slug) for slug in slugs if slug.endswith(".md") or Path(slug).is_dir()]
    if len(paths) not in (0, len(slugs)):
        raise click.UsageError("Name either articles or Markdown files, not both.")
    if paths:
        tested, ran, found = _tested_documents(paths, jobs, timeout, safety, update)
        _write_reports(documents.programs(tested), ran, json_file, junit_file)
        terminal.report(found, form)
        counted = (terminal.count(len(tested), "file"), terminal.count(len(ran), "program"))
        said = f"{', '.join(counted)} ran; {terminal.count(len(found), 'problem')}."
        click.echo(said, err=form != "text")
        return terminal.status(found)
    if update:
        raise click.UsageError(
            "`--update` is for Markdown files; `hexapla run --all` records a site's outputs."
        )
    config = options.config(file, jobs, timeout, safety)
    runner = site.runner(config, cluster=executor, fail_fast=fail_fast, on_ready=terminal.say)
    read = site.read(config)
    _known(read, slugs)
    todo = _chosen(site.stale(read, everything=True), slugs)
    unrecorded = [item for item in site.stale(read) if not slugs or item.article.slug in slugs]
    problems = [*read.problems, *site.claims(read), *(item.problem for item in unrecorded)]
    with progress([item.program for item in todo], verb="tested") as on_run:
        runs = []
        for done in runner([item.program for item in todo]):
            on_run(done)
            runs.append(done)
    _write_reports([program for _, program in read.programs], runs, json_file, junit_file)
    problems += site.drift(read, runs, runner)
    terminal.report(in_order(problems), form, root=config.root)
    said = f"{terminal.count(len(runs), 'program')} ran; {terminal.count(len(problems), 'problem')}."
    click.echo(said, err=form != "text")
    return terminal.status(problems)


@click.command()
def doctor() -> int:
    """Show what protects this machine from posts' code, each protection proved by trying to break it."""
    from hexapla.run.doctor import examine

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
    from hexapla.commands.progress import progress

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


def _tested_documents(
    paths: Sequence[Path], jobs: int | None, timeout: float | None, safety: Mapping[str, Any], update: bool
) -> tuple[Sequence[Document], Sequence[Run], Sequence[Problem]]:
    """Run the blocks of any Markdown, and compare its outputs or write them."""
    from hexapla import files
    from hexapla.align.settings import Settings
    from hexapla.commands.progress import progress
    from hexapla.run.executor import run_programs
    from hexapla.testing import documents

    read, found = documents.read(paths, Settings(timeout=timeout) if timeout else Settings())
    problems, programs = list(found), documents.programs(read)
    options = documents.options(programs, jobs=jobs, **safety)
    with progress(programs, verb="tested") as on_run:
        runs: dict[str, Run] = {}
        for run in run_programs(programs, options, on_ready=terminal.say):
            on_run(run)
            runs[run.program] = run
    for document in read:
        done = runs.get(document.name)
        if done is None:
            continue
        if update and files.write(document.path, documents.updated(document, done)):
            click.echo(f"{terminal.shown(document.path)}: its outputs are written.")
        problems += documents.judge(document, done, outputs=not update)
    return read, tuple(runs.values()), in_order(problems)


def _write_reports(
    programs: Sequence[Program], runs: Sequence[Run], json_file: Path | None, junit_file: Path | None
) -> None:
    from hexapla import files
    from hexapla.commands import reports

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
