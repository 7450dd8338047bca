"""Search: an index a language, which Pagefind makes of the built pages and readers load in pieces.

The theme's search field asks `search.js`, and that asks the index in the language's folder. There each word is found by
its stem, its beginning and its parts; what is told of code ranks below prose, and what code showed below that.
"""

import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hexapla.execution import scratch
from hexapla.publish.addresses import Addresses
from hexapla.publish.search_filters import with_sorted_filters
from hexapla.publish.searched_text import SearchedText, once_a_section, searched_text
from hexapla.publish.sources import PageSource
from hexapla.storage import files
from hexapla.storage.cache import Cache, digest_of

FOLDER = "search"
"""The folder of an index, in its language's."""
MISSING = (
    "The search finds words only as they stand, and in all languages at once: for this machine there is no program "
    "`pagefind`. Where there is one, `pip install 'pagefind[extended]'` installs it."
)
WORDS = "words.txt"
"""The words of a language's pages, the most common first: what a reader may have meant who misspells one."""
_STAGE = "search"
_WORTH_PROCESSES = 100
"""So many pages take longer to read than a process to start."""
_WORKER = "pagefind-worker.js"
"""Of Pagefind's scripts the one that searches; the others are its own search field."""
_SETTINGS = "search_index.json"
"""What the theme asks for before it searches; with it our script is told where to look."""
_NO_STEMS = "wasm.unknown.pagefind"
"""The program for languages whose word forms nobody knows."""
_MOST = 20_000
"""How many words are kept: about 70 KB compressed."""
_LARGE = 1_000
"""On a site of so many pages a word that most of them say is more than a reader should have to load."""

Index = dict[str, bytes]
"""The files of a language's index, by their names in its folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A built page of an index, and all that the index depends on."""

    file: str
    """Relative to the site's folder."""
    content: str
    """The digest of its HTML."""
    about: str
    """Its description and tags, which a page's text may lack."""
    weight: float
    borrowers: Sequence[str]
    """The languages whose readers are shown it, too."""


@cache
def pagefind() -> Path | None:
    """Return Pagefind's program; None where this machine has none."""
    try:
        from pagefind.service import get_executable
    except ModuleNotFoundError:
        return None
    return get_executable()


def write_indexes(
    pages: Sequence[PageSource],
    where: Addresses,
    site: Path,
    languages: Sequence[str],
    cache: Cache,
    *,
    jobs: int = 1,
) -> frozenset[str]:
    """Write the index of each language into a built site, of its pages that are to be found; return the files.

    A page that lends its text to other languages is known by their names in the index of its own: there their readers
    look where they find nothing in theirs. Up to `jobs` languages are read at once.
    """
    borrowers: dict[tuple[str, str], set[str]] = defaultdict(set)
    to_find: dict[str, list[PageSource]] = {language: [] for language in languages}
    for page in pages:
        if page.original:
            borrowers[page.original, page.name].add(page.language)
        elif page.weight and (site / where.file(page)).is_file():
            to_find[page.language].append(page)
    inputs = {
        language: [_page(page, where, site, borrowers[language, page.name]) for page in own_pages]
        for language, own_pages in to_find.items()
    }

    def make(names: Iterable[str]) -> Iterator[Index]:
        for name in names:
            texts = _texts(site, name, inputs[name], cache).items() if inputs[name] else ()
            yield _index(texts, keep_index=not where.directory_urls) if texts else {}

    written: set[Path] = set()
    jobs = jobs if len(pages) >= _WORTH_PROCESSES else 1
    for language, index in cache.memo(_STAGE, inputs, make, Index, jobs=jobs, worth=1).items():
        lenders = sorted({lender for (lender, _), several in borrowers.items() if language in several})
        searched = {code: where.folder(code) for code in (language, *lenders) if inputs[code]}
        written |= _write(site / where.folder(language) / FOLDER, index, language, where, searched)
    return frozenset(path.relative_to(site).as_posix() for path in written)


def _write(
    target: Path, index: Index, language: str, where: Addresses, searched: Mapping[str, str]
) -> Set[Path]:
    """Write an index into its folder, and that its readers search it and others; return all that is there then."""
    kept = {target / name for name in (*index, _SETTINGS)}
    for name, content in index.items():
        files.write_bytes(target / name, content, durable=False)
    files.remove([path for path in target.rglob("*") if path.is_file() and path not in kept])
    settings = {
        "lang": ["en"],
        "separator": r"\s+",
        "language": language,
        "folder": where.folder(language),
        "indexes": searched,
    }
    files.write(target / _SETTINGS, json.dumps({"config": settings, "docs": []}), durable=False)
    return kept


def _page(page: PageSource, where: Addresses, site: Path, borrowers: Iterable[str]) -> _Page:
    """Read a built page."""
    file = where.file(page)
    return _Page(
        file=file,
        content=digest_of((site / file).read_bytes()),
        about=" ".join((page.description, *page.tags)).strip(),
        weight=page.weight,
        borrowers=sorted(borrowers),
    )


def _texts(site: Path, language: str, pages: Sequence[_Page], cache: Cache) -> Mapping[str, SearchedText]:
    """Return what is searched of a language's pages, by their files."""
    by_file = {page.file: page for page in pages}

    def make(names: Iterable[str]) -> Iterator[SearchedText]:
        for name in names:
            page = by_file[name]
            yield searched_text(
                files.read_post(site / name),
                language,
                about=page.about,
                weight=page.weight,
                borrowers=page.borrowers,
            )

    inputs = {name: (language, page) for name, page in by_file.items()}
    return cache.beside(_STAGE).memo(language, inputs, make, SearchedText)


def _index(texts: Iterable[tuple[str, SearchedText]], *, keep_index: bool) -> Index:
    """Return the index of a language's pages, by their files."""
    words: Counter[str] = Counter()
    paths: list[Path] = []
    with scratch.held_folder() as folder:
        source, made = folder / "texts", folder / "index"
        source.mkdir()
        for path, text in texts:
            words.update(text.words)
            paths.append(source / path)
            files.write(source / path, text.html, durable=False)
        if len(paths) >= _LARGE:
            most = frozenset(word for word, pages in words.items() if 2 * pages > len(paths))
            for file in paths:
                files.write(file, once_a_section(file.read_text(encoding="utf-8"), most), durable=False)
        options = ["--site", str(source), "--output-path", str(made), "--silent"]
        options += ["--keep-index-url"] if keep_index else []
        subprocess.run([str(pagefind()), *options], check=True, stdin=subprocess.DEVNULL)
        index = {
            path.relative_to(made).as_posix(): path.read_bytes()
            for path in sorted(made.rglob("*"))
            if path.is_file() and (path.suffix not in (".js", ".css") or path.name == _WORKER)
        }
    if any(name.startswith("wasm.") and name != _NO_STEMS for name in index):
        index.pop(_NO_STEMS, None)
    common = sorted(words, key=lambda word: (-words[word], word))[:_MOST]
    return with_sorted_filters(index) | {WORDS: "\n".join(common).encode()}
