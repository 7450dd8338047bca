"""Source: a body whose lines still know the lines of the file that they came from, while it is edited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hexapla.model.block import Edit, splice


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A Markdown text and, for each of its lines, the line of the source file."""

    text: str
    numbers: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """Return the source file's line for a character offset."""
        index = self.text.count("\n", 0, offset)
        return self.numbers[min(index, len(self.numbers) - 1)] if self.numbers else 1

    def edited(self, edits: Iterable[Edit]) -> "Source":
        """Apply edits; a new line takes the number of the line that it replaces."""
        ordered = sorted(edits, key=lambda edit: edit.start)
        if not ordered:
            return self
        numbers: list[int] = []
        done = 0
        for edit in ordered:
            first = self.text.count("\n", 0, edit.start)
            last = self.text.count("\n", 0, edit.end)
            numbers += self.numbers[done:first]
            for index in range(edit.text.count("\n")):
                numbers.append(self.number(min(first + index, last)))
            done = last
        text = splice(self.text, ordered)
        numbers += self.numbers[done:]
        return Source(text=text, numbers=_fitted(numbers, text))

    def relined(self, lines: Sequence[tuple[str, int]]) -> "Source":
        """Return the text made of `lines`, each with the 0-based line of this text that it stands for."""
        text = "\n".join(line for line, _ in lines)
        return Source(text=text, numbers=_fitted([self.number(at) for _, at in lines], text))

    def number(self, index: int) -> int:
        """Return the source line of a 0-based line."""
        return self.numbers[min(index, len(self.numbers) - 1)] if self.numbers else 1


def _fitted(numbers: list[int], text: str) -> tuple[int, ...]:
    """Cut or fill `numbers` to the count of the lines of `text`."""
    count = text.count("\n") + bool(text and not text.endswith("\n"))
    return (*numbers[:count], *([numbers[-1] if numbers else 1] * (count - len(numbers))))
