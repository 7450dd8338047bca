"""Series page: the parts of a series in their order, and what other pages say of it."""

import yaml

from hexapla.model.article import Article
from hexapla.render.catalog import Catalog
from hexapla.render.escape import escape, markup
from hexapla.render.items import about, article_link, markdown_item
from hexapla.render.labels import labels
from hexapla.render.page import MARK, QUIET, Page
from hexapla.render.series import Series

SERIES, PARTS, SERIES_END = (
    "<!-- hexapla:one-series -->\n",
    "<!-- hexapla:parts -->\n",
    "<!-- hexapla:series-end -->\n",
)
"""What stands around a series on the list of articles, and before its parts, for home pages to take in."""


def series_page(series: Series, catalog: Catalog, language: str) -> Page:
    """Return the page of a series: its parts in their order."""
    words = labels(language)
    head = yaml.safe_dump(
        {"title": markup(series.name(language)), "lang": language, "search": {"exclude": True}},
        allow_unicode=True,
    )
    parts = _parts(series, catalog, language, folder="../../")
    text = f"{_begin(series, catalog, language, folder='../../')}\n\n{parts}"
    return Page(
        path=f"{language}/posts/{series_file(series)}",
        text=f"---\n{MARK.format(source='posts/')}\n{head}---\n\n"
        f"{escape(words.parts)}{words.colon}{len(series.slugs)}\n{{: .hexapla-facts {QUIET} }}\n\n{text}",
    )


def series_file(series: Series) -> str:
    """Return where the page of a series is beside those of articles."""
    return f"series/{series.key}/index.md"


def series_block(series: Series, catalog: Catalog, language: str, folder: str = "") -> str:
    """Return a series on the list of articles, which is in `folder`: its name, where to begin, and its parts."""
    words = labels(language)
    name = f"**[{escape(series.name(language))}]({folder}{series_file(series)})**"
    line = f"{name} · {escape(words.parts)}{words.colon}{len(series.slugs)}\n{{: .hexapla-series {QUIET} }}"
    begin, parts = (show(series, catalog, language, folder) for show in (_begin, _parts))
    return f"{SERIES}{line}\n\n{begin}\n\n{PARTS}\n{parts}\n{SERIES_END}"


def _begin(series: Series, catalog: Catalog, language: str, folder: str = "") -> str:
    """Return the link to a series' first part."""
    first = article_link(catalog.articles[series.slugs[0]], language, folder)
    return f"{escape(labels(language).begin)}{labels(language).colon}{first}\n{{: .hexapla-begin {QUIET} }}"


def _parts(series: Series, catalog: Catalog, language: str, folder: str = "") -> str:
    articles = [catalog.articles[slug] for slug in series.slugs]
    items = "\n".join(
        markdown_item(f"{number}.", [article_link(article, language, folder), *about(article, language)])
        for number, article in enumerate(articles, start=1)
    )
    return f'<div class="hexapla-articles" {QUIET}="" markdown="1">\n\n{items}\n</div>\n'


def place_in_series(article: Article, language: str, catalog: Catalog) -> str:
    """Return the line at an article's head that says which part of which series it is; empty for one of none."""
    series = catalog.series_with(article.slug)
    if series is None:
        return ""
    words, number = labels(language), series.slugs.index(article.slug) + 1
    said = [
        f"[{escape(series.name(language))}]({series_file(series)})",
        escape(words.part.format(number=number, count=len(series.slugs))),
    ]
    if before := series.neighbours(article.slug)[0]:
        link = article_link(catalog.articles[before], language)
        said.append(f"{escape(words.builds_on)}{words.colon}{link}")
    return f"{' · '.join(said)}\n{{: .hexapla-place {QUIET} }}\n"


def next_in_series(article: Article, language: str, catalog: Catalog) -> str:
    """Return the link at an article's end to the next part of its series; empty where there is none."""
    series = catalog.series_with(article.slug)
    after = series.neighbours(article.slug)[1] if series else ""
    if not after:
        return ""
    words, link = labels(language), article_link(catalog.articles[after], language)
    return f"{escape(words.next_part)}{words.colon}{link}\n{{: .hexapla-next {QUIET} }}\n"
