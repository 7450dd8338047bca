"""Commands that run programs."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from hexapla.cli import options, output
from hexapla.cli.files_under_test import Asked, Tested, documents_named, files_tested
from hexapla.cli.reporting import Reports, strictly
from hexapla.cli.reports import Report
from hexapla.model.problem import in_order

if TYPE_CHECKING:
    from hexapla.config.config import Config
    from hexapla.ledger.findings import Stale
    from hexapla.model.program import Program
    from hexapla.model.run import Options, Run
    from hexapla.running import Runner
    from hexapla.site import Site


@click.command("run")
@options.running
@options.everything
@options.retry
@options.executor
@options.fail_fast
@options.reports
@click.option("--prune", is_flag=True, help="Remove the records of articles that no longer exist.")
@options.slugs
def run_command(
    how: options.Running,
    everything: bool,
    retry: bool,
    executor: str,
    fail_fast: bool,
    reports: Reports,
    prune: bool,
    slugs: tuple[str, ...],
) -> int:
    """Run the stale programs (of the articles named SLUGS, or of all) and record their outputs."""
    from hexapla import checks, running, site
    from hexapla.storage import files

    config = how.config()
    read = site.read(config, anew=everything)
    runner = running.runner(
        config.options,
        cluster=executor,
        fail_fast=fail_fast,
        twice=read.is_in_place,
        on_ready=output.say_of_sandbox,
    )
    read, runs = run_stale(read, runner, everything=everything, retry=retry, slugs=slugs)
    read = site.remember(read)
    if prune:
        for folder in site.gone(read):
            files.remove(sorted(folder.iterdir()))
            output.say(f"Removed {output.path_from_here(folder)}: there is no such article.")
    ran = {run.program for run in runs}
    problems = in_order((*read.problems, *checks.known_failures(read, ran), *checks.claims(read).problems))
    programs = [program for _, program in read.programs]
    return reports.tell(Report(problems=problems, programs=programs, runs=runs, root=config.root))


@click.command("test")
@options.running
@options.executor
@options.fail_fast
@options.reports
@click.option(
    "--files", "brought", multiple=True, help="A file or folder beside each Markdown file, for it to read."
)
@click.option(
    "--across-versions",
    "across",
    is_flag=True,
    help="Compare with records of other versions of packages too, and call none of them stale for that.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail the test.")
@click.option("--update", is_flag=True, help="Write the outputs into the Markdown files that are named.")
@click.option(
    "--allow-none", "allow_none", is_flag=True, help="Let files pass whose Python was not run at all."
)
@click.argument("slugs", nargs=-1, metavar="[SLUGS | FILES...]")
def test_command(
    how: options.Running,
    executor: str,
    fail_fast: bool,
    reports: Reports,
    across: bool,
    brought: tuple[str, ...],
    strict: bool,
    update: bool,
    allow_none: bool,
    slugs: tuple[str, ...],
) -> int:
    """Run every program again and compare with the ledger. Writes nothing.

    FILES are Markdown files, or folders of them, anywhere: they need no site. Their blocks are run, and the
    outputs that stand in them under `<!-- hexapla:output -->` are compared; `--update` writes those.
    """
    from hexapla import running

    paths = documents_named(slugs, update=update)
    runner = functools.partial(
        running.runner, cluster=executor, fail_fast=fail_fast, on_ready=output.say_of_sandbox
    )
    if paths:
        asked = Asked(paths=paths, how=how, brought=brought, update=update, allow_none=allow_none)
        tested = files_tested(asked, runner, _run_all)
    else:
        tested = _test_site(how.config(), runner, slugs, across=across)
    # No other command shows the notes on files without a site.
    report = replace(tested.report, problems=strictly(tested.report.problems)) if strict else tested.report
    status = reports.tell(report, notes=bool(paths))
    output.sum_up(tested.summary, form=reports.form)
    return status


@click.command("doctor")
def doctor_command() -> int:
    """Show what protects this machine from posts' code, each protection proved by trying to break it."""
    from hexapla.execution.doctor import examine

    click.echo("Each line is a program that tried; this takes some seconds.")
    weak = 0
    for proof in examine(on_ready=click.echo):
        weak += not proof.enforced
        click.echo(f"{'  enforced' if proof.enforced else '  OPEN    '}  {proof.name}: {proof.why}")
    click.echo(f"{weak} not enforced here." if weak else "Everything is enforced here.")
    return output.PROBLEMS if weak else output.CLEAN


def run_stale(
    read: Site, runner: Runner, *, everything: bool, retry: bool, slugs: Sequence[str] = ()
) -> tuple[Site, list[Run]]:
    """Run what is stale with a progress display; say so where there is nothing to run."""
    from hexapla import checks, running
    from hexapla.cli.progress import progress

    _refuse_unknown(read, slugs)
    todo = _of_slugs(checks.stale(read, everything=everything, retry=retry), slugs)
    runs: list[Run] = []
    if not todo:
        output.say("Nothing is stale: no program was run.")
        return read, runs
    for item in todo:
        output.say(f"  {item.program.name}: {item.reason}")
    with progress([item.program for item in todo], verb="run") as on_run:

        def done(run: Run) -> None:
            runs.append(run)
            on_run(run)

        return running.run(read, todo, runner, on_run=done), runs


def _test_site(
    config: Config, runner_of: Callable[[Options], Runner], slugs: Sequence[str], *, across: bool
) -> Tested:
    """Run programs of a site, and compare with the ledger and with what authors typed."""
    from hexapla import checks, running, site
    from hexapla.ledger import findings

    runner = runner_of(config.options)
    read = site.read(config)
    _refuse_unknown(read, slugs)
    todo = _of_slugs(checks.stale(read, everything=True), slugs)
    unrecorded = [item for item in _of_slugs(checks.stale(read), slugs) if not (across and item.of_packages)]
    runs = _run_all([item.program for item in todo], runner)
    unrun = [*read.problems, *checks.claims(read).problems, *findings.stale_problems(unrecorded)]
    return Tested(
        report=Report(
            problems=in_order([*unrun, *running.drift(read, runs, runner)]),
            programs=[program for _, program in read.programs],
            runs=runs,
            root=config.root,
        )
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


def _of_slugs(items: Iterable[Stale], slugs: Sequence[str]) -> tuple[Stale, ...]:
    return tuple(item for item in items if not slugs or item.article.slug in slugs)


def _refuse_unknown(read: Site, slugs: Sequence[str]) -> None:
    """Refuse slugs that name no article."""
    known = {article.slug for article in read.articles}
    for slug in slugs:
        if slug not in known:
            near = difflib.get_close_matches(slug, known, n=1)
            meant = f" Did you mean `{near[0]}`?" if near else " `hexapla status` lists them."
            raise click.UsageError(f"There is no article `{slug}`.{meant}")
