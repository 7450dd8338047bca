"""Page: the Markdown that mkdocs reads, from a post and the ledger. Claims out, real outputs in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import yaml

from hexapla.articles import Article, Placed
from hexapla.claims import Claim, Verdict, judge
from hexapla.directives import page_info
from hexapla.freshness import Made, State, freshness
from hexapla.labels import Labels, direction, labels
from hexapla.ledger import CellRecord, Record, digests
from hexapla.markdown import Edit, fence_for, splice
from hexapla.outputs import Figure, Kind, Output, Text
from hexapla.overview_labels import words as overview_words
from hexapla.posts import Post
from hexapla.relation import Level

MARK = "# Written by hexapla from {source}; edit that, not this page."
"""Stands in a page's front matter: what carries it may be overwritten and removed."""

FIGURES = "assets/hexapla"
"""Where figures go below docs/: once, for all languages."""

_OPEN = '<details class="hexapla-fold {kind}-fold" markdown="1">\n<summary>{summary}</summary>\n\n'
_CLOSE = "\n</details>\n"
"""Browsers fold this without JavaScript."""

_CONTROL = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {127: 0x2421}
"""Control characters are shown as Unicode's pictures of them: Python-Markdown drops some of them."""
LONG = 30
"""An output of more lines is folded."""
_SIZE = re.compile(r'<svg\b[^>]*? width="(?P<width>[\d.]+)pt" height="(?P<height>[\d.]+)pt"')
_BEHIND = (State.COMMENTS_STALE, State.INCOMPLETE, State.CODE_STALE)
_OTHER_PROGRAM = (Level.STALE, Level.DIFFERENT)
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One generated file below docs/."""

    path: str
    """Relative to docs/, with forward slashes."""
    text: str


def render(
    article: Article,
    language: str,
    record: Record,
    *,
    names: Mapping[str, str],
    keep_claims: bool = False,
    made: Made | None = None,
) -> Page:
    """Return the page of an article in one language.

    Where the article has no version in `language`, the best one that exists is shown with a banner in the
    reader's language; so has a translation that is behind its original, for which `made` says what it was
    made from. `record` is that of the program whose outputs the page shows; `names` has each
    language's own name by code.
    """
    source = language if language in article.posts else article.original
    post = article.posts[source]
    words = labels(language)
    edits = list(_edits(article, source, record, words, keep_claims=keep_claims))
    body = splice(post.body, edits).strip("\n")
    parts = [_front_matter(post, article, language)]
    if source != language:
        parts.append(f'!!! info ""\n    {words.fallback.format(language=names.get(source, source))}\n')
        body = f'<div lang="{source}" dir="{direction(source)}" markdown="1">\n\n{body}\n\n</div>'
    elif (state := freshness(article, language, made).state) in _BEHIND:
        said = overview_words(language).lacking if state is State.INCOMPLETE else words.behind
        parts.append(f'!!! warning ""\n    {said}\n')
    parts.append(f"{body}\n")
    if any(placed.cell for placed in article.placed[source]):
        parts += [_foot(record, words), _downloads(article.slug, words)]
    return Page(path=f"{language}/posts/{article.slug}.md", text="\n".join(part for part in parts if part))


def figures(article: Article, records: Mapping[str, Record]) -> Iterator[Page]:
    """Yield the figures of an article's programs, by the names that pages use."""
    for variant, record in records.items():
        for cell in record.cells:
            for number, figure in enumerate(_figures(cell), start=1):
                yield Page(
                    path=f"{FIGURES}/{_figure_name(article.slug, variant, cell.id, number)}", text=figure.svg
                )


def _figures(cell: CellRecord) -> list[Figure]:
    return [output for output in cell.outputs if isinstance(output, Figure)]


def _figure_name(slug: str, variant: str, cell: str, number: int) -> str:
    return f"{slug}/{'.'.join(part for part in (f'{cell}-{number}', variant) if part)}.svg"


def _front_matter(post: Post, article: Article, language: str) -> str:
    """Return the post's own keys with what the site needs, behind the mark."""
    values = dict(post.front_matter) | {"title": post.title or article.slug, "lang": post.language}
    values.pop("slug", None)
    if post.published and "date" not in values:
        values["date"] = post.published
    if post.language != language:
        values |= {"hexapla_original": post.language, "search": {"exclude": True}}
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=True, width=10**6)
    return f"---\n{MARK.format(source=post.path)}\n{text}---\n"


def _edits(
    article: Article, language: str, record: Record, words: Labels, *, keep_claims: bool
) -> Iterator[Edit]:
    """Yield what turns the post's body into the page's: info strings, claims, outputs."""
    post = article.posts[language]
    program = article.program_of(language)
    recorded: dict[str, CellRecord | None] = {}
    if program is not None:
        pairs = zip(program.cells, digests(program), strict=True)
        recorded = {cell.id: record.cell(digest) for cell, digest in pairs}
    shared = program is not None and program.settings.shared_state
    started = False
    for placed in article.placed[language]:
        if not placed.block.directives.is_python:
            continue
        runs = placed.cell in recorded
        yield _info_edit(placed, post, runs=runs, continuation=started and shared)
        folds = "hide-input" in placed.block.directives.classes and not placed.block.prefix
        after = ""
        if folds:
            start = placed.block.start
            yield Edit(start=start, end=start, text=_OPEN.format(kind="code", summary=words.code))
            after = _CLOSE
        started |= runs and not placed.block.directives.notest
        if not runs:
            said = f"*{words.not_run}*\n{{: .hexapla-missing }}\n" if placed.level in _OTHER_PROGRAM else ""
            if said or after:
                yield _below(placed, said, before=after)
            continue
        cell = recorded[placed.cell]
        claims = (
            []
            if keep_claims or cell is None
            else [one for one in placed.claims if _gives_way(one, placed, cell)]
        )
        for claim in claims:
            yield from claim.edits
        label = next((claim.label for claim in claims if claim.label), "")
        variant = program.variant if program else ""
        text = _shown(placed, cell, article.slug, variant, replace(words, output=label) if label else words)
        if placed.localized and program is not None and language != article.original and not program.variant:
            text = f"{text}\n*{words.canonical_output}*\n{{: .hexapla-missing }}\n"
        place = next((claim.place for claim in claims if claim.place is not None), placed.block.end)
        if after and place != placed.block.end:
            yield _below(placed, "", before=after)
            after = ""
        yield _below(placed, text, place, before=after)


def _gives_way(claim: Claim, placed: Placed, cell: CellRecord) -> bool:
    """Return whether a typed output is replaced: not where nothing that ran can tell whether it is right."""
    return bool(claim.edits) and judge(claim, cell.outputs, code=placed.block.code) is not Verdict.UNCHECKED


def _below(placed: Placed, text: str, place: int | None = None, *, before: str = "") -> Edit:
    """Put text below a block, or at another place in the post; `before` it what ends the block's fold."""
    place = placed.block.end if place is None else place
    return Edit(start=place, end=place, text=before + _inside(text, placed.block.prefix))


def _info_edit(placed: Placed, post: Post, *, runs: bool, continuation: bool) -> Edit:
    """Write the fence's info string as pages spell it."""
    block = placed.block
    asked = block.directives if runs else replace(block.directives, notest=True)
    start = block.start + len(block.prefix) + len(block.fence)
    return Edit(
        start=start,
        end=post.body.index("\n", start) if "\n" in post.body[start:] else len(post.body),
        text=page_info(asked, continuation=runs and continuation),
    )


def _shown(placed: Placed, cell: CellRecord | None, slug: str, variant: str, words: Labels) -> str:
    """Return what stands under a block: its outputs, or that none is recorded."""
    if cell is None:
        return f"*{words.no_output}*\n{{: .hexapla-missing }}\n"
    outputs = tuple(_joined(cell.outputs))
    lines = sum(output.text.rstrip("\n").count("\n") + 1 for output in outputs if isinstance(output, Text))
    # Inside a list or a quote Python-Markdown reads no Markdown in HTML: there it only scrolls.
    folds = not placed.block.prefix and (lines > LONG or "hide-output" in placed.block.directives.classes)
    parts, count, title = [], 0, "" if folds else words.output
    for output in outputs:
        if isinstance(output, Figure):
            count += 1
            parts.append(_figure(output, _figure_name(slug, variant, cell.id, count), words))
        else:
            parts.append(_fence(output, words.error if output.kind is Kind.ERROR else title))
            # What follows in the same cell needs no label of its own.
            title = ""
    shown = "\n".join(parts)
    if not folds or not parts:
        return shown
    size = f" ({words.lines.format(count=lines)})" if lines > 1 else ""
    return f"{_OPEN.format(kind='output', summary=words.output + size)}{shown}{_CLOSE}"


def _figure(figure: Figure, name: str, words: Labels) -> str:
    """Return the image of a figure, with its size, so that nothing moves when it arrives."""
    alt = re.sub(r"[\[\]\n]", " ", figure.alt) or words.figure
    size = ""
    if match := _SIZE.search(figure.svg):
        # A point is 4/3 of a pixel (CSS Values 4, absolute lengths).
        width, height = (round(float(match[side]) * 4 / 3) for side in ("width", "height"))
        size = f" width={width} height={height}"
    return f"![{alt}](../../{FIGURES}/{name}){{ .hexapla-figure{size} loading=lazy }}\n"


def _joined(outputs: tuple[Output, ...]) -> Iterator[Output]:
    """Yield the outputs without those that hold no text."""
    return (output for output in outputs if isinstance(output, Figure) or output.text)


def _fence(output: Text, title: str) -> str:
    text = _ANSI.sub("", output.text).translate(_CONTROL)
    text = text if text.endswith("\n") else f"{text}\n"
    mark = fence_for(text)
    kind = {Kind.STREAM: "", Kind.VALUE: " .value", Kind.ERROR: " .error"}[output.kind]
    label = f' title="{title}"' if title else ""
    return f"{mark}{{.text .output{kind}{label}}}\n{text}{mark}\n"


def _inside(text: str, prefix: str) -> str:
    """Put text below a block into the block's container: indented, or behind `>`."""
    if not text:
        return ""
    lines = ["", *text.rstrip("\n").split("\n")]
    return "".join(
        f"{prefix}{line}".rstrip(" ") + "\n" if not line else f"{prefix}{line}\n" for line in lines
    )


def _foot(record: Record, words: Labels) -> str:
    """Return the line that says what the outputs were made with."""
    if not record.made_with:
        return ""
    return f"{words.ran.format(versions=record.made_with, seed=record.seed)}\n{{: .hexapla-ran }}\n"


def _downloads(slug: str, words: Labels) -> str:
    """Return the line that leads to the article as a notebook and as a script."""
    links = f"[Jupyter (.ipynb)]({slug}.ipynb) · [Python (.py)]({slug}.py)"
    return f"{words.download}{words.colon} {links}\n{{: .hexapla-ran }}\n"
