"""Commands that look and tell. They execute nothing and need no torch."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexapla.cli import options, output
from hexapla.cli.causes import ProblemGroup, causes_of
from hexapla.cli.reporting import Reports, strictly
from hexapla.cli.reports import Report
from hexapla.model.problem import Severity, in_order

if TYPE_CHECKING:
    from hexapla.programs.claims.verdict import Verdict


_CAUSES = 12
"""How many causes are listed."""


@click.command("check")
@options.config_file
@click.option("--strict", is_flag=True, help="Let warnings fail the check.")
@options.reports
def check_command(file: Path, strict: bool, reports: Reports) -> int:
    """Report every problem and every stale output. Executes nothing and needs no torch."""
    from hexapla import checks, site
    from hexapla.ledger import findings
    from hexapla.model import codes

    read = site.read(options.config(file), verified=True)
    stale, claims = checks.stale(read), checks.claims(read)
    in_posts = (
        *read.problems,
        *checks.known_failures(read),
        *checks.fixtures(read),
        *claims.problems,
        *checks.coverage(read),
    )
    problems = in_order((*in_posts, *findings.stale_problems(stale)))
    problems = strictly(problems) if strict else problems
    slugs = {post.path: article.slug for article in read.articles for post in article.posts.values()}
    groups = causes_of(problems, lambda path: slugs.get(path, path))
    status = reports.tell(Report(problems=problems, root=read.config.root, causes=groups), notes=True)
    if reports.form == "text" and not output.is_quiet():
        _show_causes(groups)
        count = len(read.articles)
        _show_claims(claims.counts)
        click.echo(
            f"{output.count(count, 'article')}, {output.count(len(read.programs), 'program')}, "
            f"{output.count(len(problems), 'problem')}, {len(stale)} stale."
        )
        if any(problem.code in codes.REPAIRED for problem in problems):
            click.echo("`hexapla fix` shows which of these it can repair, and how.")
        if problems:
            heaviest = min(problems, key=lambda problem: list(Severity).index(problem.severity))
            click.echo(f"`hexapla explain {heaviest.code}` tells more, and so for every code.")
    return status


@click.command("status")
@options.config_file
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def status_command(file: Path, as_json: bool) -> int:
    """Show articles × languages: translated, current, what is behind, verified with which torch."""
    from hexapla import site
    from hexapla.cli import tables

    read = site.read(options.config(file))
    rows = site.translation_status(read)
    if as_json:
        click.echo(json.dumps(tables.status_as_json(rows), ensure_ascii=False, indent=2))
    else:
        tables.print_status(rows, read.config.codes)
    return output.CLEAN


@click.command("explain")
@click.argument("code", default="")
def explain_command(code: str) -> int:
    """Tell what a problem's CODE means, with an example and what to do; without one, list them all."""
    from hexapla.model import codes

    known = {entry.word: entry for entry in codes.ALL}
    # As it is copied from a message: `E-program-differs`.
    word = code if code in known else code.partition("-")[2]
    if not code:
        for entry in known.values():
            click.echo(f"{entry.word}: {entry.meaning}")
    elif word in known:
        click.echo(codes.section(known[word]), nl=False)
    else:
        near = difflib.get_close_matches(code, known, n=1)
        meant = f" Did you mean `{near[0]}`?" if near else " `hexapla explain` lists them."
        raise click.UsageError(f"There is no problem `{code}`.{meant}")
    return output.CLEAN


@click.command("coverage")
@options.config_file
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def coverage_command(file: Path, as_json: bool) -> int:
    """Account for every block: ran, not run on purpose, not Python, unknown."""
    from hexapla import checks, site
    from hexapla.cli import tables
    from hexapla.render.coverage_page import Fate

    read = site.read(options.config(file))
    rows = site.account(read)
    if as_json:
        objects = [
            {"article": row.article, "language": row.language, **dict.fromkeys(Fate, 0), **row.counts}
            for row in rows
        ]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
    else:
        tables.print_coverage(rows)
        for place in (place for row in rows for place in row.unknown):
            click.echo(f"{place}: unknown: it is Python, and was not run.")
    problems = checks.coverage(read)
    return Reports().tell(Report(problems=problems))


def _show_causes(groups: Sequence[ProblemGroup]) -> None:
    """Say what is behind the errors and warnings, where there are several."""
    from hexapla.ledger.notest import KINDS

    heavy = [cause for cause in groups if cause.severity is not Severity.NOTE]
    if sum(cause.count for cause in heavy) > 1:
        click.echo("\nWhat is behind the errors and warnings:")
        for cause in heavy[:_CAUSES]:
            click.echo(f"  {cause}")
        if len(heavy) > _CAUSES:
            click.echo(f"  … and {len(heavy) - _CAUSES} more")
        click.echo()
    if not {cause.code for cause in heavy}.isdisjoint(KINDS):
        click.echo(
            "`hexapla fix --notest` shows how such blocks are marked as not to be run, in all languages."
        )


def _show_claims(counts: Counter[Verdict]) -> None:
    if counts:
        listed = ", ".join(f"{count} {verdict.value}" for verdict, count in sorted(counts.items()))
        click.echo(f"Typed outputs: {listed}.")
