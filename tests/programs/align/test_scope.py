"""What a cell needs from the cells before it, and what is lost with one that does not run."""

import pytest

from examples import program
from hexapla.model.program import lost
from hexapla.programs.align.scope import cell_names, shown_names

NEEDED = {
    "nothing": ("x = 1\nprint(x)", ""),
    "a name": ("print(x)", "x"),
    "read, then bound": ("x = x + 1", "x"),
    "added to": ("x += 1", "x"),
    "bound in a loop": ("for i in range(3): print(i)", ""),
    "an annotation": ("x: int = y", "y"),
    "a comprehension": ("[i * k for i in xs]", "k xs"),
    "a comprehension's own name": ("[i for i in [1]]\ni", "i"),
    "a function's arguments and names": ("def f(a, b=c):\n    d = a\n    return d + e", "c e"),
    "a function that reads what is bound below": ("def f(): return y\ny = 1\nf()", ""),
    "a lambda": ("g = lambda a: a + z", "z"),
    "a class": ("class A(B):\n    x = 1\n    y = x\n    def f(self): return self.x + q", "B q"),
    "with, except, match, walrus": (
        "with open(p) as f: pass\ntry: f\nexcept E as e: e\nmatch m:\n    case [one]: one\nif (w := 1): w",
        "E m p",
    ),
    "imports": ("import a.b as c, d.e\nfrom f import g\nc, d, g", ""),
    "builtins": ("print(len([]), __name__)", ""),
    "a prompt": (">>> x + 1\n2", "x"),
    "what does not parse": ("print(", ""),
}


@pytest.mark.parametrize(("code", "needed"), NEEDED.values(), ids=NEEDED)
def test_what_a_cell_needs(code, needed):
    assert cell_names(code).needed == tuple(needed.split())


SHOWN = {
    "what parses binds what it binds": ("x = 1\ndef f():\n    y = 2", "f x"),
    "of what does not parse each statement that does": (
        "model = Net()\nfor every element i:\n    out[i] = x\nclass A:\n    b = 1\n\n    c = 2\nz = (1,\n     2\n)\n...",
        "A model z",
    ),
    "nothing": ("%%%", ""),
    "a part of something": ("    x = 1\n  y = (", ""),
    "what is not at the margin": ("    a = 1\n  b = (", ""),
}


@pytest.mark.parametrize(("code", "bound"), SHOWN.values(), ids=SHOWN)
def test_what_a_block_would_bind_that_is_not_run(code, bound):
    assert shown_names(code).bound == tuple(bound.split())


LOST = {
    "nothing is missing": (["x = 1", "x"], [], {}),
    "one needs another": (["x = 1", "x", "y = 2"], [1], {"cell-2": "x"}),
    "and one needs that": (["x = 1", "y = x", "y", "z = 3"], [1], {"cell-2": "x", "cell-3": "y"}),
    "bound anew": (["x = 1", "x = 2", "x"], [1], {}),
    "bound before, and again by what is missing": (["x = 1", "x = 2", "x"], [2], {"cell-3": "x"}),
    "an import": (["import torch", "torch"], [1], {"cell-2": "torch"}),
}


@pytest.mark.parametrize(("codes", "without", "expected"), LOST.values(), ids=LOST)
def test_what_is_lost_with_a_cell(codes, without, expected):
    found = lost(program(*codes), {f"cell-{number}" for number in without})
    assert {cell: loss.name for cell, loss in found.items()} == expected
