"""Site page: a page of the site's own with the outputs of its code, as the builder is about to read it.

Its Markdown stays its author's: only outputs are put into it, and typed outputs taken out that they replace.
"""

import bisect
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from hexapla.config.config import Config
from hexapla.ledger.ledger import Record
from hexapla.model.article import Article
from hexapla.model.block import Edit, splice
from hexapla.render.escape import without_templates
from hexapla.render.output_edits import View, output_edits
from hexapla.render.outputs import Means


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """One page, and what is recorded of its program."""

    article: Article
    language: str
    """The one that it is written in."""
    record: Record
    view: View = View.READER

    def with_outputs(self, markdown: str, language: str, config: Config) -> str:
        """Return its Markdown with the outputs of its blocks, for readers of `language`.

        `markdown` is what the builder has, which front matter, snippets and other plugins make another text than the
        one that was aligned: what stands in lines that both have is put there.
        """
        edits = output_edits(
            self.article,
            self.language,
            self.record,
            language,
            keep_claims=config.keep_claims,
            shown=without_templates if config.templated else str,
            means=means_of(config),
            in_place=True,
            view=self.view,
        )
        body = self.article.posts[self.language].body
        return splice(markdown, moved_edits(list(edits), body, markdown))


def means_of(config: Config) -> Means:
    """Return what a site's own Markdown can show outputs with."""
    has = frozenset(config.extensions)
    return Means(
        folds="pymdownx.details" in has,
        attributes=not has.isdisjoint(
            {"attr_list", "markdown.extensions.attr_list", "extra", "pymdownx.extra"}
        ),
        formulas="pymdownx.arithmatex" in has,
        nested=not has.isdisjoint({"pymdownx.superfences", "pymdownx.extra"}),
        files=False,
    )


def moved_edits(edits: Sequence[Edit], body: str, markdown: str) -> Iterator[Edit]:
    """Yield edits of a body as edits of another text; those of lines that it does not have are left out."""
    if body == markdown or not edits:
        yield from edits
        return
    lines = _Lines(body, markdown)
    for edit in edits:
        if moved := lines.moved(edit):
            yield moved


class _Lines:
    """Which lines of one text are which of another, and where they begin."""

    def __init__(self, body: str, markdown: str) -> None:
        before, after = body.split("\n"), markdown.split("\n")
        self._markdown = markdown
        self._starts = list(accumulate((len(line) + 1 for line in before), initial=0))[:-1]
        self._new_starts = list(accumulate((len(line) + 1 for line in after), initial=0))
        self._new_starts[-1] = len(markdown)
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        self._rows = {
            block.a + step: block.b + step
            for block in matcher.get_matching_blocks()
            for step in range(block.size)
        }

    def moved(self, edit: Edit) -> Edit | None:
        """Return an edit of the one text as one of the other; None where that has not the lines that it is about."""
        first, column = self._place(edit.start)
        last, end = self._place(edit.end)
        if edit.start == edit.end and not column and first:
            # What is put between two lines belongs to the one above.
            return self._below(first - 1, edit.text)
        if not end and last > first:
            last, end = last - 1, -1
        rows = [self._rows.get(row, -1) for row in range(first, last + 1)]
        if rows[0] < 0 or rows != list(range(rows[0], rows[0] + len(rows))):
            return None
        start, until = self._new_starts[rows[0]] + column, self._new_starts[rows[-1]] + end
        return Edit(start=start, end=until if end >= 0 else self._new_starts[rows[-1] + 1], text=edit.text)

    def _below(self, row: int, text: str) -> Edit | None:
        if row not in self._rows:
            return None
        place = self._new_starts[self._rows[row] + 1]
        ended = self._markdown[place - 1 : place] == "\n"
        return Edit(start=place, end=place, text=text if ended else f"\n{text}")

    def _place(self, offset: int) -> tuple[int, int]:
        """Return the line of an offset, from 0, and the column."""
        row = bisect.bisect_right(self._starts, offset) - 1
        return row, offset - self._starts[row]
