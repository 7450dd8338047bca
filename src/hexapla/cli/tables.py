"""Tables: articles × languages in the terminal, for `hexapla status` and `hexapla coverage`."""

from collections.abc import Iterator, Sequence
from typing import Any

from hexapla.ledger.status import ArticleStatus, Behind, Outputs, PartKind, VersionStatus
from hexapla.render.coverage_page import (
    Counts,
    CoverageRow,
    Fate,
    python_blocks,
    share,
    share_text,
    total_counts,
)
from hexapla.translations.freshness import State


def status_as_json(rows: Sequence[ArticleStatus]) -> list[dict[str, Any]]:
    """Return one mapping an article: its original and why, and how each language stands."""
    return [
        {
            "article": row.article,
            "original": row.original,
            "reason": row.reason,
            "languages": {
                language: {
                    "state": version.state.value if version.state else "missing",
                    "outputs": version.outputs.value,
                    "made_with": version.made_with,
                    "behind": [_behind_as_json(behind) for behind in version.behind],
                }
                for language, version in row.languages.items()
            },
        }
        for row in rows
    ]


def _behind_as_json(behind: Behind) -> dict[str, Any]:
    return {
        "kind": behind.kind.value,
        "state": behind.state.value,
        "number": behind.number,
        "name": behind.name,
        "place": behind.place,
        "commit": behind.commit,
        "gone": behind.gone,
    }


def print_status(rows: Sequence[ArticleStatus], languages: Sequence[str]) -> None:
    """Print how each version stands, and below the table what is behind."""
    from rich.console import Console
    from rich.table import Table

    table = Table("article", "original", *languages, "made with")
    reasons: dict[str, list[str]] = {}
    for row in rows:
        cells = (_cell(row.languages[language]) for language in languages)
        table.add_row(row.article, row.original, *cells, ", ".join(row.made_with))
        reasons.setdefault(f"`{row.original}` is the original: {row.reason}", []).append(row.article)
    console = Console()
    console.print(table)
    for reason, articles in reasons.items():
        console.print(f"{reason} ({', '.join(articles)}).", markup=False, highlight=False, soft_wrap=True)
    for row in rows:
        for version in row.languages.values():
            for behind in version.behind:
                # Paths and headings are data: no markup, no colours, and as long as they are.
                console.print(_sentence(behind), markup=False, highlight=False, soft_wrap=True)


def _cell(version: VersionStatus) -> str:
    """Return a cell: the state, unless it is current; then whether its outputs are what the code prints."""
    if version.state is None:
        return "[dim]–[/]"
    if version.state is not State.CURRENT:
        return f"[yellow]{version.state.value}[/]"
    marks = {Outputs.NONE: "current", Outputs.STALE: "[yellow]stale[/]", Outputs.VERIFIED: "[green]✓[/]"}
    return marks[version.outputs]


_WHY = {
    State.COMMENTS_STALE: "has changed in the original",
    State.AHEAD: "was edited here, or is in this translation only",
    State.INCOMPLETE: "has no counterpart in the translation",
    State.CODE_STALE: "holds another program than the original",
}


def _sentence(behind: Behind) -> str:
    """Say in English what is behind, where, and since when."""
    return "".join(_words(behind))


def _words(behind: Behind) -> Iterator[str]:
    name = f" (`{behind.name}`)" if behind.name else ""
    yield f"{behind.place}: {behind.state.value}: {behind.kind.value} {behind.number}{name} "
    if behind.gone:
        yield "is not in the original"
    elif behind.kind is PartKind.BLOCK and behind.state is State.COMMENTS_STALE:
        yield "has other comments in the original now"
    else:
        yield _WHY[behind.state]
    yield f", since {behind.commit}." if behind.commit else "."


def print_coverage(rows: Sequence[CoverageRow]) -> None:
    """Print what became of the blocks of every article and language."""
    from rich.console import Console
    from rich.table import Table

    table = Table("article", "language", *(fate.value for fate in Fate), "share")
    for row in rows:
        numbers = (str(row.counts.get(fate, 0)) for fate in Fate)
        table.add_row(row.article, row.language, *numbers, _share(row.counts))
    counts = total_counts(rows)
    table.add_section()
    table.add_row("all", "", *(str(counts.get(fate, 0)) for fate in Fate), _share(counts))
    Console().print(table)


def _share(counts: Counts) -> str:
    return share_text(share(counts)) if python_blocks(counts) else "–"
