"""Running: what of a site is run, recorded, and compared with what was recorded before.

run       Program →  Run, only where the ledger is stale
record    Run     →  snippets/
compare   Run     ↔  snippets/
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from hexapla.execution.client import ForkServer
from hexapla.execution.cluster import run_on_cluster
from hexapla.execution.executor import run_programs
from hexapla.execution.sandbox import announcement
from hexapla.ledger import findings, folder
from hexapla.ledger.findings import Stale
from hexapla.model.errors import Crash, attempt
from hexapla.model.problem import Problem, in_order
from hexapla.model.program import Program
from hexapla.model.run import Options, Run
from hexapla.site import Site
from hexapla.storage.attachments import told_how
from hexapla.storage.crashes import crash_problems

Runner = Callable[[Sequence[Program]], Iterator[Run]]
"""Runs programs and yields each one's run as it ends."""


def runner(
    options: Options,
    *,
    cluster: str = "",
    server: ForkServer | None = None,
    fail_fast: bool = False,
    may_begin: Callable[[Program], bool] = lambda _: True,
    twice: Callable[[Program], bool] = lambda _: False,
    on_ready: Callable[[str], None] = lambda _: None,
) -> Runner:
    """Return what runs programs: on the Dask cluster at `cluster` (`dask://HOST:PORT`), or on this machine.

    Of those that run `twice` (here) it is told which of their outputs are others then.
    `on_ready` gets one line about the sandbox before the first program runs.
    """

    def run(programs: Sequence[Program]) -> Iterator[Run]:
        if cluster:
            on_ready(announcement.ON_CLUSTER)
            address = cluster.replace("dask://", "tcp://", 1)
            return run_on_cluster(
                programs, options, address=address, fail_fast=fail_fast, may_begin=may_begin, on_wait=on_ready
            )
        return run_programs(
            programs,
            options,
            server=server,
            fail_fast=fail_fast,
            may_begin=may_begin,
            twice=twice,
            on_ready=on_ready,
        )

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
        varying = {cell.id for cell in record.cells if cell.varies}
        flaky = tuple(cell for cell in flaky if cell.cell.id not in varying)
        names = frozenset(cell.cell.id for cell in flaky)
        problems += findings.failures(program, done)
        problems += findings.not_repeatable(program, flaky)
        problems += findings.drift_problems(program, record, done, unsteady=names)
    return tuple(map(site.config.weighed, problems))
