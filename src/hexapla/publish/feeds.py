"""Feed: a language's articles for feed readers (RFC 4287), and the site's pages for language models (llms.txt)."""

import datetime
import re
from collections.abc import Callable, Sequence
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from selectolax.lexbor import LexborHTMLParser

from hexapla.publish.addresses import Addresses
from hexapla.publish.sources import PageSource
from hexapla.render.labels import labels
from hexapla.render.lists import OLDER
from hexapla.render.page import QUIET
from hexapla.render.paging import UNDATED, are_many

FEED = "feed.xml"
"""The feed's name in each language's folder."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold, not even escaped (XML 1.0, section 2.2)."""

_YEAR = re.compile(rf"posts/{OLDER}/(?:\d+|{UNDATED})/index")
"""The names of the pages that list a year's articles, or lead to those that do."""

_LENGTH = 20
"""A feed holds the latest articles, not all."""


_ONLY_ON_PAGES = (
    f"h1, script, style, nav, button, #__skip, .md-path, .headerlink, code > a:empty, .hexapla-next, [{QUIET}], "
    "#hexapla-related, #hexapla-related ~ *"
)
"""What of an article's page a feed reader has itself, or cannot use."""


def atom(
    pages: Sequence[PageSource],
    language: str,
    *,
    site: str,
    addresses: Addresses,
    built: Callable[[PageSource], str] = lambda page: "",
) -> str:
    """Return the Atom feed of a language: its own articles, newest first; what only stands in is left out.

    `built` returns the HTML of a built page, of which entries carry the text; empty where there is none.
    """
    articles = sorted((page for page in pages if page.is_article and page.language == language), key=_newest)
    home = addresses.site_url + addresses.folder(language)
    updated = max((_when(page.changed) for page in articles), default=_when(""))
    entries = "".join(_entry(page, addresses, built(page)) for page in articles[:_LENGTH])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"<title>{_text(site)} · {escape(labels(language).articles)}</title>\n"
        f"<id>{escape(home)}</id>\n<updated>{updated}</updated>\n"
        f"<author><name>{_text(site)}</name></author>\n"
        f"<link href={quoteattr(home)}/>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(home + FEED)}/>\n'
        f"{entries}</feed>\n"
    )


def _entry(page: PageSource, addresses: Addresses, html: str) -> str:
    link = addresses.link(page, seen_from="")
    text = article_html(html, link)
    content = f'<content type="html">{_text(text)}</content>' if text else ""
    about = f"<summary>{_text(page.description)}</summary>" if page.description else ""
    when = _when(page.published)
    published = f"<published>{when}</published>" if when != _when("") else ""
    topics = "".join(f"<category term={quoteattr(_CONTROL.sub('', tag))}/>" for tag in page.tags)
    return (
        f"<entry><title>{_text(page.title)}</title><id>{escape(link)}</id><link href={quoteattr(link)}/>"
        f"<updated>{_when(page.changed)}</updated>{published}{topics}{about}{content}</entry>\n"
    )


def article_html(html: str, address: str) -> str:
    """Return what a feed carries of an article's built page, which is at an address: its text, with whole addresses."""
    article = LexborHTMLParser(html).css_first("article")
    if article is None:
        return ""
    # What is inside of what goes, goes first.
    for node in reversed(article.css(_ONLY_ON_PAGES)):
        node.decompose()
    for name in ("href", "src"):
        for node in article.css(f"[{name}]"):
            node.attrs[name] = urljoin(address, node.attributes[name] or "")
    return (article.inner_html or "").strip()


def _text(text: str) -> str:
    return escape(_CONTROL.sub("", text))


def _when(day_said: str) -> str:
    """Return a day as Atom wants it; a page without one is as old as can be."""
    try:
        day = datetime.date.fromisoformat(day_said)
    except ValueError:
        day = datetime.date(1970, 1, 1)
    return f"{day.isoformat()}T00:00:00Z"


def _newest(page: PageSource) -> tuple[int, str]:
    return -datetime.date.fromisoformat(_when(page.published)[:10]).toordinal(), page.name


def llms(
    pages: Sequence[PageSource], names: Sequence[tuple[str, str]], *, site: str, addresses: Addresses
) -> str:
    """Return llms.txt (llmstxt.org): the articles of each language, each with the address of its Markdown.

    Of very many, the newest stand here, and the Markdown of the list that has the others, year by year.
    What the site is about is what its home page says of itself, in the default language.
    """
    at_home = ("index", addresses.default_language)
    about = next((page.description for page in pages if (page.name, page.language) == at_home), "")
    parts = [f"# {site}\n", *([f"> {' '.join(about.split())}\n"] if about else [])]
    for language, name in names:
        own = [page for page in pages if page.language == language]
        articles = sorted((page for page in own if page.is_article), key=_newest)
        if are_many(len(articles)):
            years = {page.name: page for page in own if _YEAR.fullmatch(page.name)}
            articles = [*articles[:_LENGTH], *(years[year] for year in sorted(years, reverse=True))]
        if articles:
            lines = "".join(_line(page, addresses) for page in articles)
            parts.append(f"## {name}\n\n{lines}")
    return "\n".join(parts)


def _line(page: PageSource, addresses: Addresses) -> str:
    where = addresses.site_url + addresses.markdown(page)
    about = f": {page.description}" if page.description else ""
    return f"- [{page.title}]({where}){about}\n".replace("\n", " ").rstrip() + "\n"
