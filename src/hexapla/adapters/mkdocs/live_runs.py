"""Live runs: programs that run while a site is served, each until it is done or an edit overtakes it."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from hexapla import running
from hexapla.execution.client import ForkServer
from hexapla.execution.preload import preload_of
from hexapla.execution.second_runs import SecondRuns
from hexapla.ledger.digests import digests, import_digests
from hexapla.ledger.findings import Stale
from hexapla.model.errors import HexaplaError
from hexapla.model.problem import Problem
from hexapla.model.program import Program
from hexapla.site import Site

log = logging.getLogger("mkdocs.plugins.hexapla")

_AGAIN = 0.05
"""Seconds after which a program is told once more to end: it may have been about to begin."""


@dataclass(slots=True, eq=False, kw_only=True)
class _Job:
    """One program that runs, or is about to."""

    slug: str
    version: object
    overtaken: threading.Event = field(default_factory=threading.Event)
    done: Future[None] = field(default_factory=Future)


class LiveRuns:
    """The programs of a site that run now; `on_done` is called in another thread whenever one has been recorded."""

    def __init__(self, on_done: Callable[[], None]) -> None:
        self._on_done = on_done
        self._lock = threading.Lock()
        self._jobs: dict[str, _Job] = {}
        """By the program's name."""
        self._tried: dict[str, object] = {}
        """By the program's name, the version that has run last: what records nothing is not run for ever."""
        self._pool: ThreadPoolExecutor | None = None
        self._second: SecondRuns | None = None
        """Runs programs of the site's own pages once more."""
        self._ran: set[str] = set()
        """The slugs of the articles whose programs have run since somebody took them from here."""
        self.problems: tuple[Problem, ...] = ()
        """What went wrong besides what is recorded of runs."""

    def want(
        self, read: Site, stale: Sequence[Stale], server: Callable[[], Future[ForkServer]]
    ) -> frozenset[str]:
        """Have the programs of a site run that are stale, and no others: who runs another version of one is ended.

        Of a site that has some of the articles alone, the programs of the others are let alone.

        `server` starts the fork server if need be. Returns the names of the programs that run now.
        """
        wanted = {item.program.name: item for item in stale}
        with self._lock:
            slugs = {article.slug for article in read.articles}
            for name, job in tuple(self._jobs.items()):
                if job.slug not in slugs and not read.slugs:
                    continue
                if name not in wanted or job.version != _version(wanted[name].program):
                    del self._jobs[name]
                    job.overtaken.set()
                    if job.done.cancel():
                        continue
                    threading.Thread(target=_end, args=(job, name, server()), daemon=True).start()
            for name, item in wanted.items():
                version = _version(item.program)
                if name not in self._jobs and self._tried.get(name) != version:
                    self._begin(read, item, version, server())
            return frozenset(self._jobs)

    def taken(self) -> frozenset[str]:
        """Return the slugs of the articles whose programs have run since this was last asked."""
        with self._lock:
            slugs = frozenset(self._ran)
            self._ran.clear()
        return slugs

    def end(self) -> None:
        """Begin no more programs. Those that run end with the fork server."""
        with self._lock:
            for job in self._jobs.values():
                job.overtaken.set()
                job.done.cancel()
            self._jobs.clear()
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
        if self._second:
            self._second.__exit__()

    def _begin(self, read: Site, item: Stale, version: object, server: Future[ForkServer]) -> None:
        job = self._jobs[item.program.name] = _Job(slug=item.program.slug, version=version)
        self._pool = self._pool or ThreadPoolExecutor(max(1, read.config.options.jobs))
        job.done = self._pool.submit(self._run, job, read, item, server)

    def _run(self, job: _Job, read: Site, item: Stale, server: Future[ForkServer]) -> None:
        """Run a program and record it, unless it is overtaken."""
        name = item.program.name
        try:
            done = server.result().run(item.program)
            if read.is_in_place(item.program) and not job.overtaken.is_set():
                done = self._second_runs(read).told(item.program, done)
            # Not while a successor is begun: what that records comes last.
            with self._lock:
                if job.overtaken.is_set():
                    return
                ran = running.run(replace(read, problems=()), [item], lambda _: iter([done]))
                self.problems += tuple(
                    problem for problem in ran.problems if problem.code == "internal-error"
                )
        except HexaplaError as error:
            log.error("hexapla cannot run `%s`: %s", name, error)
        except Exception:  # of a thread that nobody waits for, nobody would hear
            log.exception("hexapla cannot run `%s`.", name)
        with self._lock:
            if self._jobs.get(name) is not job:
                return
            del self._jobs[name]
            self._tried[name] = job.version
            self._ran.add(job.slug)
        self._on_done()

    def _second_runs(self, read: Site) -> SecondRuns:
        with self._lock:
            if self._second is None:
                preload = preload_of(program for _, program in read.programs)
                self._second = SecondRuns(read.config.options, preload=preload)
            return self._second


def _version(program: Program) -> object:
    """Return what makes a run of a program another one: not where its cells stand, nor what their comments say."""
    return import_digests(program), digests(program), program.settings, program.requires


def _end(job: _Job, name: str, server: Future[ForkServer]) -> None:
    """End a program, and not come back before it has."""
    while not job.done.done() and server.exception() is None:
        server.result().stop(name)
        wait([job.done], _AGAIN)
