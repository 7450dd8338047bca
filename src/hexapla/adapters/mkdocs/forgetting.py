"""Forgetting: a server that runs for days holds no more of old texts than of those that its site has now.

What functions find in texts is remembered in memory, for thousands of texts, since a command asks for each again and
again. A server gets a new text with every edit, and would hold all of them until there are so many.
"""

import functools
import sys
from collections.abc import Iterator
from typing import Any

ROOM = 64
"""Results that a function may remember of old texts, besides as many as it has of those that the site has."""


class Forgetting:
    """What a site needs of what is remembered in memory."""

    def __init__(self) -> None:
        self._needed: dict[Any, int] = {}
        """By what remembers: how many results there were after the first build since it was last emptied."""

    def forget(self) -> None:
        """Empty what remembers twice what the site needs; to be called after each build.

        So what has to be found anew is never more than what edits have brought since.
        """
        for memory in memories():
            held = memory.cache_info().currsize
            if held > 2 * self._needed.setdefault(memory, held) + ROOM:
                memory.cache_clear()
                del self._needed[memory]


def memories() -> Iterator[Any]:
    """Yield the functions of hexapla that remember as many results as they are given room for."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "hexapla"]
    for module in modules:
        for value in vars(module).values():
            is_own = getattr(value, "__module__", "") == module.__name__
            if (
                is_own
                and isinstance(value, functools._lru_cache_wrapper)
                and value.cache_parameters()["maxsize"]
            ):
                yield value
