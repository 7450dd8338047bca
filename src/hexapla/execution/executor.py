"""Executor: many programs, some at a time, each one's run as it ends."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Event

from hexapla.execution.client import ForkServer
from hexapla.execution.preload import preload_of
from hexapla.execution.second_runs import SecondRuns
from hexapla.model.program import Program
from hexapla.model.run import Options, Run, Status, went_well

_FAILED = {Status.RAISED, Status.EXITED, Status.KILLED, Status.TIMEOUT, Status.LIMIT}


def run_programs(
    programs: Sequence[Program],
    options: Options,
    *,
    server: ForkServer | None = None,
    fail_fast: bool = False,
    may_begin: Callable[[Program], bool] = lambda _: True,
    twice: Callable[[Program], bool] = lambda _: False,
    on_ready: Callable[[str], None] = lambda _: None,
) -> Iterator[Run]:
    """Run programs, `options.jobs` at a time, and yield each one's run as it ends.

    `server` is a warm one to use; without it one is started and ended here. `fail_fast` starts no more
    programs after one that failed. Nor is one that no longer `may_begin` as its turn comes. Those that
    are to be run `twice` tell which of their cells show something else the second time. `on_ready` gets one line
    about the sandbox of a server that was started.
    Closing the generator ends what still runs.
    """
    if not programs:
        return
    failed = Event()
    with contextlib.ExitStack() as stack:
        preload = preload_of(programs)
        warm = server or stack.enter_context(ForkServer(options, on_ready, preload=preload))
        second = stack.enter_context(SecondRuns(options, preload=preload))
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=max(1, options.jobs)))

        def run_one(program: Program) -> Run | None:
            # Asked and told in the thread that runs programs: its next one would start before another heard of it.
            if (fail_fast and failed.is_set()) or not may_begin(program):
                return None
            done = warm.run(program)
            if has_failed(done, program):
                failed.set()
            return second.told(program, done) if twice(program) else done

        futures = [pool.submit(run_one, program) for program in programs]
        stack.callback(_end, futures, warm, second)
        for future in as_completed(futures):
            if (run := future.result()) is not None:
                yield run


def has_failed(run: Run, program: Program) -> bool:
    """Return whether a program did something else than its author said: an exception nobody expected, a
    limit.
    """
    return any(
        ran.status in _FAILED and not went_well(cell, ran)
        for cell, ran in zip(program.cells, run.cells, strict=True)
    )


def _end(futures: Sequence[Future[Run | None]], *servers: ForkServer | SecondRuns) -> None:
    """Leave nothing running where the caller stops reading: on Ctrl-C, or when it closes the generator."""
    for future in futures:
        future.cancel()
    if not all(future.done() for future in futures):
        for server in servers:
            server.stop()
