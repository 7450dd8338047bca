"""Which statements show something, where they end, and which words stand before what they print."""

import ast

import pytest

from hexapla.programs.claims.showing import may_show, prints, rows_that_show, words_before_values


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("import torch", False),
        ("from torch import nn", False),
        ("pass", False),
        ("'A text alone.'", False),
        ("def f():\n    print(1)", False),
        ("x = 1", False),
        ("x: int", False),
        ("x = f()", True),
        ("x: int = f()", True),
        ("f()", True),
        ("for x in y:\n    print(x)", True),
    ],
)
def test_below_some_statements_an_output_may_stand(code, shows):
    assert may_show(ast.parse(code).body[0]) == shows


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("x = 1\nx", {1: 0}),
        ("x\n'a text'\ny", {0: 0, 2: 0}),
        # Its last row, and inside of others what prints alone.
        ("print(\n    x,\n)", {2: 0}),
        ("for x in y:\n    x\n    print(x)", {2: 4}),
        ("if x:\n    1\nelse:\n    pp(x)", {3: 4}),
        ("try:\n    f()\nexcept E:\n    display(x)\nfinally:\n    pprint(x)", {3: 4, 5: 4}),
        ("match x:\n    case 1:\n        IPython.display(x)", {2: 8}),
        ("def f():\n    yield 1", {}),
    ],
)
def test_statements_that_show_something_have_a_last_row_and_a_column(code, rows):
    assert rows_that_show(ast.parse(code)) == rows


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("print('Loss:', x)", {0: "Loss:"}),
        ("print(f'損失：{x}')", {0: "損失："}),
        ("print('the loss', x)", {0: "the loss"}),
        ("print('x =',\n      x)", {1: "x ="}),
        # One word may be a value, and nothing stands before a value that is alone.
        ("print('loss', x)", {}),
        ("print('Loss: 1')", {}),
        ("print(x)", {}),
        ("print(f'{x} of all')", {}),
        ("log('Loss:', x)", {}),
    ],
)
def test_words_before_the_first_value_that_is_printed(code, words):
    assert words_before_values(ast.parse(code)) == words


@pytest.mark.parametrize("code", ["x", "x = print(1)", "echo(1)", "(lambda: 1)()"])
def test_what_is_no_call_of_print_prints_nothing(code):
    assert not prints(ast.parse(code).body[0])
