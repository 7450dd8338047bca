"""Commands that write pages and the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hexapla.cli import options, output
from hexapla.cli.reporting import Reports, print_problems, strictly
from hexapla.cli.reports import Report
from hexapla.cli.run import run_stale
from hexapla.model.problem import in_order


@click.command("build")
@options.config_file
@options.jobs
@options.timeout
@options.everything
@options.retry
@options.safety
@options.reports
@click.option("--strict", is_flag=True, help="Let warnings, hexapla's and mkdocs', fail the build.")
def build_command(
    file: Path,
    jobs: int | None,
    timeout: float | None,
    everything: bool,
    retry: bool,
    safety: dict[str, Any],
    reports: Reports,
    strict: bool,
) -> int:
    """Run what is stale, write the pages, build the site."""
    from hexapla import checks, running, site
    from hexapla.adapters.mkdocs import builder
    from hexapla.render import write
    from hexapla.storage import crashes

    config = options.config(file, jobs, timeout, safety)
    crashes.forget_crashes(config.root)
    read, runs = run_stale(
        site.read(config, anew=everything),
        running.runner(config.options, on_ready=output.say_of_sandbox),
        everything=everything,
        retry=retry,
    )
    read = site.remember(read)
    with write.building(config, output.say):
        written = site.pages(read)
        failures = checks.known_failures(read, {run.program for run in runs})
        problems = in_order((*read.problems, *failures, *checks.claims(read).problems, *written.problems))
        problems = strictly(problems) if strict else problems
        if reports.form == "text":
            print_problems(problems)
        known = set(crashes.crashes_of(config.root))
        own = f"{output.count(len(read.in_place), 'page')} of your own with code."
        pages = (
            f"{written.pages} pages, {written.changed} of them written." if config.publishes_posts else own
        )
        outcome = builder.build(
            config,
            strict=strict,
            anew=everything,
            on_start=lambda reason: output.say(
                f"{pages} Building the site with mkdocs{f': each page, for {reason}' if reason else ''}."
            ),
        )
    # mkdocs has told of those of its own.
    late = crashes.told_in(set(crashes.crashes_of(config.root)) - known)
    programs = [program for _, program in read.programs]
    report = Report(problems=in_order((*problems, *late)), programs=programs, runs=runs, root=config.root)
    status = reports.tell(report, printed=True)
    if outcome is builder.Outcome.FAILED:
        click.echo("mkdocs could not build the site; its messages are above.", err=True)
        return output.CANNOT
    state = ", up to date" if outcome is builder.Outcome.UNCHANGED else ""
    output.sum_up(f"The site is in {output.path_from_here(config.site)}{state}.", form=reports.form)
    return status


@click.command("pages")
@options.config_file
@options.reports
def pages_command(file: Path, reports: Reports) -> int:
    """Write the pages below docs/ from the posts and the ledger. Executes nothing."""
    from hexapla import checks, site
    from hexapla.render import write

    config = options.config(file)
    read = site.read(config)
    with write.building(config, output.say):
        written = site.pages(read)
    problems = in_order(
        (*read.problems, *checks.known_failures(read), *checks.claims(read).problems, *written.problems)
    )
    status = reports.tell(Report(problems=problems, root=config.root))
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
