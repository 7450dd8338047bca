"""Signals: what a process does that is told to end, or whose caller has ended."""

import os
import signal
import threading
from typing import Any

WATCH = "hexapla waits for its caller"
"""The thread that does nothing else: a copy of this process is whole without it."""


def when_told_to_end(do: Any) -> None:
    """Have this process `do` something where it is told to end: by SIGTERM, or as its terminal is closed.

    Who was started to outlive the terminal (`nohup`) goes on.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no terminals that hang up
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, do)


def end_with_caller() -> None:
    """Have this process end with who started it, who keeps its standard input open as long as it is there."""
    threading.Thread(target=_wait_for_caller, name=WATCH, daemon=True).start()


def _wait_for_caller() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)
