"""Site: the order of the stages. One function a verb; nothing else knows the whole way through.

read      posts/  →  Post
normalize Post    →  Post (Python-Markdown)
align     Post…   →  Article(programs, problems)
run       Program →  Run, only where the ledger is stale
record    Run     →  snippets/
render    Article + Record → Page
write     Page    →  docs/
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path

from hexapla import articles as article_module
from hexapla import files, findings, listing, notebooks, render
from hexapla.articles import Article
from hexapla.claims import problems_of
from hexapla.config import Config
from hexapla.errors import LedgerError
from hexapla.findings import Stale
from hexapla.ledger import INDEX, Ledger, Record, decode, encode, updated, why_stale
from hexapla.normalize import Dialect, normalize
from hexapla.posts import Post, parse
from hexapla.problems import Problem, in_order
from hexapla.programs import Program
from hexapla.run import Run
from hexapla.run.executor import run_programs
from hexapla.run.forkserver import ForkServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A folder of posts, read: its articles with what is recorded of them, and every problem so far."""

    config: Config
    articles: tuple[Article, ...]
    ledgers: Mapping[str, Ledger]
    """By slug."""
    problems: tuple[Problem, ...]

    @property
    def programs(self) -> tuple[tuple[Article, Program], ...]:
        """Every program with its article."""
        return tuple((article, program) for article in self.articles for program in article.programs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What writing the pages changed."""

    pages: int
    changed: int
    removed: int
    problems: tuple[Problem, ...] = field(default=())


def read(config: Config, *, anew: bool = False) -> Site:
    """Read, normalize and align all posts, and read the ledger. Executes nothing, writes nothing.

    `anew` takes a ledger that cannot be read as empty: everything is about to be recorded again.

    Raises:
        LedgerError: an article's ledger is damaged or of an unknown format.
    """
    posts, problems = _posts(config)
    dialect = Dialect(
        extensions=config.extensions, configs=config.extension_configs, repairs_off=config.repairs_off
    )
    normalized = [normalize(post, dialect) for post in posts]
    for result in normalized:
        problems += result.problems
    aligned = _articles(config, [result.post for result in normalized])
    for article in aligned:
        problems += article.problems
    ledgers = {article.slug: _ledger(config, article.slug, anew=anew) for article in aligned}
    return Site(
        config=config,
        articles=tuple(aligned),
        ledgers=ledgers,
        problems=in_order(_weighed(problem, config) for problem in problems),
    )


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


def server(config: Config) -> ForkServer:
    """Return a fork server to use in a `with`, or to start and close: warm, it runs an edited article at once."""
    return ForkServer(config.options)


def run(
    site: Site,
    todo: Sequence[Stale],
    *,
    on_run: Callable[[Run], None] = lambda _: None,
    server: ForkServer | None = None,
) -> Site:
    """Run programs and record them; return the site with what is recorded now, and what went wrong.

    Each article is recorded as soon as one of its programs has run, so that nothing is lost when the
    command is stopped.
    """
    by_name = {item.program.name: item for item in todo}
    ledgers, problems = dict(site.ledgers), list(site.problems)
    for done in run_programs([item.program for item in todo], site.config.options, server=server):
        item = by_name[done.program]
        slug = item.article.slug
        ledgers[slug] = _record(site.config, item, ledgers[slug], done)
        problems += (_weighed(problem, site.config) for problem in findings.failures(item.program, done))
        on_run(done)
    return replace(site, ledgers=ledgers, problems=in_order(problems))


def claims(site: Site) -> tuple[Problem, ...]:
    """Check what the authors claim against what is recorded."""
    found: list[Problem] = []
    for article in site.articles:
        outputs = {
            (program.variant, cell.id): cell.outputs
            for program in article.programs
            for cell in site.ledgers[article.slug].record_of(program).cells
        }
        found += (_weighed(problem, site.config) for problem in problems_of(article, outputs))
    return tuple(found)


def pages(site: Site) -> Written:
    """Write docs/: a page an article and language, the figures, and each language's list of articles."""
    config = site.config
    names = {language.code: language.name for language in config.languages}
    wanted: dict[str, str] = {}
    for article in site.articles:
        ledger = site.ledgers[article.slug]
        for language in config.codes:
            source = language if language in article.posts else article.original
            program = article.program_of(source)
            record = ledger.record_of(program) if program else Record()
            page = render.render(article, language, record, names=names, keep_claims=config.keep_claims)
            wanted[page.path] = page.text
            if program and program.cells:
                stem = page.path.removesuffix(".md")
                wanted[f"{stem}.ipynb"] = notebooks.notebook(article, source, record)
                wanted[f"{stem}.py"] = notebooks.script(article, source)
        for page in render.figures(article, ledger.records):
            wanted[page.path] = page.text
    for language in config.codes:
        page = listing.page(site.articles, language, names=names)
        wanted[page.path] = page.text
    return _write_pages(config, wanted)


def drift(site: Site, done: Run) -> tuple[Problem, ...]:
    """Compare a run with what is recorded and with what its author says; writes nothing."""
    article, program = next(pair for pair in site.programs if pair[1].name == done.program)
    record = site.ledgers[article.slug].record_of(program)
    found = (*findings.failures(program, done), *findings.drift(program, record, done))
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


def gone(site: Site) -> tuple[Path, ...]:
    """Return the ledger's folders whose article no longer exists."""
    folder = site.config.snippets
    if not folder.is_dir():
        return ()
    slugs = {article.slug for article in site.articles}
    return tuple(path.parent for path in sorted(folder.glob(f"*/{INDEX}")) if path.parent.name not in slugs)


def _posts(config: Config) -> tuple[list[Post], list[Problem]]:
    """Read the posts' folder; of two posts with the same slug and language the first is kept."""
    posts: dict[tuple[str, str], Post] = {}
    problems: list[Problem] = []
    for path in files.posts_below(config.posts):
        shown = (
            path.relative_to(config.root).as_posix() if path.is_relative_to(config.root) else path.as_posix()
        )
        post = _post(path, shown, config)
        if isinstance(post, Problem):
            problems.append(post)
            continue
        first = posts.setdefault((post.slug, post.language), post)
        if first is not post:
            problems.append(_twice(post, first))
    if not posts and not problems:
        problems.append(_no_posts(config))
    return list(posts.values()), problems


def _post(path: Path, shown: str, config: Config) -> Post | Problem:
    try:
        text = files.read_post(path)
    except UnicodeDecodeError as error:
        return Problem(
            path=shown,
            line=error.object.count(b"\n", 0, error.start) + 1,
            code="not-utf8",
            message=f"The post is not UTF-8: byte 0x{error.object[error.start]:02x} cannot be read.",
            hint="Save the file as UTF-8.",
        )
    except OSError as error:
        return Problem(
            path=shown,
            line=1,
            code="unreadable",
            message=f"The post cannot be read: {error.strerror}.",
            hint="Check the file's permissions.",
        )
    return parse(shown, text, languages=config.codes, default_language=config.default_language)


def _twice(post: Post, first: Post) -> Problem:
    return Problem(
        path=post.path,
        line=post.line_of("lang"),
        code="same-post-twice",
        message=f"The article `{post.slug}` has a version in `{post.language}` already: {first.path}.",
        hint="Remove one of the two, or give one another name, `slug:` or `lang:`.",
    )


def _no_posts(config: Config) -> Problem:
    folder = (
        config.posts.relative_to(config.root) if config.posts.is_relative_to(config.root) else config.posts
    )
    return Problem(
        path=folder.as_posix(),
        line=1,
        code="no-posts",
        message="There are no posts in this folder.",
        hint="Put Markdown files there, such as `hello.en.md`.",
    )


def _articles(config: Config, posts: Sequence[Post]) -> list[Article]:
    """Align the versions of each article."""
    by_slug: dict[str, list[Post]] = {}
    for post in posts:
        by_slug.setdefault(post.slug, []).append(post)
    return [
        article_module.align(
            versions,
            default_language=config.default_language,
            languages=config.codes,
            defaults=config.settings,
        )
        for _, versions in sorted(by_slug.items())
    ]


def _ledger(config: Config, slug: str, *, anew: bool = False) -> Ledger:
    folder = config.snippets / slug
    shown = folder.relative_to(config.root) if folder.is_relative_to(config.root) else folder
    try:
        return decode(files.read_folder(folder), path=shown.as_posix())
    except LedgerError:
        if anew:
            return Ledger()
        raise


def _record(config: Config, item: Stale, ledger: Ledger, done: Run) -> Ledger:
    """Write one program's run into its article's folder."""
    slug, variant = item.article.slug, item.program.variant
    with files.locked(config.snippets):
        # Another process may have recorded a variant of this article in the meantime.
        current = _ledger(config, slug, anew=True)
        record = updated(current.record_of(item.program), item.program, done)
        new = Ledger(records={**ledger.records, **current.records, variant: record})
        files.replace_folder(config.snippets / slug, encode(new, item.article.programs))
    return new


def _write_pages(config: Config, wanted: Mapping[str, str]) -> Written:
    problems, changed = [], 0
    for name, text in wanted.items():
        path = config.docs / name
        if path.suffix == ".md" and path.exists() and not _is_ours(path):
            problems.append(_not_ours(config, path))
            continue
        changed += files.write(path, text)
    kept = {config.docs / name for name in wanted}
    removed = files.remove(path for path in _generated(config) if path not in kept)
    return Written(pages=len(wanted), changed=changed, removed=removed, problems=tuple(problems))


def _generated(config: Config) -> Iterator[Path]:
    """Yield what an earlier call wrote below docs/."""
    yield from (path for path in sorted(config.docs.glob("*/posts/*.md")) if _is_ours(path))
    yield from (
        path for suffix in ("ipynb", "py") for path in sorted(config.docs.glob(f"*/posts/*.{suffix}"))
    )
    yield from sorted((config.docs / render.FIGURES).glob("*/*.svg"))


def _is_ours(path: Path) -> bool:
    mark = render.MARK.split("{")[0]
    with path.open(encoding="utf-8", errors="replace") as file:
        return any(line.startswith(mark) for line in (file.readline(), file.readline()))


def _not_ours(config: Config, path: Path) -> Problem:
    return Problem(
        path=path.relative_to(config.root).as_posix(),
        line=1,
        code="page-in-the-way",
        message="A page that hexapla did not write stands where a generated page belongs; it was left alone.",
        hint="Move it out of this folder.",
    )


def _weighed(problem: Problem, config: Config) -> Problem:
    """Give a problem the severity that mkdocs.yml sets for its code."""
    severity = config.severities.get(problem.code)
    return replace(problem, severity=severity) if severity else problem
