"""By what two nodes are the same one: all but strings, or what a statement begins with."""

import ast

import pytest

from hexapla.programs.align.node_marks import NodeMarks, held, without_docstring


def statement(code: str) -> ast.stmt:
    return ast.parse(code).body[0]


SAME = {
    "strings": ("f('good morning')", "f('guten Morgen')"),
    "the words of an f-string": ("f'{x} of {y}'", "f'{y} von {x}'"),
    "docstrings": ("def f():\n    'Add.'\n    return 1", "def f():\n    'Addiere.'\n    return 1"),
    "a docstring that one lacks": ("def f():\n    'Add.'\n    return 1", "def f():\n    return 1"),
}
OTHER = {
    "numbers": ("f(1)", "f(2)"),
    "a number and its sign of a float": ("f(1)", "f(1.0)"),
    "a number and a truth": ("f(1)", "f(True)"),
    "bytes and a string": ("f(b'a')", "f('a')"),
    "names": ("f(x)", "f(y)"),
    "how a value is formatted": ("f'{x:.2f}'", "f'{x:.3f}'"),
    "how a value is converted": ("f'{x!r}'", "f'{x}'"),
    "an operator": ("x + y", "x - y"),
    "what no definition begins with": ("if x:\n    'a'\n    f()", "if x:\n    f()"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_what_a_translation_may_change_leaves_the_key(one: str, other: str) -> None:
    marks = NodeMarks()
    assert marks.key(statement(one)) == marks.key(statement(other))


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_all_else_has_another_key(one: str, other: str) -> None:
    marks = NodeMarks()
    assert marks.key(statement(one)) != marks.key(statement(other))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("x = f(1)", "x = g(2)", True),
        ("x = f(1)", "x += 1", True),
        ("x = 1", "y = 1", False),
        ("def f(a):\n    pass", "def f(b):\n    return 1", True),
        ("def f():\n    pass", "class f:\n    pass", False),
        ("model.eval().to(a)", "model.eval().to(b)", True),
        ("model.eval()", "model.train()", False),
        ("import a", "import a as b", True),
        ("from a import b", "from a import c", True),
        ("for x in a:\n    f()", "for x in b:\n    g()", True),
        ("for x in a:\n    f()", "for y in a:\n    f()", False),
        ("while a:\n    f()", "while b:\n    g()", True),
    ],
)
def test_a_changed_statement_is_the_same_one_by_what_it_begins_with(one: str, other: str, same: bool) -> None:
    marks = NodeMarks()
    assert (marks.head(statement(one)) == marks.head(statement(other))) == same


def test_inside_of_others_a_compound_statement_is_told_by_all_of_it() -> None:
    marks = NodeMarks()
    assert marks.mark(statement("x = 1")) == marks.mark(statement("x = 2"))
    assert marks.mark(statement("while a:\n    f()")) != marks.mark(statement("while b:\n    f()"))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("f(a, b)", "f(c)", True), ("f(a)", "g(a)", True), ("f(a)", "g(b)", False), ("a + b", "a - b", True), ("a + b", "c - b", False)],
)  # fmt: skip
def test_expressions_are_near_that_differ_in_one_part_or_call_the_same(
    one: str, other: str, near: bool
) -> None:
    first, second = (ast.parse(code, mode="eval").body for code in (one, other))
    assert NodeMarks().is_near(first, second) == near


def test_a_definition_holds_no_statements_that_another_was_put_around() -> None:
    assert len(held(statement("with a:\n    f()\n    g()"))) == 2
    assert not held(statement("def f():\n    g()")) and not held(statement("x = 1"))
    assert [*map(ast.unparse, without_docstring(ast.parse("'A text.'\nx = 1").body))] == ["x = 1"]
