"""Workers: how xdist spreads tests, so that a program runs in one of them."""

from typing import Any

from xdist.scheduler import LoadGroupScheduling


class Spread(LoadGroupScheduling):  # type: ignore[misc]
    """Keep the cells of an article together, and spread all other tests one by one.

    Not by the mark `xdist_group`: xdist writes the group into a test's id, which `--lf` then does not find, and
    which pytest 9 does not let it do.
    """

    def __init__(self, config: Any, log: Any, posts: str) -> None:
        super().__init__(config, log)
        self._posts = posts

    def _split_scope(self, nodeid: str) -> str:
        name, cell, _ = nodeid.partition("::")
        ours = cell and name.startswith(self._posts)
        return name if ours else str(super()._split_scope(nodeid))
