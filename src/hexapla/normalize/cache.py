"""Cache: what normalizing gave, as a JSON text, each result under the digest of all that it depends on.

Bodies are not stored: a result says which of the post's lines it takes, and holds only the lines that differ.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hexapla.model.post import Post
from hexapla.model.problem import Problem, Severity
from hexapla.normalize.rules.result import NORMALIZED, Normalized, used
from hexapla.normalize.target.dialect import Dialect

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A result, and which promises it was found to break."""

    normalized: Normalized
    faults: tuple[Problem, ...] | None = None
    """None where it was not checked."""


def dialect_key(dialect: Dialect) -> str:
    """Return what tells dialects apart, the same in every process."""
    named = (dialect.extensions, sorted(dialect.configs.items()), sorted(dialect.repairs_off))
    return re.sub(r" at 0x[0-9a-f]+", "", repr(named))


def key(post: Post, dialect: str) -> str:
    """Return the digest of all that a post's result depends on, but for what made it."""
    first = post.lines[0] if post.lines else 1
    matter = [f"{name}: {value}" for name, value in used(post).items()]
    text = "\0".join((dialect, str(first), post.title, *matter, post.body))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def dump(results: Mapping[str, Any], made_with: str) -> str:
    """Return the cache's text: encoded results by their keys, and what made them."""
    return json.dumps({"format": FORMAT, "made_with": made_with, "results": results}, ensure_ascii=False)


def load(text: str, made_with: str) -> dict[str, Any]:
    """Read the cache's text; empty where it is damaged, or something else made it."""
    try:
        cache = json.loads(text)
        same = cache["format"] == FORMAT and cache["made_with"] == made_with
        return dict(cache["results"]) if same else {}
    except (ValueError, KeyError, TypeError):
        return {}


def encode(post: Post, checked: Checked) -> dict[str, Any]:
    """Return a post's result as JSON can hold it."""
    result = checked.normalized
    entry: dict[str, Any] = {"blocks": result.blocks, "lost": result.lost}
    if result.problems:
        entry["problems"] = [_problem(problem) for problem in result.problems]
    if checked.faults is not None:
        entry["faults"] = [_problem(problem) for problem in checked.faults]
    new = result.post
    if new is not post:
        entry["title"] = new.title
        entry["rewritten"] = new.front_matter is not post.front_matter
        if new.body != post.body:
            entry["lines"] = _runs(post, new)
            entry["ends"] = len(new.lines) == new.body.count("\n")
    return entry


def decode(post: Post, entry: Mapping[str, Any]) -> Checked:
    """Read a post's result."""
    new = post
    if "title" in entry:
        matter = {**post.front_matter, "dialect": NORMALIZED} if entry["rewritten"] else post.front_matter
        new = replace(post, title=entry["title"], front_matter=matter)
    if "lines" in entry:
        texts, numbers = _lines(post, entry["lines"])
        body = "\n".join(texts) + ("\n" if entry["ends"] and texts else "")
        new = replace(new, body=body, lines=numbers)
    problems = tuple(_read(post.path, each) for each in entry.get("problems", ()))
    faults = tuple(_read(post.path, each) for each in entry["faults"]) if "faults" in entry else None
    result = Normalized(post=new, problems=problems, blocks=entry["blocks"], lost=entry["lost"])
    return Checked(normalized=result, faults=faults)


def _runs(post: Post, new: Post) -> list[list[Any]]:
    """Return the new lines as runs: of the post's own (first index, count), and others (text, number)."""
    source = post.body.split("\n")
    runs: list[list[Any]] = []
    for text, number in zip(new.body.split("\n"), new.lines, strict=False):
        index = number - post.lines[0] if post.lines else -1
        own = 0 <= index < len(post.lines) and post.lines[index] == number and source[index] == text
        if own and runs and isinstance(runs[-1][0], int) and sum(runs[-1]) == index:
            runs[-1][1] += 1
        else:
            runs.append([index, 1] if own else [text, number])
    return runs


def _lines(post: Post, runs: Sequence[Sequence[Any]]) -> tuple[list[str], tuple[int, ...]]:
    source = post.body.split("\n")
    texts: list[str] = []
    numbers: list[int] = []
    for first, second in runs:
        if isinstance(first, int):
            texts += source[first : first + second]
            numbers += post.lines[first : first + second]
        else:
            texts.append(first)
            numbers.append(second)
    return texts, tuple(numbers)


def _problem(problem: Problem) -> list[Any]:
    return [
        problem.line,
        problem.code,
        problem.message,
        problem.hint,
        problem.severity.value,
        *problem.details,
    ]


def _read(path: str, entry: Sequence[Any]) -> Problem:
    line, code, message, hint, severity, *details = entry
    return Problem(
        path=path,
        line=line,
        code=code,
        message=message,
        hint=hint,
        severity=Severity(severity),
        details=tuple(details),
    )
