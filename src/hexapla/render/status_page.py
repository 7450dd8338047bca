"""Status page: how every translation stands, in each reader's language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape as as_html
from urllib.parse import quote

import yaml

from hexapla.ledger.status import ArticleStatus, Behind, Outputs, PartKind, VersionStatus
from hexapla.model.slug import slugify
from hexapla.render.escape import code_span, escape, isolated, link
from hexapla.render.labels import StatusLabels, labels, status_labels
from hexapla.render.page import MARK, Page
from hexapla.translations.freshness import State

NAME = "translations.md"
"""Where the page is below each language's folder."""

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


def status_page(rows: Sequence[ArticleStatus], language: str, names: Mapping[str, str]) -> Page:
    """Return the page in one language; `names` has each language's own name, in the site's order."""
    words = status_labels(language)
    # The table needs the room that the page's few headings and neighbours do not.
    matter = {
        "title": words.title,
        "lang": language,
        "search": {"exclude": True},
        "hide": ["navigation", "toc"],
    }
    head = yaml.safe_dump(matter, allow_unicode=True)
    parts = [
        f"---\n{MARK.format(source='posts/')}\n{head}---\n",
        _table(rows, language, names, words),
        f"## {words.behind} {{ #{_BEHIND} }}\n",
        _behind(rows, language, names, words) or f"{words.nothing}\n",
    ]
    return Page(path=f"{language}/{NAME}", text="\n".join(parts))


def behind_anchor(article: str, language: str) -> str:
    """Return the anchor at which that list tells of an article's version."""
    return slugify(f"{_BEHIND}-{article}-{language}")


def _table(
    rows: Sequence[ArticleStatus], language: str, names: Mapping[str, str], words: StatusLabels
) -> str:
    """Return the table as HTML, since Markdown's has no caption and no row headings.

    No cell is Markdown: with thousands of them the page would cost as much as a hundred others. The roles are named
    because a phone shows each row as a list of its own, and the cells by their labels.
    """
    head = (
        _cell("th", "columnheader", as_html(words.article), scope="col"),
        *(
            _cell("th", "columnheader", isolated(escape(name), code), scope="col")
            for code, name in names.items()
        ),
        _cell("th", "columnheader", as_html(words.made_with), scope="col"),
    )
    lines = [
        '<div class="hexapla-status">',
        f'<p id="{_CAPTION}">{as_html(words.caption)}</p>',
        f'<table class="hexapla-versions" role="table" aria-labelledby="{_CAPTION}">',
        '<thead role="rowgroup">',
        *_row(head),
        "</thead>",
        '<tbody role="rowgroup">',
        *(line for row in rows for line in _row(_cells(row, language, names, words))),
        "</tbody>",
        "</table>",
        "</div>",
    ]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> Iterator[str]:
    yield '<tr role="row">'
    yield from cells
    yield "</tr>"


def _cell(tag: str, role: str, text: str, **attributes: str) -> str:
    written = "".join(f' {name.replace("_", "-")}="{as_html(value)}"' for name, value in attributes.items())
    return f'<{tag} role="{role}"{written}>{text}</{tag}>'


def _cells(row: ArticleStatus, language: str, names: Mapping[str, str], words: StatusLabels) -> Iterator[str]:
    source = language if language in row.titles else row.original
    title = _link(escape(row.titles[source]), row.article, language, language)
    yield _cell("th", "rowheader", isolated(title, source), scope="row")
    for code, name in names.items():
        version = row.languages[code]
        state = version.state.value if version.state else "missing"
        text = _version_text(row, code, version, language, words)
        yield _cell("td", "cell", text, data_label=name, data_state=state)
    yield _cell("td", "cell", as_html(", ".join(row.made_with)) or "–", data_label=words.made_with)


def _version_text(
    row: ArticleStatus, code: str, version: VersionStatus, language: str, words: StatusLabels
) -> str:
    """Return what a cell says: a sign, the state in words, and whether the outputs are out of date."""
    state = words.original if code == row.original else words.of(version.state)
    sign = f'<span aria-hidden="true">{_SIGNS[version.state]}</span>'
    if version.state is None:
        return f"{sign}&nbsp;{as_html(state)}"
    late = f" ({as_html(words.no_outputs)})" if version.outputs is Outputs.STALE else ""
    linked = _link(as_html(state), row.article, code, language)
    return f"{sign}&nbsp;{linked}{late}"


def _link(text: str, article: str, code: str, language: str) -> str:
    """Lead to an article's page in the language `code`, as HTML where `link` writes Markdown, too."""
    path = f"posts/{article}.md"
    return f'<a href="{quote(path)}">{text}</a>' if code == language else link(text, path, code, language)


def _behind(
    rows: Sequence[ArticleStatus], language: str, names: Mapping[str, str], words: StatusLabels
) -> str:
    """Return the list of what is behind, the reader's own language first."""
    lines, colon = [], labels(language).colon
    for code in sorted(names, key=lambda code: code != language):
        for row in rows:
            if code in row.titles and row.languages[code].behind:
                title = link(escape(row.titles[code]), f"posts/{row.article}.md", code, language)
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
