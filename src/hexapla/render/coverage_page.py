"""Coverage page: what became of every block of every post, so that none is left out unseen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

import yaml

from hexapla.model.article import Article, Placed
from hexapla.model.problem import Problem
from hexapla.programs.unfenced import unfenced
from hexapla.render import locale
from hexapla.render.escape import code_span, escape, isolated, link
from hexapla.render.labels import label_section, language_of_words
from hexapla.render.outputs import FIGURES
from hexapla.render.page import MARK, Page
from hexapla.storage.unread_texts import UnreadText

BADGE = f"{FIGURES}/badges/coverage.svg"
"""Where the badge goes below docs/."""
SHOWN = 20
"""How many blocks a problem names."""
ON_PAGE = 200
"""How many articles of a language a page names, and how many blocks: those of which most is unknown, where there are
more. `hexapla check` names all."""


class Fate(StrEnum):
    """What became of a block."""

    RAN = "ran"
    """Its output is recorded for its present code."""
    NOTEST = "notest"
    """Its author asked for it not to be run."""
    OTHER = "other"
    """It is not Python."""
    UNKNOWN = "unknown"
    """It is Python, and was not run: another program than the original's, a fault, no record."""


Counts = Mapping[Fate, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """The blocks of an article in one language."""

    article: str
    """Its slug; the path of a text that is no article."""
    language: str
    title: str
    counts: Counts
    unknown: tuple[str, ...]
    """`path:line` of every block that is unknown."""
    has_page: bool = True


def coverage_rows(article: Article, recorded: Set[tuple[str, str]]) -> tuple[CoverageRow, ...]:
    """Count an article's blocks; `recorded` has the variant and the id of each cell that ran."""
    return tuple(_row(article, language, recorded) for language in article.placed)


def unread_row(text: UnreadText) -> CoverageRow:
    """Count the blocks of a text that hexapla doesn't read: none of them ran."""
    counts = {Fate.NOTEST: text.not_run, Fate.OTHER: text.other, Fate.UNKNOWN: len(text.python)}
    return CoverageRow(
        article=text.path,
        language=text.language,
        title=text.path,
        counts=counts,
        unknown=text.python,
        has_page=False,
    )


def _row(article: Article, language: str, recorded: Set[tuple[str, str]]) -> CoverageRow:
    post, placed = article.posts[language], article.placed[language]
    # A typed output is a claim about a block, and no block of its own.
    fates = [(_fate(article, language, item, recorded), item.block) for item in placed if not item.output]
    unread = [*unfenced(post.body, [item.block for item in placed], _outputs(placed))]
    counts = Counter(fate for fate, _ in fates)
    counts[Fate.UNKNOWN] += len(unread)
    # One in a fence without a language is a block of something else, until it is looked at.
    counts[Fate.OTHER] -= len({place.row for place in unread} & {block.line for _, block in fates})
    unknown = [block.line for fate, block in fates if fate is Fate.UNKNOWN]
    return CoverageRow(
        article=article.slug,
        language=language,
        title=post.title or article.slug,
        counts=counts,
        unknown=tuple(
            f"{post.path}:{post.lines[row]}" for row in sorted((*unknown, *(place.row for place in unread)))
        ),
    )


def _outputs(placed: Sequence[Placed]) -> list[int]:
    return [index for index, item in enumerate(placed) if item.output]


def _fate(article: Article, language: str, placed: Placed, recorded: Set[tuple[str, str]]) -> Fate:
    if not placed.block.directives.is_python:
        return Fate.OTHER
    # `execute: false` in the front matter leaves cells without a program.
    if not placed.block.directives.runs or (placed.cell and not article.programs):
        return Fate.NOTEST
    program = article.program_of(language)
    ran = program is not None and (program.variant, placed.cell) in recorded
    return Fate.RAN if ran else Fate.UNKNOWN


def total_counts(rows: Iterable[CoverageRow]) -> Counter[Fate]:
    """Return how many blocks of all rows have each fate."""
    counts: Counter[Fate] = Counter()
    for row in rows:
        counts.update(row.counts)
    return counts


def share(counts: Counts) -> float:
    """Return which part of the Python blocks ran: 1 where there are none."""
    python = python_blocks(counts)
    return counts.get(Fate.RAN, 0) / python if python else 1.0


def python_blocks(counts: Counts) -> int:
    """Return how many blocks of Python there are, whatever became of them."""
    return sum(counts.get(fate, 0) for fate in (Fate.RAN, Fate.NOTEST, Fate.UNKNOWN))


def share_text(share: float) -> str:
    """Write a share, rounded down: a missing block never shows as 100%."""
    return f"{_rounded(share) * 100:g}%"


def _rounded(share: float) -> float:
    return int(share * 1000) / 1000


def below_floor(
    rows: Sequence[CoverageRow], floor: float, *, path: str, line: int = 1
) -> tuple[Problem, ...]:
    """Return the problem that too few blocks ran; none where the floor is reached."""
    reached = share(total_counts(rows))
    if reached >= floor:
        return ()
    places = [place for row in rows for place in row.unknown]
    more = [f"… and {len(places) - SHOWN} more"] if len(places) > SHOWN else []
    return (
        Problem(
            path=path,
            line=line,
            code="coverage",
            message=f"{share_text(reached)} of the Python blocks ran, and `coverage:` asks for {share_text(floor)}.",
            hint="Have the blocks run that are named below, and those that say `notest`.",
            details=(*places[:SHOWN], *more),
        ),
    )


def lowered_floor(
    floor: float, before: Iterable[tuple[str, float]], *, path: str, line: int
) -> tuple[Problem, ...]:
    """Return the problem that the floor is below the one of a commit, the highest one; none where it is not."""
    commit, highest = max(before, key=lambda pair: pair[1], default=("", 0.0))
    if floor >= highest:
        return ()
    return (
        Problem(
            path=path,
            line=line,
            code="coverage-lowered",
            message=f"`coverage:` asks for {share_text(floor)}, and asked for {share_text(highest)} in {commit}; "
            "it may only rise.",
            hint="Set it back, or say under `severities:` that `coverage-lowered` is a warning.",
        ),
    )


def coverage_page(rows: Sequence[CoverageRow], language: str, names: Mapping[str, str]) -> Page:
    """Return the page that says what became of every block, in the reader's language.

    `names` has each language's own name: a table of them all, then one of each one's articles.
    """
    words = label_section("coverage", language)
    head = yaml.safe_dump(
        {"title": words["title"], "lang": language, "search": {"exclude": True}}, allow_unicode=True
    )
    codes = tuple(dict.fromkeys(row.language for row in rows))
    rows_of = {code: [row for row in rows if row.language == code] for code in codes}
    counts = total_counts(rows)
    # The badge is in English; elsewhere the table alone says it.
    badge = f"![{words['title']}: {_percent(counts, language)}](../../{BADGE})\n"
    languages = {code: isolated(escape(names.get(code, code)), code) for code in codes}
    all_languages = [(languages[code], total_counts(rows_of[code])) for code in codes]
    parts = [
        f"---\n{MARK.format(source='posts/')}\n{head}---\n",
        *([badge] if language_of_words(language) == "en" else []),
        _table(words["language"], [*all_languages, (f"**{words['all']}**", counts)], words, language),
    ]
    for code in codes:
        articles = [(_article(row, language), row.counts) for row in _foremost(rows_of[code])]
        parts += [
            f"## {languages[code]} {{ #{code} }}\n",
            _table(words["article"], articles, words, language),
        ]
    unknown = [place for row in rows for place in row.unknown]
    if unknown:
        more = len(unknown) - ON_PAGE
        named = (f"- {code_span(place)}\n" for place in unknown[:ON_PAGE])
        rest = f"- … (+{locale.number(more, language)})\n" if more > 0 else ""
        parts += [f"## {words['places']}\n", f"{''.join(named)}{rest}"]
    return Page(path=f"{language}/posts/coverage.md", text="\n".join(parts))


def _foremost(rows: Sequence[CoverageRow]) -> Sequence[CoverageRow]:
    """Return the rows that a page names: all, or of very many those with the most unknown blocks, in their order."""
    if len(rows) <= ON_PAGE:
        return rows
    foremost = sorted(range(len(rows)), key=lambda at: (-len(rows[at].unknown), at))[:ON_PAGE]
    return [rows[at] for at in sorted(foremost)]


def _article(row: CoverageRow, language: str) -> str:
    """Lead to the very version that was counted, if it has a page."""
    if not row.has_page:
        return code_span(row.title)
    title = link(escape(row.title), f"posts/{row.article}.md", row.language, language, home="../")
    return isolated(title, row.language)


def _table(first: str, rows: Iterable[tuple[str, Counts]], words: Mapping[str, str], language: str) -> str:
    """Return a table of what became of blocks, a row of which begins with its name; a phone sets its head upright."""
    lines = [_line((first, *(words[fate] for fate in Fate), "%")), _line(("---", *["--:"] * 5))]
    for name, counts in rows:
        numbers = (locale.number(counts.get(fate, 0), language) for fate in Fate)
        lines.append(_line((name, *numbers, _percent(counts, language))))
    return "\n".join(('<div class="hexapla-coverage" markdown="1">\n', *lines, "\n</div>\n"))


def _percent(counts: Counts, language: str) -> str:
    return locale.percent(_rounded(share(counts)), language) if python_blocks(counts) else "–"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def coverage_badge(share: float) -> Page:
    """Return the badge, in English and one for all languages.

    Its two fields have colours that keep a contrast of 4.5 to 1 with white text.
    """
    colour = "#1a7f37" if share >= 0.95 else "#9a6700" if share >= 0.8 else "#cf222e"
    left, right = "blocks run", share_text(share)
    wide, narrow = 7 * len(left) + 12, 7 * len(right) + 12
    whole = wide + narrow
    return Page(
        path=BADGE,
        text=(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img" '
            f'aria-label="{left}: {right}">\n<title>{left}: {right}</title>\n'
            f'<rect width="{whole}" height="20" rx="3" fill="{colour}"/>\n'
            f'<path d="M3 0h{wide - 3}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#444"/>\n'
            '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">\n'
            f'<text x="{wide / 2:g}" y="14">{left}</text>\n<text x="{wide + narrow / 2:g}" y="14">{right}</text>\n'
            "</g>\n</svg>\n"
        ),
    )
