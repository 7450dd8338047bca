"""Status: how every version of an article stands, for `hexapla status` and for the site's own page of it."""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from hexapla.config.config import Config
from hexapla.ledger import git_history
from hexapla.ledger.git_history import FileHistory
from hexapla.ledger.ledger import Ledger, why_stale
from hexapla.model.article import Article
from hexapla.model.block import blocks
from hexapla.model.errors import Crash, attempt
from hexapla.programs.align.compare import program_key
from hexapla.storage.cache import Cache
from hexapla.translations.freshness import Freshness, State, freshness
from hexapla.translations.sections import sections

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*\n", re.DOTALL | re.MULTILINE)


class Outputs(StrEnum):
    """What is known of the outputs that a version shows."""

    NONE = "none"
    """Nothing of it runs."""
    STALE = "stale"
    """They are not recorded, or not for the present code."""
    VERIFIED = "verified"
    """They are what the present code printed."""


class PartKind(StrEnum):
    """What is behind: a piece of code, or the text below one heading."""

    BLOCK = "block"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One part in which a translation departs from its original."""

    kind: PartKind
    state: State
    number: int
    """Which block or section of the original, from 1; of the translation where the original has none."""
    name: str
    """The cell's id or the section's heading, in the translation's words where it has the section."""
    place: str
    """`path:line` in the translation; in the original where the translation lacks it."""
    commit: str = ""
    """Where the original's part became what it is; empty where history does not tell."""
    gone: bool = False
    """Whether the original no longer has it, or never had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStatus:
    """How one version of an article stands."""

    state: State | None
    """None where there is no such version."""
    outputs: Outputs = Outputs.NONE
    made_with: str = ""
    """What the outputs were recorded with, such as `PyTorch 2.13.0`; empty where none are."""
    behind: tuple[Behind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleStatus:
    """An article, and its version in each language of the site."""

    article: str
    original: str
    reason: str
    """Why that language is the original: a clause."""
    titles: Mapping[str, str]
    languages: Mapping[str, VersionStatus]

    @property
    def made_with(self) -> tuple[str, ...]:
        """What any of its outputs were recorded with, each once."""
        made_with = (version.made_with for version in self.languages.values())
        return tuple(dict.fromkeys(name for name in made_with if name))


def article_statuses(
    config: Config, articles: Sequence[Article], ledgers: Mapping[str, Ledger], cache: Cache
) -> tuple[tuple[ArticleStatus, ...], tuple[Crash, ...]]:
    """Return how each article stands in each of the site's languages; `ledgers` are by slug.

    Last come those of which that cannot be told. Git is asked where a version is behind: in which commit the original
    moved on.
    """
    by_slug = {article.slug: article for article in articles}

    def make(slug: str, past: Callable[[], FileHistory] | None = None) -> ArticleStatus | Crash:
        article = by_slug[slug]
        path = article.posts[article.original].path
        return attempt(path, partial(article_status, article, config.codes, ledgers[slug], past))

    inputs = {slug: (config.codes, article, ledgers[slug]) for slug, article in by_slug.items()}
    made = cache.memo("status", inputs, lambda slugs: list(map(make, slugs)), ArticleStatus)
    for slug, article in by_slug.items():
        status = made[slug]
        if isinstance(status, ArticleStatus) and any(row.behind for row in status.languages.values()):
            original = article.posts[article.original].path
            made[slug] = make(slug, partial(git_history.file_history, config.root, original))
    return (
        tuple(status for status in made.values() if isinstance(status, ArticleStatus)),
        tuple(crash for crash in made.values() if isinstance(crash, Crash)),
    )


def article_status(
    article: Article,
    languages: Sequence[str],
    ledger: Ledger,
    history: Callable[[], FileHistory] | None = None,
) -> ArticleStatus:
    """Return how an article stands in each of the site's languages."""
    return ArticleStatus(
        article=article.slug,
        original=article.original,
        reason=article.reason,
        titles={language: post.title or article.slug for language, post in article.posts.items()},
        languages={language: _version_status(article, language, ledger, history) for language in languages},
    )


def _version_status(
    article: Article, language: str, ledger: Ledger, history: Callable[[], FileHistory] | None
) -> VersionStatus:
    if language not in article.posts:
        return VersionStatus(state=None)
    recorded = ledger.translations.get(language)
    fresh = freshness(article, language, recorded)
    program = article.program_of(language)
    record = ledger.record_of(program) if program else None
    outputs = Outputs.NONE
    if program and record is not None and program.cells:
        outputs = Outputs.STALE if why_stale(program, record) else Outputs.VERIFIED
    return VersionStatus(
        state=fresh.state,
        outputs=outputs,
        made_with=record.made_with if record else "",
        behind=tuple(_behind(article, language, fresh, history)) if fresh.state is not State.CURRENT else (),
    )


def _behind(
    article: Article, language: str, fresh: Freshness, history: Callable[[], FileHistory] | None
) -> Iterator[Behind]:
    """Yield what is behind: blocks first, then sections, each in the order of the original."""
    known = history() if history else FileHistory(now="", versions=())
    yield from _blocks(article, language, fresh, known)
    yield from _sections(article, language, fresh, known)


def _blocks(article: Article, language: str, fresh: Freshness, history: FileHistory) -> Iterator[Behind]:
    original, post = article.posts[article.original], article.posts[language]
    placed_here = article.placed[language]
    for index, state in enumerate(fresh.blocks):
        if state is State.CURRENT:
            continue
        placed = article.placed[article.original][index]
        twin = next((item for item in placed_here if item.twin == index), None)
        where, block = (post, twin.block) if twin else (original, placed.block)
        yield Behind(
            kind=PartKind.BLOCK,
            state=state,
            number=index + 1,
            name=placed.cell,
            place=f"{where.path}:{where.line_at(block.start)}",
            commit=_since(history, _programs if state is State.CODE_STALE else _texts, index),
        )
    for index in fresh.extra:
        block = placed_here[index].block
        place = f"{post.path}:{post.line_at(block.start)}"
        yield Behind(
            kind=PartKind.BLOCK,
            state=State.AHEAD,
            number=index + 1,
            name=block.directives.id,
            place=place,
            gone=True,
        )


def _sections(article: Article, language: str, fresh: Freshness, history: FileHistory) -> Iterator[Behind]:
    original, post = article.posts[article.original], article.posts[language]
    first, second = sections(original.body), sections(post.body)
    for index, state in enumerate(fresh.sections):
        if state is State.CURRENT:
            continue
        twin = fresh.twins.get(index)
        where, section = (original, first[index]) if twin is None else (post, second[twin])
        yield Behind(
            kind=PartKind.SECTION,
            state=state,
            number=index + 1,
            name=section.title,
            place=f"{where.path}:{where.line_at(section.offset)}",
            commit=_since(history, _prose, index),
        )
    for index in fresh.gone:
        yield Behind(
            kind=PartKind.SECTION,
            state=State.COMMENTS_STALE,
            number=index + 1,
            name=second[index].title,
            place=f"{post.path}:{post.line_at(second[index].offset)}",
            gone=True,
        )


def _since(history: FileHistory, parts: Callable[[str], Sequence[Hashable]], index: int) -> str:
    """Return the commit in which a part of the original became what it is now.

    Empty where it is not committed yet, and where no older text is known that lacks it: a shallow clone
    would else blame its oldest commit.
    """
    now = parts(history.now)
    if index >= len(now):
        return ""
    commit = ""
    for version in history.versions:
        if now[index] not in parts(version.text):
            return commit
        commit = version.commit
    return ""


def _texts(text: str) -> Sequence[Hashable]:
    return [(block.info, block.code) for block in blocks(text)]


def _programs(text: str) -> Sequence[Hashable]:
    return [program_key(block.code) for block in blocks(text)]


def _prose(text: str) -> Sequence[Hashable]:
    return [section.digest for section in sections(_FRONT_MATTER.sub("", text))]
