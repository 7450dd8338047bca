"""Which texts are typed outputs by what ran, how far each goes, what is left of the page, and whether they are right."""

import time

import pytest

from articles_helpers import article, fence, post
from claims_helpers import settle
from hexapla.model.block import blocks, splice
from hexapla.model.output import Kind, Text
from hexapla.model.run import CellRun, Status
from hexapla.programs.claims import in_comments
from hexapla.programs.claims.verdict import Verdict, settled


def verdicts(code: str, after: str = "") -> list[tuple[str, str]]:
    return [(one.claim.text, one.verdict.value) for one in settle(code, after)[1]]


NO_OUTPUT_BELOW = {
    "prose in an admonition": ("print(1)", '!!! note "Output"\n    It prints one.\n'),
    "a command that runs another": ("print('one')", "```console\n$ python a.py\ntwo and three\n```\n"),
    "two fences about other things": ("print('one')", "```\nalpha beta\n```\n\n```\ngamma delta\n```\n"),
    "a shell command": ("print(1)", "```bash\npip install torch\n```\n"),
    "a command at a prompt": ("print(1)", "```\n$ python a.py\n```\n"),
    "a tree of files": ("print(1)", "```text\nposts\n├── a.md\n└── b.md\n```\n"),
    "a fence in a new section": ("print(2, 'x')", "## Next\n\n```\nquite another text\n```\n"),
    "a program in a plain fence": ("print(1)", "```\nx = f(2)\nprint(x)\n```\n"),
    "the file that is read next": ("print(1)", "Then write it down:\n\n```json\n{\"a\": 5}\n```\n"),
    "a session that goes on": ("x = 1\nprint(x)", "```\n>>> x + 1\n2\n```\n"),
    "a block that shows nothing": ("x = 1", "```\n1\n```\n"),
    "the output of a later block": ("print('one')", fence("print('two')") + "\n```\ntwo\n```\n"),
}  # fmt: skip

OUTPUTS_BELOW = {
    "two fences for two prints": ("print('hello there')\nprint([1, 2])", "```\nhello there\n```\n\n```\n[1, 2]\n```\n", "right"),
    "two fences, one wrong": ("print('hello there')\nprint([1, 2])", "```\nhello there\n```\n\n```\n[1, 3]\n```\n", "wrong"),
    "below the command": ("print('one')", "```console\n$ python a.py\none\n```\n", "right"),
    "in an admonition": ("print('hello there')", '!!! success "Output"\n    hello there\n', "right"),
    "indented, with blank lines": ("print('a')\n[1, 2]", "    a\n\n\n    [1, 2]\n", "right"),
    "in samp": ("print(7 * 6)", "<samp>42</samp>\n", "right"),
    "no tag": ("print(1 + 1)", "```\n2\n```\n", "right"),
    "no tag, another number": ("print(1 + 1)", "```text\n3\n```\n", "wrong"),
    "a tag for a terminal": ("print('a b')", "```console\na b\n```\n", "right"),
    "a shell's tag": ("print('a b')", "```shell\na b\n```\n", "right"),
    "a tag of another language": ("print({'a': 1})", "```json\n{'a': 1}\n```\n", "right"),
    "Python's tag": ("x = {'i': 0}\nx", "```python\n{'i': 7}\n```\n", "wrong"),
    "Python's tag, words": ("print('Hello you')", "```python\nHello you\n```\n", "right"),
    "a sentence between": ("print('a b')", "Let's run it.\n\n```\na b\n```\n", "right"),
    "a fold between": ("print('a b')", "<details><summary>Output</summary>\n\n```\na b\n```\n\n</details>\n", "right"),
    "a comment of HTML between": ("print('a b')", "<!-- out -->\n\n```\na b\n```\n", "right"),
    "in a quote": ("print('a b')", "> ```\n> a b\n> ```\n", "right"),
    "in a list": ("print('a b')", "- gives\n\n    ```\n    a b\n    ```\n", "right"),
    "a quote": ("print('a b')\nprint('c')", "> a b\n> c\n", "right"),
    "indented": ("print('a b')\nprint('c')", "    a b\n    c\n", "right"),
    "HTML's own": ("print('a < b')", "<pre><code>a &lt; b</code></pre>\n", "right"),
    "the second fence": ("print('a b')", "```bash\npython a.py\n```\n\n```\na b\n```\n", "right"),
    "a translated label": ("print('loss:', 0.25)", "```\nVerlust: 0.25\n```\n", "wrong"),
    "a word mistyped": ("print('Hello World, it is me')", "```\nHello Word, it is me\n```\n", "wrong"),
    "the pattern of lines": ("for i in range(3):\n    print('step', i)", "```\nstep 1\nstep 2\n```\n", "wrong"),
    "a shape": ("import random\nprint([random.random()])", "```\n[7.25]\n```\n", "random"),
    "a test of Sphinx'": ("print('a b')", "```{testoutput} group\n:options: +ELLIPSIS\na b\n```\n", "right"),
    "a test of Sphinx' that fails": ("print('a', 2)", "```{testoutput} group\n:hide:\n\na 3\n```\n", "wrong"),
    "a path": ("print('saved in', '/'.join(['', 'tmp', 'a.pt']))", "```\nsaved in /home/me/a.pt\n```\n", "elsewhere"),
    "a path of the code": ("print('saved in /tmp/x1/a.pt')", "```\nsaved in /tmp/x1/b.pt\n```\n", "wrong"),
    "a day of the code": ("print('since 2021-03-04')", "```\nsince 2021-03-05\n```\n", "wrong"),
    "a letter of a name": ("print(['set_name', 'x'])", "```\n['set_nane', 'x']\n```\n", "wrong"),
    "a long number of Python 2": ("x = [1, 2]\nprint((len(x),))", "```\n(2L,)\n```\n", "elsewhere"),
    "a moment where the machine is": (
        "import datetime as d\nprint(d.datetime(2020, 6, 25, 11).timestamp())", "```\n1593055439.0\n```\n", "elsewhere",
    ),
    "what a call printed, without its value": (
        "def f(n):\n    print('n', n)\n    return 7\n\n\nf(12)", "```\nn 12\n```\n", "right",
    ),
    "a draw by another name": ("from random import randint as roll\nprint(roll(1, 600))", "```\n777\n```\n", "random"),
    "a wrapped function of an older Python": (
        "def f(): return 1\nprint([staticmethod(f), 1])",
        "```\n[<staticmethod object at 0x00000265BAEDFFD0>, 1]\n```\n",
        "elsewhere",
    ),
    "a path that Windows takes apart": (
        "import os\np = r'D:\\a\\b.py'\nprint(os.path.split(p))",
        "```\n('D:\\\\a', 'b.py')\n```\n",
        "elsewhere",
    ),
    "what a package would have fetched": (
        "got = []\nfor i in range(9):\n    try:\n        got.append(requests.get('x'))\n"
        "    except Exception:\n        pass\nprint(len(got))",
        "```\n7\n```\n",
        "departs",
    ),
    "what a caught failure counts": (
        "got = []\nfor i in range(9):\n    try:\n        got.append(1 / i)\n"
        "    except ZeroDivisionError as e:\n        print(e)\nprint(len(got))",
        "```\ndivision by zero\n7\n```\n",
        "wrong",
    ),
    "a class that was left open before": (
        "class A:\n    def f(self): pass\n\nclass A:\n    def f(self): return 40\n\nprint(A().f())",
        "```\n41\n```\n",
        "wrong",
    ),
    "words of another kind": ("print(1 + 1)", "```\nquite another text\n```\n", "undecided"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "after"), NO_OUTPUT_BELOW.values(), ids=NO_OUTPUT_BELOW)
def test_what_stands_below_and_is_no_output(code: str, after: str) -> None:
    left, claims = settle(code, after)
    assert (left, [one for one in claims if one.verdict is not Verdict.UNDECIDED]) == (
        article(post("en", fence(code) + "\n" + after)).posts["en"].body, [],
    )  # fmt: skip


@pytest.mark.parametrize(("code", "after", "verdict"), OUTPUTS_BELOW.values(), ids=OUTPUTS_BELOW)
def test_what_stands_below_and_is_what_ran(code: str, after: str, verdict: str) -> None:
    left, (one,) = settle(code, f"{after}\nMore words.\n")
    assert one.verdict.value == verdict
    assert left.endswith("\nMore words.\n")
    below = left[left.index("```\n", left.index("```python")) :]
    assert (one.claim.text in below) is (verdict == "undecided")


COMMENTS = {
    "a label beside what binds and prints": ("class A:\n    def __init__(self):\n        print('made', 3)\n\n    def f(self): return 5\n\na = A()  # Output: made 3", [("made 3", "right")]),
    "a label beside what binds and prints, altered": ("class A:\n    def __init__(self):\n        print('made', 3)\n\n    def f(self): return 5\n\na = A()  # Output: made 4", [("made 4", "wrong")]),
    "a label beside what binds and prints nothing": ("x = sum([2, 3])  # Output: 5", []),
    "a label beside what binds and prints nothing, above what prints": ("x = sum([2, 3])  # Output: 6\nprint(6)", []),
    "a label beside what binds without a call": ("x = 2 + 3  # Output: 5\nprint(x)", []),
    "a label that the program prints, among its lines": (
        "print('Output: Zhe')\nfor k in 'ab':\n    print('Output Key:', k)\n\n# Output: Zhe\n# Output Key: a\n# Output Key: b",
        [("Output: Zhe\nOutput Key: a\nOutput Key: b", "right")],
    ),
    "a label that the program prints, among lines of which one departs": (
        "print('Output: Zhe')\nfor k in 'ab':\n    print('Output Key:', k)\n\n# Output: Zhe\n# Output Key: a\n# Output Key: c",
        [("Output: Zhe\nOutput Key: a\nOutput Key: c", "wrong")],
    ),
    "an arrow before each line": ("for x in 'ab':\n    print(x)\n# => a\n# => b", [("=> a\n=> b", "close")]),
    "a verb before a number": ("print(3 + 4)  # prints 7", [("prints 7", "close")]),
    "the last of two arguments": ("x = {1}\nprint(x, type(x))  # <class 'set'>", [("<class 'set'>", "close")]),
    "a sum": ("print(f'{1.5:8.3f}')  # 12 - 4 = 8 before the point", []),
    "an equals sign": ("print(3 + 4)  # = 7", [("7", "right")]),
    "labels above their statements": (
        "# Output: True\nprint(1 < 2)\n\n# Output: False\nprint(1 > 2)",
        [("True", "right"), ("False", "close")],
    ),
    "a verb above the first statement": ("x = 7\n\n# prints 7\nprint(x)", [("prints 7", "close")]),
    "a label above, altered": ("# Ausgabe: 8\nprint(7)", [("8", "wrong")]),
    "no label above": ("# 8\nprint(7)", []),
    "a label with other words": ("print('a', 3)  # Вывод программы: a 4", [("a 4", "wrong")]),
    "a label in another order": ("print('a', 3)  # Ekran çıktısı: a 3", [("a 3", "right")]),
    "a label that is counted": ("print('a', 3)  # Output #1: a 4", [("a 4", "wrong")]),
    "an answer": ("print('a', 3)  # Antwort: a 4", [("Antwort: a 4", "wrong")]),
    "a line that leads to it": ("print('a', 3)\n# ╰─> a 4", [("╰─> a 4", "wrong")]),
    "a pointer": ("print('a', 3)  # 👉 a 3", [("👉 a 3", "close")]),
    "an arrow and a verb": ("print('a', 3)  # => prints: a 4", [("=> prints: a 4", "wrong")]),
    "an arrow to the left": ("print('a', 3)  # a 4 <- output", [("a 4 <- output", "wrong")]),
    "a verb and quotes": ("print('a', 3)  # It prints “a 3”.", [("It prints “a 3”.", "close")]),
    "a quotation over several lines": (
        "print('[[1 0]\\n [0 1]]')  # Prints \"[[1 0]\n                       #          [0 1]]\"",
        [('Prints "[[1 0]\n[0 1]]"', "close")],
    ),
    "no claim: what comes next": ("print('step', 1)\n# step 2\nprint('step', 2)", []),
    "no claim: what the code does": ("print([1, 2])  # print a list", []),
    "no claim: where nothing is shown": ("x = 1\n# x is one", []),
    "no claim: a step": ("print(1)\n# 1. load it\nx = 2", []),
    "words beside the code": ("print('all', 'done')  # all done", [("all done", "right")]),
    "words below the code": ("print('all', 'done')\n# all done", [("all done", "right")]),
    "below a blank line": ("print('all', 'done')\n\n# all done", [("all done", "right")]),
    "a number changed in words": ("print(f'{3} of them')  # 4 of them", [("4 of them", "wrong")]),
    "a word changed": ("print('Hello', 'Ann')  # Hello Bob", [("Hello Bob", "wrong")]),
    "begun beside the code": (
        "print([[1, 2],\n       [3, 4]])  # [[1, 2],\n#  [3, 4]]", [("[[1, 2],\n[3, 4]]", "right")],
    ),
    "labelled beside the code": (
        "for i in range(3):\n    print(i)  # Output: 0\n    #         1\n    #         2", [("0\n1\n2", "right")],
    ),
    "lines below a loop": (
        "for i in range(3):\n    print('step', i)\n# step 0\n# step 1\n# step 2",
        [("step 0\nstep 1\nstep 2", "right")],
    ),
    "lines below a loop, one wrong": (
        "for i in range(3):\n    print('step', i)\n# step 0\n# step 7\n# step 2",
        [("step 0\nstep 7\nstep 2", "wrong")],
    ),
    "lines below several statements": ("print(1)\nprint('b')\n# 1\n# b", [("1\nb", "right")]),
    "a value before a remark": ("print('a b')  # a b (so it is)", [("a b", "right")]),
    "a label without a colon": ("print('all', 'done')\n# Ausgabe\n# all done", [("all done", "right")]),
    "a label without a colon, altered": ("print('all', 3)\n# 输出\n# all 4", [("all 4", "wrong")]),
    "several statements, the first line altered": (
        "print('sum', 19)\nprint('Hello')\nprint(2.5)\n# sum 29\n# Hello\n# 2.5", [("sum 29\nHello\n2.5", "wrong")],
    ),
    "below a blank line, altered": ("print([3, 1, 4])\n\n# [3, 1, 5]", [("[3, 1, 5]", "wrong")]),
    "words exchanged for a translation's": ("print('Sum:', 38)  # Summe: 38", [("Summe: 38", "wrong")]),
    "a set": ("print(\"{'b', 'a', 'c'}\")  # {'a', 'b', 'c'}", [("{'a', 'b', 'c'}", "close")]),
    "a set of others": ("print({'b', 'a'})  # {'a', 'd'}", [("{'a', 'd'}", "wrong")]),
    "behind a word of the program": ("print('z in Zebra', 'Z' in 'Zebra')  # True", [("True", "close")]),
    "behind words of the program": ("x = 1\ny = 2\nprint('x', x, 'and y', y)  # 1 2", [("1 2", "close")]),
    "behind a word, another": ("print('count', 3)  # 4", [("4", "wrong")]),
    "each call its own": (
        "def greet(name):\n    print('Hi', name)\ngreet('Ann')\n# Output: Hi Ann\ngreet('Bob')  # Output: Hi Bob",
        [("Hi Ann", "right"), ("Hi Bob", "right")],
    ),
    "each call its own, exchanged": (
        "def greet(name):\n    print('Hi', name)\ngreet('Ann')  # Hi Bob\ngreet('Bob')  # Hi Ann",
        [("Hi Bob", "wrong"), ("Hi Ann", "wrong")],
    ),
    "what a parameter is by default": (
        "def weight(mass, g=9.81):\n    print(f'{mass * g:.0f} N')\nweight(10)  # 9.81 - on Earth",
        [("9.81", "unchecked")],
    ),
    "behind a sum": ("print(f'{4} + {3} = {4 + 3}')  # 7", [("7", "close")]),
    "behind a sum, another": ("print(f'{4} + {3} = {4 + 3}')  # 8", [("8", "wrong")]),
    "words drawn in a function": (
        "import random\ndef code():\n    return random.choice(['abc', 'def'])\nprint(code())  # Output: xyz",
        [("xyz", "random")],
    ),
    "what is bound, where nothing is printed": (
        "d = {}\nfor a in 'ab':\n    d[a] = 1\n# Result: {'a': 1}", [("{'a': 1}", "unchecked")],
    ),
    "a value, behind lines that its function prints": (
        "def even(n):\n    print('even')\n    return n % 2 == 0\nprint(even(4))  # True\nprint(even(6))  # False",
        [("True", "close"), ("False", "wrong")],
    ),
    "what one expects, and what is": (
        "for i in range(2):\n    print('b', 2)\n# Expected: b 1, b 2\n# Actual: b 2, b 2", [("b 1, b 2", "elsewhere")],
    ),
    "a share, altered": ("print(f'share: {0.598:.1%}')  # 62.0%", [("62.0%", "wrong")]),
    "a share": ("print(f'share: {0.598:.1%}')  # 59.8%", [("59.8%", "close")]),
    "a share alone, altered": ("print(f'{0.25:.0%}')  # 30%", [("30%", "wrong")]),
    "what is asked": ("print(bool(None))  # None", [("None", "unchecked")]),
    "the place that is asked for": (
        "x = [51, 8, 31, 7]\ni = 2\nprint(x[i])  # 2\nprint(x[i + 1])  # 3\nprint(x[-i])  # -1",
        [("2", "unchecked"), ("3", "unchecked"), ("-1", "elsewhere")],
    ),
    "an element, altered": ("x = [51, 8]\ni = 1\nprint(x[i])  # 9", [("9", "wrong")]),
    "what is asked, at a prompt": (">>> bool(0)\n0", [("0", "unchecked")]),
    "another value than what is asked": ("print(len('abc'))  # 4", [("4", "wrong")]),
    "a digit before a remark in brackets": (
        "x = 5\nprint(x)  # Output: 5 (unchanged)\nprint(x)  # Output: 4 (unchanged)",
        [("5", "right"), ("4 (unchanged)", "wrong")],
    ),
    "questions to the reader": (">>> 1 + 1\n?\n>>> # Is 3 in it?\nTrue\n>>> 2 + 2\n5", [("5", "wrong")]),
    "code of which the author left out the prompts": (">>> 1 + 1\n# 2\nx = [3]\nx", []),
    "a name beside one that is bound to files on disk": (
        "import os\nfiles = os.listdir()\nn = 3\nprint(n)  # 19", [("19", "wrong")],
    ),
    "a shape of what is drawn": (
        "import random\nx = [random.random() for _ in range(3)]\nprint(len(x))  # 4", [("4", "wrong")],
    ),
    "names of what is installed": ("import math\nprint(dir(math)[:1])  # ['__spec']", [("['__spec']", "elsewhere")]),
    "a version": ("import platform\nprint(platform.python_version())  # 3.5.2", [("3.5.2", "elsewhere")]),
    "an older numpy": (
        "class F:\n    def __repr__(self):\n        return 'np.float64(2.0)'\nprint([F()])  # [2.0]",
        [("[2.0]", "elsewhere")],
    ),
    "a prompt's answers with remarks": (">>> 1 + 1\n2  # two", [("2  # two", "close")]),
}  # fmt: skip


@pytest.mark.parametrize(("code", "found"), COMMENTS.values(), ids=COMMENTS)
def test_comments(code: str, found: list[tuple[str, str]]) -> None:
    assert verdicts(code) == found


SEVERAL = {
    "lines of one value": ("print(x)\n# 1\n# 2", ["1\n2"]),
    "values with words between": ("f(1)\n# 1\n# a note on it\n# 2", ["1", "2"]),
    "each with its label": ("print(x)\n# Output: 1\n# Output: 2", ["1", "2"]),
    "each behind an arrow": ("f(1)\n# -> 1\n# a note\n# -> 2", ["1", "2"]),
    "a value that goes on": ("print(x)  # [[1, 2],\n          #  [3, 4]]", ["[[1, 2],\n[3, 4]]"]),
    "and one below it": ("print(x)  # [1,\n          #  2]\nprint(y)\n# 3", ["[1,\n2]", "3"]),
}


@pytest.mark.parametrize(("code", "claimed"), SEVERAL.values(), ids=SEVERAL)
def test_comments_that_stand_together_claim_one_value_or_several(code: str, claimed: list[str]) -> None:
    written = post("en", fence(code))
    (block,) = blocks(written.body)
    assert [claim.text for claim in in_comments.in_block(written, block, {})] == claimed


def test_no_claim_is_told_where_nothing_ran_that_what_ran_would_have_to_tell() -> None:
    placed = article(post("en", fence("print('a b')  # a b\nprint(3)  # 3"))).placed["en"][0]
    assert [one.claim.text for one in settled(placed.claims, None, code=placed.block.code)] == ["3"]


def test_the_output_takes_the_place_and_the_container_of_a_fence() -> None:
    found = article(post("en", fence("print('a b')") + "\n> It gives:\n>\n> ```\n> a b\n> ```\n"))
    (claim,) = found.placed["en"][0].claims
    body = found.posts["en"].body
    assert (claim.prefix, body[claim.place :].lstrip("\n")[:2]) == ("> ", "> ")
    assert not blocks(splice(body, claim.edits))[1:]


ROLL = "import random\nprint(random.randint(1, 6))  # 7"
SEEDS = {
    "none": ((), "random"),
    "in the cell before": (("random.seed(1)",), "wrong"),
    "in the cell before, which draws": (("random.seed(1)\nx = random.random()",), "wrong"),
    "in an early cell, and none draws in between": (("random.seed(1)", "x = 1", "print(x)"), "wrong"),
    "in an early cell, and another draws in between": (
        ("random.seed(1)", "x = random.random()", "x = 1"),
        "random",
    ),
    "in an early cell, and a function of the page draws in between": (
        ("def roll():\n    return random.random()", "random.seed(1)", "roll()"),
        "random",
    ),
    "in an early cell, and a function that draws is defined in between": (
        ("random.seed(1)", "def roll():\n    return random.random()"),
        "wrong",
    ),
    "again": (("random.seed(1)", "x = random.random()", "random.seed(1)"), "wrong"),
    "in a cell before one that is no Python": (("random.seed(1)", "x ="), "wrong"),
}


@pytest.mark.parametrize(("before", "verdict"), SEEDS.values(), ids=SEEDS)
def test_a_seed_holds_up_to_the_next_cell_that_draws(before: tuple[str, ...], verdict: str) -> None:
    placed = article(post("en", fence(ROLL))).placed["en"][0]
    cell = CellRun(id="cell-1", status=Status.OK, outputs=(Text(kind=Kind.STREAM, text="3\n"),))
    (one,) = settled(placed.claims, cell, code=placed.block.code, before=before)
    assert one.verdict == verdict


CODE_BELOW = {
    "a call of what the page defines": ("class Shows:\n    pass\nx = Shows()\nx", "Shows(a=1)", 2),
    "a call of what the page imports": ("from numpy import array\narray([1])", "array([2])", 2),
    "an assignment": ("x = 1\nx", "x = 2", 2),
    "an import": ("x = 1\nx", "import x", 2),
    "what a call of the library shows": ("import torch\ntorch.tensor([1])", "tensor([1])", 1),
    "a value": ("x = [1, 2]\nx", "[1, 2]", 1),
}


@pytest.mark.parametrize(("above", "below", "cells"), CODE_BELOW.values(), ids=CODE_BELOW)
def test_a_fence_of_python_right_below_another_runs_unless_it_is_output(
    above: str, below: str, cells: int
) -> None:
    assert len(article(post("en", fence(above) + "\n" + fence(below))).programs[0].cells) == cells


STEPS = "".join(f"step {i} loss {i / 7:.4f}\n" for i in range(10_000))
LOOP = "for i in range(10_000):\n    print('step', i, 'loss', i / 7)"
COSTLY = {
    "150 lines below a loop": (
        LOOP,
        "\n".join(f"# step {i} loss {i / 7 + 1:.4f}" for i in range(150)),
        STEPS,
        (),
    ),
    "150 lines that are all the same": (LOOP, "\n".join(["# 1"] * 150), "1\n" * 10_000, ()),
    "a line beside a loop": (LOOP, "  # quite another text", STEPS, ()),
    "a claim for each of 2,000 statements": (
        "\n".join(f"print({i})  # {i + 1}" for i in range(2_000)),
        "",
        "".join(f"{i}\n" for i in range(2_000)),
        tuple(range(1, 2_000)),
    ),
    "brackets": ("print(x)", f"  # {'[' * 150}", f"{'[' * 50_000}\n", ()),
}


@pytest.mark.cost
@pytest.mark.parametrize(("code", "claim", "printed", "shown"), COSTLY.values(), ids=COSTLY)
def test_it_takes_less_than_a_second(code: str, claim: str, printed: str, shown: tuple[int, ...]) -> None:
    placed = article(post("en", fence(f"{code}\n{claim}" if claim.startswith("#") else code + claim))).placed[
        "en"
    ][0]
    texts = (Text(kind=Kind.STREAM, text=printed),)
    cell = CellRun(id="cell-1", status=Status.OK, outputs=texts, shown=shown)
    began = time.process_time()
    settled(placed.claims, cell, code=placed.block.code)
    assert time.process_time() - began < 1
