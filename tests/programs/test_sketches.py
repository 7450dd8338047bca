"""Which code leaves something to its readers, and which is cut out of something."""

import pytest

from hexapla.programs.sketches import is_fragment, is_sketch


@pytest.mark.parametrize(
    "code",
    [
        "f(...)",
        "x = f(1, by=...)",
        "await f(...)",
        "with f(...) as x:\n    x",
        "key = ...",
        "x = 1\n...\nx",
        "if x:\n    ...",
        "g(f(...))",
    ],
)
def test_what_is_left_to_readers(code):
    assert is_sketch(code)


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    ...\nf(1)",
        "def f(x=Query(...)):\n    g(...)",
        "class A(Base):\n    x: int = Field(...)\n    y = Field(...)",
        "x[..., 0]",
        "y: tuple[int, ...] = (1,)",
        "f(lambda: ...)",
        "create('A', x=(int, ...))",
        "f('...')  # ...",
    ],
)
def test_what_means_itself_or_is_no_step(code):
    assert not is_sketch(code)


@pytest.mark.parametrize(
    ("code", "cut"),
    [("x\n", False), ("\n    x\n", True), ("\tx", True), ("", False), ("if x:\n    y", False)],
)
def test_what_is_cut_out_of_something(code, cut):
    assert is_fragment(code) is cut
