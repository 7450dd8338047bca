"""Figure words: what a figure shows, in a form that can be said in every language.

Written as `“Loss”; line “train”, “test”; x “epoch”`: a title, what is drawn with its labels, the names of the axes;
between several pairs of axes stands a bar. It is recorded so, and pages say it in the reader's words.
"""

import re
from collections.abc import Iterable

KINDS = ("line", "scatter", "bar", "image", "empty")
"""What is drawn: lines, points alone, bars, a picture, nothing."""
_QUOTED = r"“[^“”]*+”"
_PART = rf"(?:(?:{'|'.join(KINDS)})(?: {_QUOTED}(?:, {_QUOTED})*+)?+|[xy] {_QUOTED}|{_QUOTED})"
_WHOLE = re.compile(rf"{_PART}(?:(?:; | \| ){_PART})*+")
_LABEL = re.compile(_QUOTED)


def part(word: str, labels: Iterable[str] = ()) -> str:
    """Return one part: a kind or an axis with its labels, or a title, where there is no word."""
    quoted = ", ".join(f"“{' '.join(label.split()).translate(_PLAIN)}”" for label in labels)
    return " ".join(filter(None, (word, quoted)))


_PLAIN = str.maketrans("“”", '""')


def is_description(text: str) -> bool:
    """Return whether a text was made here, and not by an author or an older hexapla."""
    return bool(_WHOLE.fullmatch(text))


def parts_of(text: str) -> list[list[tuple[str, list[str]]]]:
    """Return the parts of a description, by pairs of axes: the word, empty for a title, and the labels."""
    return [
        [
            (words.partition("“")[0].strip(), [label[1:-1] for label in _LABEL.findall(words)])
            for words in _split(axes, "; ")
        ]
        for axes in _split(text, " | ")
    ]


def _split(text: str, mark: str) -> list[str]:
    """Split a text at a mark, but for those inside of labels."""
    whole: list[str] = [""]
    for piece in text.split(mark):
        inside = whole[-1].count("“") > whole[-1].count("”")
        if inside:
            whole[-1] += mark + piece
        else:
            whole.append(piece)
    return whole[1:]
