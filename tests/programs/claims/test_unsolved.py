"""Code that is left to the reader: what it says or leaves undone, and whether a value comes from that."""

import pytest

from hexapla.programs.claims.unsolved import is_unsolved

IDLE = "def area(side):\n    pass"
CLASS = "class Shape:\n    def area(self):\n        ..."
CASES = {
    "a remark of the code's own": ("x = 1  # TODO: make it 2\nprint(x)", (), {"x"}, True),
    "in any language": ("# FIXME: 面積を直す\nprint(x)", (), (), True),
    "a remark of a cell before": ("print(x)", ("x = 1  # TODO: make it 2",), {"x"}, False),
    "the word in a string": ("print('TODO')", (), (), False),
    "a function that does nothing": ("print(area(2))", (IDLE,), {"area"}, True),
    "with a docstring": ("print(area(2))", ('def area(side):\n    """Return it."""',), {"area"}, True),
    "of which the value does not come": ("print(1 + 1)", (IDLE,), {"x"}, False),
    "a function that does something": (
        "print(area(2))",
        ("def area(side):\n    return side",),
        {"area"},
        False,
    ),
    "a class with a method that does nothing": ("print(Shape().area())", (CLASS,), {"Shape"}, True),
    "of which others are made": ("class Square(Shape): ...\nprint(Shape)", (CLASS,), {"Shape"}, False),
    "only a special method does nothing": (
        "print(Shape())",
        ("class Shape:\n    def __init__(self):\n        pass",),
        {"Shape"},
        False,
    ),
    "no Python": ("print(area(2", (IDLE,), {"x"}, False),
}


@pytest.mark.parametrize(("code", "before", "names", "unsolved"), CASES.values(), ids=CASES)
def test_what_is_left_to_the_reader(code, before, names, unsolved):
    assert is_unsolved(code, before, names) is unsolved
