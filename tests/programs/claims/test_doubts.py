"""What speaks against a slip, and what only looks as if it did."""

import pytest

from hexapla.model.output import Claim
from hexapla.programs.claims.doubts import Doubt, Evidence, doubt_of

CODE = "x = [3, 4]\nprint(x)"

DOUBTED = {
    "an ellipsis for code": ("x = [3, 4]\n# ... and so on\nprint(x)", 2, "", Doubt.ABRIDGED),
    "one in another script": ("x = {\n    # …同上…\n}\nprint(x)", 3, "", Doubt.ABRIDGED),
    "one for elements": ("x = [3, ...]\nprint(x)", 1, "", Doubt.ABRIDGED),
    "one for a value": ("x = ...\nprint(x)", 1, "", Doubt.ABRIDGED),
    "one for an argument": ("x = list(...)\nprint(x)", 1, "", Doubt.ABRIDGED),
    "code that is put aside": ("x = [3, 4]\n# x.append(5)\nprint(x)", 2, "", Doubt.ALTERNATIVE),
    "a declaration that is": ("def f():\n    # global x\n    x = 3\n\n\nf()\nprint(x)", 6, "", Doubt.ALTERNATIVE),
    "an element that is": ("x = [3, 4]\n# x[0] = 5\nprint(x)", 2, "", Doubt.ALTERNATIVE),
    "a step that is": ("x = [3, 4]\n# x = x + [5]\nprint(x)", 2, "", Doubt.ALTERNATIVE),
    "another value to return": ("def f():\n    # return 3\n    return 4\n\n\nprint(f())", 5, "", Doubt.ALTERNATIVE),
    "words above that say so": (CODE, 1, "We break the test on purpose:", Doubt.MEANT),
    "in Japanese": (CODE, 1, "わざと失敗させます。", Doubt.MEANT),
    "in Hindi": (CODE, 1, "यह जानबूझकर गलत है।", Doubt.MEANT),
    "in Arabic": (CODE, 1, "هذا خطأ متعمد.", Doubt.MEANT),
    "a mark beside": ("x = [3, 4]\nprint(x)  # ❌ [3, 5]", 1, "", Doubt.MEANT),
    "code for Python 2": ("# python2\n" + CODE, 2, "", Doubt.VERSION),
    "words about Python 2": (CODE, 1, "In Python 2.7 the division was another.", Doubt.VERSION),
    "in Chinese": (CODE, 1, "可见，旧式类并不会调用它。", Doubt.VERSION),
    "characters of another encoding": ("x = 'caf\u00c3\u00a9'\nprint(len(x))", 1, "", Doubt.DAMAGED),
    "of an encoding of Central Europe": ("x = 'caf\u0102\u00a9'\nprint(len(x))", 1, "", Doubt.DAMAGED),
    "in a function's body": ("def f(x):\n    print(x)  # 3\n\n\nf(4)", 1, "", Doubt.FUNCTION),
}  # fmt: skip

UNDOUBTED = {
    "plain code": (CODE, 1, "Let us see what it holds."),
    "an ellipsis in an output": ("x = {'a': 3}\nx.items()  # dict_items([('a', ...)])\nprint(x)", 2, ""),
    "one in an index": ("import numpy as np\nx = np.ones((2, 3))\nprint(x[..., 0])", 2, ""),
    "one in a type": ("x: tuple[int, ...] = (3, 4)\nprint(x)", 1, ""),
    "one for a body": ("class A:\n    def f(self): ...\n\n\nprint(3)", 4, ""),
    "code that is put aside, of which it does not come": ("x = [3, 4]\ny = [5]\n# y.append(5)\nprint(x)", 3, ""),
    "words of another paragraph": ("# ❌\ny = 3\n\nx = [3, 4]\nprint(x)", 4, ""),
    "a literal beside words about Python 2": ("print([3, 4])", 0, "In Python 2.7 the division was another."),
    "an output that is a call": ("x = [3, 4]\n# Counter({3: 1, 4: 1})\nprint(x)", 2, ""),
    "an output that is a call of a package": ("import torch\n# torch.Size([2])\nprint([3, 4])", 2, ""),
    "an explanation that is an assignment": ("x = 3\n# x = 3\nprint(x)", 2, ""),
    "words that parse": ("x = [3, 4]\n# return\nprint(x)", 2, ""),
    "a special case": (CODE, 1, "A special list, with intent."),
    "below a function": ("def f(x):\n    return x\n\n\nprint(f(4))", 4, ""),
    "words in many scripts": (
        "x = 'déjà vu, naïve Größe, żółć, příští, здравствуйте, 你好, नमस्ते, مرحبا'\nprint(x)", 1, "",
    ),
    "words about both Pythons": (CODE, 1, "Python 3 prints a list, as Python 2 did."),
    "another number": (CODE, 1, "Python 25 years ago, Python 2x"),
    "in a loop": ("for x in (3, 4):\n    print(x)", 1, ""),
}  # fmt: skip


def evidence(code: str, row: int | None, words: str, before: tuple[str, ...] = ()) -> Evidence:
    claim = Claim(text="[3, 5]", label="", line=1, edits=(), code_line=row)
    return Evidence(claim=claim, code=code, before=before, words=words)


@pytest.mark.parametrize(("code", "row", "words", "doubt"), DOUBTED.values(), ids=DOUBTED)
def test_what_speaks_against_a_slip(code: str, row: int, words: str, doubt: Doubt) -> None:
    assert doubt_of(evidence(code, row, words)) is doubt


@pytest.mark.parametrize(("code", "row", "words"), UNDOUBTED.values(), ids=UNDOUBTED)
def test_what_does_not(code: str, row: int, words: str) -> None:
    assert doubt_of(evidence(code, row, words)) is None


def test_cells_before_count_where_the_output_comes_from_them() -> None:
    before = ("x = [3, ...]", "y = [3, 4]")
    assert doubt_of(evidence("print(x)", 0, "", before)) is Doubt.ABRIDGED
    assert doubt_of(evidence("print(y)", 0, "", before)) is None


def test_what_ends_with_the_program_may_say_so() -> None:
    held = "class Held:\n    def __del__(self):\n        print('gone')"
    assert doubt_of(evidence(f"{held}\n\n\nx = Held()\nprint(3)", 6, "")) is Doubt.EXIT
    assert doubt_of(evidence("x = Held()\nx", 1, "", (held,))) is Doubt.EXIT
    assert doubt_of(evidence("print(3)", 0, "", (held,))) is None


def test_what_is_defined_more_than_once_may_be_meant_as_it_was() -> None:
    before = ("def zip(*given):\n    yield from map(tuple, given)", "def mine():\n    return 3")
    assert doubt_of(evidence("x = zip([3])\nx", 1, "", before)) is Doubt.REDEFINED
    assert doubt_of(evidence("x = mine()\nx", 1, "", before)) is None
    assert doubt_of(evidence("x = mine()\nx", 1, "", (*before, before[1]))) is None
    assert (
        doubt_of(evidence("x = mine()\nx", 1, "", (*before, "def mine():\n    return 4"))) is Doubt.REDEFINED
    )
    # Its own block's is meant.
    assert doubt_of(evidence(before[0] + "\nx = zip([3])\nx", 3, "")) is None
