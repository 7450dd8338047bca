"""Resemblance: whether a typed text that is not what was printed was meant to be, and is so near that it errs."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from hexapla.programs.claims.likeness import behind_labels, likeness, readings
from hexapla.programs.claims.tokens_alike import Likeness, is_number, masked, plain, tokens_in
from hexapla.programs.sequences import Alphabet, agreement, steps

_WORD_TOKEN = re.compile(r"\A[^\W\d]\w*+\Z")
_LETTER = re.compile(r"[^\W\d]")
_LINE = 400
"""Texts of more characters are compared word by word."""
_COMPARED = 10_000
"""Texts of more words are compared line by line."""
_ALIKE = 0.7
_COMMAS = frozenset(",'\"")
_ELLIPSES = frozenset(("...", "…"))
_BEHIND = re.compile(r"(?<!\s)\s++[(（–—#;；→<-]")
"""What a remark behind an output of a line begins with."""
_NOTATION = frozenset(
    """
    class type object at of from function method built in bound module dtype np numpy torch u b r int32 int64 float32
    float64 device index grad_fn array OrderedDict
    """.split()
)
_VALUES = frozenset("True False None nan inf".split())
"""Words that are drawn as numbers are."""
_SPELT = 4
"""Of how many letters a word is that can be known by the others."""
_SWAPPED = 2
"""How many lines change places."""
_PLACE = 2
"""How many words and numbers are one place."""
_SAYS = re.compile(r"[-+.]?\w")
"""What begins a word or a number, and no other mark."""


def is_of_kind(claim: str, actual: str) -> bool:
    """Return whether a text that is not what was printed looks as if it was meant to be.

    That is: the same but for numbers, the same numbers with other words, most lines or most words the same.
    """
    if likeness(claim, actual) >= Likeness.NUMBERS:
        return True
    typed, real = ([_masked(token) for token in plain(tokens_in(text))] for text in (claim, actual))
    if not typed or not real or max(len(typed), len(real)) > 10 * min(len(typed), len(real)):
        return False
    if has_numbers_of(claim, actual, digits=3):
        return True
    lines = [Counter(filter(None, map(_masked_line, text.split("\n")))) for text in (claim, actual)]
    if (lines[0] & lines[1]).total() >= _ALIKE * max(lines[0].total(), lines[1].total()):
        return True
    if len(claim) <= _LINE and len(actual) <= _LINE and agreement(claim, actual, least=_ALIKE) > 0:
        return True
    if max(len(typed), len(real)) > _COMPARED:
        return False
    alphabet = Alphabet()
    return agreement(alphabet.text(typed), alphabet.text(real), least=_ALIKE) > 0


def differs_in_one_place(claim: str, actual: str) -> bool:
    """Return whether a typed text is what was printed but for one place, as a slip of the pen makes it.

    That is: other words or numbers with all marks the same, an element more or less, or one line among others.
    What is only written otherwise (brackets, quotes, the words by which Python writes objects) is none.
    """
    if not actual.strip() or max(len(claim), len(actual)) > _COMPARED:
        return False
    values = behind_labels(actual.strip()) if "\n" not in claim.strip() else []
    return any(
        _differs_in_a_line(text, real)
        or _differs_in_a_word(
            _bare(text), _bare(real), shorter=text.strip().count("\n") == real.strip().count("\n")
        )
        for text in (claim, *readings(claim.strip()), _BEHIND.split(claim, maxsplit=1)[0])
        for real in (actual, *values)
    )


def is_misspelt(claim: str, actual: str) -> bool:
    """Return whether a typed text is the printed one but for a letter within one word.

    No other program, state, machine or version prints that. At a word's end a letter inflects it.
    """
    if max(len(claim), len(actual)) > _COMPARED:
        return False
    typed, real = _between(plain(tokens_in(claim)), plain(tokens_in(actual)))
    if len(typed) != 1 or len(real) != 1:
        return False
    word, printed = typed[0], real[0]
    return (
        all(_WORD_TOKEN.match(token) and len(_LETTER.findall(token)) >= _SPELT for token in (word, printed))
        and _LETTER.sub("", word) == _LETTER.sub("", printed)
        and word[-1] == printed[-1]
        and steps(word.casefold(), printed.casefold()) == 1
    )


def _bare(text: str) -> list[str]:
    """Return the tokens of a text but for what an array's value has and the same one printed has not."""
    text = text.strip()
    if text.startswith("array(") and text.endswith(")"):
        text = text[len("array(") : -1]
    return [token for token in tokens_in(text) if token not in _COMMAS]


def _differs_in_a_line(claim: str, actual: str) -> bool:
    typed, real = ([" ".join(line.split()) for line in text.strip().split("\n")] for text in (claim, actual))
    rest = _between(typed, real)
    if len(rest[0]) == len(rest[1]) == _SWAPPED and rest[0] == rest[1][::-1]:
        return True
    if max(map(len, rest)) > 1 or max(len(typed), len(real)) < 2 or not any(rest):
        return False
    if not all(rest):
        # What stands at either end, and is no line like its neighbour, says what is shown, or was of no interest.
        (odd,) = next(filter(None, rest))
        longer = max(typed, real, key=len)
        if longer[0] != odd != longer[-1]:
            return True
        return len(longer) > 2 and is_of_form(odd, longer[1] if longer[0] == odd else longer[-2])
    words = _bare(rest[0][0]), _bare(rest[1][0])
    said, shown = map(Counter, words)
    differing = (said - shown) | (shown - said)
    return _differs_in_a_word(*words) or (is_near(rest[0][0], rest[1][0]) and _says(differing))


def _differs_in_a_word(typed: Sequence[str], real: Sequence[str], *, shorter: bool = True) -> bool:
    """Return whether other words stand at one place, or one more or less, where one text may be `shorter`."""
    # What stands before an ellipsis is what its author took the trouble to type.
    if left_out := next((at for at, token in enumerate(typed) if token in _ELLIPSES), 0):
        return _differs_in_a_word(typed[:left_out], real[:left_out], shorter=shorter)
    rest = _between(typed, real)
    if not _says(token for part in rest for token in part):
        return False
    if not all(rest):
        # At either end it was left out, or is a remark; a keyword is how another version writes an object.
        less, more = sorted((typed, real), key=len)
        within = more[: len(less)] != less and more[-len(less) :] != less
        words = sum(map(_is_word, (*rest[0], *rest[1])))
        return shorter and within and words <= _PLACE and "=" not in (*rest[0], *rest[1])
    if [*map(_form, typed)] != [*map(_form, real)]:
        return False
    said = [pair for pair in zip(typed, real, strict=True) if _is_word(pair[0])]
    others = sum(word != printed for word, printed in said)
    # Of what has nothing in common, only a single value can be a slip for another.
    common = Counter(word for word, _ in said) & Counter(printed for _, printed in said)
    return 2 * others <= max(len(said), 2 * _PLACE) and (len(said) == 1 or bool(common))


def _says(differing: Iterable[str]) -> bool:
    """Return whether the tokens in which two texts differ are more than how Python writes an object."""
    return any(_is_word(token) and token not in _NOTATION for token in differing)


def _is_word(token: str) -> bool:
    return bool(_SAYS.match(token))


def _between(one: Sequence[str], other: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return what is left of two sequences without what they begin and end with alike."""
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next((at for at in range(shorter - start) if one[-1 - at] != other[-1 - at]), shorter - start)
    return one[start : len(one) - end], other[start : len(other) - end]


def is_near(claim: str, actual: str) -> bool:
    """Return whether half of what a text says was printed: else it may be about something else."""
    if is_of_kind(claim, actual):
        return True
    typed, real = ([token for token in tokens_in(text) if _is_word(token)] for text in (claim, actual))
    same = Counter(typed) & Counter(real)
    return bool(same) and 2 * same.total() >= max(len(typed), len(real))


def has_numbers_of(claim: str, actual: str, *, digits: int) -> bool:
    """Return whether a text has the numbers of another in their order, and those at least so many digits."""
    numbers = [[token for token in tokens_in(text) if is_number(token)] for text in (claim, actual)]
    return numbers[0] == numbers[1] and sum(map(str.isdecimal, "".join(numbers[0]))) >= digits


def is_of_form(claim: str, actual: str) -> bool:
    """Return whether two texts have words, numbers and marks at the same places."""
    forms = [[_WORD_TOKEN.sub("a", masked(token)) for token in tokens_in(text)] for text in (claim, actual)]
    return bool(forms[0]) and forms[0] == forms[1]


def is_reworded(claim: str, actual: str) -> bool:
    """Return whether a typed text has the words of a printed one but for some between, as a translation has."""
    typed, real = (
        [token for token in tokens_in(text[:_LINE]) if _WORD_TOKEN.match(token) and token not in _VALUES]
        for text in (claim, actual)
    )
    pairs = [before == after for before, after in zip(typed, real, strict=False)]
    return len(pairs) > 2 and pairs[0] and pairs[-1] and not all(pairs)


def agree_in_words(claim: str, actual: str) -> bool:
    """Return whether two lines have as many words and numbers, and half of them, or all numbers, are the same."""
    typed, real = tokens_in(claim), tokens_in(actual)
    if "\n" in actual or len(typed) != len(real) or len(typed) > _COMPARED:
        return False
    same = [token for token, printed in zip(typed, real, strict=True) if token == printed]
    if 2 * len(same) >= len(typed) and any(_LETTER.search(token) for token in same):
        return True
    return is_of_form(claim, actual) and has_numbers_of(claim, actual, digits=2)


def _form(token: str) -> str:
    return _WORD_TOKEN.sub("a", masked(token))


def _masked(token: str) -> str:
    """Return what stands for a token: one truth is as good as the other, as one number is."""
    return "True" if token == "False" else masked(token)


def _masked_line(line: str) -> str:
    return " ".join(map(_masked, tokens_in(line)))
