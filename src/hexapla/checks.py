"""Checks: what is told of a site besides what reading it finds: stale programs, failures, fixtures, claims, coverage.

Runs nothing.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from hexapla.config.config import floor
from hexapla.ledger import findings, git_history, remarks
from hexapla.ledger.findings import Stale
from hexapla.ledger.ledger import recorded_cells, why_stale
from hexapla.model.article import Article
from hexapla.model.errors import Crash
from hexapla.model.problem import Problem
from hexapla.programs.align.fence_faults import unknown_fixtures
from hexapla.programs.claims.article_verdicts import verdicts
from hexapla.programs.claims.mentions import mention_problems
from hexapla.programs.claims.reports import problems_of
from hexapla.programs.claims.verdict import Verdict
from hexapla.render import coverage_page
from hexapla.site import Site, account
from hexapla.storage import distributions, posts_folder
from hexapla.storage.attachments import told_how
from hexapla.storage.crashes import crash_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of the outputs that authors typed."""

    problems: tuple[Problem, ...]
    counts: Counter[Verdict]


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
        own = article.slug in site.in_place
        left_out = tuple(remarks.left_out_remarks(article, cells)) if own else ()
        unseen = {(remark.path, remark.line) for remark in left_out}
        problems = (
            *problems_of(article, cells, claimed),
            *mention_problems(article, cells),
            *left_out,
            # What nobody sees needs no more to be said of it.
            *(
                remark
                for remark in remarks.remarks(article, outputs)
                if (remark.path, remark.line) not in unseen
            ),
        )
        yield problems, [verdict for *_, verdict in claimed]

    articles, crashes = site.ask_each(judged)
    problems = (problem for part, _ in articles for problem in part)
    return Judged(
        problems=_weighed(site, problems, crashes),
        counts=Counter(verdict for _, part in articles for verdict in part),
    )


def _of_each(site: Site, find: Callable[[Article], Iterable[Problem]]) -> tuple[Problem, ...]:
    """Return what `find` says of each article; where it cannot, that is a problem of the article."""
    return _weighed(site, *site.ask_each(find))


def _weighed(site: Site, problems: Iterable[Problem], crashes: Iterable[Crash]) -> tuple[Problem, ...]:
    return tuple(map(site.config.weighed, (*problems, *crash_problems(site.config.root, crashes))))


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
