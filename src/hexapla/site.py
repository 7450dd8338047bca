"""Site: the order of the stages. One function a verb; nothing else knows the whole way through.

read      posts/  →  Post
normalize Post    →  Post (Python-Markdown)
align     Post…   →  Article(programs, problems)
run       Program →  Run, only where the ledger is stale
record    Run     →  snippets/
render    Article + Record → Page
write     Page    →  docs/
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from hexapla.config.config import Config, floor, with_severities_of
from hexapla.execution.client import ForkServer
from hexapla.execution.cluster import run_on_cluster
from hexapla.execution.executor import run_programs
from hexapla.execution.preload import preload_of
from hexapla.execution.sandbox import announcement
from hexapla.ledger import findings, folder, git_history, remarks, statuses
from hexapla.ledger.findings import Stale
from hexapla.ledger.ledger import Ledger, recorded_cells, why_stale
from hexapla.ledger.status import ArticleStatus
from hexapla.model.article import Article
from hexapla.model.block import blocks
from hexapla.model.errors import Crash, attempt
from hexapla.model.problem import Problem, in_order
from hexapla.model.program import Program
from hexapla.model.run import Options, Run
from hexapla.normalize import posts
from hexapla.programs.align.fence_faults import unknown_fixtures
from hexapla.programs.claims.verdict import Verdict, problems_of, verdicts
from hexapla.publish import requirements
from hexapla.render import articles, coverage_page, series, write
from hexapla.render.write import Written
from hexapla.storage import distributions, posts_folder, site_pages, unread_texts
from hexapla.storage.attachments import told_how, with_files
from hexapla.storage.cache import Cache, of_site
from hexapla.storage.crashes import crash_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of the outputs that authors typed."""

    problems: tuple[Problem, ...]
    counts: Counter[Verdict]


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

    @property
    def programs(self) -> tuple[tuple[Article, Program], ...]:
        """Every program with its article."""
        return tuple((article, program) for article in self.articles for program in article.programs)


T = TypeVar("T")
Runner = Callable[[Sequence[Program]], Iterator[Run]]
"""Runs programs and yields each one's run as it ends."""


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
    own = read_pages(config, anew=anew)
    severities = {**own.config.severities_of_posts, **posts.config.severities_of_posts}
    return replace(
        posts,
        config=replace(config, severities_of_posts=severities),
        articles=(*posts.articles, *own.articles),
        ledgers={**posts.ledgers, **own.ledgers},
        problems=in_order((*posts.problems, *own.problems)),
        slugs=posts.slugs | own.slugs,
        in_place=own.slugs,
    )


def read_pages(config: Config, *, anew: bool = False) -> Site:
    """Read and align the pages of the site's own that `pages:` names, as `read` does posts, and read their ledgers.

    Those without code in any language are no matter of hexapla's.
    """
    pages, problems = site_pages.site_pages(config.site_pages, write.is_ours)
    config = with_severities_of(config, pages)
    with_code = {
        page.slug for page in pages if any(block.directives.is_python for block in blocks(page.body))
    }
    pages = [page for page in pages if page.slug in with_code]
    whole, untaken = articles.with_code(config, pages, own=True)
    ledgers, damage = folder.read_ledgers(config, whole, anew=anew)
    readable = [page for page in whole if page.slug in ledgers]
    assemblies, crashes = articles.assemble_pages(config, readable, ledgers, _cache(config))
    problems += (*untaken, *damage, *crash_problems(config.root, crashes))
    made, more = _made_whole(assemblies, config.root)
    slugs = frozenset(page.slug for page in pages)
    return Site(
        config=config,
        articles=made,
        ledgers=ledgers,
        problems=in_order(map(config.weighed, (*problems, *more))),
        slugs=slugs,
        in_place=slugs,
    )


def _read_posts(config: Config, *, anew: bool, verified: bool) -> Site:
    """Read what stands in the posts' folder."""
    cache = _cache(config)
    sources, problems = posts_folder.posts(config.posts_folder)
    config = with_severities_of(config, sources)
    problems += (*requirements.unmet(config), *series.series_problems(sources))
    results, faults, crashes = posts.normalized(config, sources, cache, verified=verified)
    problems += (*(problem for result in results for problem in result.problems), *faults)
    paths = {crash.path for crash in crashes}
    stopped = {post.slug for post in sources if post.path in paths}
    whole = [result.post for result in results if result.post.slug not in stopped]
    whole, untaken = articles.with_code(config, whole)
    ledgers, damage = folder.read_ledgers(config, whole, anew=anew)
    readable = [post for post in whole if post.slug in ledgers]
    assemblies, more = articles.assemble(config, readable, ledgers, cache)
    problems += (*untaken, *damage, *crash_problems(config.root, (*crashes, *more)))
    made, of_articles = _made_whole(assemblies, config.root)
    return Site(
        config=config,
        articles=made,
        ledgers=ledgers,
        problems=in_order(map(config.weighed, (*problems, *of_articles))),
        assets=tuple(sorted({asset for assembly in assemblies for asset in assembly.assets})),
        slugs=frozenset(post.slug for post in sources),
    )


def _made_whole(
    assemblies: Sequence[articles.Assembly], root: Path
) -> tuple[tuple[Article, ...], list[Problem]]:
    """Return articles with the files that they bring along, and all problems of them."""
    whole, problems = [], []
    for assembly in assemblies:
        article, refused = with_files(assembly.article, root)
        whole.append(article)
        problems += [*assembly.problems, *article.problems, *refused]
    return tuple(whole), problems


def _cache(config: Config) -> Cache:
    """Return what is remembered of a site."""
    return of_site(config.root, modules=config.modules, scripts=config.hooks)


def stale(site: Site, *, everything: bool = False, retry: bool = False) -> tuple[Stale, ...]:
    """Return the programs whose outputs are not recorded for their present code, each with its reason.

    `retry` adds those that failed.
    """
    installed = findings.installed(site.ledgers.values(), site.config.options.preload or ())
    programs = []
    for article, program in site.programs:
        record = site.ledgers[article.slug].record_of(program)
        reason = why_stale(program, record, installed, retry=retry)
        if distributions.unmet_requirements(program.requires):
            continue
        if reason or (everything and program.cells):
            of_packages = bool(reason) and not why_stale(program, record, retry=retry)
            reason = reason or "all were asked for"
            programs.append(Stale(article=article, program=program, reason=reason, of_packages=of_packages))
    return tuple(programs)


def known_failures(site: Site, ran: Container[str] = ()) -> tuple[Problem, ...]:
    """Return the failures that are recorded of programs, but for those that have just `ran`, by name."""

    def known(article: Article) -> Iterator[Problem]:
        for program in article.programs:
            if program.name not in ran:
                record = site.ledgers[article.slug].record_of(program)
                for problem in findings.recorded_failures(program, record):
                    yield told_how(problem, site.config.root)

    return skipped_programs(site) + _of_each(site, known)


def skipped_programs(site: Site) -> tuple[Problem, ...]:
    """Return a note for each program that nothing is recorded of and that requires what is not here."""
    return tuple(
        site.config.weighed(findings.requires_more(program, lacking))
        for article, program in site.programs
        if (lacking := distributions.unmet_requirements(program.requires))
        and why_stale(program, site.ledgers[article.slug].record_of(program))
    )


def server(
    config: Config, programs: Sequence[Program], on_ready: Callable[[str], None] = lambda _: None
) -> ForkServer:
    """Return a fork server to use in a `with`, or to start and close: warm, it runs an edited article at once.

    `programs` are those of the site: what they import is imported beforehand, unless mkdocs.yml says what is.
    """
    return ForkServer(config.options, on_ready, preload=preload_of(programs))


def runner(
    options: Options,
    *,
    cluster: str = "",
    server: ForkServer | None = None,
    fail_fast: bool = False,
    on_ready: Callable[[str], None] = lambda _: None,
) -> Runner:
    """Return what runs programs: on the Dask cluster at `cluster` (`dask://HOST:PORT`), or on this machine.

    `on_ready` gets one line about the sandbox before the first program runs.
    """

    def run(programs: Sequence[Program]) -> Iterator[Run]:
        if cluster:
            on_ready(announcement.ON_CLUSTER)
            address = cluster.replace("dask://", "tcp://", 1)
            return run_on_cluster(programs, options, address=address)
        return run_programs(programs, options, server=server, fail_fast=fail_fast, on_ready=on_ready)

    return run


def run(
    site: Site, todo: Sequence[Stale], runner: Runner, *, on_run: Callable[[Run], None] = lambda _: None
) -> Site:
    """Run programs and record them; return the site with what is recorded now, and what went wrong.

    Each article is recorded as soon as one of its programs has run, so that nothing is lost when the
    command is stopped.
    """
    by_name = {item.program.name: item for item in todo}
    ledgers, problems = dict(site.ledgers), list(site.problems)
    for done in runner([item.program for item in todo]):
        item = by_name[done.program]
        slug = item.article.slug
        record = partial(folder.record_run, site.config, item.article, item.program, ledgers[slug], done)
        recorded = attempt(item.program.cells[0].path, record, writes=True)
        if isinstance(recorded, Crash):
            problems += crash_problems(site.config.root, [recorded])
        else:
            ledgers[slug] = recorded
        for problem in findings.failures(item.program, done):
            problems.append(told_how(site.config.weighed(problem), site.config.root))
        on_run(done)
    return replace(site, ledgers=ledgers, problems=in_order(problems))


def accept(site: Site, done: Run) -> Site:
    """Record what a program showed; what did not run well keeps what it had."""
    article, program = next(pair for pair in site.programs if pair[1].name == done.program)
    ledger = folder.record_run(site.config, article, program, site.ledgers[article.slug], done)
    return replace(site, ledgers={**site.ledgers, article.slug: ledger})


def remember(site: Site) -> Site:
    """Record what each translation was made from, so that it is seen when the original moves on.

    What an earlier command was recording when it was killed is finished, too.
    """
    folder.finish_writing(site.config)
    origins = statuses.origins_of_all(site.articles, site.ledgers, _cache(site.config))
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


def fixtures(site: Site) -> tuple[Problem, ...]:
    """Return the fixtures that cells ask for and nothing gives."""

    def unknown(article: Article) -> Iterator[Problem]:
        for language, post in article.posts.items():
            known = posts_folder.fixture_names(site.config.posts_folder, post)
            yield from unknown_fixtures(post, (placed.block for placed in article.placed[language]), known)

    return _of_each(site, unknown)


def claims(site: Site) -> Judged:
    """Check what the authors claim against what is recorded, and whether that is fit to be shown."""

    def judged(article: Article) -> Iterator[tuple[tuple[Problem, ...], list[Verdict]]]:
        cells = recorded_cells(article, site.ledgers[article.slug])
        claimed = tuple(verdicts(article, cells))
        outputs = {key: cell.outputs for key, cell in cells.items()}
        problems = (*problems_of(article, cells, claimed), *remarks.remarks(article, outputs))
        yield problems, [verdict for *_, verdict in claimed]

    articles, crashes = _each(site, judged)
    problems = (problem for part, _ in articles for problem in part)
    return Judged(
        problems=_weighed(site, problems, crashes),
        counts=Counter(verdict for _, part in articles for verdict in part),
    )


def _of_each(site: Site, find: Callable[[Article], Iterable[Problem]]) -> tuple[Problem, ...]:
    """Return what `find` says of each article; where it cannot, that is a problem of the article."""
    return _weighed(site, *_each(site, find))


def _weighed(site: Site, problems: Iterable[Problem], crashes: Iterable[Crash]) -> tuple[Problem, ...]:
    return tuple(map(site.config.weighed, (*problems, *crash_problems(site.config.root, crashes))))


def _each(site: Site, find: Callable[[Article], Iterable[T]]) -> tuple[list[T], list[Crash]]:
    """Return what is found in the articles, and what went wrong instead."""
    found: list[T] = []
    crashes: list[Crash] = []
    for article in site.articles:
        path = article.posts[article.original].path
        items = attempt(path, partial(lambda article: tuple(find(article)), article))
        if isinstance(items, Crash):
            crashes.append(items)
        else:
            found += items
    return found, crashes


def account(site: Site) -> tuple[coverage_page.CoverageRow, ...]:
    """Count what became of every block of every post and page, and of texts with code that are neither."""

    def rows(article: Article) -> Iterable[coverage_page.CoverageRow]:
        cells = recorded_cells(article, site.ledgers[article.slug])
        return coverage_page.coverage_rows(article, cells.keys())

    config = site.config
    unread = [*unread_texts.of_posts(config.posts_folder)] if config.publishes_posts else []
    unread += unread_texts.of_pages(config.site_pages, write.is_ours)
    return (*_each(site, rows)[0], *map(coverage_page.unread_row, unread))


def coverage(site: Site) -> tuple[Problem, ...]:
    """Compare how many blocks ran with the floor in mkdocs.yml, and that with the one that git remembers."""
    config = site.config
    file, line = config.file.name, config.coverage_line
    before = (
        (version.commit, floor(version.text, config.file))
        for version in git_history.reference_versions(config.root, config.file.name)
    )
    problems = (
        *coverage_page.below_floor(account(site), config.coverage, path=file, line=line),
        *coverage_page.lowered_floor(config.coverage, before, path=file, line=line),
    )
    return tuple(map(config.weighed, problems))


def translation_status(site: Site) -> tuple[ArticleStatus, ...]:
    """Return how every version of every article stands; git is asked where one is behind."""
    return statuses.article_statuses(site.config, site.articles, site.ledgers, _cache(site.config))[0]


def pages(site: Site) -> Written:
    """Write docs/: a page an article and language, the figures, each language's lists of articles and states.

    Pages of the site's own stay as they are: their outputs are put into them while the site is built.
    """
    config, cache = site.config, _cache(site.config)
    if not config.publishes_posts:
        return Written(pages=0, changed=0, removed=0)
    of_posts = tuple(article for article in site.articles if article.slug not in site.in_place)
    site = replace(site, articles=of_posts)
    texts, crashes = write.article_files(config, site.articles, site.ledgers, cache)
    if config.coverage:
        texts |= write.coverage_files(config, account(site))
    if config.status and len(config.codes) > 1:
        rows, more = statuses.article_statuses(config, site.articles, site.ledgers, cache)
        crashes += more
        texts |= write.status_files(config, rows, cache)
    for asset in site.assets:
        write.copy_asset(config, asset)
    archives, unread = write.write_archives(config, site.articles)
    crashes += unread
    written = write.write_files(config, texts, archives)
    return replace(written, problems=(*written.problems, *crash_problems(config.root, crashes)))


def drift(site: Site, runs: Sequence[Run], runner: Runner) -> tuple[Problem, ...]:
    """Compare runs with what is recorded and with what their authors say; writes nothing.

    A program that departs from its record is run once more: where that run departs from the first one, the
    program, not its record, is at fault.
    """
    recorded = {
        program.name: (program, site.ledgers[article.slug].record_of(program))
        for article, program in site.programs
    }
    drifting = [
        program
        for done in runs
        for program, record in [recorded[done.program]]
        if any(findings.drift_problems(program, record, done))
    ]
    again = {done.program: done for done in runner(drifting)} if drifting else {}
    problems: list[Problem] = []
    for done in runs:
        program, record = recorded[done.program]
        flaky = findings.flaky_cells(program, done, again.get(done.program, done))
        names = frozenset(cell.cell.id for cell in flaky)
        problems += findings.failures(program, done)
        problems += findings.not_repeatable(program, flaky)
        problems += findings.drift_problems(program, record, done, unsteady=names)
    return tuple(map(site.config.weighed, problems))
