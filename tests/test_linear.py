"""Text from outside is read in time that grows as the text does, whatever its author was after.

Every expression of the package reads 100 KB of each nasty alphabet in under 50 ms, by each method by which it is used.
"""

import ast
import itertools
import random
import re
import string
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

import hexapla
from expressions import SEARCHING, Expression, expressions
from hexapla.normalize.rules.untranslated import marks

pytestmark = [pytest.mark.cost, pytest.mark.timeout(900)]

LIMIT = 0.05
"""Seconds for 100 KB."""
SIZES = (300, 1_500, 10_000, 100_000)
"""The short ones first: what costs too much there is not tried at length."""
MADE = {
    "execution.terminal_text:mention": (
        r'(?<![\w./-])(?:File ")?(?:/scratch/a\.py|posts/a\.md|a\.md)(?:", line |:)(?P<line>\d{1,9})(?!\d)',
    ),
    "model.block:closing": (r"`{3,}[ \t]*$",),
    "model.block:rest": (r"(?:[ \t]*>){1} ?", r"(?:[ \t]*>){20} ?"),
    "normalize.printing:longest": ("`+",),
    "normalize.rules.foreign:_abbreviated": (r"(?<![\w/\"'=<#.*\[-])(?:HTML|A\.B)(?![\w/\"'=>\]-])",),
    "normalize.rules.jekyll:translated": (r"\{%", r"\$\$"),
    "normalize.rules.untranslated:_compiled": tuple(mark.pattern for mark in marks()),
    "normalize.rules.untranslated:is_sure": tuple(mark.beside for mark in marks() if mark.beside),
    "programs.claims.said:_is_quoted": (r"#[ \t>]*+(?:\w{1,60}+\.){0,6}ValueError: \S",),
    "render.jupyter_markdown:closing": (r"[ >]*```\`*\s*$",),
}
"""Expressions that are made from values, with values."""
PARTS = 6
"""So many tests share the expressions, that processors may share the tests."""


def _texts() -> dict[str, str]:
    """Return 100 KB of each alphabet."""
    size = SIZES[-1]
    signs = [*string.punctuation, " ", "\t", "\n", "1", "a", "e", "A", "é", "中", "\x1b"]
    pairs = [
        "1,", "1 ", "1.", "1\n", "1:", "a ", "a\n", "a.", "a-", "a_", "a/", "a=", "a:", "a(", " \n", "\n ", "> ", "# ", "- ", "| ",
        "[(", "[](", "![", "\"'", "``` \n", "`a", "<a ", "<a>", "</", "<!--", "{%", "{{", "{: ", "$$", "$a", "\\(", "**a", "*a ", "_a",
        "a=\"", "!!! ", "&a", "://", "0x", "0xff", "1e", "1e-", "--", "::", "===\n", "---\n", "~~~\n", "a, ", "'a' ", "\x1b[", "。", "@a",
        "www.", "a  \n", "\n\n", "\\", "\\a", "#a", "[a]", "(a)", "{a}", "a|", "...", "-+", ">>> ", "a)",
    ]  # fmt: skip
    chosen = random.Random(0)
    mixed = {
        "digits": string.digits, "hex": string.hexdigits, "letters": string.ascii_letters, "brackets": "[](){}<>",
        "quotes": "\"'`“”‘’", "punctuation": string.punctuation, "blanks": " \t\n", "words": "ab \n", "numbers": "01., e-\n",
        "mixed": string.printable, "scripts": "aé中ह ا。\n",
    }  # fmt: skip
    return {repr(unit): (unit * size)[:size] for unit in (*signs, *pairs)} | {
        name: "".join(chosen.choices(alphabet, k=size)) for name, alphabet in mixed.items()
    }


TEXTS = _texts()
EXPRESSIONS = expressions()


def own_texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield 100 KB of what an expression itself looks for: over and over, and once with something else behind it."""
    source = re.sub(r"\(\?P<\w+>|\(\?P=\w+\)|\[\^?\]?[^\]]*\]|\\[a-zA-Z]", "(", pattern.pattern)
    words = re.findall(r"(?:[^\\()\[\]{}?*+|^$.\s]|\\[^\w\s])+", source)
    literals = dict.fromkeys(re.sub(r"\\(.)", r"\1", word) for word in sorted(words, key=len, reverse=True))
    for literal, filler in itertools.product(list(literals)[:6], ("", " ", "a", "\n")):
        unit = literal + filler
        yield f"{unit!r} again and again", (unit * (SIZES[-1] // len(unit) + 1))[: SIZES[-1]]
        if filler:
            yield f"{literal!r} and {filler!r} again and again", (literal + filler * SIZES[-1])[: SIZES[-1]]


def patterns(expression: Expression) -> list[re.Pattern[str]]:
    """Return an expression, or what it is with each of its values."""
    if expression.pattern is not None:
        return [expression.pattern]
    return [re.compile(source) for source in MADE[expression.place]]


def seconds(pattern: re.Pattern[str], methods: frozenset[str], text: str) -> float:
    """Return how much time of the processor the slowest method takes."""
    costs = [0.0]
    # All that search go through a text as `finditer` does.
    for method in {"finditer" if method in SEARCHING else method for method in methods}:
        start = time.process_time()
        result = getattr(pattern, method)(text)
        if method == "finditer":
            deque(result, maxlen=0)
        costs.append(time.process_time() - start)
    return max(costs)


def first_slow(pattern: re.Pattern[str], methods: frozenset[str]) -> str:
    """Return the name of a text that takes too long; empty where none does."""
    return next(
        (name for name, text in (*TEXTS.items(), *own_texts(pattern)) if slow(pattern, methods, text)), ""
    )


def slow(pattern: re.Pattern[str], methods: frozenset[str], text: str) -> bool:
    """Return whether reading a text takes too long: more than the limit, and not for the machine's sake."""
    before = 0.0
    for size in SIZES:
        # What ends with another sign is gone through again from each place.
        read = f"{text[:size]}\0"
        now = seconds(pattern, methods, read)
        if now > LIMIT:
            # What collects garbage, or another's processor, takes its time once.
            now = min(now, *(seconds(pattern, methods, read) for _ in range(2)))
        # What is quadratic takes 100 times as long for a text 10 times as long.
        if now > LIMIT and (size < SIZES[-1] or now > 30 * before):
            return True
        if size == SIZES[-2] and now < LIMIT / 100:
            return False
        before = now
    return False


def test_every_expression_is_found():
    assert len(EXPRESSIONS) > 200
    made = {expression.place for expression in EXPRESSIONS if expression.pattern is None}
    assert made == set(MADE), "an expression that is made from values stands in MADE, with values"


def test_no_module_has_expressions_under_another_name():
    for path in Path(hexapla.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.module in ("re", "regex")), path
            names = (
                [alias for alias in node.names if alias.name == "re"] if isinstance(node, ast.Import) else []
            )
            assert all(alias.asname is None for alias in names), path


@pytest.mark.parametrize("part", range(PARTS))
def test_every_expression_reads_every_alphabet_in_linear_time(part):
    assert {
        expression.place: text
        for expression in EXPRESSIONS[part::PARTS]
        for pattern in patterns(expression)
        if (text := first_slow(pattern, expression.methods))
    } == {}


@pytest.mark.parametrize(
    ("source", "text"),
    [(r"\d+;", "1" * 100_000), (r"\s*$", " " * 100_000), (r"<[^>]*>", "<" * 100_000)],
    ids=["a run of digits", "blanks", "what is opened and never closed"],
)
def test_what_is_quadratic_is_told(source: str, text: str) -> None:
    assert slow(re.compile(source), frozenset({"search"}), text)
