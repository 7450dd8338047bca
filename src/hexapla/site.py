"""Site: the order of the stages. One function a verb; nothing else knows the whole way through.

read      posts/  →  Post
normalize Post    →  Post (Python-Markdown)
align     Post…   →  Article(programs, problems)
run       Program →  Run, only where the ledger is stale
record    Run     →  snippets/
render    Article + Record → Page
write     Page    →  docs/
"""

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from hexapla.config.config import Config, floor
from hexapla.execution.client import ForkServer
from hexapla.execution.cluster import run_on_cluster
from hexapla.execution.executor import run_programs
from hexapla.execution.sandbox import announcement
from hexapla.ledger import findings, folder, git_history, status
from hexapla.ledger.findings import Stale
from hexapla.ledger.ledger import Ledger, digests, why_stale
from hexapla.model.article import Article
from hexapla.model.output import Output
from hexapla.model.post import Post
from hexapla.model.problem import Problem, Severity, in_order
from hexapla.model.program import Program
from hexapla.model.run import Options, Run
from hexapla.normalize import parallel
from hexapla.normalize.rules.result import Normalized
from hexapla.normalize.target.dialect import dialect_of
from hexapla.programs.align.fence_faults import unknown_fixtures
from hexapla.programs.claims.verdict import Verdict, problems_of, verdicts
from hexapla.publish import requirements
from hexapla.render import articles, coverage_page, write
from hexapla.render.write import Written
from hexapla.storage import posts_folder
from hexapla.storage.cache import Cache, of_site
from hexapla.translations.freshness import Made

WEIGHTS: Mapping[str, Severity] = {"unclosed-fence": Severity.ERROR}
"""Where a repair of the page is a guess at what is code and what is prose, the author must look."""


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

    @property
    def programs(self) -> tuple[tuple[Article, Program], ...]:
        """Every program with its article."""
        return tuple((article, program) for article in self.articles for program in article.programs)


Runner = Callable[[Sequence[Program]], Iterator[Run]]
"""Runs programs and yields each one's run as it ends."""


def read(config: Config, *, anew: bool = False, verified: bool = False) -> Site:
    """Read, normalize and align all posts, and read the ledger. Executes nothing, writes only its cache.

    `anew` takes a ledger that cannot be read as empty: everything is about to be recorded again.
    `verified` also checks what normalizing promises, for each post once.

    Raises:
        LedgerError: an article's ledger is damaged or of an unknown format.
    """
    cache = _cache(config)
    posts, problems = posts_folder.posts(config)
    problems += requirements.unmet(config)
    normalized = _normalized(config, cache, posts)
    problems += (problem for result in normalized for problem in result.problems)
    if verified:
        problems += _faults(config, cache, posts, normalized)
    ledgers = {
        slug: folder.read_ledger(config, slug, anew=anew) for slug in sorted({post.slug for post in posts})
    }
    assemblies = articles.assemble(config, [result.post for result in normalized], ledgers, cache)
    for assembly in assemblies:
        problems += (*assembly.problems, *assembly.article.problems)
    return Site(
        config=config,
        articles=tuple(assembly.article for assembly in assemblies),
        ledgers=ledgers,
        problems=in_order(_weighed(problem, config) for problem in problems),
        assets=tuple(sorted({asset for assembly in assemblies for asset in assembly.assets})),
    )


def _cache(config: Config) -> Cache:
    """Return what a site remembers."""
    return of_site(config.root, modules=config.modules, scripts=config.hooks)


def _normalized(config: Config, cache: Cache, posts: Sequence[Post]) -> list[Normalized]:
    """Return each post in the site's Markdown."""
    dialect, by_path = dialect_of(config), {post.path: post for post in posts}

    def make(paths: Sequence[str]) -> list[parallel.Rewriting]:
        return parallel.rewritings([by_path[path] for path in paths], dialect, config.options.jobs)

    inputs = {post.path: (_markdown(config), post) for post in posts}
    rewritings = cache.memo("normalized", inputs, make, parallel.Rewriting)
    return [rewritings[post.path].applied(post) for post in posts]


def _faults(
    config: Config, cache: Cache, posts: Sequence[Post], normalized: Sequence[Normalized]
) -> Iterator[Problem]:
    """Yield an error for each promise that a normalized post breaks."""
    dialect = dialect_of(config)
    pairs = {post.path: (post, result) for post, result in zip(posts, normalized, strict=True)}

    def make(paths: Sequence[str]) -> list[tuple[Problem, ...]]:
        return parallel.faults([pairs[path] for path in paths], dialect, config.options.jobs)

    inputs = {post.path: (_markdown(config), post) for post in posts}
    faults = cache.memo("verified", inputs, make, tuple[Problem, ...])
    return (problem for problems in faults.values() for problem in problems)


def _markdown(config: Config) -> tuple[object, ...]:
    """Return what of the settings decides how a post is normalized."""
    return config.extensions, config.extension_configs, config.repairs_off


def stale(site: Site, *, everything: bool = False) -> tuple[Stale, ...]:
    """Return the programs whose outputs are not recorded for their present code, each with its reason."""
    versions = installed(site)
    found = []
    for article, program in site.programs:
        record = site.ledgers[article.slug].record_of(program)
        reason = why_stale(program, record, versions)
        if reason or (everything and program.cells):
            found.append(Stale(article=article, program=program, reason=reason or "all were asked for"))
    return tuple(found)


def server(config: Config, on_ready: Callable[[str], None] = lambda _: None) -> ForkServer:
    """Return a fork server to use in a `with`, or to start and close: warm, it runs an edited article at once."""
    return ForkServer(config.options, on_ready)


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
        ledgers[slug] = folder.record_run(site.config, item.article, item.program, ledgers[slug], done)
        problems += (_weighed(problem, site.config) for problem in findings.failures(item.program, done))
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
    by_slug = {article.slug: article for article in site.articles}
    origins = _cache(site.config).memo(
        "origins",
        {slug: (article, site.ledgers[slug].translations) for slug, article in by_slug.items()},
        lambda slugs: [folder.origins(by_slug[slug], site.ledgers[slug]) for slug in slugs],
        dict[str, Made],
    )
    ledgers = {
        slug: folder.record_origins(site.config, article, site.ledgers[slug], origins[slug])
        for slug, article in by_slug.items()
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
    return folder.orphans(site.config, {article.slug for article in site.articles})


def fixtures(site: Site) -> tuple[Problem, ...]:
    """Return the fixtures that cells ask for and nothing gives."""
    return tuple(
        _weighed(problem, site.config)
        for article in site.articles
        for language, post in article.posts.items()
        for problem in unknown_fixtures(
            post,
            (placed.block for placed in article.placed[language]),
            posts_folder.fixtures(site.config, post),
        )
    )


def claims(site: Site) -> tuple[Problem, ...]:
    """Check what the authors claim against what is recorded."""
    found: list[Problem] = []
    for article in site.articles:
        recorded = _recorded(site, article)
        found += (_weighed(problem, site.config) for problem in problems_of(article, recorded))
    return tuple(found)


def claim_counts(site: Site) -> Counter[Verdict]:
    """Count what became of the outputs that authors typed."""
    return Counter(
        verdict
        for article in site.articles
        for _, _, _, verdict in verdicts(article, _recorded(site, article))
    )


def account(site: Site) -> tuple[coverage_page.CoverageRow, ...]:
    """Count what became of every block of every post."""
    return tuple(
        row
        for article in site.articles
        for row in coverage_page.coverage_rows(article, _recorded(site, article).keys())
    )


def coverage(site: Site) -> tuple[Problem, ...]:
    """Compare how many blocks ran with the floor in mkdocs.yml, and that with the one that git remembers."""
    config = site.config
    file, line = config.file.name, config.coverage_line
    before = (
        (one.commit, floor(one.text, config.file))
        for one in git_history.reference_versions(config.root, config.file.name)
    )
    found = (
        *coverage_page.below_floor(account(site), config.coverage, path=file, line=line),
        *coverage_page.lowered_floor(config.coverage, before, path=file, line=line),
    )
    return tuple(_weighed(problem, config) for problem in found)


def standings(site: Site) -> tuple[status.ArticleStatus, ...]:
    """Return how every version of every article stands; git is asked where one is behind."""
    config, by_slug = site.config, {article.slug: article for article in site.articles}

    def row(article: Article, past: Callable[[], status.FileHistory] | None = None) -> status.ArticleStatus:
        return status.article_status(article, config.codes, site.ledgers[article.slug], past)

    rows = _cache(config).memo(
        "standings",
        {slug: (config.codes, article, site.ledgers[slug]) for slug, article in by_slug.items()},
        lambda slugs: [row(by_slug[slug]) for slug in slugs],
        status.ArticleStatus,
    )
    for slug, article in by_slug.items():
        if any(standing.behind for standing in rows[slug].languages.values()):
            path = article.posts[article.original].path
            rows[slug] = row(article, functools.partial(git_history.file_history, config.root, path))
    return tuple(rows.values())


def _recorded(site: Site, article: Article) -> dict[tuple[str, str], tuple[Output, ...]]:
    """Return what is recorded for the present code of an article's cells, by variant and cell."""
    found = {}
    for program in article.programs:
        record = site.ledgers[article.slug].record_of(program)
        for cell, digest in zip(program.cells, digests(program), strict=True):
            recorded = record.cell(digest)
            if recorded is not None:
                found[program.variant, cell.id] = recorded.outputs
    return found


def pages(site: Site) -> Written:
    """Write docs/: a page an article and language, the figures, each language's lists of articles and states."""
    config, cache = site.config, _cache(site.config)
    texts = write.pages(config, site.articles, site.ledgers, cache)
    if config.coverage:
        texts |= write.account(config, account(site))
    if config.status and len(config.codes) > 1:
        texts |= write.standings(config, standings(site), cache)
    for asset in site.assets:
        write.copy_asset(config, asset)
    return write.write(config, texts)


def drift(site: Site, runs: Sequence[Run], runner: Runner) -> tuple[Problem, ...]:
    """Compare runs with what is recorded and with what their authors say; writes nothing.

    A program that departs from its record is run once more: where that run departs from the first one, the
    program, not its record, is at fault.
    """
    programs = {program.name: (article, program) for article, program in site.programs}
    records = {
        name: site.ledgers[article.slug].record_of(program) for name, (article, program) in programs.items()
    }
    drifting = [
        program
        for done in runs
        for program in [programs[done.program][1]]
        if any(findings.drift_problems(program, records[done.program], done))
    ]
    again = {done.program: done for done in runner(drifting)} if drifting else {}
    found: list[Problem] = []
    for done in runs:
        program, record = programs[done.program][1], records[done.program]
        unsteady = findings.flaky_cells(program, done, again.get(done.program, done))
        cells = frozenset(one.cell.id for one in unsteady)
        found += findings.failures(program, done)
        found += findings.not_repeatable(program, unsteady)
        found += findings.drift_problems(program, record, done, unsteady=cells)
    return tuple(_weighed(problem, site.config) for problem in found)


def installed(site: Site) -> dict[str, str]:
    """Return the versions of the packages that records name, as far as they are installed here."""
    names = {
        name
        for ledger in site.ledgers.values()
        for record in ledger.records.values()
        for name, _ in (record.environment.packages if record.environment else ())
    }
    versions = {}
    for name in names:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions


def _weighed(problem: Problem, config: Config) -> Problem:
    """Give a problem the severity that mkdocs.yml sets for its code, or ours."""
    severity = {**WEIGHTS, **config.severities}.get(problem.code)
    return replace(problem, severity=severity) if severity else problem
