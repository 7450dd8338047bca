"""Tab sets: the names that a set has for its tabs, Nextra's `items` and Docusaurus' `values`, given to each tab."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hexapla.model.block import Edit
from hexapla.normalize.rules.marks import TABS, BlockMark

_ITEMS = re.compile(r"\bitems=\{\[(?P<list>[^\[\]]*+)\]")
_STRING = re.compile(r"\"([^\"\n]*+)\"|'([^'\n]*+)'|`([^`\n]*+)`")
_ENTRY = re.compile(r"\{([^{}]*+)\}")
_FIELD = re.compile(r"\b(label|value)[\"']?\s*+:\s*+(?:\"([^\"\n]*+)\"|'([^'\n]*+)')")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """A set of tabs that is open."""

    end: int
    items: Iterator[str]
    """The tabs' names in their order."""
    labels: Mapping[str, str]
    """The tabs' names by their values."""


def names_of_tabs(text: str, pairs: Sequence[tuple[BlockMark, BlockMark]]) -> Iterator[Edit]:
    """Yield what writes the names into the tabs that have none themselves."""
    sets: list[_Set] = []
    for opening, closing in sorted(pairs, key=lambda pair: pair[0].start):
        while sets and sets[-1].end < opening.start:
            sets.pop()
        if opening.family == "jsx" and opening.name == "tabs":
            sets.append(_set(text[opening.start : opening.end], closing.start))
        elif opening.family == "jsx" and opening.name in TABS and sets:
            in_order = next(sets[-1].items, "")
            value = opening.options.get("value", "")
            name = sets[-1].labels.get(value, "") if value else in_order
            if name and not opening.options.keys() & {"label", "title"}:
                title = f' title="{name.replace(chr(34), "”")}"'
                yield Edit(start=opening.end - 1, end=opening.end - 1, text=title)


def _set(mark: str, end: int) -> _Set:
    """Read the mark that opens a set."""
    listed = _ITEMS.search(mark)
    entries = [dict(map(_pair, _FIELD.findall(entry))) for entry in _ENTRY.findall(mark)]
    return _Set(
        end=end,
        items=iter(["".join(groups) for groups in _STRING.findall(listed["list"])] if listed else ()),
        labels={entry["value"]: entry["label"] for entry in entries if len(entry) > 1},
    )


def _pair(field: tuple[str, str, str]) -> tuple[str, str]:
    return field[0], field[1] or field[2]
