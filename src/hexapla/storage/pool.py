"""Pool: work on many things in processes of their own, which end with the one that started them."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from hexapla.storage.signals import when_told_to_end

T = TypeVar("T")
R = TypeVar("R")
_CHUNK = 4
_CONTEXT = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
"""A copy of this process has all that it needs at once; Python 3.14 would begin anew."""


def mapped(work: Callable[[T], R], items: Sequence[T], jobs: int) -> list[R]:
    """Return what `work` makes of each item, in up to `jobs` processes; it and they must travel by pickle.

    Where somebody ends one of the processes, such as a system that has run out of memory, all is done in this one.
    """
    try:
        workers = min(jobs, max(1, len(items) // _CHUNK))
        with ProcessPoolExecutor(workers, mp_context=_CONTEXT, initializer=_begin) as pool:
            return list(pool.map(work, items, chunksize=_CHUNK))
    except BrokenProcessPool:
        return [work(item) for item in items]


def _begin() -> None:
    """Have a process of a pool end at once where it is told to, and when the one that started it has ended."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    when_told_to_end(signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
