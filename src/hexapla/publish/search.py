"""Search: an index a language, which Pagefind makes of the built pages and readers load in pieces.

The theme's search field asks `search.js`, and that asks the index in the language's folder. There each word is found by
its stem, its beginning and its parts; what is told of code ranks below prose, and what code showed below that.
"""

import json
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hexapla.execution import scratch
from hexapla.publish.addresses import Addresses
from hexapla.publish.reading_time import UNSPACED
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
_WORKER = "pagefind-worker.js"
"""Of Pagefind's scripts the one that searches; the others are its own search field."""
_SETTINGS = "search_index.json"
"""What the theme asks for before it searches; with it our script is told where to look."""
_NOT_SAID = "[data-search-exclude], .headerlink, .md-content__button, .md-source-file, script, style"
"""What stands on a page besides its text."""
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_WEIGHTS = {name: 8 - level for level, name in enumerate(_HEADINGS, 1)} | {
    "div.highlight": 0.5,
    ".output": 0.2,
}
"""How much is said by what is no prose, which has 1."""
_NO_STEMS = "wasm.unknown.pagefind"
"""The program for languages whose word forms nobody knows."""
_WEIGHT = "data-pagefind-weight"
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
"""Accents, and the vowels of Hebrew and Arabic, which are no letters and end no word."""
_WORD = re.compile(rf"[^\W\d][\w{_MARKS}\u0900-\u0dff\u200c\u200d]+")
_MOST = 20_000
"""How many words are kept: about 70 KB compressed."""
_LARGE = 1_000
"""On a site of so many pages a word that most of them say is more than a reader should have to load."""
_ELIDING = frozenset("ca co fr fur it lmo oc pms sc scn vec wa".split())
"""Languages that join a word to the next by an apostrophe (*l’inertie*), where both are words for a reader."""
_ELIDED = re.compile(r"(?<=\w)(['’])(?=\w)")
_LETTER = "[\u0621-\u064a][\u064b-\u065f]*"
_ARTICLE = re.compile(
    rf"(?<![\u0621-\u065f])([وف]?(?:[بك]?ال|لل))(?=(?:{_LETTER}){{2,3}}(?![\u0621-\u065f]))"
)
"""The Arabic article, and what is joined to it, before a word so short that its stemmer takes it for a part of it."""
_PARTED = "\\1\u200a"
"""With a blank behind the apostrophe or article that `search.js` takes away again."""
_JOINTS = dict.fromkeys(_ELIDING, _ELIDED) | {"ar": _ARTICLE}
_AGAIN = "\ua78f"
"""A letter that nobody types: it stands before a word that a section has said before, and `search.js` takes it away."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What a page says."""

    html: str
    words: frozenset[str]


@cache
def pagefind() -> Path | None:
    """Return Pagefind's program; None where this machine has none."""
    try:
        from pagefind.service import get_executable
    except ModuleNotFoundError:
        return None
    return get_executable()


def write_indexes(
    pages: Iterable[PageSource], where: Addresses, site: Path, languages: Sequence[str], cache: Cache
) -> frozenset[str]:
    """Write the index of each language into a built site, of its pages that are to be found; return the files.

    A page that lends its text to other languages is known by their names in the index of its own: there their readers
    look where they find nothing in theirs.
    """
    borrowers: dict[tuple[str, str], set[str]] = defaultdict(set)
    found_in: dict[str, list[PageSource]] = {language: [] for language in languages}
    for page in pages:
        if page.original:
            borrowers[page.original, page.name].add(page.language)
        elif page.weight and (site / where.file(page)).is_file():
            found_in[page.language].append(page)
    inputs = {
        language: [_page(page, where, site, borrowers[language, page.name]) for page in own_pages]
        for language, own_pages in found_in.items()
    }

    def texts(language: str) -> dict[str, _Text]:
        own_pages = {page.file: page for page in inputs[language]}
        return cache.beside(_STAGE).memo(
            language,
            {file: (language, page) for file, page in own_pages.items()},
            lambda paths: [_text(site / path, language, own_pages[path]) for path in paths],
            _Text,
        )

    def make(names: Iterable[str]) -> Iterator[Index]:
        for name in names:
            index = partial(_index, keep_index=not where.directory_urls)
            yield index(texts(name).items()) if inputs[name] else {}

    written: set[Path] = set()
    for language, index in cache.memo(_STAGE, inputs, make, Index).items():
        target = site / where.folder(language) / FOLDER
        for name, content in index.items():
            files.write_bytes(target / name, content, durable=False)
        kept = {target / name for name in (*index, _SETTINGS)}
        written |= kept
        files.remove([path for path in target.rglob("*") if path.is_file() and path not in kept])
        lenders = sorted({lender for (lender, _), several in borrowers.items() if language in several})
        settings = {
            "lang": ["en"],
            "separator": r"\s+",
            "language": language,
            "folder": where.folder(language),
            "indexes": {code: where.folder(code) for code in (language, *lenders) if inputs[code]},
        }
        files.write(target / _SETTINGS, json.dumps({"config": settings, "docs": []}), durable=False)
    return frozenset(path.relative_to(site).as_posix() for path in written)


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


def _index(texts: Iterable[tuple[str, _Text]], *, keep_index: bool) -> Index:
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
    return index | {WORDS: "\n".join(common).encode()}


def _text(path: Path, language: str, page: _Page) -> _Text:
    """Return what Pagefind is given of a built page, which is in the file `path`."""
    said, about = article(files.read_post(path), page.weight), page.about
    if joint := _JOINTS.get(language.split("-")[0]):
        _part_joined(said, joint)
        about = joint.sub(_PARTED, about)
    marks = [
        f'<meta data-pagefind-filter="for[content]" content="{escape(borrower)}">'
        for borrower in page.borrowers
    ]
    # Found, and no part of the text.
    marks += [f'<meta data-pagefind-meta="about[content]" content="{escape(about)}">'] if about else []
    body = f"<body data-pagefind-body>{''.join(marks)}{said.html}</body>"
    words = frozenset(words_of(f"{said.text(separator=' ')} {about}"))
    return _Text(html=f'<!doctype html><html lang="{escape(language)}">{body}</html>', words=words)


def article(html: str, weight: float = 1) -> LexborNode:
    """Return what a built page says itself, without what the theme and we add to it; `weight` is the page's own."""
    tree = LexborHTMLParser(html)
    said = tree.css_first("article.md-content__inner") or tree.body
    assert said is not None
    for heading in said.css(",".join(f"{name}[data-search-exclude]" for name in _HEADINGS)):
        _leave_out_section(heading)
    for node in said.css(_NOT_SAID):
        node.decompose()
    # What a reader finds in the title is on the page as a whole; a picture's address says nothing.
    for selector, name in (("h1[id]", "id"), ("img[src]", "src")):
        for node in said.css(selector):
            del node.attrs[name]
    said.attrs[_WEIGHT] = str(weight)
    for selector, share in _WEIGHTS.items():
        for node in said.css(selector):
            node.attrs[_WEIGHT] = str(share * weight)
    return said


def _part_joined(said: LexborNode, joint: re.Pattern[str]) -> None:
    """Have words that are joined by `joint` stand each for itself, in prose."""
    code = {node.mem_id for block in said.css("code") for node in block.traverse(include_text=True)}
    for node in list(said.traverse(include_text=True)):
        if node.tag == "-text" and node.mem_id not in code:
            text = node.text(deep=False)
            if (parted := joint.sub(_PARTED, text)) != text:
                node.replace_with(parted)


def _leave_out_section(heading: LexborNode) -> None:
    """Leave out what follows a heading, up to the next that is no lower; the heading itself goes by its mark."""
    higher = _HEADINGS[: _HEADINGS.index(heading.tag or "") + 1]
    while (node := heading.next) is not None and node.tag not in higher:
        node.decompose()


def once_a_section(html: str, common: Set[str]) -> str:
    """Return what Pagefind is given of a page, with common words found once in each section that says them."""
    tree = LexborHTMLParser(html)
    said: set[str] = set()

    def marked(match: re.Match[str]) -> str:
        word = match[0].lower()
        again = _AGAIN if word in said else ""
        said.update(common & {word})
        return f"{again}{match[0]}"

    for node in list(tree.root.traverse(include_text=True)) if tree.root else []:
        if node.tag in _HEADINGS:
            said.clear()
        elif node.tag == "-text" and node.parent is not None and node.parent.tag not in _HEADINGS:
            text = node.text(deep=False)
            if (fewer := _WORD.sub(marked, text)) != text:
                node.replace_with(fewer)
    return tree.html or ""


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case, of scripts that part them."""
    return (word.lower() for word in _WORD.findall(text) if not UNSPACED.search(word))
