"""Notices: what the author is told in the browser while a site is served, set into each page as it is sent.

So no file of the site holds any of it, and the last good site can be shown with what is wrong now.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from hexapla.config.config import Config
from hexapla.model.problem import Problem, Severity
from hexapla.render.labels import direction, label_section, language_of_words
from hexapla.site import Site

_BODY, _ARTICLE = b"<body", b"<article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What is wrong with a site now."""

    languages: tuple[str, ...] = ("en",)
    """Of the site, the default one first."""
    kept: str = ""
    """Why the site is shown as it last was; empty where it is shown as it is."""
    of_pages: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    """What is wrong on a page, by its file in the site."""
    elsewhere: Sequence[Problem] = ()
    """What is wrong and on no page."""

    def html(self, file: str) -> str:
        """Return what stands at the top of a page, by its file in the site; empty where nothing is wrong."""
        language = next((code for code in self.languages if file.startswith(f"{code}/")), self.languages[0])
        words = label_section("live", language)
        parts = [
            _part(words["kept"], [f"<pre>{escape(self.kept)}</pre>"]) if self.kept else "",
            _problems(words["elsewhere"], self.elsewhere),
            _problems(words["problems"], self.of_pages.get(file, ())),
        ]
        spoken = language_of_words(language)
        said = "".join(parts)
        return (
            f'<div class="hexapla-notice" role="status" lang="{spoken}" dir="{direction(spoken)}">{said}</div>'
            if said
            else ""
        )

    def set_into(self, html: bytes, file: str) -> bytes:
        """Return a page with what stands at its top: where its article begins, or its body."""
        said = self.html(file)
        body = html.find(_BODY)
        if not said or body < 0:
            return html
        article = html.find(_ARTICLE, body)
        place = html.find(b">", article if article >= 0 else body) + 1
        return html[:place] + said.encode("utf-8", "backslashreplace") + html[place:]


def notices_of(read: Site, problems: Iterable[Problem], files_of: Callable[[str], frozenset[str]]) -> Notices:
    """Return what is wrong with a site; `files_of` returns the files in it of a page below docs/."""
    config = read.config
    pages: defaultdict[str, list[str]] = defaultdict(list)
    for article in read.articles:
        if article.slug in read.in_place:
            for post in article.posts.values():
                pages[post.path].append((config.root / post.path).relative_to(config.docs).as_posix())
            continue
        for code in config.codes:
            post = article.posts.get(code, article.posts[article.original])
            pages[post.path].append(f"{code}/posts/{article.slug}.md")
    of_pages: defaultdict[str, list[Problem]] = defaultdict(list)
    elsewhere = []
    for problem in problems:
        if problem.severity is Severity.NOTE:
            continue
        files = frozenset().union(*map(files_of, pages[problem.path]))
        for file in files:
            of_pages[file].append(problem)
        if not files and problem.severity is Severity.ERROR:
            elsewhere.append(problem)
    return Notices(languages=default_first(config), of_pages=of_pages, elsewhere=elsewhere)


def default_first(config: Config) -> tuple[str, ...]:
    """Return the languages of a site, the default one first."""
    return tuple(dict.fromkeys((config.default_language, *config.codes)))


def _problems(heading: str, problems: Sequence[Problem]) -> str:
    """Return a list of problems under a heading; what they say is English."""
    items = [
        f'<li lang="en" dir="ltr"><code>{escape(problem.path)}:{problem.line}</code> '
        f"{escape(problem.message)} {escape(problem.hint)}"
        + "".join(f"<pre>{escape(text)}</pre>" for text in problem.details)
        + "</li>"
        for problem in problems
    ]
    return _part(heading, ["<ul>", *items, "</ul>"]) if items else ""


def _part(heading: str, parts: Sequence[str]) -> str:
    return f"<p><strong>{escape(heading)}</strong></p>{''.join(parts)}"
