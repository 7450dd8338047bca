"""Render: the page that mkdocs reads, from a post and the ledger. Claims out, real outputs in."""

import re
from collections.abc import Iterator, Mapping

import yaml

from hexapla import entries
from hexapla.articles import Article, Placed
from hexapla.claims import Claim, Verdict, judge
from hexapla.containers import opened
from hexapla.directives import parse
from hexapla.freshness import Made, State, freshness
from hexapla.labels import Labels, direction, labels
from hexapla.ledger import CellRecord, Record, digests
from hexapla.markdown import Edit, splice
from hexapla.overview_labels import words as overview_words
from hexapla.page import MARK, QUIET, Page
from hexapla.posts import Post
from hexapla.programs import Cell, Program
from hexapla.relation import Level
from hexapla.shelf import Shelf
from hexapla.shown import FIGURES, figure_name, note, shown
from hexapla.shown import figures as figures_of
from hexapla.summary import summary
from hexapla.vanilla import info_strings

_ALONE = Shelf()
_HEADING = re.compile(r"\A\s*# [^\n]*\n|\A\s*[^\n]+\n=+[ \t]*\n")
"""A title that the post brings itself."""
_BEHIND = (State.COMMENTS_STALE, State.INCOMPLETE, State.CODE_STALE)
_OTHER_PROGRAM = (Level.STALE, Level.DIFFERENT)


def render(
    article: Article,
    language: str,
    record: Record,
    *,
    names: Mapping[str, str],
    keep_claims: bool = False,
    made: Made | None = None,
    shelf: Shelf = _ALONE,
    tabs: bool = True,
) -> Page:
    """Return the page of an article in one language.

    Where the article has no version in `language`, the best one that exists is shown with a banner in the
    reader's language; so has a translation that is behind its original, for which `made` says what it was
    made from. `record` is that of the program whose outputs the page shows; `names` has each
    language's own name by code; `shelf` has the other articles; `tabs` says whether the site reads `/// tab`.
    """
    source = language if language in article.posts else article.original
    post = article.posts[source]
    words = labels(language)
    edits = list(_edits(article, source, record, language, keep_claims=keep_claims, tabs=tabs))
    title, body = _split_title(opened(splice(post.body, edits).strip("\n"), _is_tested, tabs=tabs))
    parts = [_front_matter(post, article, language), title, entries.facts(article, language, shelf.topics)]
    if source != language:
        parts.append(f'!!! info ""\n    {words.fallback.format(language=names.get(source, source))}\n')
        body = f'<div lang="{source}" dir="{direction(source)}" markdown="1">\n\n{body}\n\n</div>'
    elif (state := freshness(article, language, made).state) in _BEHIND:
        said = overview_words(language).lacking if state is State.INCOMPLETE else words.behind
        parts.append(f'!!! warning ""\n    {said}\n')
    parts.append(f"{body}\n")
    if any(placed.cell for placed in article.placed[source]):
        parts += [_foot(article, source, record, words), _downloads(article.slug, words)]
    parts.append(entries.related(article, language, shelf, names=names, heading=words.related))
    return Page(path=f"{language}/posts/{article.slug}.md", text="\n".join(part for part in parts if part))


def figures(article: Article, records: Mapping[str, Record]) -> Iterator[Page]:
    """Yield the figures of an article's programs, by the names that pages use."""
    for variant, record in records.items():
        for cell in record.cells:
            for number, figure in enumerate(figures_of(cell), start=1):
                name = figure_name(article.slug, variant, cell.id, number)
                yield Page(path=f"{FIGURES}/{name}", text=figure.svg)


def _split_title(body: str) -> tuple[str, str]:
    """Return the title that a body begins with, and the rest; most have theirs in the front matter."""
    match = _HEADING.match(body)
    return (match[0], body[match.end() :].lstrip("\n")) if match else ("", body)


def _front_matter(post: Post, article: Article, language: str) -> str:
    """Return the post's own keys with what the site needs, behind the mark."""
    values = dict(post.front_matter) | {"title": post.title or article.slug, "lang": post.language}
    values.pop("slug", None)
    if described := summary(post):
        values["description"] = described
    if post.published and "date" not in values:
        values["date"] = post.published
    if post.language != language:
        # Found in this language's search too, after what is written in it.
        values |= {"hexapla_original": post.language, "search": {"boost": 0.5}}
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=True, width=10**6)
    return f"---\n{MARK.format(source=post.path)}\n{text}---\n"


def _edits(
    article: Article, source: str, record: Record, language: str, *, keep_claims: bool, tabs: bool
) -> Iterator[Edit]:
    """Yield what turns the post's body into the page's: info strings, claims, outputs."""
    post, words = article.posts[source], labels(language)
    program = article.program_of(source)
    recorded = {cell.id: record.cell(digest) for cell, digest in _digested(program)}
    lines = post.body.split("\n")
    for placed, info in info_strings(program, article.placed[source], lines, tabs=tabs):
        yield _info_edit(placed, post, info)
        if program is None or placed.cell not in recorded:
            if placed.level in _OTHER_PROGRAM:
                yield _below(placed, note(words.not_run))
            continue
        cell = recorded[placed.cell]
        if cell is None:
            yield _below(placed, note(words.older if _was_recorded(placed, record) else words.no_output))
            continue
        claims = [] if keep_claims else [one for one in placed.claims if _gives_way(one, placed, cell)]
        for claim in claims:
            yield from claim.edits
        text = shown(
            cell,
            slug=article.slug,
            variant=program.variant,
            language=language,
            words=words,
            label=next((claim.label for claim in claims if claim.label), ""),
            hide="hide-output" in placed.block.directives.classes,
        )
        if placed.localized and source != article.original and not program.variant:
            text = f"{text}\n{note(words.canonical_output)}"
        yield _below(placed, text, next((claim.place for claim in claims if claim.place is not None), None))


def _digested(program: Program | None) -> tuple[tuple[Cell, str], ...]:
    """Return a program's cells, each with the digest by which it is recorded."""
    return tuple(zip(program.cells, digests(program), strict=True)) if program else ()


def _was_recorded(placed: Placed, record: Record) -> bool:
    """Return whether there is an output of a cell that is older than its code."""
    return any(cell.id == placed.cell for cell in record.cells)


def _gives_way(claim: Claim, placed: Placed, cell: CellRecord) -> bool:
    """Return whether a typed output is replaced: not where nothing that ran can tell whether it is right."""
    return bool(claim.edits) and judge(claim, cell.outputs, code=placed.block.code) is not Verdict.UNCHECKED


def _below(placed: Placed, text: str, place: int | None = None) -> Edit:
    """Put text below a block, or at another place in the post."""
    place = placed.block.end if place is None else place
    return Edit(start=place, end=place, text=_inside(text, placed.block.prefix))


def _info_edit(placed: Placed, post: Post, info: str) -> Edit:
    """Write the fence's info string as pages spell it."""
    start = placed.block.start + len(placed.block.prefix) + len(placed.block.fence)
    end = post.body.find("\n", start)
    return Edit(start=start, end=end if end >= 0 else len(post.body), text=info)


def _is_tested(info: str) -> bool:
    """Return whether pytest-markdown-docs runs a fence of a page."""
    read = parse(info)
    return read.is_python and not read.notest


def _inside(text: str, prefix: str) -> str:
    """Put text below a block into the block's container: indented, or behind `>`."""
    if not text:
        return ""
    lines = ["", *text.rstrip("\n").split("\n")]
    return "".join(
        f"{prefix}{line}".rstrip(" ") + "\n" if not line else f"{prefix}{line}\n" for line in lines
    )


def _foot(article: Article, source: str, record: Record, words: Labels) -> str:
    """Return the line that says what the outputs were made with."""
    program = article.program_of(source)
    recorded = {cell.id for cell, digest in _digested(program) if record.cell(digest)}
    if not record.made_with or not recorded:
        return ""
    gpu = any("gpu" in cell.fixtures and cell.id in recorded for cell in (program.cells if program else ()))
    device = "CPU + GPU" if gpu else "CPU"
    said = words.ran.format(versions=record.made_with, device=device, seed=record.seed)
    return f"{said}\n{{: .hexapla-ran {QUIET} }}\n"


def _downloads(slug: str, words: Labels) -> str:
    """Return the line that leads to the article as a notebook and as a script."""
    links = f"[Jupyter (.ipynb)]({slug}.ipynb) · [Python (.py)]({slug}.py)"
    return f"{words.download}{words.colon} {links}\n{{: .hexapla-ran {QUIET} }}\n"
