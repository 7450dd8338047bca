"""Filling: while nobody asks a server for anything, it makes what nobody has asked for, and what its readers search.

So the search finds what an edit has brought, and all that is wrong with the site's links is told once after the start.
Of thousands of pages a new title leaves most to be made: the quiet that is waited for is as long as all that took.
"""

import logging
import threading
import time
from collections.abc import Callable

from hexapla.adapters.mkdocs.asked_pages import AskedPages
from hexapla.adapters.mkdocs.framing import Framing

IDLE = 1.0
"""Seconds at least in which nothing was asked for and nothing edited."""

log = logging.getLogger("mkdocs.plugins.hexapla")


class Filling:
    """What is made of a served site while nobody asks for anything."""

    def __init__(self, pages: AskedPages, framing: Framing, make: Callable[[str], bool]) -> None:
        """Take how a file is made that waits."""
        self._pages, self._framing, self._make = pages, framing, make
        self._quiet = IDLE
        self._wanted = threading.Event()
        self._ended = threading.Event()
        self._is_told = False
        """Whether dead links have been told of."""

    def begin(self) -> None:
        """Go to work, in a thread of its own that waits for what `want`s it again."""
        self.want()
        threading.Thread(target=self._work, daemon=True).start()

    def want(self) -> None:
        """Have made what an edit has left to be made."""
        self._wanted.set()

    def end(self) -> None:
        """Make nothing more."""
        self._ended.set()
        self._wanted.set()

    def _work(self) -> None:
        while self._wanted.wait() and not self._ended.is_set():
            self._wanted.clear()
            if not self._is_filled():
                continue
            try:
                # Not while nothing else may be made: it takes long, and reads nothing but files.
                self._framing.write_search()
                if not self._is_told:
                    with self._pages.lock:
                        self._framing.tell_dead_links()
                    self._is_told = True
            except OSError as error:  # an edit has put another site in its place
                log.debug("The search is not made: %s", error)

    def _is_filled(self) -> bool:
        """Make what waits, file by file, in times of quiet; return False where the server ends before."""
        worked = 0.0
        while not self._ended.is_set():
            if (quiet := time.monotonic() - self._pages.used_at) < self._quiet:
                self._ended.wait(self._quiet - quiet)
            elif file := self._pages.next_waiting():
                started = time.monotonic()
                self._make(file)
                worked += time.monotonic() - started
            else:
                self._quiet = max(self._quiet, worked)
                return True
        return False
