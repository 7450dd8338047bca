"""What looks like a value that Python prints, and what of a comment is one."""

import pytest

from hexapla.programs.values import is_value, leading_value


@pytest.mark.parametrize(
    "text",
    [
        "3", "-2.5e-3", "'text'", "[1, 2]", "{'a': (1, None)}", "tensor([1., 2.])", "Point(x=1)", "nan", "1+2j",
        "<function f at 0x7f>", "[1. 2. 3.]", "[[ 1 -2]\n [ 3  4]]", "torch.float32", "1 2 3", "True", "[1, …, 3]",
    ],
)  # fmt: skip
def test_a_value(text):
    assert is_value(text)


@pytest.mark.parametrize(
    "text",
    ["", "...", "(1)", "(2)!", "3.", "1, 2", "shape of x", "plt.show()", "f(1)", "x", "x = 3", "[a, b]", "{**a}", "損失", "1 - x"],
)  # fmt: skip
def test_no_value(text):
    assert not is_value(text)


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("3", "3", ""),
        ("=> 3", "3", ""),
        ("→ [1, 2]", "[1, 2]", ""),
        ("3.5 because of rounding", "3.5", "because of rounding"),
        ("12 (rounded)", "12", "(rounded)"),
        ("[1, 2] — a list", "[1, 2]", "a list"),
        ("0.5，四捨五入", "0.5", "四捨五入"),
        ("1，2，3", "", "1，2，3"),
        ("now [1, 2, 4]", "[1, 2, 4]", ""),
        ("теперь 7", "7", ""),
        ("现在是：(3, 4)", "(3, 4)", ""),
        ("الآن True", "True", ""),
        ("now the next one", "", "now the next one"),
        ("now 3 of them are left", "", "now 3 of them are left"),
        ("1 - load the data", "", "1 - load the data"),
        ("12 - 4 = 8", "", "12 - 4 = 8"),
        ("'a', 'b' or 'c'", "", "'a', 'b' or 'c'"),
        ("shape of x", "", "shape of x"),
    ],
)
def test_a_comment_begins_with_a_value_or_is_a_remark(text, value, remark):
    assert leading_value(text) == (value, remark)
