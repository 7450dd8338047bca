"""Filling: while nobody asks a server for anything, it makes what nobody has asked for, once after it began.

So all that is wrong with the site's links is told, and the search finds all of its pages. What an edit leaves to be
made is made when it is asked for, and the search finds what it found before.
"""

import logging
import threading
import time
from collections.abc import Callable

from hexapla.adapters.mkdocs.asked_pages import AskedPages
from hexapla.adapters.mkdocs.framing import Framing

IDLE = 1.0
"""Seconds in which nothing was asked for and nothing edited."""

log = logging.getLogger("mkdocs.plugins.hexapla")


def fill(pages: AskedPages, framing: Framing, make: Callable[[str], bool]) -> Callable[[], None]:
    """Begin to make what waits, file by file with `make`; return what ends it."""
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            if (quiet := time.monotonic() - pages.used_at) < IDLE:
                ended.wait(IDLE - quiet)
            elif file := pages.next_waiting():
                make(file)
            else:
                break
        else:
            return
        try:
            # Not while nothing else may be made: it takes long, and reads nothing but files.
            framing.write_search()
            with pages.lock:
                framing.tell_dead_links()
        except OSError as error:  # an edit has put another site in its place
            log.debug("The search is not made: %s", error)

    threading.Thread(target=work, daemon=True).start()
    return ended.set
