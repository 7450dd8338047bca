"""One name, one home: whoever reads `normalize(…)` knows without looking which of the package's functions it is.

Methods are not asked: they are read behind the thing that has them.
"""

import ast
from collections import defaultdict
from pathlib import Path

import hexapla

ROOT = Path(hexapla.__file__).parent
SEVERAL: dict[str, str] = {
    "main": "what a process starts with, by Python's own custom",
}
"""Names that each of several modules must have, and why."""


def homes() -> dict[str, set[str]]:
    """Return the modules that define each public function and class."""
    modules: defaultdict[str, set[str]] = defaultdict(set)
    for path in ROOT.rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and node.name[0] != "_"
            ):
                modules[node.name].add(name)
    return modules


def test_a_public_name_has_one_home():
    shared = {name: sorted(where) for name, where in homes().items() if len(where) > 1}
    assert {name: where for name, where in shared.items() if name not in SEVERAL} == {}
    assert shared.keys() >= SEVERAL.keys(), "they have one home now: take them out of the list"
