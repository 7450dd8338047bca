"""Session: a site whose programs run when they are asked for, each one once, in one warm fork server."""

import os
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import partial
from pathlib import Path

from hexapla import running, site
from hexapla.adapters.pytest import cases
from hexapla.adapters.pytest.cases import Case
from hexapla.adapters.pytest.runs import Examination, Give, Runs
from hexapla.config.config import Config, load
from hexapla.execution.client import ForkServer
from hexapla.execution.preload import preload_of
from hexapla.execution.sandbox import announcement
from hexapla.ledger.findings import installed
from hexapla.ledger.ledger import why_stale
from hexapla.model.article import Article
from hexapla.model.block import blocks
from hexapla.model.post import is_markdown
from hexapla.model.problem import Problem, Severity
from hexapla.model.run import Given, Run
from hexapla.render import write
from hexapla.storage import files


class SiteSession:
    """What `pytest --hexapla` asks: which cells there are, and what each one's run says."""

    def __init__(self, file: Path, *, update: bool = False, allowed: Sequence[str] = ()) -> None:
        self.update = update
        """Whether what the programs show is recorded instead of compared."""
        config = load(file)
        self.config: Config = replace(config, options=replace(config.options, fixtures=tuple(allowed)))
        self.site = site.read(self.config)
        self._installed = installed(self.site.ledgers.values())
        self.runs = Runs(self._server, self._accept)
        self._homes: dict[str, Path] = {}

    @property
    def root(self) -> Path:
        """What the paths of problems are relative to."""
        return self.config.root

    @property
    def warning(self) -> str:
        """What the user must be told before programs run; empty where they run in a sandbox, or not at all."""
        return announcement.announcement("off", {}) if self.config.options.sandbox == "off" else ""

    @property
    def places(self) -> list[str]:
        """Where pytest finds all articles: the folder of posts, and each page of the site's own."""
        own = (article for article in self.site.articles if article.slug in self.site.in_place)
        folders = [self.config.posts] if self.config.posts.is_dir() else []
        return [str(path) for path in (*folders, *map(self._original, own))]

    def _original(self, article: Article) -> Path:
        return self.config.root / article.posts[article.original].path

    def article_of(self, path: Path) -> Article | None:
        """Return the article that a post belongs to; None where the file is no post of one."""
        name = self.name_of(path)
        articles = self.site.articles
        return next((article for article in articles if name in _paths(article)), None)

    def tests_at(self, path: Path) -> tuple[tuple[Problem, ...], tuple[Case, ...]]:
        """Return the errors and the cells to report at a post: all of its article's at the first one asked about."""
        article = self.article_of(path)
        if article is None:
            return self._errors({self.name_of(path)}), ()
        if self._homes.setdefault(article.slug, path) != path:
            return (), ()
        return self._errors(_paths(article)), cases.cases(article)

    def argument(self, argument: str, folder: Path) -> str:
        """Return what pytest can find for an id as it was shown: `posts/slug` and `posts/slug::cell` are no files."""
        name, mark, rest = argument.partition("::")
        path = folder / name
        if path.exists() or path.parent != self.config.posts:
            return argument
        named = (article for article in self.site.articles if article.slug == path.name)
        posts = [self.config.root / post for article in named for post in _paths(article)]
        return f"{min(posts)}{mark}{rest}" if posts else argument

    def _errors(self, paths: Set[str]) -> tuple[Problem, ...]:
        """Return the errors in these posts that are found without running anything."""
        return tuple(
            problem
            for problem in self.site.problems
            if problem.path in paths and problem.severity is Severity.ERROR
        )

    def id_of(self, path: Path, root: Path) -> str:
        """Return a post's id: its folder and its article's slug (its name without one); empty for other files.

        That of a page of the site's own is where its original lies.
        """
        article = self.article_of(path)
        if article and article.slug in self.site.in_place:
            return Path(os.path.relpath(self._original(article), root)).as_posix()
        if not is_markdown(path.name) or not path.is_relative_to(self.config.posts):
            return ""
        name = article.slug if article else path.relative_to(self.config.posts).as_posix()
        return self.prefix(root) + name

    def prefix(self, root: Path) -> str:
        """Return what the ids of all posts begin with."""
        return f"{Path(os.path.relpath(self.config.posts, root)).as_posix()}/"

    def post_of(self, page: Path) -> str:
        """Return the post that a generated page shows; empty for other files."""
        article = next((article for article in self.site.articles if article.slug == page.stem), None)
        ours = article is not None and page.is_relative_to(self.config.docs) and write.is_ours(page)
        return article.posts[article.original].path if article is not None and ours else ""

    def not_a_post(self, path: Path) -> Problem | None:
        """Return what is wrong with asking for the cells of a file that is no post; None where it has none."""
        page_blocks = blocks(files.read_if_there(path))
        first = next((block for block in page_blocks if block.directives.runs), None)
        if first is None:
            return None
        name, post = self.name_of(path), self.post_of(path)
        return Problem(
            path=name,
            line=first.line + 1,
            code="no-post",
            message=f"It is the page of {post}."
            if post
            else "Its blocks are not run: it is no post of this site.",
            hint=f"Name {post} instead." if post else f"`hexapla test {name}` runs any Markdown.",
        )

    def examine(self, case: Case, give: Give) -> Examination:
        """Run a case's program unless it has run; return what there is to tell of the case.

        Raises:
            RunnerError: no program can be run here.
        """
        return self.runs.examine(case, give, partial(self._judged, case))

    def _judged(self, case: Case, run: Run, given: Given) -> Examination:
        record = self.site.ledgers[case.program.slug].record_of(case.program)
        of_packages = (
            "" if why_stale(case.program, record) else why_stale(case.program, record, self._installed)
        )
        return Examination(
            problems=cases.case_problems(case, record, run, given),
            remark=f"{case.cell.path}:{case.cell.line}: {of_packages}." if of_packages else "",
        )

    def _server(self) -> ForkServer:
        programs = (program for _, program in self.site.programs)
        return ForkServer(self.config.options, preload=preload_of(programs))

    def _accept(self, _: Case, run: Run) -> None:
        """Record what a program did, where that is asked for."""
        if self.update:
            self.site = running.accept(self.site, run)

    def name_of(self, path: Path) -> str:
        """Return a path as problems name it: relative to the site's folder."""
        return Path(os.path.relpath(path, self.config.root)).as_posix()


def _paths(article: Article) -> Set[str]:
    """Return where an article's posts are, as problems name them."""
    return {post.path for post in article.posts.values()}
