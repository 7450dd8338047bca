"""Whole posts whose blocks were lost, moved, joined, split, doubled and changed: `python benchmarks/whole.py`.

A post of several blocks is changed in one to three ways, with the comments of the rest translated. Then every
block that hexapla takes for one of the original's must be that one, and stand in the original's order; and
what was done must be named. Prints for every way how many posts were read rightly.
"""

import argparse
import ast
import random
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from different import DIFFERENT
from judge import Class, judge
from same import comments_added
from sources import parses, sources

from hexapla.model.article import Article, Level
from hexapla.model.post import Post
from hexapla.programs.align.article import align

Block = tuple[str, int | None]
"""A block's code, and which of the original's blocks it is; None for one of no program of the original."""
Way = Callable[[list[Block], random.Random, list[str]], list[Block] | None]


def lost(blocks: list[Block], rng: random.Random, spare: list[str]) -> list[Block] | None:
    """Lose one block, or several."""
    gone = rng.sample(range(len(blocks)), rng.randint(1, 3))
    return [block for place, block in enumerate(blocks) if place not in gone]


def moved(blocks: list[Block], rng: random.Random, spare: list[str]) -> list[Block] | None:
    """Take a block elsewhere."""
    start, end = rng.sample(range(len(blocks)), 2)
    rest = blocks[:start] + blocks[start + 1 :]
    return [*rest[:end], blocks[start], *rest[end:]]


def turned(blocks: list[Block], rng: random.Random, spare: list[str]) -> list[Block] | None:
    """Turn the halves of a post round."""
    middle = len(blocks) // 2
    return [*blocks[middle:], *blocks[:middle]]


def doubled(blocks: list[Block], rng: random.Random, spare: list[str]) -> list[Block] | None:
    """Write a block a second time, there or elsewhere."""
    place, again = rng.randrange(len(blocks)), rng.randrange(len(blocks) + 1)
    return [*blocks[:again], (blocks[place][0], None), *blocks[again:]]


def added(blocks: list[Block], rng: random.Random, spare: list[str]) -> list[Block] | None:
    """Add a block of another post."""
    place = rng.randrange(len(blocks) + 1)
    return [*blocks[:place], (rng.choice(spare), None), *blocks[place:]]


def joined(blocks: list[Block], rng: random.Random, spare: list[str]) -> list[Block] | None:
    """Make one block of two."""
    place = rng.randrange(len(blocks) - 1)
    whole = blocks[place][0].rstrip("\n") + "\n\n" + blocks[place + 1][0]
    return [*blocks[:place], (whole, None), *blocks[place + 2 :]]


def split(blocks: list[Block], rng: random.Random, spare: list[str]) -> list[Block] | None:
    """Make two blocks of one, between two statements."""
    for place in rng.sample(range(len(blocks)), len(blocks)):
        body = ast.parse(blocks[place][0]).body
        if len(body) < 2:
            continue
        row = body[rng.randrange(1, len(body))].lineno - 1
        lines = blocks[place][0].split("\n")
        halves = ["\n".join(lines[:row]), "\n".join(lines[row:])]
        if all(map(parses, halves)):
            return [*blocks[:place], *((half, None) for half in halves), *blocks[place + 1 :]]
    return None


def changed(blocks: list[Block], rng: random.Random, spare: list[str]) -> list[Block] | None:
    """Make another program of a block."""
    for place in rng.sample(range(len(blocks)), len(blocks)):
        code = blocks[place][0]
        for mutate, _ in rng.sample(list(DIFFERENT.values()), 5):
            other = mutate(code, rng) if parses(code) else None
            if other is not None and judge(code, other) is not Class.SAME:
                return [*blocks[:place], (other, None), *blocks[place + 1 :]]
    return None


def swapped(blocks: list[Block], rng: random.Random, spare: list[str]) -> list[Block] | None:
    """Turn two neighbours round."""
    place = rng.randrange(len(blocks) - 1)
    return [*blocks[:place], blocks[place + 1], blocks[place], *blocks[place + 2 :]]


def alike(codes: list[str], rng: random.Random) -> list[str]:
    """Put a block that resembles another one, in one mark or in its strings, into half of the posts."""
    place, mutate = rng.randrange(len(codes)), rng.choice(list(DIFFERENT.values()))[0]
    other = mutate(codes[place], rng) if rng.random() < 0.5 else None
    if other is None or not parses(other):
        return codes
    again = rng.randrange(len(codes))
    return [*codes[:again], other, *codes[again:]]


WAYS: dict[str, tuple[Way, tuple[str, ...]]] = {
    "nothing": (lambda blocks, rng, spare: blocks, ()),
    "lost": (lost, ("missing-block",)),
    "moved": (moved, ("moved-block",)),
    "neighbours turned": (swapped, ("moved-block",)),
    "halves turned": (turned, ("moved-block",)),
    "doubled": (doubled, ("extra-block", "moved-block")),
    "added": (added, ("extra-block",)),
    "joined": (joined, ("merged-block",)),
    "split": (split, ("split-block",)),
    "changed": (changed, ()),
}  # fmt: skip


def read(original: list[str], blocks: list[Block], found: Article) -> tuple[int, int]:
    """Return how many blocks were taken for another, and how many of those that are the original's were not taken.

    Of equal blocks each may stand for each. Blocks that stand out of order need not be taken.
    """
    placed = found.placed["de"]
    last, wrong, taken = -1, 0, 0
    for (code, _), item in zip(blocks, placed, strict=True):
        if not item.cell or item.level is None or item.level > Level.RENAMED:
            continue
        twin = int(item.cell.removeprefix("cell-")) - 1
        same = judge(original[twin], code) in (Class.SAME, Class.STRINGS)
        wrong += not same or twin <= last
        last, taken = twin, taken + 1
    return wrong, max(_in_order([twin for _, twin in blocks if twin is not None]) - taken, 0)


def _in_order(places: list[int]) -> int:
    """Return how many can be kept in their order."""
    best: list[int] = []
    for index, place in enumerate(places):
        best.append(1 + max((best[i] for i in range(index) if places[i] < place), default=0))
    return max(best, default=0)


def _post(language: str, codes: list[str]) -> Post:
    body = "".join(f"Text.\n\n```python\n{code.rstrip()}\n```\n\n" for code in codes)
    lines = range(1, body.count("\n") + 2)
    return Post(path=f"posts/a.{language}.md", slug="a", language=language, title="", body=body, lines=lines)


def main() -> int:
    """Run the benchmark; 1 where a block was taken for another, or one in a thousand was not taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="posts for every way")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--packages", nargs="*", default=())
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    rng = random.Random(options.seed)
    pool = sources(6000, rng, packages=options.packages, folder=options.folder)
    table: dict[str, Counter[str]] = defaultdict(Counter)
    ways = list(WAYS)
    for way in [*ways, "two of them"]:
        for _ in range(options.count):
            original = alike(rng.sample(pool, rng.randint(5, 9)), rng)
            blocks: list[Block] | None = [(code, place) for place, code in enumerate(original)]
            done = rng.sample(ways[1:], 2) if way == "two of them" else [way]
            for name in done:
                blocks = WAYS[name][0](blocks, rng, pool) if blocks else None
            if not blocks:
                continue
            blocks = [
                ((comments_added(code, rng) if parses(code) else None) or code, twin) for code, twin in blocks
            ]
            posts = [_post("en", original), _post("de", [code for code, _ in blocks])]
            found = align(posts, default_language="en", languages=("en", "de"))
            wrong, left = read(original, blocks, found)
            codes = {problem.code for problem in found.problems}
            row = table[way]
            row.update(posts=1, blocks=len(blocks), wrong=wrong, left=left)
            row["named"] += all(not WAYS[name][1] or bool(codes & {*WAYS[name][1]}) for name in done)
            if (wrong or left) and options.show:
                options.show -= 1
                print(f"--- {done} wrong {wrong} left {left}", *map(str, found.problems), sep="\n")
    columns = ("posts", "named", "blocks", "wrong", "left")
    print(f"{'way':20}" + "".join(f"{column:>9}" for column in columns))
    whole: Counter[str] = Counter()
    for row in table.values():
        whole.update(row)
    for way, row in [*table.items(), ("all", whole)]:
        print(f"{way:20}" + "".join(f"{row[column]:>9}" for column in columns))
    print(
        f"blocks taken for another {whole['wrong']} (target 0), not taken {whole['left'] / whole['blocks']:.2%} (target 0.1 %)"
    )
    return int(whole["wrong"] > 0 or whole["left"] > whole["blocks"] / 1000)


if __name__ == "__main__":
    sys.exit(main())
