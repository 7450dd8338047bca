"""Measure verdicts on claims: `python benchmarks/claims.py`.

Takes the outputs that torch's docstrings show (where torch is installed) and printed values made at random,
types each as an author would (on one line, shortened, rounded) and as no author should (another digit, word
or length), and asks `claims.judge`. Prints how many right ones were called right and wrong ones wrong.
"""

import argparse
import doctest
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable

from hexapla.model.output import Claim, Kind, Text
from hexapla.programs.claims.verdict import Verdict, judge

Typing = Callable[[str, random.Random], str | None]


def outputs(rng: random.Random, count: int) -> list[str]:
    """Return distinct outputs of real and of made-up examples."""
    found: dict[str, None] = {}
    try:
        import torch
    except ImportError:
        owners: tuple[object, ...] = ()
    else:
        owners = (torch, torch.nn, torch.nn.functional, torch.Tensor)
    for owner in owners:
        for name in dir(owner):
            document = getattr(getattr(owner, name, None), "__doc__", None)
            if isinstance(document, str):
                try:
                    examples = doctest.DocTestParser().get_examples(document)
                except ValueError:
                    continue
                found.update(
                    dict.fromkeys(e.want for e in examples if e.want.strip() and "..." not in e.want)
                )
    while len(found) < count:
        row = [round(rng.uniform(-9, 9), 4) for _ in range(rng.randint(1, 6))]
        value = rng.choice(
            (row, {"loss": row[0], "step": rng.randint(0, 999)}, f"epoch {rng.randint(0, 99)}: {row[0]}")
        )
        found[f"{value}\n"] = None
    return list(found)


def exact(text: str, rng: random.Random) -> str | None:
    """Type it as it is."""
    return text.rstrip("\n")


def one_line(text: str, rng: random.Random) -> str | None:
    """Type it on one line."""
    return " ".join(text.split())


def shortened(text: str, rng: random.Random) -> str | None:
    """Leave out the middle."""
    words = text.split()
    return f"{words[0]} ... {words[-1]}" if len(words) > 4 else None


def rounded(text: str, rng: random.Random) -> str | None:
    """Round one number to a digit less."""
    numbers = list(re.finditer(r"\d+\.\d{3,}\b(?![eE.])", text))
    if not numbers:
        return None
    match = rng.choice(numbers)
    digits = len(match.group().split(".")[1]) - 1
    return text[: match.start()] + f"{float(match.group()):.{digits}f}" + text[match.end() :]


def cut_off(text: str, rng: random.Random) -> str | None:
    """Leave the last digit of one number off."""
    numbers = list(re.finditer(r"\d+\.\d{3,}\b(?![eE.])", text))
    if not numbers:
        return None
    end = rng.choice(numbers).end()
    return text[: end - 1] + text[end:]


def unlabelled(text: str, rng: random.Random) -> str | None:
    """Leave out the words before a value in one line."""
    match = re.fullmatch(r"[A-Za-z][\w ]*: (.+)\n?", text)
    return match[1] if match else None


def other_quotes(text: str, rng: random.Random) -> str | None:
    """Write the other quotes around strings."""
    return text.replace("'", '"') if "'" in text and '"' not in text else None


def other_digit(text: str, rng: random.Random) -> str | None:
    """Change a leading digit."""
    places = [m.start() for m in re.finditer(r"(?<![\w.])[1-8](?=\d*(?:\.\d|\b))", text)]
    if not places:
        return None
    place = rng.choice(places)
    return f"{text[:place]}{int(text[place]) + 1}{text[place + 1 :]}"


def other_word(text: str, rng: random.Random) -> str | None:
    """Translate a word."""
    words = list(re.finditer(r"[A-Za-z]{4,}", text))
    if not words:
        return None
    match = rng.choice(words)
    return f"{text[: match.start()]}वज़न{text[match.end() :]}"


def one_more(text: str, rng: random.Random) -> str | None:
    """Add an element."""
    return text.replace("]", ", 7]", 1) if "]" in text else None


def one_less(text: str, rng: random.Random) -> str | None:
    """Drop an element."""
    changed = re.sub(r", -?[\d.]+\]", "]", text, count=1)
    return changed if changed != text else None


def other_sign(text: str, rng: random.Random) -> str | None:
    """Change the sign of a number."""
    places = [m.start() for m in re.finditer(r"(?<![\w.+-])[1-9]", text)]
    if not places:
        return None
    place = rng.choice(places)
    return f"{text[:place]}-{text[place:]}"


def turned_round(text: str, rng: random.Random) -> str | None:
    """Turn the first two elements round."""
    match = re.search(r"\[(-?[\w.]+), (-?[\w.]+)", text)
    if match is None or match[1] == match[2]:
        return None
    return f"{text[: match.start()]}[{match[2]}, {match[1]}{text[match.end() :]}"


def line_lost(text: str, rng: random.Random) -> str | None:
    """Leave out a line in the middle."""
    lines = text.rstrip("\n").split("\n")
    return "\n".join([*lines[:1], *lines[2:]]) if len(lines) > 2 and lines[1].strip() else None


RIGHT: tuple[Typing, ...] = (exact, one_line, shortened, rounded, cut_off, unlabelled, other_quotes)
WRONG: tuple[Typing, ...] = (other_digit, other_word, one_more, one_less, other_sign, turned_round, line_lost)


def main() -> int:
    """Run the benchmark; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    rng = random.Random(parser.parse_args().seed)
    table: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for text in outputs(rng, 1500):
        for typing in (*RIGHT, *WRONG):
            typed = typing(text, rng)
            if typed is not None:
                claim = Claim(text=typed, label="", line=1, edits=(), code_line=0)
                verdict = judge(claim, [Text(kind=Kind.STREAM, text=text)], code="print(x)")
                table[typing.__name__][verdict] += 1
    print(f"{'typed':16}" + "".join(f"{verdict.value:>12}" for verdict in Verdict))
    for name, row in table.items():
        print(f"{name:16}" + "".join(f"{row[verdict]:>12}" for verdict in Verdict))
    good = sum(table[t.__name__][v] for t in RIGHT for v in (Verdict.RIGHT, Verdict.CLOSE))
    bad = sum(table[t.__name__][Verdict.WRONG] for t in WRONG)
    right = good / sum(table[t.__name__].total() for t in RIGHT)
    wrong = bad / sum(table[t.__name__].total() for t in WRONG)
    print(f"right ones called right {right:.2%}, wrong ones called wrong {wrong:.2%} (targets 99 %)")
    return int(min(right, wrong) < 0.99)


if __name__ == "__main__":
    sys.exit(main())
