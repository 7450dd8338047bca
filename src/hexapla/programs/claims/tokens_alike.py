"""Tokens alike: how alike two texts are, read as words, marks and numbers one by one."""

import itertools
import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

_DECIMAL = r"[-+]?(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][-+]?\d++)?+"
_TOKEN = re.compile(rf"\.\.\.|…|0x(?:[0-9a-fA-F]++|[xX]++|\.\.\.|…)|{_DECIMAL}|[^\W\d]\w*+|[^\w\s]")
_NUMBER = re.compile(rf"\A{_DECIMAL}\Z")
_WHOLE = re.compile(r"\A[-+]?+\d++\Z")
_CLOSED = frozenset(")]}")
_ELLIPSES = frozenset({"...", "…"})


class Likeness(IntEnum):
    """From nothing alike to the same."""

    NONE = 0
    NUMBERS = 1
    """The same but for numbers."""
    CLOSE = 2
    """The same up to an ellipsis, rounding, quotes, or a label before the value."""
    SAME = 3


def plain(tokens: Sequence[str]) -> list[str]:
    """Return tokens with one kind of quotes, and without the commas before closing brackets."""
    after = [*tokens[1:], ""]
    return [
        "'" if token == '"' else token
        for token, following in zip(tokens, after, strict=False)
        if not (token == "," and following in _CLOSED)
    ]


def tokens_in(text: str) -> list[str]:
    """Return the words, marks and numbers of a text."""
    return _TOKEN.findall(text)


def is_number(token: str) -> bool:
    """Return whether a token is a number."""
    return bool(_NUMBER.match(token))


def masked(token: str) -> str:
    """Return a token, or one sign for any number."""
    return "#" if is_number(token) else token


def compare(typed: Sequence[str], actual: str) -> Likeness:
    """Compare tokens; an ellipsis stands for any."""
    parts: list[list[str]] = [[]]
    for token in typed:
        if token in _ELLIPSES:
            parts.append([])
        else:
            parts[-1].append(token)
    if len(parts) == 1:
        # One token more tells that there are too many.
        real = itertools.islice(_TOKEN.finditer(actual), len(typed) + 1)
        return _equal(typed, [match.group() for match in real])
    if not any(parts):
        return Likeness.NONE
    return _around(parts, tokens_in(actual))


def _around(parts: list[list[str]], real: list[str]) -> Likeness:
    """Find the parts between ellipses in order: the first at the start, the last at the end."""
    first, last = parts[0], parts[-1]
    if len(first) + len(last) > len(real):
        return Likeness.NONE
    ends = _equal(first, real[: len(first)]), _equal(last, real[len(real) - len(last) :])
    worst = min(*ends, Likeness.CLOSE)
    start, end = len(first), len(real) - len(last)
    for part in parts[1:-1]:
        best, place = _best_place(part, real, range(start, end - len(part) + 1))
        if best is Likeness.NONE:
            return Likeness.NONE
        start = place + len(part)
        worst = min(worst, best)
    return worst


def _best_place(part: Sequence[str], real: Sequence[str], places: Iterable[int]) -> tuple[Likeness, int]:
    """Return where a part is most alike, the first such place, and how alike it is there."""
    best, where = Likeness.NONE, 0
    for place in places:
        score = _equal(part, real[place : place + len(part)])
        if score > best:
            best, where = score, place
        if best is Likeness.SAME:
            break
    return best, where


def _equal(typed: Sequence[str], real: Sequence[str]) -> Likeness:
    """Return how alike as many tokens are, one by one; the worst pair counts."""
    if len(typed) != len(real):
        return Likeness.NONE
    worst = Likeness.SAME
    for claimed, printed in zip(typed, real, strict=True):
        if claimed != printed:
            worst = min(worst, _token(claimed, printed))
        if worst is Likeness.NONE:
            break
    return worst


def _token(claimed: str, printed: str) -> Likeness:
    if claimed.startswith("0x") and printed.startswith("0x"):
        return Likeness.CLOSE
    if claimed in "'\"" and printed in "'\"":
        return Likeness.CLOSE
    if _NUMBER.match(claimed) and _NUMBER.match(printed):
        return Likeness.CLOSE if _rounds(claimed, printed) else Likeness.NUMBERS
    return Likeness.NONE


def _rounds(claimed: str, printed: str) -> bool:
    """Return whether a number is the printed one, written with fewer digits: rounded or cut off."""
    typed, real = float(claimed), float(printed)
    if _WHOLE.match(claimed) and _WHOLE.match(printed):
        return claimed.lstrip("+0") == printed.lstrip("+0")
    if typed == real and printed.endswith("."):
        # How numpy prints a whole number, which authors leave out.
        return True
    if typed == real:
        return ("." in claimed or "e" in claimed.lower()) == ("." in printed or "e" in printed.lower())
    if "e" in claimed.lower() or "e" in printed.lower() or "." not in claimed or "." not in printed:
        return False
    digits = len(claimed.split(".")[1])
    if digits == 0 or digits >= len(printed.split(".")[1]):
        return False
    close = abs(real - typed) <= 0.5000001 * 10**-digits
    return close or round(real, digits) == typed or printed.startswith(claimed)
