"""Folder: the ledger on disk. Each change of an article's folder is made under a lock, whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from hexapla.config.config import Config
from hexapla.ledger.encoding import INDEX, decode, encode
from hexapla.ledger.ledger import Ledger, updated_record
from hexapla.model.article import Article
from hexapla.model.codes import problem
from hexapla.model.errors import LedgerError
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.model.program import Program
from hexapla.model.run import Run
from hexapla.storage import files
from hexapla.storage.cache import Cache
from hexapla.translations.freshness import Made, confirmed, made


def read_ledger(config: Config, slug: str, *, anew: bool = False) -> Ledger:
    """Read what is recorded of an article; `anew` takes what cannot be read as empty.

    Raises:
        LedgerError: the ledger is damaged or of an unknown format.
    """
    folder = config.snippets / slug
    shown = folder.relative_to(config.root) if folder.is_relative_to(config.root) else folder
    try:
        return decode(files.read_folder(folder), path=shown.as_posix())
    except LedgerError:
        if anew:
            return Ledger()
        raise


def read_ledgers(
    config: Config, posts: Iterable[Post], *, anew: bool = False
) -> tuple[dict[str, Ledger], list[Problem]]:
    """Read what is recorded of posts' articles, by slug, and say of which it cannot be read: those are left out."""
    ledgers: dict[str, Ledger] = {}
    problems: list[Problem] = []
    for slug, path in {post.slug: post.path for post in posts}.items():
        try:
            ledgers[slug] = read_ledger(config, slug, anew=anew)
        except LedgerError as error:
            problems.append(problem("ledger-damaged", path, 1, str(error)))
    return ledgers, problems


def record_run(config: Config, article: Article, program: Program, known: Ledger, done: Run) -> Ledger:
    """Write one program's run into its article's folder; `known` is what was recorded when it started."""
    with files.locked(config.snippets):
        # Another process may have recorded a variant of this article in the meantime.
        current = read_ledger(config, article.slug, anew=True)
        recorded = updated_record(current.record_of(program), program, done)
        new = replace(known, records={**known.records, **current.records, program.variant: recorded})
        files.replace_folder(config.snippets / article.slug, encode(new, article.programs))
    return new


def record_origins(config: Config, article: Article, known: Ledger, origins: Mapping[str, Made]) -> Ledger:
    """Write what each translation of an article was made from, where that is not what `known` says."""
    if origins == known.translations:
        return known
    new = replace(known, translations=origins)
    with files.locked(config.snippets):
        files.replace_folder(config.snippets / article.slug, encode(new, article.programs))
    return new


def confirm_translations(config: Config, article: Article, languages: Set[str]) -> Ledger:
    """Write that translations of an article are right as they are, though the original's text has changed."""
    with files.locked(config.snippets):
        current = read_ledger(config, article.slug)
        translations = current.translations
        right = {language: confirmed(article, language, translations.get(language)) for language in languages}
        new = replace(current, translations={**origins(article, current), **right})
        files.replace_folder(config.snippets / article.slug, encode(new, article.programs))
    return new


def origins(article: Article, known: Ledger) -> dict[str, Made]:
    """Return what is to be recorded of each translation: what it was made from."""
    return {
        language: made(article, language, known.translations.get(language))
        for language in article.posts
        if language != article.original
    }


def origins_of_all(
    articles: Sequence[Article], ledgers: Mapping[str, Ledger], cache: Cache
) -> dict[str, dict[str, Made]]:
    """Return, by slug and language, what is to be recorded of each translation: what it was made from."""
    by_slug = {article.slug: article for article in articles}
    return cache.memo(
        "origins",
        {slug: (article, ledgers[slug].translations) for slug, article in by_slug.items()},
        lambda slugs: [origins(by_slug[slug], ledgers[slug]) for slug in slugs],
        dict[str, Made],
    )


def finish_writing(config: Config) -> None:
    """Finish what a command was writing when it was killed."""
    folders = [path for path in config.snippets.glob("*/") if not files.is_complete(path)]
    if folders:
        with files.locked(config.snippets):
            for folder in folders:
                files.finish_replacing(folder)


def orphans(config: Config, slugs: Set[str]) -> tuple[Path, ...]:
    """Return the ledger's folders that are of none of the articles named `slugs`."""
    if not config.snippets.is_dir():
        return ()
    folders = (path.parent for path in sorted(config.snippets.glob(f"*/{INDEX}")))
    return tuple(folder for folder in folders if folder.name not in slugs)
