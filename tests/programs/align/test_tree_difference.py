"""Where two programs part, and by what it is told."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.programs.align.causes import cause_of
from hexapla.programs.align.tree_difference import difference

TOLD = {
    "an argument lost": ("f(a, b, c)", "f(a, c)", "argument-changed", "The argument `b` is missing in the call of `f`."),
    "an argument added": ("f(a)", "f(a, b)", "argument-changed", "The argument `b` in the call of `f` is not in the original."),
    "a named argument lost": (
        "x = load(path, device='cpu', safe=True)", "x = load(path, device='cpu')",
        "argument-changed", "The argument `safe=True` is missing in the call of `load`.",
    ),
    "an argument in the middle of a chain": (
        "y = m.load(p, safe=True).to(d)", "y = m.load(p).to(d)",
        "argument-changed", "The argument `safe=True` is missing in the call of `m.load`.",
    ),
    "a parameter lost": ("def f(a, b):\n    return a", "def f(a):\n    return a", "argument-changed", "The parameter `b` is missing."),
    "a default lost": ("def f(a, b=g()):\n    pass", "def f(a, b):\n    pass", "argument-changed", "The default `g()` is missing."),
    "a call around": ("x.shape", "print(x.shape)", "call-wrapped", "The call of `print` around `x.shape` is not in the original."),
    "a call around lost": ("y = int(x)", "y = x", "call-wrapped", "The call of `int` around `x` is missing."),
    "a call around, strings translated": (
        "f('good morning', x)", "print(f('guten Morgen', x))",
        "call-wrapped", "The call of `print` around `f('good morning', x)` is not in the original.",
    ),
    "a method lost": ("a = [p.clone() for p in q]", "a = [p for p in q]", "call-wrapped", "The call of `.clone` on `p` is missing."),
    "an expression for another": ("x = a + b\ny = 1", "x = g(a)\ny = 1", "value-changed", "`a + b` became `g(a)`."),
    "a branch of an expression": ("x = f(a[0], b)", "x = f(a, b)", "value-changed", "`a[0]` became `a`."),
    "an element lost": ("x = [a, b, c]\ny = 1", "x = [a, c]\ny = 1", "value-changed", "The element `b` is missing."),
    "an import added": ("from m import a\na()", "from m import a, b\na()", "value-changed", "The import `b` is not in the original."),
    "a key in place of two dictionaries joined": ("x = {**a, k: 1}", "x = {j: a, k: 1}", "value-changed", "`{**a, k: 1}` became `{j: a, k: 1}`."),
    "no tuple any more": ("x = ('#a', '#b')", "x = ('#a',)", "value-changed", "The element `'#b'` is missing."),
    "bytes for a string": ("x = b'a b'", "x = 'a b'", "value-changed", "`b'a b'` became `'a b'`."),
    "a return printed": (
        "def f(x):\n    y = x\n    return y", "def f(x):\n    y = x\n    print(y)",
        "lines-changed", "`return y` became `print(y)`.",
    ),
    "a decorator lost": ("@a\n@b\ndef f():\n    pass", "@a\ndef f():\n    pass", "lines-changed", "The decorator `b` is missing."),
    "a line lost and a name changed": (
        "a = 1\nb = 2\nc = f(a)\nd = 3", "a = 1\nc = f(b)\nd = 3",
        "lines-dropped", "`b = 2` is missing. One more place differs.",
    ),
    "lines lost and added": (
        "a = 1\nb = 2\nb.c()\nd = 3", "a = 1\nd = 3\ne = 4\ng = 5",
        "lines-dropped", "`b = 2` is missing. 3 more places differ.",
    ),
    "a line inside of a loop": (
        "for x in y:\n    a(x)\n    b(x)\n    c = x", "for x in y:\n    a(x)\n    c = x + 1",
        "lines-dropped", "`b(x)` is missing. One more place differs.",
    ),
    "a name in one of many places": (
        "a = 1\nb = f(a, c)\nd = g(a)", "a = 1\nb = f(a, e)\nd = g(a, 1)",
        "identifier-renamed", "`c` became `e`. One more place differs.",
    ),
    "a named argument renamed, and another lost": ("f(a=x, b=y)", "f(c=x)", "argument-changed", None),
    "a keyword renamed beside a changed number": ("f(a=x)\ng(1)", "f(b=x)\ng(2)", "api-renamed", "`a` became `b`. One more place differs."),
    "an operator beside an argument": ("x = a + b\nf(1)", "x = a - b\nf()", "operator-changed", "`Add` became `Sub`. One more place differs."),
    "a number beside an argument": ("x = 1\nf(y)", "x = 2\nf()", "number-changed", "`1` became `2`. One more place differs."),
    "a sign added beside an argument": ("x = g(1)\nf(y)", "x = g(-1)\nf()", "number-changed", "`1` became `-1`. One more place differs."),
    "bytes beside an argument": ("x = b'1'\nf(y)", "x = b'2'\nf()", "bytes-changed", "`b'1'` became `b'2'`. One more place differs."),
    "a docstring lost beside a number": ('def f():\n    """Add."""\n    return g(1)', "def f():\n    return g()", "argument-changed", "The argument `1` is missing in the call of `g`."),
    "a field's format": ("g(f'{x:.2f}')\nf(y)", "g(f'{x:.3f}')\nf()", "value-changed", "`{x:.2f}` became `{x:.3f}`. One more place differs."),
    "a field's name, its words translated": ("y\nf(f'of {x}', 1)", "y\nf(f'von {z}')", "argument-changed", None),
    "braces in code": ("x = {a}\nf(y)", "x = {b: 1}\nf()", "value-changed", "`{a}` became `{b: 1}`. One more place differs."),
    "a global name": ("def f():\n    global a\n    a = 1", "def f():\n    global a, b\n    a = 1", "lines-changed", "`global a` became `global a, b`."),
    "a handler lost": (
        "try:\n    f()\nexcept A:\n    g()\nexcept B:\n    h()", "try:\n    f()\nexcept A:\n    g(1)",
        "lines-changed", None,
    ),
    "nothing kept": ("import a\nb = a.c(1)\nd(b, 2)\ne()", "f = 3\nfor g in f:\n    h(g)", "program-differs", "It holds another program."),
    "arguments in another order": ("f(a=1, b=2)", "f(b=2, a=1)", "argument-changed", "The arguments of `f` stand in another order."),
    "two arguments that changed places": ("x = f(a, b, c)", "x = f(b, a, c)", "argument-changed", "The arguments of `f` stand in another order."),
    "a line that stands elsewhere": (
        "import a\nx = 1\ny = 2\nf(x)", "x = 1\ny = 2\nimport a\nf(x, 1)",
        "lines-reordered", "`import a` stands elsewhere. One more place differs.",
    ),
    "an import of another module": (
        "from m import a, b\na(b)", "from m import a\nfrom m.n import b\na(b)",
        "api-renamed", "`b` is imported from `m.n`, not from `m`.",
    ),
    "a line that a statement was put around": (
        "a = f(b)\nfor x in y:\n    g(x)", "with c:\n    a = f(b)\nfor x in y:\n    g(x)",
        "lines-added", "`with c:` around `a = f(b)` is not in the original.",
    ),
    "lines that nothing is around any more, one of them changed": (
        "if a:\n    b.c(d)\n    e = f(1)\ng()", "b.c(d)\ne = f(2)\ng()",
        "lines-dropped", "`if a:` around `b.c(d)` is missing. One more place differs.",
    ),
    "a loop in another statement": (
        "for x in y:\n    g(x)\n    h(x)", "with c:\n    for x in y:\n        g(x)\n        h(x)\n    z()",
        "lines-added", "`with c:` around `for x in y:` is not in the original. One more place differs.",
    ),
    "an argument at the end of a chain's middle": (
        "a = 1\nb.c(a).d()", "a = 1\ne = 2\nb.c(a, e).d()", "lines-added", "`e = 2` is not in the original. One more place differs.",
    ),
    "a line for another": (
        "a = f(b)\nc = 1\nd = 2", "e = g[b]\nc = 1\nd = 2", "lines-changed", "`a = f(b)` became `e = g[b]`.",
    ),
    "several numbers": ("a, b = 1, 2", "a, b = 3, 4", "number-changed", "The number 1 became 3. One more place differs."),
    "no Python on either side": (
        "for each i:\n    code goes here", "for each i:\n    hier steht Code",
        "unread-changed", "Python can read neither, and `code goes here` became `hier steht Code`.",
    ),
    "no Python, and a line more": ("if a then", "if a then\nelse b", "unread-changed", "Python can read neither, and `else b` is not in both."),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation", "code", "sentence"), TOLD.values(), ids=TOLD)
def test_a_difference_is_named(original, translation, code, sentence):
    cause = cause_of(original, translation)
    assert cause.code == code
    assert sentence is None or cause.sentence == sentence


def test_what_is_quoted_is_short():
    long = f"x = f({', '.join(f'argument{number}' for number in range(30))})"
    cause = cause_of(f"{long}\ny = 1", "x = g[1]\ny = 1")
    assert len(cause.sentence) < 120 and "…` became `g[1]`" in cause.sentence


LINES = [
    "a = f(x)",
    "b = 1",
    "print(a, b)",
    "for x in y:\n    a = x\n    g(a)",
    "def f(a, *, b=1):\n    return a",
    "c[1:2] = a, b",
]
PROGRAMS = st.lists(st.sampled_from(LINES), max_size=6).map("\n".join).map(ast.parse)


@given(PROGRAMS)
def test_nothing_differs_from_itself(program):
    found = difference(program, program)
    assert not found.parts and found.kept == found.whole == len(program.body)


@given(PROGRAMS, PROGRAMS)
def test_programs_that_differ_part_somewhere_and_never_keep_more_than_there_is(first, second):
    found = difference(first, second)
    assert bool(found.parts) == (ast.dump(first) != ast.dump(second))
    assert 0 <= found.kept <= found.whole
    assert all(part.cause.sentence.endswith(".") and "\n" not in part.cause.sentence for part in found.parts)
