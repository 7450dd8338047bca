"""How xdist spreads tests over its workers: the cells of an article go to one, where its program runs once.

Apart, since only who has xdist can load it.
"""

from typing import Any

from xdist.scheduler import LoadGroupScheduling

from hexapla.model.post import is_markdown


class ArticleScheduling(LoadGroupScheduling):  # type: ignore[misc]
    """Keep the cells of an article together, and spread all other tests one by one.

    Not by the mark `xdist_group`: xdist writes the group into a test's id, which `--lf` then does not find, and
    which pytest 9 does not let it do.
    """

    def __init__(self, config: Any, log: Any, posts_prefix: str) -> None:
        super().__init__(config, log)
        self._posts_prefix = posts_prefix

    def _split_scope(self, nodeid: str) -> str:
        name, cell, _ = nodeid.partition("::")
        of_a_post = self._posts_prefix and name.startswith(self._posts_prefix)
        return name if cell and (of_a_post or is_markdown(name)) else str(super()._split_scope(nodeid))
