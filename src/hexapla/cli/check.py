"""Commands that look and tell. They execute nothing and need no torch."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexapla.cli import options, terminal
from hexapla.model.problem import Severity, in_order

if TYPE_CHECKING:
    from hexapla.programs.claims.verdict import Verdict


@click.command()
@options.config_file
@click.option("--strict", is_flag=True, help="Let warnings fail the check.")
@options.form
def check(file: Path, strict: bool, form: str) -> int:
    """Report every problem and every stale output. Executes nothing and needs no torch."""
    from hexapla import site
    from hexapla.model import codes

    read = site.read(options.config(file), verified=True)
    todo = site.stale(read)
    said = (*read.problems, *site.fixtures(read), *site.claims(read), *site.coverage(read))
    problems = in_order((*said, *(item.problem for item in todo)))
    terminal.report(problems, form, notes=True, root=read.config.root)
    if form == "text":
        count = len(read.articles)
        _show_claims(site.claim_counts(read))
        click.echo(
            f"{terminal.count(count, 'article')}, {terminal.count(len(read.programs), 'program')}, "
            f"{terminal.count(len(problems), 'problem')}, {len(todo)} stale."
        )
        if any(problem.code in codes.REPAIRED for problem in problems):
            click.echo("`hexapla fix` shows which of these it can repair, and how.")
        if problems:
            heaviest = min(problems, key=lambda problem: list(Severity).index(problem.severity))
            click.echo(f"`hexapla explain {heaviest.code}` tells more, and so for every code.")
    return terminal.status(problems, strict=strict)


@click.command()
@options.config_file
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def status(file: Path, as_json: bool) -> int:
    """Show articles × languages: translated, current, what is behind, verified with which torch."""
    from hexapla import site
    from hexapla.cli import table

    read = site.read(options.config(file))
    rows = site.standings(read)
    if as_json:
        click.echo(json.dumps(table.as_json(rows), ensure_ascii=False, indent=2))
    else:
        table.show(rows, read.config.codes)
    return terminal.CLEAN


@click.command()
@click.argument("code", default="")
def explain(code: str) -> int:
    """Tell what a problem's CODE means, with an example and what to do; without one, list them all."""
    from hexapla.model import codes

    known = {one.word: one for one in codes.ALL}
    # As it is copied from a message: `E-program-differs`.
    word = code if code in known else code.partition("-")[2]
    if not code:
        for one in known.values():
            click.echo(f"{one.word}: {one.meaning}")
    elif word in known:
        click.echo(codes.section(known[word]), nl=False)
    else:
        near = difflib.get_close_matches(code, known, n=1)
        meant = f" Did you mean `{near[0]}`?" if near else " `hexapla explain` lists them."
        raise click.UsageError(f"There is no problem `{code}`.{meant}")
    return terminal.CLEAN


@click.command()
@options.config_file
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def coverage(file: Path, as_json: bool) -> int:
    """Account for every block: ran, not run on purpose, not Python, unknown."""
    from hexapla import site
    from hexapla.cli import table
    from hexapla.render.coverage_page import Fate

    read = site.read(options.config(file))
    rows = site.account(read)
    if as_json:
        told = [
            {"article": row.article, "language": row.language, **dict.fromkeys(Fate, 0), **row.counts}
            for row in rows
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        table.show_account(rows)
        for place in (place for row in rows for place in row.unknown):
            click.echo(f"{place}: unknown: it is Python, and was not run.")
    problems = site.coverage(read)
    terminal.report(problems)
    return terminal.status(problems)


def _show_claims(counts: Counter[Verdict]) -> None:
    if counts:
        said = ", ".join(f"{count} {verdict.value}" for verdict, count in sorted(counts.items()))
        click.echo(f"Typed outputs: {said}.")
