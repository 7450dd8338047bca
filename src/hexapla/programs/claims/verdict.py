"""Verdict: what becomes of an output that the author typed by hand, held against what ran."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from hexapla.model.article import Article, Placed
from hexapla.model.codes import problem
from hexapla.model.output import Claim, Figure, Kind, Output, Text
from hexapla.model.problem import Problem
from hexapla.programs.claims.constants import constant_of
from hexapla.programs.claims.likeness import Likeness, likeness
from hexapla.programs.parse import prepare

_RANDOM = re.compile(
    r"\b(?:rand|randn|randint|randperm|random|normal|uniform|multinomial|bernoulli|shuffle|sample|choice|empty|dropout|"
    r"Dropout\w*|Linear|LazyLinear|Bilinear|Conv\w+|Embedding\w*|LSTM\w*|GRU\w*|RNN\w*|Transformer\w*|"
    r"MultiheadAttention|kaiming_\w+|xavier_\w+|trunc_normal_|normal_|uniform_|uuid\d|perf_counter|time|now|getpid|"
    r"id|hash|token_hex|rand_like|randn_like|randint_like|resnet\w*|urandom)\b"
)
_SEEDED = re.compile(
    r"\b(?:manual_seed|seed|seed_everything|set_seed|default_rng|RandomState|PRNGKey)\s*\(\s*[\w-]"
)
_TRIED = 2_000
"""How many lines at either end of a long output are looked at for a line that a claim may be about."""


class Verdict(StrEnum):
    """What became of a claim."""

    RIGHT = "right"
    CLOSE = "close"
    """Right up to an ellipsis, rounding, or a missing label."""
    RANDOM = "random"
    """It can't be right: the value is drawn at random, and was not drawn with this seed."""
    WRONG = "wrong"
    UNCHECKED = "unchecked"
    """Nothing was run that could tell."""


def judge(claim: Claim, outputs: Sequence[Output] | None, *, code: str = "", before: str = "") -> Verdict:
    """Return what became of a claim.

    `outputs` is what its cell showed, None where it was not run; `code` the cell's code, which tells which
    lines of the output the claim can be about; `before` the code of the cells before it, which may seed.
    """
    if outputs is None:
        return Verdict.UNCHECKED
    texts = [output for output in outputs if not isinstance(output, Figure)]
    if not texts and len(outputs) > 0:
        return Verdict.UNCHECKED
    lines = "".join(text.text.removesuffix("\n") + "\n" for text in texts).split("\n")[:-1]
    candidates = _own_value(claim, texts, code) or _candidates(claim, lines, code)
    best = max((likeness(claim.text, text) for text in candidates), default=Likeness.NONE)
    if best is Likeness.NONE and any(text.kind is Kind.ERROR for text in texts) and lines:
        best = min(likeness(claim.text.split("\n")[-1], lines[-1]), Likeness.CLOSE)
    if best is Likeness.SAME:
        return Verdict.RIGHT
    if best is Likeness.CLOSE:
        return Verdict.CLOSE
    if _is_unseen(claim, sum(text.kind is Kind.VALUE for text in texts), code):
        return Verdict.UNCHECKED
    whole = f"{before}\n{code}"
    if best is Likeness.NUMBERS and _RANDOM.search(whole) and not _SEEDED.search(whole):
        return Verdict.RANDOM
    return Verdict.WRONG


def _is_unseen(claim: Claim, values: int, code: str) -> bool:
    """Return whether a claim is about an expression whose value was not shown, since others follow it."""
    tree = prepare(code).tree
    if tree is None or claim.code_line is None:
        return False
    bare = [node for node in tree.body if isinstance(node, ast.Expr) and not _prints_a_line(node)]
    rows = [(node.end_lineno or node.lineno) - 1 for node in bare if node is not tree.body[-1]]
    return claim.code_line in rows and values < len(bare)


def _own_value(claim: Claim, texts: Sequence[Text], code: str) -> tuple[str, ...]:
    """Return what the claim's own expression showed, where each of several showed its value."""
    tree = prepare(code).tree
    if tree is None or claim.code_line is None:
        return ()
    bare = [node for node in tree.body if isinstance(node, ast.Expr) and not _prints_a_line(node)]
    values = [index for index, text in enumerate(texts) if text.kind is Kind.VALUE]
    if len(bare) < 2 or len(values) != len(bare):
        return ()
    for node, index in zip(bare, values, strict=True):
        if node.lineno - 1 <= claim.code_line <= (node.end_lineno or node.lineno) - 1:
            before = texts[index - 1].text if index and texts[index - 1].kind is Kind.STREAM else ""
            return texts[index].text, before + texts[index].text
    return ()


def _candidates(claim: Claim, lines: Sequence[str], code: str) -> Iterator[str]:
    """Yield the parts of an output that a claim can be about: all of it, or where its line may print."""
    if claim.code_line is None:
        yield "\n".join(lines)
        return
    first, last, all_of_it = _window(claim.code_line, len(lines), code)
    if all_of_it:
        yield "\n".join(lines[first:last])
        return
    length = claim.text.count("\n") + 1
    for start in (*range(first, last)[:_TRIED], *range(first, last)[_TRIED:][-_TRIED:]):
        longest = last if length == 1 and last - start <= 60 else min(last, start + length)
        for end in range(longest, start, -1):
            yield "\n".join(lines[start:end])


def _window(row: int, count: int, code: str) -> tuple[int, int, bool]:
    """Return between which lines of the output a line of code may print, and whether that is all it prints.

    A `print` outside of loops and functions prints a line at least, so those before and after it bound it.
    """
    tree = prepare(code).tree
    if tree is None:
        return 0, count, False
    before = after = 0
    shows = others = False
    for node in tree.body:
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        sure = _prints_a_line(node)
        if first <= row <= last:
            shows = sure or isinstance(node, ast.Expr)
        elif last < row:
            before, others = before + sure, others or not (sure or _silent(node))
        else:
            after, others = after + sure, others or not (sure or _silent(node))
    low, high = min(before, count), max(count - after, min(before, count))
    return low, high, shows and not others and (before + after == 0 or high - low == 1)


def _prints_a_line(node: ast.stmt) -> bool:
    """Return whether a statement is a plain `print` that ends its line."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), keywords=words)):
            return not any(word.arg in ("end", "file") for word in words)
    return False


def _silent(node: ast.stmt) -> bool:
    """Return whether a statement most likely prints nothing of its own."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return True
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call | ast.Constant):
        return False
    return not any(isinstance(part, ast.Name) and part.id in ("print", "pprint") for part in ast.walk(node))


def problems_of(article: Article, outputs: Mapping[tuple[str, str], Sequence[Output]]) -> tuple[Problem, ...]:
    """Return a problem for every claim of an article that is wrong or cannot be right.

    `outputs` is what is recorded, by variant and cell; where a cell is not in it, nothing is said.
    """
    problems: list[Problem] = []
    for language, placed, claim, verdict in verdicts(article, outputs):
        if verdict not in (Verdict.WRONG, Verdict.RANDOM):
            continue
        program = article.program_of(language)
        printed = outputs.get((program.variant if program else "", placed.cell), ())
        word = "claim-wrong" if language == article.original else "claim-wrong-translation"
        message = "This output is typed by hand, and the program prints another."
        if verdict is Verdict.RANDOM:
            word = "claim-random"
            message = "This output is typed by hand, and the program draws it at random."
        elif constant := constant_of(claim.text):
            message = f"`{claim.text}` is `{constant}` translated, and the program prints no such word."
        path = article.posts[language].path
        problems.append(problem(word, path, claim.line, message, details=_details(claim, printed)))
    return tuple(problems)


def verdicts(
    article: Article, outputs: Mapping[tuple[str, str], Sequence[Output]]
) -> Iterator[tuple[str, Placed, Claim, Verdict]]:
    """Yield every claim of an article with its language, its block and what became of it."""
    for language, blocks in article.placed.items():
        program = article.program_of(language)
        if program is None:
            continue
        codes = {cell.id: cell.code for cell in program.cells}
        order = list(codes)
        for placed in blocks:
            if placed.cell not in codes:
                continue
            earlier = "\n".join(codes[cell] for cell in order[: order.index(placed.cell)])
            printed = outputs.get((program.variant, placed.cell))
            for claim in placed.claims:
                yield language, placed, claim, judge(claim, printed, code=placed.block.code, before=earlier)


def _details(claim: Claim, printed: Sequence[Output]) -> tuple[str, ...]:
    """Show both texts, a few lines of each."""
    real = (
        "".join(output.text for output in printed if not isinstance(output, Figure)).rstrip("\n").split("\n")
    )
    typed = claim.text.split("\n")
    return tuple(
        f"{mark} {line}"
        for mark, lines in (("typed:  ", typed), ("printed:", real))
        for line in [*lines[:4], *(["…"] if len(lines) > 4 else [])]
    )
