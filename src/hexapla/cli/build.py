"""Commands that write pages and the site."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from time import monotonic as seconds
from typing import TYPE_CHECKING

import click

from hexapla.cli import options, output
from hexapla.cli.reporting import Reports, print_problems, strictly
from hexapla.cli.reports import Report
from hexapla.cli.run import run_stale
from hexapla.model.problem import Problem, in_order

if TYPE_CHECKING:
    from hexapla.model.program import Program
    from hexapla.model.run import Run
    from hexapla.render.write import Written
    from hexapla.site import Site


_NAMED = 8
"""How many pages a line names."""


@click.command("build")
@options.running
@options.everything
@options.retry
@options.reports
@click.option("--strict", is_flag=True, help="Let warnings, hexapla's and the builder's, fail the build.")
@click.option(
    "--engine",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="What makes the site of the pages.",
)
def build_command(
    how: options.Running,
    everything: bool,
    retry: bool,
    reports: Reports,
    strict: bool,
    engine: str,
) -> int:
    """Run what is stale, write the pages, build the site."""
    from hexapla import running, site
    from hexapla.adapters.mkdocs import builder
    from hexapla.adapters.zensical import builder as zensical
    from hexapla.render import write
    from hexapla.storage import crashes

    config = how.config()
    if engine == "zensical":
        zensical.require(config)
    crashes.forget_crashes(config.root)
    read = site.read(config, anew=everything)
    may_begin = functools.partial(_may_begin, read, seconds())
    runner = running.runner(
        config.options, may_begin=may_begin, twice=read.is_in_place, on_ready=output.say_of_sandbox
    )
    read, runs = run_stale(read, runner, everything=everything, retry=retry)
    _say_what_is_left(read, runs)
    read = site.remember(read)
    with write.building(config, output.say):
        written = site.pages(read)
        problems = _problems(read, written, runs)
        problems = strictly(problems) if strict else problems
        if reports.form == "text":
            print_problems(problems)
        known = set(crashes.crashes_of(config.root))
        begin = functools.partial(_say_what_is_built, read, written, engine)
        if engine == "zensical":
            outcome = zensical.build_with_zensical(config, strict=strict, on_start=begin)
        else:
            outcome = builder.build(config, strict=strict, anew=everything, on_start=begin)
    # The builder has told of those of its own.
    late = crashes.told_in(set(crashes.crashes_of(config.root)) - known)
    programs = [program for _, program in read.programs]
    report = Report(problems=in_order((*problems, *late)), programs=programs, runs=runs, root=config.root)
    status = reports.tell(report, printed=True)
    if outcome is builder.Outcome.FAILED:
        click.echo(f"{engine} could not build the site; its messages are above.", err=True)
        return output.CANNOT
    state = ", up to date" if outcome is builder.Outcome.UNCHANGED else ""
    output.sum_up(f"The site is in {output.path_from_here(config.site)}{state}.", form=reports.form)
    return status


def _may_begin(read: Site, started: float, program: Program) -> bool:
    """Return whether there is time for one more program of the site's own pages; posts' are run in any case."""
    budget = read.config.budget
    return not budget or not read.is_in_place(program) or seconds() - started < budget


def _say_what_is_left(read: Site, runs: Sequence[Run]) -> None:
    """Name the pages whose programs were not begun, since their time was over."""
    from hexapla import checks

    ran = {run.program for run in runs}
    own = [item.program for item in checks.stale(read) if read.is_in_place(item.program)]
    left = [program.cells[0].path for program in own if program.name not in ran]
    if left:
        shown = f"{', '.join(left[:_NAMED])}{', …' if len(left) > _NAMED else ''}"
        were = "was" if len(left) == 1 else "were"
        over = (
            f"Programs of the site's own pages begin within {read.config.budget} s (`budget:` in mkdocs.yml)"
        )
        click.echo(
            f"{over}: {output.count(len(left), 'page')} {were} not run: {shown}. `hexapla run` runs them.",
            err=True,
        )


def _problems(read: Site, written: Written, runs: Sequence[Run] = ()) -> tuple[Problem, ...]:
    """Return what is wrong with a site whose pages are written, some of whose programs have just run."""
    from hexapla import checks

    failures = checks.known_failures(read, {run.program for run in runs})
    return in_order((*read.problems, *failures, *checks.claims(read).problems, *written.problems))


def _say_what_is_built(read: Site, written: Written, engine: str, reason: str) -> None:
    """Say which pages a builder makes, and for what `reason` all of them, if it does."""
    own = f"{output.count(len(read.in_place), 'page')} of your own with code."
    ours = f"{written.pages} pages, {written.changed} of them written."
    pages = ours if read.config.publishes_posts else own
    output.say(f"{pages} Building the site with {engine}{f': each page, for {reason}' if reason else ''}.")


@click.command("pages")
@options.config_file
@options.reports
def pages_command(file: Path, reports: Reports) -> int:
    """Write the pages below docs/ from the posts and the ledger. Executes nothing."""
    from hexapla import site
    from hexapla.render import write

    config = options.config(file)
    read = site.read(config)
    with write.building(config, output.say):
        written = site.pages(read)
    status = reports.tell(Report(problems=_problems(read, written), root=config.root))
    changes = f"{written.pages} pages: {written.changed} written, {written.removed} removed."
    output.sum_up(changes, form=reports.form)
    return status


@click.command("serve")
@options.config_file
@click.option(
    "-a", "--dev-addr", "address", default="127.0.0.1:8000", show_default=True, help="Where to serve."
)
@click.option("--no-run", is_flag=True, help="Execute nothing: show what is recorded.")
def serve_command(file: Path, address: str, *, no_run: bool) -> int:
    """Serve the site: a saved post is run, recorded and shown at once."""
    from hexapla.adapters.mkdocs import builder

    return builder.serve_site(options.config(file), address, runs=not no_run)
