"""Frame: what the templates are told of one page: values, which they escape and set in their places."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from posixpath import relpath
from urllib.parse import quote, urlsplit

from hexapla.publish import addresses, fonts
from hexapla.publish.addresses import Addresses
from hexapla.publish.feeds import FEED
from hexapla.publish.head import Head
from hexapla.publish.sources import PageSource
from hexapla.render.labels import borrows_words, direction, labels, language_of_words

KEEPERS = ("translations", "posts/coverage")
"""The pages that hexapla writes for those who keep a site: how translations stand, and what became of each block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a page that is not there says in one language."""

    language: str
    direction: str
    heading: str
    text: str
    home: str
    """The words of the link to the home page."""
    address: str
    """Where that link leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds a page's content; empty where the page has no such thing."""

    language: str
    """The reader's."""
    words: tuple[str, ...] = ()
    """The languages of the page's words: the reader's, and the text's where that is another one."""
    theme: str = ""
    """The theme's name and version."""
    policy: str = ""
    trusted: bool = True
    """Whether the page may load whatever script the site has: it is not made of posts, which may be anyone's."""
    index: str = ""
    """The folder of the search's index, below the site's root."""
    robots: str = ""
    canonical: str = ""
    alternates: Mapping[str, str] = field(default_factory=dict)
    """The addresses of the page's real versions, by `hreflang`."""
    markdown: str = ""
    feed: str = ""
    head: Head = field(default_factory=Head)
    preloads: tuple[str, ...] = ()
    """The addresses of the typefaces that are loaded at once."""
    diagrams: bool = False
    """Whether the page has diagrams to be drawn."""
    styles: tuple[str, ...] = ()
    homes: Mapping[str, str] = field(default_factory=dict)
    """Where the list of languages leads, by language, on a page that has no versions."""
    answers: tuple[Answer, ...] = ()
    """What the page for wrong addresses says."""
    offered: tuple[str, ...] = ()
    """The languages that the switcher offers; empty for all."""
    mending: tuple[tuple[str, str], ...] = ()
    """Where a page can be edited and a mistake reported: words and address."""
    foot: str = ""
    """What is said before the links in a page's foot."""
    foot_links: tuple[tuple[str, str], ...] = ()
    """The pages for those who keep the site: title and address."""


def frame_of_page(
    source: PageSource,
    known: Mapping[str, Mapping[str, PageSource]],
    where: Addresses,
    *,
    head: Head,
    formulas: bool,
    theme: str,
    policy: str,
) -> Frame:
    """Return the frame of a page; `known` has the real versions of every page, by name and language."""
    here = where.file(source)
    words = spoken_on(source)
    root = relpath("/", f"/{quote(here.rpartition('/')[0])}")
    preloads, styles = _typefaces(words, formulas=formulas, root=root)
    versions = addresses.alternates(source, known, where.default_language)
    return Frame(
        language=source.language,
        words=words,
        theme=theme,
        policy=policy,
        trusted=not source.is_ours,
        index=where.folder(source.language),
        canonical=addresses.canonical(source, known, where),
        alternates={code: where.link(version, seen_from=here) for code, version in versions.items()},
        markdown=addresses.beside(source, where),
        feed=f"{where.site_url}{where.folder(source.language)}{FEED}" if where.site_url else "",
        head=head,
        preloads=preloads,
        styles=styles,
        foot=labels(source.language).for_translators,
        foot_links=tuple(
            (page.title, replace(where, site_url="").link(page, seen_from=here))
            for name in KEEPERS
            if (page := known.get(name, {}).get(source.language)) and page.is_ours
        ),
    )


def spoken_on(source: PageSource) -> tuple[str, ...]:
    """Return the languages in whose words a page speaks."""
    return tuple(dict.fromkeys(filter(None, (source.language, source.original))))


def frame_of_missing(
    language: str, languages: tuple[str, ...], where: Addresses, *, theme: str, policy: str
) -> Frame:
    """Return the frame of a language's page for wrong addresses.

    The default language's speaks all of `languages`, itself first: most servers show it whatever the address.
    """
    root = urlsplit(where.site_url).path or "/"
    homes = {code: f"{root}{where.folder(code)}" for code in languages}
    others = (code for code in languages if code != language)
    spoken = (language, *(others if language == where.default_language else ()))
    preloads, styles = _typefaces(spoken, formulas=False, root=root.rstrip("/"))
    return Frame(
        language=language,
        words=spoken,
        theme=theme,
        policy=policy,
        index=where.folder(language),
        robots="noindex",
        preloads=preloads,
        styles=styles,
        homes=homes,
        answers=tuple(_answer(code, homes[code]) for code in spoken),
    )


def _typefaces(
    languages: tuple[str, ...], *, formulas: bool, root: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses of what a page loads to be set in its typefaces: files at once, and style sheets."""
    faces = fonts.needed(languages, formulas=formulas)
    folder = f"{root}/{fonts.FOLDER}"
    styles = (f"{folder}/{fonts.name(languages, formulas=formulas)}",) if faces else ()
    return tuple(f"{folder}/{file}" for file in fonts.preloaded(faces)), styles


def _answer(language: str, home: str) -> Answer:
    words = labels(language)
    spoken = language_of_words(language) if borrows_words(language) else language
    return Answer(
        language=spoken,
        direction=direction(spoken),
        heading=words.not_found,
        text=words.not_found_text,
        home=words.home,
        address=home,
    )
