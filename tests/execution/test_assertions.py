"""A failing assertion tells both sides, and nothing that a program can see is changed."""

import ast
import linecache
import traceback

import pytest

from hexapla.execution.assertions import Watch
from hexapla.execution.hooks import hooked


class Loud:
    def __repr__(self):
        raise ValueError


NAMES = {"a": 1, "b": 2, "x": None, "f": lambda *a, **k: 0, "loud": Loud(), "long": list(range(999))}


def outcome(code: str, watched: bool) -> tuple[str, str, set[str]]:
    """Run code as a cell; return the traceback, the explanation, and the names it leaves."""
    lines = [f"{line}\n" for line in code.split("\n")]
    linecache.cache["p.md"] = (len(code), None, lines, "p.md")
    tree, watch, names = ast.parse(code), Watch(), dict(NAMES)
    if watched:
        watch.follow(tree, "p.md")
    try:
        exec(hooked(compile(tree, "p.md", "exec"), watch), names)
    except BaseException as error:
        trace = error.__traceback__
        text = "".join(traceback.format_exception(error.with_traceback(trace.tb_next if trace else None)))
        return text, watch.explain(error), set(names)
    return "", "", set(names)


FAILING = {
    "a comparison": ("assert a == b", "assert a == b\na = 1\nb = 2"),
    "a call on one side": ("assert f(a) == 3", "assert f(a) == 3\nf(a) = 0"),
    "a message of the author's": ("assert a > b, 'no'", "assert a > b\na = 1\nb = 2"),
    "several lines": ("assert (\n    a\n    == b\n)", "assert a == b\na = 1\nb = 2"),
    "a chain": ("assert a == b == 3", "assert a == b == 3\na = 1\nb = 2"),
    "a call": ("assert f(a, k=b)", "assert f(a, k=b)\na = 1\nb = 2"),
    "and, or, not": ("assert not (a or b)", "assert not (a or b)\na = 1\nb = 2"),
    "what was never asked for": ("assert f() and g()", "assert f() and g()"),
    "a loop": ("for i in [1, 2]:\n    assert i == 1", "assert i == 1\ni = 2"),
    "with, try, if, match": (
        "match a:\n    case 1:\n        try:\n            assert a == 2\n        finally:\n            pass",
        "assert a == 2\na = 1",
    ),
    "a function's names": ("def g(p):\n    assert p == f(1)\ng(4)", "assert p == f(1)\np = 4"),
    "literals are not repeated": ("assert [1, 2] == [a, b, 3]", "assert [1, 2] == [a, b, 3]\n[a, b, 3] = [1, 2, 3]"),
    "a repr that raises": ("assert loud == 1", "assert loud == 1\nloud = <its repr raised ValueError>"),
    "a long value": ("assert long == 1", f"assert long == 1\nlong = {str(NAMES['long'])[:160]}…"),
    "two assertions, the second fails": ("assert a == 1\nassert b == 1", "assert b == 1\nb = 2"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "explained"), FAILING.values(), ids=FAILING)
def test_both_sides_are_told(code, explained):
    text, explanation, names = outcome(code, watched=True)
    assert explanation == explained
    assert (text, names) == (outcome(code, watched=False)[0], outcome(code, watched=False)[2])


OTHERS = {
    "an assertion that holds": "assert a == 1",
    "an exception in an operand": "assert f(1 / 0) == 2",
    "an exception in a comparison": "class T:\n    def __eq__(self, other): raise KeyError\nassert T() == 1",
    "an AssertionError that is raised": "raise AssertionError('no')",
    "another exception": "1 / 0",
}


@pytest.mark.parametrize("code", OTHERS.values(), ids=OTHERS)
def test_all_else_is_as_it_was(code):
    assert outcome(code, watched=True) == outcome(code, watched=False)


def test_operands_are_evaluated_once_and_not_kept():
    names: dict[str, object] = {}
    code = (
        "import gc, weakref\nclass T: pass\ncalls = []\ndef make():\n    calls.append(1)\n    return T()\n"
        "t = T(); seen = weakref.ref(t)\nassert make() != t\ndel t; gc.collect()\nkept = seen() is not None"
    )
    tree, watch = ast.parse(code), Watch()
    watch.follow(tree, "p.md")
    exec(hooked(compile(tree, "p.md", "exec"), watch), names)
    assert names["calls"] == [1] and names["kept"] is False


def test_functions_and_classes_are_not_touched():
    source = (
        "def f(x):\n    assert x == 1\nclass A:\n    assert True != False\n    def g(self): assert self\n"
    )
    tree = ast.parse(source)
    Watch().follow(tree, "p.md")
    assert ast.dump(tree) == ast.dump(ast.parse(source))
