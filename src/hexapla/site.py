"""Site: the order of the stages. One function a verb; nothing else knows the whole way through.

read      posts/  →  Post
normalize Post    →  Post (Python-Markdown)
align     Post…   →  Article(programs, problems)
run       Program →  Run, only where the ledger is stale: see `running`
record    Run     →  snippets/
render    Article + Record → Page
write     Page    →  docs/

What is told of a site besides what reading finds is in `checks`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from hexapla.config.config import Config, with_severities_of
from hexapla.config.snippets import with_code
from hexapla.ledger import folder
from hexapla.ledger.ledger import Ledger, recorded_cells
from hexapla.ledger.status import ArticleStatus, article_statuses
from hexapla.model.article import Article
from hexapla.model.block import blocks
from hexapla.model.errors import Crash, attempt
from hexapla.model.post import Post
from hexapla.model.problem import Problem, in_order
from hexapla.model.program import Program
from hexapla.normalize import posts
from hexapla.programs.unfenced import unfenced
from hexapla.publish import requirements
from hexapla.render import articles, coverage_page, paging, series, status_page, write
from hexapla.render.article_files import article_files, catalogs_by_language
from hexapla.render.catalog import Catalog
from hexapla.render.write import Written
from hexapla.storage import posts_folder, site_pages, unread_texts
from hexapla.storage.attachments import with_files
from hexapla.storage.cache import Cache
from hexapla.storage.crashes import crash_problems

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A folder of posts, read: its articles with what is recorded of them, and every problem so far."""

    config: Config
    articles: tuple[Article, ...]
    ledgers: Mapping[str, Ledger]
    """By slug."""
    problems: tuple[Problem, ...]
    assets: tuple[str, ...] = ()
    """What posts show or link to: files relative to the site's folder."""
    slugs: frozenset[str] = frozenset()
    """Of all posts and pages, those included whose article is left out since something stopped it."""
    in_place: frozenset[str] = frozenset()
    """The slugs of the articles that are pages of the site's own, and stay where they are."""

    def is_in_place(self, program: Program) -> bool:
        """Return whether a program is of a page of the site's own."""
        return program.slug in self.in_place

    @property
    def programs(self) -> tuple[tuple[Article, Program], ...]:
        """Every program with its article."""
        return tuple((article, program) for article in self.articles for program in article.programs)

    def ask_each(self, ask: Callable[[Article], Iterable[T]]) -> tuple[list[T], list[Crash]]:
        """Return all that `ask` yields of the articles, and the crashes of those of which it cannot."""
        answers: list[T] = []
        crashes: list[Crash] = []
        for article in self.articles:
            path = article.posts[article.original].path
            of_article = attempt(path, partial(lambda article: tuple(ask(article)), article))
            if isinstance(of_article, Crash):
                crashes.append(of_article)
            else:
                answers += of_article
        return answers, crashes


def read(config: Config, *, anew: bool = False, verified: bool = False) -> Site:
    """Read, normalize and align all posts, and read the ledger. Executes nothing, writes only its cache.

    `anew` takes a ledger that cannot be read as empty: everything is about to be recorded again.
    `verified` also checks what normalizing promises, for each post once. An article that something stops, such as
    a damaged ledger, is a problem and left out.
    """
    if not config.publishes_posts:
        return read_pages(config, anew=anew)
    posts = _read_posts(config, anew=anew, verified=verified)
    if not config.pages:
        return posts
    own_pages = read_pages(config, anew=anew)
    severities = {**own_pages.config.severities_of_posts, **posts.config.severities_of_posts}
    return replace(
        posts,
        config=replace(config, severities_of_posts=severities),
        articles=(*posts.articles, *own_pages.articles),
        ledgers={**posts.ledgers, **own_pages.ledgers},
        problems=in_order((*posts.problems, *own_pages.problems)),
        slugs=posts.slugs | own_pages.slugs,
        in_place=own_pages.slugs,
    )


def read_pages(config: Config, *, anew: bool = False) -> Site:
    """Read and align the pages of the site's own that `pages:` names, as `read` does posts, and read their ledgers.

    Those without code in any language are no matter of hexapla's.
    """
    pages, problems = site_pages.site_pages(config.site_pages, write.is_ours)
    config = with_severities_of(config, pages)
    slugs = frozenset(page.slug for page in pages if _has_code(page.body))
    pages = [page for page in pages if page.slug in slugs]
    site = _assembled(config, pages, problems, anew=anew, own=True)
    return replace(site, slugs=slugs, in_place=slugs)


def _has_code(body: str) -> bool:
    read = blocks(body)
    return any(block.directives.is_python for block in read) or any(unfenced(body, read))


def _read_posts(config: Config, *, anew: bool, verified: bool) -> Site:
    """Read what stands in the posts' folder."""
    sources, problems = posts_folder.posts(config.posts_folder)
    config = with_severities_of(config, sources)
    results, faults, crashes = posts.normalized(config, sources, config.cache, verified=verified)
    problems += (*requirements.unmet(config), *series.series_problems(sources))
    problems += (*(problem for result in results for problem in result.problems), *faults)
    problems += crash_problems(config.root, crashes)
    paths = {crash.path for crash in crashes}
    stopped = {post.slug for post in sources if post.path in paths}
    whole = [result.post for result in results if result.post.slug not in stopped]
    site = _assembled(config, whole, problems, anew=anew)
    return replace(site, slugs=frozenset(post.slug for post in sources))


def read_again(known: Site, slug: str) -> Site | None:
    """Read an article of a site that is known, whose posts were edited; return a site that has that one alone.

    None where more may have changed than what its own pages show of it: its front matter, or whether it can be read.
    """
    config, cache = known.config, known.config.cache.beside("article")
    before = next(article for article in known.articles if article.slug == slug).posts
    paths = [post.path for post in before.values()]
    read = [posts_folder.post_at(config.root / path, path, config.posts_folder) for path in paths]
    sources = [post for post in read if isinstance(post, Post)]
    results, faults, crashes = posts.normalized(config, sources, cache)
    whole = [result.post for result in results]
    if (
        crashes
        or len(whole) < len(paths)
        or [_head(post) for post in whole] != list(map(_head, before.values()))
    ):
        return None
    # What is said of the front matter still holds.
    heads = {post.path: range(2, post.lines[0] if post.lines else 2) for post in sources}
    kept = (
        problem for problem in known.problems if problem.path in heads and problem.line in heads[problem.path]
    )
    problems = (*kept, *(problem for result in results for problem in result.problems), *faults)
    others = [post for article in known.articles if article.slug != slug for post in article.posts.values()]
    site = _assembled(config, whole, problems, anew=False, beside=others, cache=cache)
    return site if site.articles else None


def _head(post: Post) -> tuple[object, ...]:
    """Return what other pages may show of a post."""
    return post.slug, post.language, post.title, post.front_matter


def _assembled(
    config: Config,
    texts: Sequence[Post],
    problems: Iterable[Problem],
    *,
    anew: bool,
    own: bool = False,
    beside: Sequence[Post] = (),
    cache: Cache | None = None,
) -> Site:
    """Align posts, or pages of the site's `own`, with what is recorded of them; `problems` are those so far.

    `beside` are the posts that are no part of this, of whose sections theirs may speak.
    """
    cache = cache or config.cache
    whole, untaken = with_code(config, texts, own=own)
    ledgers, damage = folder.read_ledgers(config, whole, anew=anew)
    readable = [text for text in whole if text.slug in ledgers]
    assemblies, crashes = (
        articles.assemble_pages(config, readable, ledgers, cache)
        if own
        else articles.assemble(config, readable, ledgers, cache, beside)
    )
    problems = [*problems, *untaken, *damage, *crash_problems(config.root, crashes)]
    with_all_files = []
    for assembly in assemblies:
        article, refused = with_files(assembly.article, config.root)
        with_all_files.append(article)
        problems += (*assembly.problems, *article.problems, *refused)
    return Site(
        config=config,
        articles=tuple(with_all_files),
        ledgers=ledgers,
        problems=in_order(map(config.weighed, problems)),
        assets=tuple(sorted({asset for assembly in assemblies for asset in assembly.assets})),
    )


def remember(site: Site) -> Site:
    """Record what each translation was made from, so that it is seen when the original moves on.

    What an earlier command was recording when it was killed is finished, too.
    """
    folder.finish_writing(site.config)
    origins = folder.origins_of_all(site.articles, site.ledgers, site.config.cache)
    ledgers = {
        article.slug: folder.record_origins(
            site.config, article, site.ledgers[article.slug], origins[article.slug]
        )
        for article in site.articles
    }
    return replace(site, ledgers={**site.ledgers, **ledgers})


def confirm(site: Site, chosen: Mapping[str, Set[str]]) -> Site:
    """Record that translations, by slug and language, are right as they are, though the original's text changed."""
    folder.finish_writing(site.config)
    confirmed = {
        article.slug: folder.confirm_translations(site.config, article, chosen[article.slug])
        for article in site.articles
        if article.slug in chosen
    }
    return replace(site, ledgers={**site.ledgers, **confirmed})


def gone(site: Site) -> tuple[Path, ...]:
    """Return the ledger's folders whose article no longer exists."""
    return folder.orphans(site.config, site.slugs)


def account(site: Site) -> tuple[coverage_page.CoverageRow, ...]:
    """Count what became of every block of every post and page, and of texts with code that are neither."""

    def rows(article: Article) -> Iterable[coverage_page.CoverageRow]:
        cells = recorded_cells(article, site.ledgers[article.slug])
        return coverage_page.coverage_rows(article, cells.keys())

    config = site.config
    unread = [*unread_texts.of_posts(config.posts_folder)] if config.publishes_posts else []
    unread += unread_texts.of_pages(config.site_pages, write.is_ours)
    return (*site.ask_each(rows)[0], *(coverage_page.unread_row(text) for text in unread if text.has_code))


def translation_status(site: Site) -> tuple[ArticleStatus, ...]:
    """Return how every version of every article stands; git is asked where one is behind."""
    return article_statuses(site.config, site.articles, site.ledgers, site.config.cache)[0]


def catalogs(site: Site) -> Mapping[str, Catalog]:
    """Return what pages tell of other articles, by language."""
    return catalogs_by_language(site.config, _of_posts(site), site.config.cache)


def _of_posts(site: Site) -> tuple[Article, ...]:
    """Return the articles that are no pages of the site's own."""
    return tuple(article for article in site.articles if article.slug not in site.in_place)


def pages(site: Site) -> Written:
    """Write docs/: a page an article and language, the figures, each language's lists of articles and states.

    Pages of the site's own stay as they are: their outputs are put into them while the site is built.
    """
    config, cache = site.config, site.config.cache
    if not config.publishes_posts:
        return Written(pages=0, changed=0, removed=0)
    site = replace(site, articles=_of_posts(site))
    texts, crashes = article_files(config, site.articles, site.ledgers, cache)
    if config.coverage:
        texts |= write.coverage_files(config, account(site))
    if config.status and len(config.codes) > 1:
        rows, more = article_statuses(config, site.articles, site.ledgers, cache)
        crashes += more
        states = paging.folders_of(status_page.FOLDER, site.articles)
        texts |= write.status_files(config, rows, states, cache)
    for asset in site.assets:
        write.copy_asset(config, asset)
    archives, unread = write.write_archives(config, site.articles)
    crashes += unread
    written = write.write_files(config, texts, archives)
    return replace(written, problems=(*written.problems, *crash_problems(config.root, crashes)))
