"""Status page: how every translation stands, in each reader's language; of many articles, a page a year and more."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape as as_html
from urllib.parse import quote

import yaml

from hexapla.ledger.status import ArticleStatus, Behind, Outputs, PartKind, VersionStatus
from hexapla.model.slug import slugify
from hexapla.render import locale
from hexapla.render.escape import code_span, escape, isolated, link
from hexapla.render.items import LIST, pager
from hexapla.render.labels import StatusLabels, labels, status_labels
from hexapla.render.page import MARK, Page
from hexapla.render.paging import UNDATED, reading_order
from hexapla.translations.freshness import State

NAME, FOLDER = "translations.md", "translations"
"""Where the page is below each language's folder, and where those are that it leads to."""

_BEHIND = "behind"
"""The anchor of the list of what is behind."""

_CAPTION = "how-each-stands"
"""The id of what the table is called by."""

_SIGNS = {
    None: "–",
    State.CURRENT: "✓",
    State.COMMENTS_STALE: "!",
    State.CODE_STALE: "!",
    State.INCOMPLETE: "…",
    State.AHEAD: "+",
}
"""Beside the words, never instead of them."""


def status_pages(
    rows: Sequence[ArticleStatus], language: str, names: Mapping[str, str], places: Mapping[str, str]
) -> Iterator[Page]:
    """Yield the pages in one language; `names` has each language's own name, in the site's order.

    `places` says in which folder the page is that tells of an article, by slug; where it is empty, one tells of all.
    """
    if not places:
        yield status_page(rows, language, names)
        return
    by_folder: dict[str, list[ArticleStatus]] = {}
    for row in rows:
        by_folder.setdefault(places[row.article], []).append(row)
    folders = sorted(by_folder, key=lambda folder: reading_order(folder.removeprefix(f"{FOLDER}/")))
    yield _overview(folders, by_folder, language, names)
    for place, folder in enumerate(folders):
        up = "../" * (folder.count("/") + 1)
        before, after = (
            f"{up}{folders[at]}/{LIST}" if 0 <= at < len(folders) else "" for at in (place - 1, place + 1)
        )
        page = status_page(by_folder[folder], language, names, folder=folder)
        yield replace(page, text=f"{page.text}\n{pager(before, after, language)}")


def status_page(
    rows: Sequence[ArticleStatus], language: str, names: Mapping[str, str], *, folder: str = ""
) -> Page:
    """Return the page in one language that tells of some articles, which is in `folder` where others tell of others."""
    words, home = status_labels(language), "../" * (folder.count("/") + 1) if folder else ""
    parts = [
        _head(" · ".join((words.title, *_said(folder))), language),
        _table(rows, language, names, words, home),
        f"## {words.behind} {{ #{_BEHIND} }}\n",
        _behind(rows, language, names, words, home) or f"{words.nothing}\n",
    ]
    return Page(path=f"{language}/{place_of(folder)}", text="\n".join(parts))


def place_of(folder: str | None) -> str:
    """Return where the page of states is below a language's folder, that is in `folder` where there are several."""
    return f"{folder}/{LIST}" if folder else NAME


def _said(folder: str) -> list[str]:
    """Return what a page in a folder has of all articles: a year, and which of its pages it is."""
    return [part.replace(UNDATED, "–") for part in folder.split("/")[1:]]


def _head(title: str, language: str) -> str:
    # The table needs the room that the page's few headings and neighbours do not.
    matter = {"title": title, "lang": language, "search": {"exclude": True}, "hide": ["navigation", "toc"]}
    return f"---\n{MARK.format(source='posts/')}\n{yaml.safe_dump(matter, allow_unicode=True)}---\n"


def _overview(
    folders: Sequence[str],
    by_folder: Mapping[str, Sequence[ArticleStatus]],
    language: str,
    names: Mapping[str, str],
) -> Page:
    """Return the page that says of how many articles a year each language has a version, and how these stand."""
    words = status_labels(language)
    years: dict[str, list[ArticleStatus]] = {}
    for folder in folders:
        years.setdefault("/".join(folder.split("/")[:2]), []).extend(by_folder[folder])

    def cells(first: str, rows: Sequence[ArticleStatus]) -> Iterator[str]:
        year = f'<a href="{quote(f"{first}/{LIST}")}">{_said(first)[0]}</a>'
        yield _cell("th", "rowheader", year, scope="row")
        for code, name in names.items():
            counts = Counter(row.languages[code].state for row in rows)
            said = (
                f'<span aria-hidden="true">{_SIGNS[state]}</span>&nbsp;{as_html(words.of(state))}'
                f"&nbsp;({locale.number(counts[state], language)})"
                for state in (*State, None)
                if counts[state]
            )
            yield _cell("td", "cell", "<br>".join(said), data_label=name)

    head = [_column(isolated(escape(name), code)) for code, name in names.items()]
    rows = (cells(first, of_year) for first, of_year in years.items())
    table = _framed([_column(as_html(words.article)), *head], rows, words)
    return Page(path=f"{language}/{NAME}", text=f"{_head(words.title, language)}\n{table}")


def behind_anchor(article: str, language: str) -> str:
    """Return the anchor at which that list tells of an article's version."""
    return slugify(f"{_BEHIND}-{article}-{language}")


def _table(
    rows: Sequence[ArticleStatus], language: str, names: Mapping[str, str], words: StatusLabels, home: str
) -> str:
    """Return the table of articles; `home` leads to the language's folder."""
    head = (
        _column(as_html(words.article)),
        *(_column(isolated(escape(name), code)) for code, name in names.items()),
        _column(as_html(words.made_with)),
    )
    return _framed(head, (_cells(row, language, names, words, home) for row in rows), words)


def _framed(head: Iterable[str], rows: Iterable[Iterable[str]], words: StatusLabels) -> str:
    """Return a table as HTML, since Markdown's has no caption and no row headings.

    No cell is Markdown: with thousands of them the page would cost as much as a hundred others. The roles are named
    because a phone shows each row as a list of its own, and the cells by their labels.
    """
    lines = [
        '<div class="hexapla-status">',
        f'<p id="{_CAPTION}">{as_html(words.caption)}</p>',
        f'<table class="hexapla-versions" role="table" aria-labelledby="{_CAPTION}">',
        '<thead role="rowgroup">',
        *_row(head),
        "</thead>",
        '<tbody role="rowgroup">',
        *(line for row in rows for line in _row(row)),
        "</tbody>",
        "</table>",
        "</div>",
    ]
    return "\n".join(lines) + "\n"


def _column(text: str) -> str:
    return _cell("th", "columnheader", text, scope="col")


def _row(cells: Iterable[str]) -> Iterator[str]:
    yield '<tr role="row">'
    yield from cells
    yield "</tr>"


def _cell(tag: str, role: str, text: str, **attributes: str) -> str:
    written = "".join(f' {name.replace("_", "-")}="{as_html(value)}"' for name, value in attributes.items())
    return f'<{tag} role="{role}"{written}>{text}</{tag}>'


def _cells(
    row: ArticleStatus, language: str, names: Mapping[str, str], words: StatusLabels, home: str
) -> Iterator[str]:
    source = language if language in row.titles else row.original
    title = _link(escape(row.titles[source]), row.article, language, language, home)
    yield _cell("th", "rowheader", isolated(title, source), scope="row")
    for code, name in names.items():
        version = row.languages[code]
        state = version.state.value if version.state else "missing"
        text = _version_text(row, code, version, language, words, home)
        yield _cell("td", "cell", text, data_label=name, data_state=state)
    yield _cell("td", "cell", as_html(", ".join(row.made_with)) or "–", data_label=words.made_with)


def _version_text(
    row: ArticleStatus, code: str, version: VersionStatus, language: str, words: StatusLabels, home: str
) -> str:
    """Return what a cell says: a sign, the state in words, and whether the outputs are out of date."""
    state = words.original if code == row.original else words.of(version.state)
    sign = f'<span aria-hidden="true">{_SIGNS[version.state]}</span>'
    if version.state is None:
        return f"{sign}&nbsp;{as_html(state)}"
    late = f" ({as_html(words.no_outputs)})" if version.outputs is Outputs.STALE else ""
    linked = _link(as_html(state), row.article, code, language, home)
    return f"{sign}&nbsp;{linked}{late}"


def _link(text: str, article: str, code: str, language: str, home: str) -> str:
    """Lead to an article's page in the language `code`, as HTML where `link` writes Markdown, too."""
    path = f"posts/{article}.md"
    if code == language:
        return f'<a href="{home}{quote(path)}">{text}</a>'
    return link(text, path, code, language, home=home)


def _behind(
    rows: Sequence[ArticleStatus], language: str, names: Mapping[str, str], words: StatusLabels, home: str
) -> str:
    """Return the list of what is behind, the reader's own language first."""
    lines, colon = [], labels(language).colon
    for code in sorted(names, key=lambda code: code != language):
        for row in rows:
            if code in row.titles and row.languages[code].behind:
                title = link(escape(row.titles[code]), f"posts/{row.article}.md", code, language, home=home)
                anchor = f'<span id="{behind_anchor(row.article, code)}"></span>'
                lines.append(f"- {anchor}{isolated(title, code)} ({isolated(escape(names[code]), code)})\n")
                lines += [
                    f"    - {_sentence(behind, words, colon)}\n" for behind in row.languages[code].behind
                ]
    return "".join(lines)


def _sentence(behind: Behind, words: StatusLabels, colon: str) -> str:
    """Say what is behind: what it is, how it differs, and since when."""
    if behind.kind is PartKind.BLOCK:
        what = words.block.format(number=behind.number) + (
            f" ({code_span(behind.name)})" if behind.name else ""
        )
    elif behind.name:
        what = words.section.format(title=f"<bdi>{escape(behind.name)}</bdi>")
    else:
        what = words.top
    how = {
        State.COMMENTS_STALE: words.changed,
        State.CODE_STALE: words.differs,
        State.INCOMPLETE: words.lacks,
        State.AHEAD: words.differs,
    }[behind.state]
    how = words.gone if behind.gone else how
    since = words.since.format(commit=f"`{behind.commit}`") if behind.commit else ""
    return f"{what}{colon}{how}{since}"
