"""Preparing: what a reader or a notebook understands goes, line for line; comments cost no second parse."""

import ast

import pytest

from hexapla.programs import parse
from hexapla.programs.parse import Typed, prepare, uncompilable

COMMENTS = {
    "no comment": "x = 1",
    "a comment": "x = 1  # eins\n# zwei\ny = x",
    "a hash in a string": 'x = "# no comment"  # one',
    "a hash in a long string": 'x = """\n# no comment\n"""\n# one',
    "a string over two lines": 'x = "a \\\n# b"',
    "a carriage return in a comment, behind which code follows": "x = 1  # one\rprint(x)",
    "indented as a whole": "    # one\n    x = 1  # two\n    y = 2",
    "a prompt": ">>> x = 1  # one\n>>> x\n1",
    "an answer with a hash": ">>> print(x)\n# 1",
    "a docstring": 'def f():\n    "doc"  # one\n    return 1',
    "a comment in Devanagari before a string": "# पहला\nx = 'क'  # दूसरा",
    "only a comment": "# one",
}
MAGICS = {
    "of a line": ("%timeit x  # one\ny = 1", (0,)),
    "for help": ("x?\ny = 1", (0,)),
    "for the source": ("y = 1\ntorch.nn??", (1,)),
    "of a shell": ("if True:\n    !pip install x  # one\ny = 1", (1,)),
}
FAULTS = {
    "none": ("x = 1", ("", 0)),
    "an `await` of a notebook": ("await f()", ("", 0)),
    "`return` outside of a function": ("x = 1\nreturn x  # one", ("'return' outside function", 1)),
    "a star inside a function": (
        "def f():\n    from a import *",
        ("import * only allowed at module level", 1),
    ),
    "what does not parse": ("x = 1\ny = (", ("'(' was never closed", 1)),
    "a null": ("x = 1  # \0", ("source code string cannot contain null bytes", 0)),
}


@pytest.mark.parametrize("code", COMMENTS.values(), ids=COMMENTS)
def test_the_tree_is_that_of_the_code_with_its_comments(code):
    prepared = prepare(code)
    assert prepared.tree is not None
    assert ast.dump(prepared.tree, include_attributes=True) == ast.dump(
        ast.parse(prepared.code), include_attributes=True
    )


@pytest.mark.parametrize("code", COMMENTS.values(), ids=COMMENTS)
def test_prepared_code_has_the_lines_of_the_block(code):
    assert prepare(code).code.count("\n") == code.count("\n")


@pytest.mark.parametrize(("code", "rows"), MAGICS.values(), ids=MAGICS)
def test_a_magic_does_nothing_and_is_told_of(code, rows):
    prepared = prepare(code)
    assert prepared.magics == rows
    assert all(prepared.code.split("\n")[row].lstrip().startswith("pass  # ") for row in rows)
    assert ast.parse(prepared.code)


@pytest.mark.parametrize(("code", "fault"), FAULTS.values(), ids=FAULTS)
def test_what_keeps_a_block_from_running_has_its_line(code, fault):
    message, row = uncompilable(prepare(code))
    assert (message, row) == fault


@pytest.mark.parametrize(
    "code", ["(" * 5000 + ")" * 5000, "-" * 100_000 + "1", "x = " + "9" * 5000, "not " * 500 + "x"]
)
def test_what_python_gives_up_on_is_a_fault(code):
    prepared = prepare(code)
    assert prepared.tree is None
    assert prepared.fault


def test_codes_that_differ_in_comments_share_one_parse(monkeypatch):
    parsed = []
    real = ast.parse
    monkeypatch.setattr(parse.ast, "parse", lambda text, **how: parsed.append(text) or real(text, **how))
    first, second = prepare("shared_ = 1  # eins\n# zwei"), prepare("shared_ = 1  # one\n# two, three")
    assert first.tree is second.tree
    assert len(parsed) == 1


def test_answers_are_taken_out_and_kept():
    prepared = prepare(">>> x = 3\n>>> x\n3\n\n# a remark\n>>> for i in 'ab':\n...     i\n'a'\n'b'")
    assert prepared.interactive
    assert prepared.code == "x = 3\nx\n\n\n# a remark\nfor i in 'ab':\n    i\n\n"
    assert prepared.typed == (
        Typed(text="3", first=2, last=2, code_line=1),
        Typed(text="'a'\n'b'", first=7, last=8, code_line=5),
    )


def test_a_notebooks_prompts_are_prompts():
    prepared = prepare("In [1]: x = (1,\n   ...:      2)\nIn [2]: x\nOut[2]: (1, 2)")
    assert prepared.code == "x = (1,\n     2)\nx\n"
    assert prepared.typed == (Typed(text="(1, 2)", first=3, last=3, code_line=2),)
