"""Real code on this machine, in blocks as a post would hold them."""

import ast
import importlib.util
import random
import re
import sysconfig
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from hexapla.model.block import blocks


def sources(
    count: int, rng: random.Random, *, packages: Sequence[str] = (), folder: Path | None = None
) -> list[str]:
    """Return distinct blocks of Python.

    Functions and classes of 3 to 40 lines and doctest examples, from the standard library and torch's
    docstrings, or from `packages` that are installed; or the Python fences of the Markdown in `folder`.
    """
    found: dict[str, None] = {}
    if folder:
        found.update(dict.fromkeys(_fences(folder)))
    else:
        paths = [path for name in packages for path in _package(name)] or _standard_library()
        rng.shuffle(paths)
        for path in paths:
            found.update(dict.fromkeys(_functions(path)))
            if len(found) > count:
                break
        if not packages:
            found.update(dict.fromkeys(_torch_examples()))
    result = [code for code in found if parses(code)]
    rng.shuffle(result)
    return result


def parses(code: str) -> bool:
    """Return whether code is a program of Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(code, "<block>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except (SyntaxError, ValueError):
            return False
    return True


def _standard_library() -> list[Path]:
    library = Path(sysconfig.get_paths()["stdlib"])
    return [
        path for path in sorted(library.rglob("*.py"))
        if "site-packages" not in path.parts and "lib2to3" not in path.parts
    ]  # fmt: skip


def _package(name: str) -> list[Path]:
    spec = importlib.util.find_spec(name)
    return (
        [
            path
            for place in (spec.submodule_search_locations or ())
            for path in sorted(Path(place).rglob("*.py"))
        ]
        if spec
        else []
    )


def _fences(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.md")):
        for block in blocks(path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")):
            if block.directives.is_python and block.code.count("\n") >= 3 and _fits(block.code):
                yield block.code


def _functions(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="ignore")
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    lines = text.split("\n")
    for node in tree.body:
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and 3 <= (node.end_lineno or 0) - node.lineno <= 40
        ):
            code = "\n".join(lines[node.lineno - 1 : node.end_lineno]) + "\n"
            if _fits(code):
                yield code


def _torch_examples() -> Iterator[str]:
    try:
        import torch
    except ImportError:
        return
    for owner in (torch, torch.nn, torch.nn.functional, torch.Tensor, torch.optim):
        for name in dir(owner):
            document = getattr(getattr(owner, name, None), "__doc__", None)
            if not isinstance(document, str):
                continue
            code = "\n".join(re.findall(r"^\s*(?:>>>|\.\.\.) (.*)$", document, re.MULTILINE)) + "\n"
            if code.count("\n") >= 3 and parses(code):
                yield code


def _fits(code: str) -> bool:
    """Return whether code can stand in a fence of three backticks."""
    return "```" not in code and "~~~" not in code
