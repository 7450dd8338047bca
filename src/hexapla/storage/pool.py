"""Pool: work on many things in processes of their own, which end with the one that started them.

And what has a process end as it should that is told to.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_CHUNK = 4


def mapped(work: Callable[[T], R], items: Sequence[T], jobs: int) -> list[R]:
    """Return what `work` makes of each item, in up to `jobs` processes; it and they must travel by pickle.

    Where somebody ends one of the processes, such as a system that has run out of memory, all is done in this one.
    """
    try:
        with ProcessPoolExecutor(min(jobs, max(1, len(items) // _CHUNK)), initializer=_begin) as pool:
            return list(pool.map(work, items, chunksize=_CHUNK))
    except BrokenProcessPool:
        return [work(item) for item in items]


def _begin() -> None:
    """Have a process of a pool end at once where it is told to, and when the one that started it has ended."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    when_told_to_end(signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def when_told_to_end(do: Any) -> None:
    """Have this process `do` something where it is told to end: by SIGTERM, or as its terminal is closed.

    Who was started to outlive the terminal (`nohup`) goes on.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no terminals that hang up
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, do)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
