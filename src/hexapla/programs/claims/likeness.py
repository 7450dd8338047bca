"""Likeness: how a typed output compares with a real one, read as words, marks and numbers."""

import ast
import contextlib
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from hexapla.programs.claims.tokens_alike import Likeness, compare, plain, tokens_in
from hexapla.programs.output_labels import is_label, split_comment

_OPEN, _CLOSED = frozenset("([{"), frozenset(")]}")
_LABEL = re.compile(r"[:=]\s*+|\s{2,}+")
_LABELS = 20
"""How many places of a line are tried at which a label may end."""
_LONGEST = 10_000
"""A line of more characters has no label."""
_NO_LABEL = re.compile(r"[\n\[({]")
_LETTER = re.compile(r"[^\W\d]")
_GRADIENT = re.compile(r",\s*+grad_fn=<[^<>]*+>")
"""What autograd remembers of a tensor; authors leave it out."""
_REMARK = re.compile(r"(?m)(?<!\s)\s++#\s[^\n]*$")
_BEHIND = re.compile(r"\s*+(?=[(（])|\s++[—–;#-]\s*+|\s*+[,，;；]\s++|\s++(?:->|=>|→|<-|←)\s*+|\s{2,}+")
"""What stands between a value and a remark."""
_ROWS = 400
"""Texts of more lines are not compared line by line."""
_BEGINNING = 5
"""How many words of a line, or more, tell that the rest was left out."""
_OWN = "__main__."
"""The module of what a program defines itself; authors leave it out."""
_MARK = re.compile(
    r"(?:[─-╿]{0,3}(?:[=~-]{0,3}>{1,3}|[←-⇿⟰-⟿⤀-⥿⬀-⯿➔-➾►▶▸✓✔✅👉🖨💡»])|[─-╿]{1,3}|[|:]|\$(?=\s)|::|#++>?+|//|\[1\])\uFE0F?\s?+"
)
"""What stands before each line of an output in a comment."""
_ANSWER = re.compile(
    r"(?:answer|ans|antwort|respuesta|resposta|réponse|risposta|ответ|відповідь|odpowiedź|cevap|答案|答え|정답|उत्तर|الجواب)\s?[.:：]\s*+",
    re.IGNORECASE,
)
_LEFT = re.compile(r"(?<!\s)\s{1,9}(?:<[-=]{1,3}|[←⬅⇐])\s")
"""An arrow that leads from a remark to the output before it."""
_RULE = re.compile(r"\s*+([-=*_─~])\1{2,}+\s*+\Z")
"""A line that is drawn above an output, or below it."""
_STOPS = (".", "。", "!", "！")
_QUOTES = {"“": "”", "„": "“", "«": "»", "「": "」", "‘": "’", '"': '"', "'": "'", "`": "`", "$": "$"}
_CLOSING = frozenset(_QUOTES.values())
_LABELLING = 3
"""Of how many words a label is, or fewer."""
_WORDS = re.compile(r"\A[^\W\d][^\d\[({:=]*? (?=[\[({\d+-]|[\w.]+\()")


def likeness(claim: str, actual: str) -> Likeness:
    """Return how alike a typed text is to one that was printed. Blanks between words do not matter."""
    claim, actual = _trimmed(claim), _trimmed(actual)
    if claim == actual or " ".join(claim.split()) == " ".join(actual.split()):
        return Likeness.SAME
    typed = _typed(claim)
    if not typed:
        return Likeness.NONE
    best = compare(typed, actual)
    if best < Likeness.CLOSE and "\n" not in claim:
        best = max(best, _unlabelled(claim, typed, actual))
    if best < Likeness.CLOSE:
        best = max(best, min(_as_meant(claim, typed, actual), Likeness.CLOSE))
    return best


def _as_meant(claim: str, typed: Sequence[str], actual: str) -> Likeness:
    """Compare without what authors leave out or add: a set's order, a gradient's function, remarks."""
    best = Likeness.NONE
    if "{" in claim and "{" in actual and len(actual) <= _LONGEST:
        # `{1, 2} (in any order)` says so.
        elements = tokens_in(claim[: claim.rindex(" (")]) if claim.endswith(")") and "} (" in claim else typed
        best = compare(_in_order(elements), " ".join(_in_order(tokens_in(actual))))
    if "grad_fn=" in actual and "grad_fn" not in claim:
        best = max(best, compare(typed, _GRADIENT.sub("", actual)))
    printed = actual.startswith("[") and "," not in actual
    if claim.startswith(("array(", "[")) and (printed or (claim[0] == "[" and actual.startswith("array(["))):
        best = max(best, compare(_elements(typed), " ".join(_elements(tokens_in(actual)))))
    if (bare := plain(typed)) != [*typed]:
        best = max(best, compare(bare, actual))
    if best < Likeness.CLOSE and "," in claim and "\n" not in claim and "\n" in actual and "," not in actual:
        # Values that were printed a line each, told in one.
        best = max(best, compare([token for token in typed if token != ","], actual))
    if best < Likeness.CLOSE and _OWN in actual and _OWN not in claim:
        best = max(best, likeness(claim, actual.replace(_OWN, "")))
    if best < Likeness.CLOSE and _is_each_line(claim, actual):
        best = Likeness.CLOSE
    for reading in readings(claim) if best < Likeness.CLOSE else ():
        best = max(best, likeness(reading, actual))
    return best


@functools.lru_cache(maxsize=8)
def readings(claim: str) -> tuple[str, ...]:
    """Return what else a typed text may say, each shorter than it."""
    first = [reading for reading in _all_readings(claim) if 0 < len(reading) < len(claim)]
    then = [reading for shorter in first for reading in _all_readings(shorter)]
    return tuple(reading for reading in dict.fromkeys((*first, *then)) if 0 < len(reading) < len(claim))


def _all_readings(claim: str) -> Iterator[str]:
    """Yield a text without a mark before each line, without a label, without quotes, and without remarks."""
    first, *below = lines = claim.split("\n")
    if all(_MARK.match(line) for line in map(str.strip, lines) if line):
        yield "\n".join(_MARK.sub("", line.strip(), count=1) for line in lines).strip()
    if len(lines) > 1 and (_RULE.match(first) or _RULE.match(below[-1])):
        yield "\n".join(line for line in lines if not _RULE.match(line))
    yield _unquoted(claim)
    yield _ANSWER.sub("", claim)
    yield claim if below else _LEFT.split(claim, maxsplit=1)[0]
    # A fence that is closed in its last line is none.
    yield claim.removesuffix("```")
    label, rest = split_comment(first.removeprefix("#").strip())
    if label or is_label(first.strip("#/-: ")):
        yield "\n".join((rest if label else "", *below))
    words = first.split(maxsplit=_LABELLING)
    for count in range(1, len(words)):
        if is_label(" ".join(words[:count])):
            rest = "\n".join((first.split(maxsplit=count)[count], *below))
            yield from (rest, _unquoted(rest))
    if (
        (quote := claim[:1])
        and quote in "\"'`"
        and quote
        not in (
            inner := claim[1:].removesuffix(quote) if below else claim[1:-1] if claim[-1] == quote else quote
        )
    ):
        yield inner
    if claim[:1] == "(" and claim[-1] == ")" and is_label(claim[1:].split(maxsplit=1)[0]):
        yield claim[1:-1]
    if "\\" in claim and not below:
        with contextlib.suppress(ValueError, SyntaxError):
            yield str(ast.literal_eval(claim))
    if "#" in claim:
        yield _REMARK.sub("", claim)


def _unquoted(text: str) -> str:
    """Return a text without the quotes around it, and without a full stop behind them."""
    if text[:1] == text[-1:] == "*":
        return text.strip("*")
    bare = text[:-1] if text[-1:] in _STOPS and text[-2:-1] in _CLOSING else text
    return bare[1:-1] if len(bare) > 2 and _QUOTES.get(bare[0]) == bare[-1] else text


def _is_each_line(claim: str, actual: str) -> bool:
    """Return whether each line is the printed one, or the beginning of it, or has a remark behind.

    Of a long output the last lines may have been left out.
    """
    typed, real = ([line for line in map(str.strip, text.split("\n")) if line] for text in (claim, actual))
    count = len(typed)
    whole = len(real) == count or (count > 2 and len(real) >= 2 * count)
    if not whole or count > _ROWS:
        return False
    return all(
        one == other
        or (other.startswith(f"{one} ") and one.count(" ") + 1 >= _BEGINNING)
        or (count > 1 and bool(split_after(one, other)[0]))
        or (count > 1 and compare(tokens_in(one), other) >= Likeness.CLOSE)
        for one, other in zip(typed, real, strict=False)
    )


def _elements(array: Sequence[str]) -> list[str]:
    """Return what an array's value, and what `print` writes of it, have in common."""
    return [token for token in (array[2:-1] if array[0] == "array" else array) if token != ","]


def _in_order(tokens: Iterable[str]) -> list[str]:
    """Return tokens with the elements of every set in one order, since a set has none."""
    groups: list[list[list[str]]] = [[[]]]
    for token in tokens:
        if token in _OPEN:
            groups.append([[token], []])
        elif token in _CLOSED and len(groups) > 1:
            (opening,), *items = groups.pop()
            is_set = opening == "{" and token == "}" and not any(":" in item for item in items)
            flat = [token for item in (sorted(items) if is_set else items) for token in (*item, ",")]
            groups[-1][-1] += [opening, *flat[:-1], token]
        elif token == "," and len(groups) > 1:
            groups[-1].append([])
        else:
            groups[-1][-1].append("'" if token == '"' else token)
    return [token for group in groups for item in group for token in item]


def split_after(text: str, actual: str) -> tuple[str, str]:
    """Split a comment into what was printed, with which it begins, and the remark behind it; both empty where not."""
    start = actual.strip()
    if not start or "\n" in start or not text.startswith(start):
        return "", ""
    remark = text[len(start) :]
    match = _BEHIND.match(remark)
    # `1 - load the data` and `2, then` number steps.
    counts = len(start) == 1 and start.isdecimal() and remark.lstrip()[:1] not in "(（"
    if match is None or (counts and not match.group().strip(" ,")):
        return "", ""
    return start, remark[match.end() :].strip()


@functools.lru_cache(maxsize=8)
@functools.lru_cache(maxsize=8)
def _typed(claim: str) -> tuple[str, ...]:
    """Return the words, marks and numbers of a claim, which is compared with many texts."""
    return tuple(tokens_in(claim))


def _unlabelled(claim: str, typed: Sequence[str], actual: str) -> Likeness:
    """Compare with what stands behind a label in the real output, or without the quotes of the typed one."""
    quoted = len(claim) > 2 and claim[0] == claim[-1] and claim[0] in "'\""
    if quoted and tokens_in(claim[1:-1]) == tokens_in(actual):
        return Likeness.CLOSE
    if len(actual) > _LONGEST:
        return Likeness.NONE
    scores = (compare(typed, value) for value in behind_labels(actual))
    bare = len(actual) > 2 and actual[0] == actual[-1] and actual[0] in "'\"" and actual[1:-1] == claim
    return Likeness.CLOSE if bare else min(max(scores, default=Likeness.NONE), Likeness.CLOSE)


def behind_labels(actual: str) -> list[str]:
    """Return what stands behind each label in a line that was printed."""
    starts = []
    for match in itertools.islice(_LABEL.finditer(actual), _LABELS):
        label = actual[: match.start()]
        # `4 + 3 = 7` needs no word before its sign.
        sum_before = match.group().strip() == "=" and bool(label.strip())
        if _NO_LABEL.search(label) or not (sum_before or _LETTER.search(label)):
            break
        starts.append(match.end())
    if words := _WORDS.match(actual):
        starts.append(words.end())
    return [actual[start:] for start in starts]


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().replace("\r\n", "\n").split("\n"))
