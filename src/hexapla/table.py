"""Table: articles × languages, for `hexapla status`."""

from collections.abc import Mapping, Sequence
from typing import Any

from hexapla.accounting import Fate, Row, percent, share, total
from hexapla.articles import Article
from hexapla.freshness import State, freshness
from hexapla.ledger import Ledger, why_stale


def rows(
    articles: Sequence[Article], languages: Sequence[str], ledgers: Mapping[str, Ledger]
) -> list[dict[str, Any]]:
    """Return one mapping an article: its original, each language's state, and what it was verified with."""
    return [_row(article, languages, ledgers[article.slug]) for article in articles]


def _row(article: Article, languages: Sequence[str], ledger: Ledger) -> dict[str, Any]:
    packages: dict[str, str] = {}
    for record in ledger.records.values():
        packages |= dict(record.environment.packages) if record.environment else {}
    return {
        "article": article.slug,
        "original": article.original,
        "reason": article.reason,
        "languages": {language: _state(article, language, ledger) for language in languages},
        "torch": packages.get("torch", ""),
    }


def _state(article: Article, language: str, ledger: Ledger) -> str:
    """Return one word: `missing`, how it stands to the original, or whether its outputs are recorded."""
    if language not in article.posts:
        return "missing"
    standing = freshness(article, language, ledger.translations.get(language)).state
    program = article.program_of(language)
    if standing is not State.CURRENT:
        return standing.value
    if program is None:
        return "current"
    return "stale" if why_stale(program, ledger.record_of(program)) else "verified"


def show(rows: Sequence[Mapping[str, Any]], languages: Sequence[str]) -> None:
    """Print the table to the terminal."""
    from rich.console import Console
    from rich.table import Table

    marks = {
        "missing": "[dim]–[/]",
        "nothing runs": "text",
        "stale": "[yellow]stale[/]",
        "verified": "[green]✓[/]",
    }
    table = Table("article", "original", *languages, "torch")
    for row in rows:
        states = (row["languages"][language] for language in languages)
        cells = (marks.get(state, f"[yellow]{state}[/]") for state in states)
        table.add_row(row["article"], f"{row['original']} ({row['reason']})", *cells, row["torch"])
    Console().print(table)


def show_account(rows: Sequence[Row]) -> None:
    """Print what became of the blocks of every article and language."""
    from rich.console import Console
    from rich.table import Table

    table = Table("article", "language", *(state.value for state in Fate), "share")
    for row in rows:
        numbers = (str(row.counts.get(state, 0)) for state in Fate)
        table.add_row(row.article, row.language, *numbers, percent(share(row.counts)))
    counts = total(rows)
    table.add_section()
    table.add_row("all", "", *(str(counts.get(state, 0)) for state in Fate), percent(share(counts)))
    Console().print(table)
