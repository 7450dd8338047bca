"""What aligning costs where much differs: whole blocks and lines are compared before tokens, never each with each."""

import random
import time

import pytest

from articles_helpers import article, codes, fence, post

pytestmark = pytest.mark.cost

SECONDS = 3.0
"""Of CPU; 0.3 to 0.9 s where nothing else runs, minutes where tokens are compared one by one."""
WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")


def lines(count, rng):
    return [
        f"{rng.choice(WORDS)}{rng.randrange(99)} = {rng.choice(WORDS)}({rng.choice(WORDS)}, {rng.randrange(99)}, 'x')"
        for _ in range(count)
    ]


def rewritten(code, rng):
    """Return code of which every second line is another one."""
    return [line if rng.random() < 0.5 else lines(1, rng)[0] for line in code]


def blocks(count, size):
    rng = random.Random(0)
    before = [lines(size, rng) for _ in range(count)]
    return ["\n".join(code) for code in before], ["\n".join(rewritten(code, rng)) for code in before]


def numbers(first, mark):
    return mark.join(f"x{number}" for number in range(first, first + 20_000))


LARGE = {
    "a block of 2,000 lines": blocks(1, 2000),
    "200 blocks": blocks(200, 10),
    "200 blocks that are others": (blocks(200, 10)[0], blocks(400, 10)[0][200:]),
    "an expression of 20,000 terms": ([numbers(0, " + ")], [numbers(1, " + ")]),
    "a list of 20,000 elements": ([f"x = [{numbers(0, ', ')}]"], [f"x = [{numbers(1, ', ')}]"]),
    "a call of 20,000 arguments": ([f"f({numbers(0, ', ')})"], [f"f({numbers(9, ', ')}, 1)"]),
    "2,000 lines of words": (
        ["\n".join(lines(2000, random.Random(0)))],
        ["\n".join(line if number % 2 else "Hier steht nur ein Satz" for number, line in enumerate(lines(2000, random.Random(0))))],
    ),
    "2,000 lines that do not parse": (
        ["\n".join(["for x in y:\n    f(x)"] * 1000)],
        ["\n".join(["für x in y:\n    f(x)"] * 1000)],
    ),
    "600 blocks that print": (
        [f"print('number {number}')" for number in range(600)],
        [f"print('Nummer {number}')" for number in range(600)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), LARGE.values(), ids=LARGE)
def test_much_that_differs_takes_no_minutes(before, after):
    start = time.process_time()
    aligned = article(post("en", *map(fence, before)), post("de", *map(fence, after)))
    assert time.process_time() - start < SECONDS
    assert codes(aligned)
