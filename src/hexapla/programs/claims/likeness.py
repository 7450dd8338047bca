"""Likeness: how a typed output compares with a real one, read as words, marks and numbers."""

import re
from enum import IntEnum

_TOKEN = re.compile(
    r"\.\.\.|…|0x[0-9a-fA-F]+|[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?|[^\W\d]\w*|[^\w\s]"
)
_NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?$")
_ELLIPSES = frozenset({"...", "…"})
_LABEL = re.compile(r"[:=]\s*|\s{2,}")


class Likeness(IntEnum):
    """From nothing alike to the same."""

    NONE = 0
    NUMBERS = 1
    """The same but for numbers."""
    CLOSE = 2
    """The same up to an ellipsis, rounding, quotes, or a label before the value."""
    SAME = 3


def likeness(claim: str, actual: str) -> Likeness:
    """Return how alike a typed text is to one that was printed. Blanks between words do not matter."""
    claim, actual = _trimmed(claim), _trimmed(actual)
    if claim == actual or " ".join(claim.split()) == " ".join(actual.split()):
        return Likeness.SAME
    typed = _TOKEN.findall(claim)
    if not typed:
        return Likeness.NONE
    best = _compare(typed, _TOKEN.findall(actual))
    if best >= Likeness.CLOSE or "\n" in claim:
        return best
    return max(best, _unlabelled(claim, typed, actual))


def _unlabelled(claim: str, typed: list[str], actual: str) -> Likeness:
    """Compare with what stands behind a label in the real output, or without the quotes of the typed one."""
    best = Likeness.NONE
    if len(claim) > 2 and claim[0] == claim[-1] and claim[0] in "'\"" and claim[1:-1] == actual:
        return Likeness.CLOSE
    for match in _LABEL.finditer(actual):
        label = actual[: match.start()]
        if "\n" in label or not re.search(r"[^\W\d]", label) or re.search(r"[\[({]", label):
            break
        best = max(best, min(_compare(typed, _TOKEN.findall(actual[match.end() :])), Likeness.CLOSE))
    words = re.match(r"[^\W\d][^\d\[({:=]*? (?=[\[({\d+-]|[\w.]+\()", actual)
    if words:
        best = max(best, min(_compare(typed, _TOKEN.findall(actual[words.end() :])), Likeness.CLOSE))
    return best


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().replace("\r\n", "\n").split("\n"))


def _compare(typed: list[str], real: list[str]) -> Likeness:
    """Compare tokens; an ellipsis stands for any."""
    parts: list[list[str]] = [[]]
    for token in typed:
        if token in _ELLIPSES:
            parts.append([])
        else:
            parts[-1].append(token)
    if len(parts) == 1:
        return _equal(typed, real)
    if not any(parts):
        return Likeness.NONE
    return _around(parts, real)


def _around(parts: list[list[str]], real: list[str]) -> Likeness:
    """Find the parts between ellipses in order: the first at the start, the last at the end."""
    first, last = parts[0], parts[-1]
    if len(first) + len(last) > len(real):
        return Likeness.NONE
    found = min(
        _equal(first, real[: len(first)]), _equal(last, real[len(real) - len(last) :]), Likeness.CLOSE
    )
    at, end = len(first), len(real) - len(last)
    for part in parts[1:-1]:
        scores = [(_equal(part, real[i : i + len(part)]), i) for i in range(at, end - len(part) + 1)]
        best = max((score for score, _ in scores), default=Likeness.NONE)
        if best is Likeness.NONE:
            return Likeness.NONE
        at = next(i for score, i in scores if score is best) + len(part)
        found = min(found, best)
    return found


def _equal(typed: list[str], real: list[str]) -> Likeness:
    if len(typed) != len(real):
        return Likeness.NONE
    found = Likeness.SAME
    for one, other in zip(typed, real, strict=True):
        if one != other:
            found = min(found, _token(one, other))
        if found is Likeness.NONE:
            break
    return found


def _token(one: str, other: str) -> Likeness:
    if one.startswith("0x") and other.startswith("0x"):
        return Likeness.CLOSE
    if one in "'\"" and other in "'\"":
        return Likeness.CLOSE
    if _NUMBER.match(one) and _NUMBER.match(other):
        return Likeness.CLOSE if _rounds(one, other) else Likeness.NUMBERS
    return Likeness.NONE


def _rounds(one: str, other: str) -> bool:
    """Return whether a number is the other one, written with fewer digits: rounded or cut off."""
    typed, real = float(one), float(other)
    if typed == real:
        return ("." in one or "e" in one.lower()) == ("." in other or "e" in other.lower())
    if "." not in one or "e" in one.lower() or "e" in other.lower() or "." not in other:
        return False
    digits = len(one.split(".")[1])
    if digits == 0 or digits >= len(other.split(".")[1]):
        return False
    return (
        round(real, digits) == typed or other.startswith(one) or abs(real - typed) <= 0.5000001 * 10**-digits
    )
