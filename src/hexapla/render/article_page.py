"""Article page: the page that mkdocs reads, from a post and the ledger. Claims out, real outputs in.

In another language than the reader's it is a fallback page, which says so and is laid out in its own direction.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

import yaml

from hexapla.ledger.digests import digested_cells
from hexapla.ledger.ledger import Record
from hexapla.model.article import Article, Placed
from hexapla.model.block import Edit, splice
from hexapla.model.containers import opened
from hexapla.model.directives import directives_of
from hexapla.model.keys import on_pages
from hexapla.model.other_tools import options_in
from hexapla.model.post import Post
from hexapla.model.program import File
from hexapla.render import items, lists, series_page
from hexapla.render.catalog import Catalog
from hexapla.render.escape import code_span, escape, inline, markup, without_templates
from hexapla.render.labels import (
    Labels,
    borrows_words,
    direction,
    fallback_sentence,
    labels,
    language_of_words,
    status_labels,
)
from hexapla.render.markdown_docs import info_strings
from hexapla.render.night import by_night
from hexapla.render.output_edits import View, output_edits
from hexapla.render.outputs import (
    FIGURES,
    figure_name,
    figures_of,
    made_with_sentence,
    night_name,
)
from hexapla.render.page import MARK, QUIET, Page
from hexapla.render.page_markdown import contained
from hexapla.render.reference import reference_links
from hexapla.render.summary import summary
from hexapla.render.svg import cleaned, on_any_ground
from hexapla.storage.attachments import archive_name
from hexapla.translations.freshness import Made, State, freshness

_ALONE = Catalog()
_BEHIND = (State.COMMENTS_STALE, State.INCOMPLETE, State.CODE_STALE)


def article_page(
    article: Article,
    language: str,
    record: Record,
    *,
    keep_claims: bool = False,
    made: Made | None = None,
    catalog: Catalog = _ALONE,
    tabs: bool = True,
    templated: bool = False,
    default_language: str = "",
    colab: str = "",
    status: str = "",
    view: View = View.READER,
) -> Page:
    """Return the page of an article in one language.

    Where the article has no version in `language`, the best one that exists is shown with a banner in the
    reader's language; so has a translation that is behind its original, for which `made` says what it was
    made from. `record` is that of the program whose outputs the page shows; `catalog` has the other articles;
    `tabs` says whether the site reads `/// tab`, `templated` whether it fills in templates; what was not
    translated from `default_language` says so. `colab` is the address below which Google Colab opens this
    language's notebooks, if it does; `status` is where a page lists what is behind, if one does; `view` says whom
    the page is for.
    """
    source = language if language in article.posts else article.original
    post = article.posts[source]
    words = labels(language)
    shown = without_templates if templated else str
    edits = [
        *_info_edits(article, source, record, tabs=tabs),
        *output_edits(article, source, record, language, keep_claims=keep_claims, shown=shown, view=view),
    ]
    title, body = split_title(opened(contained(splice(post.body, edits)).strip("\n"), _is_tested, tabs=tabs))
    title = title or _marked_title(post)
    if source != language:
        title = fallback_title(title, post.title or article.slug, source)
        notice, body = fallback_banner(source, language), fallback_body(body, source)
    else:
        notice = _behind_notice(article, language, made, status)
    parts = (
        shown(_front_matter(post, article, language, default_language)),
        title,
        items.date_and_topics(article, language, catalog.topics),
        series_page.place_in_series(article, language, catalog),
        _needs(article, source, words),
        notice,
        f"{body}\n",
        series_page.next_in_series(article, language, catalog),
        *_foot(article, source, language, record, colab),
        lists.related_links(article, language, catalog, heading=words.related),
    )
    return Page(path=f"{language}/posts/{article.slug}.md", text="\n".join(part for part in parts if part))


def _behind_notice(article: Article, language: str, made: Made | None, status: str) -> str:
    """Return what tells a reader that a translation is behind its original, and where to see how; else empty."""
    state = freshness(article, language, made).state
    if state not in _BEHIND:
        return ""
    lacks = state is State.INCOMPLETE
    text = status_labels(language).lacking if lacks else labels(language).behind
    link = f" [{labels(language).changes}]({status})" if status else ""
    return f'!!! warning ""\n    {_spoken(text, language)}{link}\n'


def _needs(article: Article, source: str, words: Labels) -> str:
    """Return the line that says which distributions a reader needs, where the author names some."""
    program = article.program_of(source)
    if program is None or not program.requires:
        return ""
    return f"{words.needs}{words.colon}{', '.join(map(code_span, program.requires))}\n{{: .hexapla-place {QUIET} }}\n"


def _foot(article: Article, source: str, language: str, record: Record, colab: str) -> Iterator[str]:
    """Yield what stands below an article that has cells: what its outputs were made with, downloads, references."""
    words, program = labels(language), article.program_of(source)
    if any(placed.cell for placed in article.placed[source]):
        sentence = made_with_sentence(program, record, words)
        yield f"{sentence}\n{{: .hexapla-ran {QUIET} }}\n" if sentence else ""
        if program and program.is_one_script:
            yield _downloads(article, source, words, colab)
        yield reference_links(article, language)


def figure_files(article: Article, records: Mapping[str, Record]) -> Iterator[Page]:
    """Yield the figures of an article's programs, by the names that pages use."""
    for variant, record in records.items():
        for cell in (*record.cells, *record.failures):
            for number, figure in enumerate(figures_of(cell), start=1):
                name = figure_name(article.slug, variant, cell.id, number)
                yield Page(
                    path=f"{FIGURES}/{name}", text=cleaned(on_any_ground(figure.svg).encode()).decode()
                )
                if night := by_night(figure.svg):
                    yield Page(path=f"{FIGURES}/{night_name(name)}", text=night)


def _marked_title(post: Post) -> str:
    """Return the front matter's title as a heading, where it has marks that a page's plain title cannot show."""
    title = " ".join(str(post.front_matter.get("title") or "").split())
    return f"# {inline(title)}\n" if title != post.title and re.search(r"[`*_]", title) else ""


def _front_matter(post: Post, article: Article, language: str, default_language: str) -> str:
    """Return the keys of the post that pages carry, with what the site needs, behind the mark.

    As HTML that shows just their words: themes write them into pages as they are.
    """
    values = on_pages(post.front_matter) | {"title": post.title or article.slug}
    if described := summary(post):
        values["description"] = described
    if post.published and "date" not in values:
        values["date"] = post.published
    values = {key: _as_markup(value) for key, value in values.items()} | {"lang": post.language}
    if post.language != language:
        # Found in this language's search too, after what is written in it.
        values |= {"hexapla_original": post.language, "search": {"boost": 0.5}}
    elif article.original not in (language, default_language):
        values["hexapla_translates"] = article.original
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=True, width=10**6)
    return f"---\n{MARK.format(source=post.path)}\n{text}---\n"


def _as_markup(value: object) -> object:
    if isinstance(value, list):
        return [_as_markup(part) for part in value]
    return markup(value) if isinstance(value, str) else value


def _info_edits(article: Article, source: str, record: Record, *, tabs: bool) -> Iterator[Edit]:
    """Yield what spells the info strings of a post's fences as pages do."""
    post, program = article.posts[source], article.program_of(source)
    failed = {cell.id for cell, digest in digested_cells(program) if record.stops(digest)}
    lines = post.body.split("\n")
    for placed, info in info_strings(program, article.placed[source], lines, failed, tabs=tabs):
        yield _info_edit(placed, post, info)


def _info_edit(placed: Placed, post: Post, info: str) -> Edit:
    """Write the fence's info string as pages spell it, over other tools' options at the head of the code too."""
    block = placed.block
    start = block.start + len(block.prefix) + len(block.fence)
    end = post.body.find("\n", start)
    for _ in range(options_in(block.code)[0] if block.directives.is_python else 0):
        end = post.body.find("\n", end + 1)
    return Edit(start=start, end=end if end >= 0 else len(post.body), text=info)


def _is_tested(info: str) -> bool:
    """Return whether pytest-markdown-docs runs a fence of a page."""
    directives = directives_of(info)
    return directives.is_python and not directives.notest


def _downloads(article: Article, source: str, words: Labels, colab: str) -> str:
    """Return the line that leads to the article as a notebook and as a script, and to the files that both read.

    Below the address `colab` Google Colab opens the notebook, alone: where it reads files, it would not find them.

    A browser would show a script instead of saving it. What is saved says its language: a reader may take several.
    """
    slug, program = article.slug, article.program_of(source)
    links = [
        f'[{kind} (.{ending})]({slug}.{ending}){{ download="{slug}.{source}.{ending}" }}'
        for kind, ending in (("Jupyter", "ipynb"), ("Python", "py"))
    ]
    if program and program.files:
        place = f"../../{FIGURES}/{archive_name(article)}"
        links.append(f'[{_contents(program.files)} (.zip)]({place}){{ download="{slug}.files.zip" }}')
    elif colab:
        links.append(f"[{words.colab}]({colab}{quote(slug)}.ipynb)")
    return f"{words.download}{words.colon}{' · '.join(links)}\n{{: .hexapla-ran {QUIET} }}\n"


def _contents(files: Sequence[File]) -> str:
    """Return the first names of the files that an article brings along, a folder with `/` behind it."""
    parts = (file.name.partition("/") for file in files)
    names = list(dict.fromkeys(f"{name}{slash}" for name, slash, _ in parts))
    return ", ".join((*map(code_span, names[:3]), *(["…"] if len(names) > 3 else [])))


_HEADING = re.compile(r"\A\s*+(?:# [^\n]*+\n|[^\n]++\n=++[ \t]*+\n)")
"""A title that a page brings itself."""
_MARKS = re.compile(r"^\s*+#\s++|(?<!\s)\s++#*+\s*+(?:\{[^{}]*+\}\s*+)?$")
"""What stands before and behind the words of a heading."""


def split_title(body: str) -> tuple[str, str]:
    """Return the title that a body begins with, and the rest; most have theirs in the front matter."""
    match = _HEADING.match(body)
    return (match[0], body[match.end() :].lstrip("\n")) if match else ("", body)


def fallback_title(heading: str, otherwise: str, source: str) -> str:
    """Return a page's title in its language, `source`: what its own heading says, or else `otherwise`."""
    text = _MARKS.sub("", heading.lstrip("\n").split("\n")[0])
    return f'<h1 lang="{source}" dir="{direction(source)}" markdown="span">{text or escape(otherwise)}</h1>\n'


def fallback_banner(source: str, language: str) -> str:
    """Return what tells a reader of `language` that this page is in `source`."""
    return f'!!! info ""\n    {_spoken(fallback_sentence(source, language), language)}\n'


def _spoken(sentence: str, language: str) -> str:
    """Return a sentence of the tool's own on a page in a language; where its words are borrowed, it says from which."""
    if not borrows_words(language):
        return sentence
    spoken = language_of_words(language)
    return f'<span lang="{spoken}" dir="{direction(spoken)}">{sentence}</span>'


def fallback_body(text: str, source: str) -> str:
    """Return a page's text as one in its own language."""
    return f'<div lang="{source}" dir="{direction(source)}" markdown="1">\n\n{text}\n\n</div>'


def fallback_page(markdown: str, otherwise: str, source: str, language: str) -> str:
    """Return a whole page that a reader of `language` gets in `source`; its title is `otherwise` if it has none."""
    heading, text = split_title(markdown.strip("\n"))
    title = fallback_title(heading, otherwise, source)
    return "\n".join((title, fallback_banner(source, language), fallback_body(text, source), ""))
