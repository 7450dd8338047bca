"""Measure the relation on mutants of real code: `python benchmarks/equivalence.py [--count 6000] [--seed 0]`.

Takes real code (`sources`), changes each block in one way (`same`, `different`), and asks `articles.align`
what the changed block is. Prints a table: for every kind of mutant, how many were put in the right class,
named rightly, and, for other programs, accepted as the same (which must never happen). Then articles whose
blocks are lost, moved, joined or split, and how long 2,000 posts take.
"""

import argparse
import random
import sys
import time
import warnings
from collections import Counter, defaultdict
from pathlib import Path

from different import DIFFERENT
from judge import Class, judge
from same import LOCALIZED, SAME, comments_added
from sources import sources
from subtle import SUBTLE

from hexapla.model.article import Article, Level
from hexapla.model.post import Post
from hexapla.programs.align.article import align


def article(original: str, translation: str, frame: tuple[str, str]) -> Article:
    """Return the article of two posts that hold a block between two others."""
    return align(
        [_post("en", [frame[0], original, frame[1]]), _post("de", [frame[0], translation, frame[1]])],
        default_language="en",
        languages=("en", "de"),
    )


def _post(language: str, codes: list[str]) -> Post:
    body = "".join(f"Text.\n\n```python\n{code.rstrip()}\n```\n\n" for code in codes)
    return Post(
        path=f"posts/a.{language}.md",
        slug="a",
        language=language,
        title="",
        body=body,
        lines=range(1, body.count("\n") + 2),
    )


def main() -> int:
    """Run the benchmark; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="how many misses to show")
    parser.add_argument("--packages", nargs="*", default=(), help="installed packages to take code from")
    parser.add_argument("--folder", type=Path, help="a folder of Markdown to take code from")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    rng = random.Random(options.seed)
    blocks = sources(options.count, rng, packages=options.packages, folder=options.folder)
    kinds = [*((k, m, "same", ()) for k, m in SAME.items()), *((k, m, "localized", ()) for k, m in LOCALIZED.items()),
             *((k, m, "different", codes) for k, (m, codes) in (DIFFERENT | SUBTLE).items())]  # fmt: skip
    table: dict[str, Counter[str]] = defaultdict(Counter)
    shown = 0
    each = max(1, options.count // len(kinds))
    for kind, mutate, expected, codes in kinds:
        for code in blocks:
            if table[kind]["mutants"] >= each:
                break
            mutant = mutate(code, rng)
            if mutant is None or (expected == "different" and judge(code, mutant) is Class.SAME):
                continue
            found = article(code, mutant, ("first = 1\nprint(first)\n", "last = 'end'\nprint(last, first)\n"))
            verdict, named, framed = _read(found, codes)
            row = table[kind]
            row["mutants"] += 1
            row["right"] += verdict == expected
            row["named"] += named
            row["accepted"] += expected == "different" and verdict != "different"
            row["rejected"] += expected == "same" and verdict != "same"
            row["shifted"] += not framed
            if (verdict != expected or (codes and not named)) and shown < options.show:
                shown += 1
                print(f"--- {kind}: {verdict}", *map(str, found.problems), mutant, sep="\n")
    return _report(table) + _speed(blocks, rng)


def _read(found: Article, codes: tuple[str, ...]) -> tuple[str, bool, bool]:
    """Return the class of the middle block, whether it is named rightly, and whether its neighbours hold."""
    placed = found.placed["de"]
    words = {problem.code for problem in found.problems}
    framed = [placed[0].cell, placed[-1].cell] == ["cell-1", "cell-3"]
    middle = placed[1]
    if middle.cell and middle.level is Level.IDENTICAL:
        verdict = "same"
    elif middle.cell and middle.level in (Level.LOCALIZED, Level.RENAMED):
        verdict = "localized"
    else:
        verdict = "different"
    return verdict, bool(words & set(codes)), framed


def _report(table: dict[str, Counter[str]]) -> int:
    columns = ("mutants", "right", "named", "accepted", "rejected", "shifted")
    print(f"{'mutant':24}" + "".join(f"{column:>10}" for column in columns))
    whole: Counter[str] = Counter()
    for kind, row in table.items():
        whole.update(row)
        print(f"{kind:24}" + "".join(f"{row[column]:>10}" for column in columns))
    print(f"{'all':24}" + "".join(f"{whole[column]:>10}" for column in columns))
    same = sum(table[kind]["mutants"] for kind in SAME)
    right = whole["right"] / whole["mutants"]
    rejected = whole["rejected"] / same
    print(f"right class {right:.2%} (target 99.5 %); other programs accepted {whole['accepted']} (target 0); "
          f"same programs rejected {rejected:.2%} (target 0.1 %)")  # fmt: skip
    return int(right < 0.995 or whole["accepted"] > 0 or rejected > 0.001)


def _speed(blocks: list[str], rng: random.Random, posts: int = 2000) -> int:
    """Align 400 articles of 5 languages with 8 blocks each; one block in six has a comment changed."""
    languages = ("en", "de", "fr", "hi", "zh")
    work = []
    for number in range(posts // len(languages)):
        codes = [blocks[(number * 8 + k) % len(blocks)] for k in range(8)]
        work.append([
            _post(tag, [(comments_added(code, rng) or code) if tag != "en" and rng.random() < 1 / 6 else code for code in codes])
            for tag in languages
        ])  # fmt: skip
    start = time.process_time()
    for versions in work:
        align(versions, default_language="en", languages=languages)
    spent = time.process_time() - start
    print(f"{posts} posts of 8 blocks aligned in {spent:.1f} s of CPU (target 10 s)")
    return int(spent > 10)


if __name__ == "__main__":
    sys.exit(main())
