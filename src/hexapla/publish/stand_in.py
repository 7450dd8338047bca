"""Stand-in: the light page at the address of an article in a language that it lacks; it leads to one that exists."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from hexapla.publish.addresses import Addresses
from hexapla.publish.sources import PageSource
from hexapla.render.labels import direction, fallback_sentence, language_of_words


def stand_in(shown: PageSource, language: str, link: str) -> str:
    """Return the HTML of a page that leads readers of `language` to the version at `link`; no search engine keeps it.

    Browsers go on by themselves; the sentence and the link are for those that don't.
    """
    spoken = language_of_words(language)
    address = escape(link)
    return (
        f'<!doctype html>\n<html lang="{spoken}" dir="{direction(spoken)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        f'<title>{escape(shown.title)}</title>\n<link rel="canonical" href="{address}">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n</head>\n<body>\n'
        f"<p>{fallback_sentence(shown.language, language)}</p>\n"
        f'<p><a href="{address}" hreflang="{shown.language}" lang="{shown.language}" '
        f'dir="{direction(shown.language)}">{escape(shown.title)}</a></p>\n</body>\n</html>\n'
    )


def stand_ins(
    known: Mapping[str, Mapping[str, PageSource]], languages: Iterable[str], where: Addresses
) -> Iterator[tuple[str, str]]:
    """Yield the pages that stand in for articles, by file; `known` has the versions of each page by language."""
    for name, versions in known.items():
        articles = [page for page in versions.values() if page.is_article]
        shown = next((page for page in articles if not page.translates), next(iter(articles), None))
        for language in languages if shown else ():
            if shown and language not in versions:
                file = where.file(PageSource(language=language, name=name, text=""))
                yield file, stand_in(shown, language, where.link(shown, seen_from=file))
