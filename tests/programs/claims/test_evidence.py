"""What tells of a slip, and what has another cause: kinds seen on pages of courses and books, in words of our own."""

import pytest

from articles_helpers import article, fence, post
from claims_helpers import run
from hexapla.model.run import CellRun
from hexapla.programs.claims.article_verdicts import verdicts

MISTAKES = {
    "a number counted in the head": ("words = 'to be or not to be'.split()\nprint(len(set(words)))  # 5", ""),
    "a day of the week": ("from datetime import date\nprint(date(2021, 3, 5).weekday())  # 5", ""),
    "an integer for a float": ("x = 12\nx /= 4\nprint(x)  # 3", ""),
    "a float for an integer": ("def power(base: float, n: float) -> float:\n    return base ** n\n\nprint(power(4, 2))  # 16.0", ""),
    "the character beside": ("word = 'river_bank'\nprint(word[-1])  # Output: n", ""),
    "a key that is gone": ("d = {'kind': 'oak', 'height': 21}\nd.pop('kind')\nprint(d)  # {'kind': 'oak', 'height': 21}", ""),
    "a list as the step before left it": ("x = [4, 1, 3]\nx.append(2)\nx.sort()\nprint(x)  # [1, 3, 4]", ""),
    "a square that is none": ("print({n: n ** 2 for n in range(1, 4)})  # {1: 1, 2: 4, 3: 3}", ""),
    "a plural that no code makes": ("for x in ['pear', 'berry']:\n    print(f'two {x}s')", "```\ntwo pears\ntwo berries\n```\n"),
    "a word copied wrongly": ("x = [3]\nif x:\n    print('The list of numbers is full.')\n# Output: The list of number is full.", ""),
    "a capital letter": ("title = 'Leaves and roots'\nprint('>' + title)", "```\n>leaves and roots\n```\n"),
    "a median": ("from statistics import median\nx = [7, 3, 9, 4]\nprint(f'Median: {median(x):.1f}')  # Median: 6.5", ""),
    "a position": ("text = 'a simple text'\nprint(f'found: {text.find(\"text\")}')  # Output: 8", ""),
    "a truth in words": ("print(f'{3} < {2}: {3 < 2}')  # True", ""),
    "an order that sorts otherwise": ("print(sorted(['fig', 'kiwi', 'plum'], key=len))  # ['fig', 'plum', 'kiwi']", ""),
    "a line too few of a loop": ("for n in range(3):\n    print('row', n)", "```\nrow 1\nrow 2\n```\n"),
    "a line too many of a loop": ("for n in range(3):\n    print('row', n)", "```\nrow 0\nrow 1\nrow 2\nrow 3\n```\n"),
    "below several, none of which asks the machine": ("import os\nos.cpu_count()\nprint('here are', 4)\nprint(3)\n# here are 7\n# 3", ""),
    "whether it has a method of its own": ("print(hasattr('abc', 'upper'))  # False", ""),
    "a capital letter of two words": ("print('hello world'.title())  # Hello world", ""),
    "at a prompt": (">>> x = [1, 2]\n>>> x + [3]\n[1, 2, 4]", ""),
    "a letter, whatever the machine says": ("import os\nprint('cores ' + str(os.cpu_count() > 0))  # cpres True", ""),
    "a letter of a word that stands alone": ("name = 'willow'\nprint(name)  # wilbow", ""),
    "a letter in a line of a loop": ("for tree in ('maple', 'birch'):\n    print('the', tree)  # Output: the mable", ""),
    "a sign of a long number": ("print(3.14159265358979)  # -3.14159265358979", ""),
    "a digit of a long number": ("print(2 ** 64)  # 18446744073709551617", ""),
    "a line that has changed its place": (
        "for n in [3, 4, 5]:\n    print(f'{n} times {n} is {n * n}')",
        "```\n3 times 3 is 9\n5 times 5 is 25\n4 times 4 is 16\n```\n",
    ),
    "whether two lists are one": ("a = [1]\nb = [1]\nprint(a is b)  # True", ""),
    "whether a list has another name": ("a = [1]\nb = a\nprint(a is b)  # False", ""),
    "two lines that have changed places": ("print('red')\nprint(3.5)\nprint(True)", "```\n3.5\nred\nTrue\n```\n"),
    "a part of a path": ("import os\nprint(os.path.split('trees/oak.txt'))  # ('trees', 'elm.txt')", ""),
    "an attribute": ("class Tree:\n    def __init__(self, height):\n        self.height = height\n\nprint(vars(Tree(3)))  # {'height': 4}", ""),
    "a label on each of several lines": ("print('a', 1)\nprint('b', 2)\n# Output: a 1\n# Output: b 3", ""),
    "beside what a user says": ("name = input\nprint(3 * 4)  # 13", ""),
}  # fmt: skip
"""A careful reader would say that the author erred."""

NO_MISTAKES = {
    "the value alone, after words with a number": (
        "n = 4\nprint(f'The square of {n} is {n * n}')  # Output: 16", "", "close",
    ),
    "the value alone, after a comparison": ("a = 3\nprint(f'{a} == {a + 1}: {a == a + 1}')  # False", "", "close"),
    "a line that goes on": ("print('a', end='')\nprint(3)  # 3", "", "close"),
    "two statements in a row": (">>> print(10); print(1000)\n10\n1000", "", "right"),
    "a label on each of several lines, which are right": (
        "print('a', 1)\nprint('b', 2)\n# Output: a 1\n# Output: b 2", "", "right",
    ),
    "below several, one of which asks for one object": ("a = (1,)\nb = a\nprint(a is b)\nprint(a == b)\n# False\n# True", "", "elsewhere"),
    "a match as an older version writes it, below a label": (
        "print(\"<re.Match object; match='a'> <class 're.Match'>\")",
        "```\n#output\n<_sre.SRE_Match object; match='a'> <class '_sre.SRE_Match'>\n```\n", "elsewhere",
    ),
    "what a clock says": ("import time\nprint('took', time.perf_counter_ns())", "```\ntook 800\n```\n", "random"),
    "the command, echoed": ("print(7 ** 2)\nprint(2 ** 3)", "```\n+ python power.py\n49\n8\n```\n", "right"),
    "a word above the lines": ("print(7 ** 2)\nprint(2 ** 3)", "```\n# Output\n49\n8\n```\n", "close"),
    "a heading of its own above": ("print(7 ** 2)\nprint(2 ** 3)", "**Output:**\n\n```\nthis is shown\n49\n8\n```\n", "departs"),
    "all values, of which a script shows one": ("any([0])\nany([0, 2])", "**Output:**\n\n```\nFalse\nFalse\n```\n", "unchecked"),
    "what one might expect, and what is": ("x = [1]\nx.append(2)\nprint(x)  # Expected: [2], Actual: [1, 2]", "", "departs"),
    "several lines in one, in quotes": (
        "a = 3\nprint('a =', a)\nprint('b =', 8.5)\n# output: 'a = 3', 'b = 8.5'", "", "departs",
    ),
    "a line of no interest left out": (
        "print('Total:', 3)\nprint('a')\nprint('b')", "**Output:**\n\n```\na\nb\n```\n", "departs",
    ),
    "below several, one of which asks the clock": (
        "import datetime\nprint(f'{datetime.datetime.today():%Y} is the year')\nprint(3)\n# 2021 is the year\n# 3", "", "random",
    ),
    "below several, one of which asks the machine": (
        "import os\nprint('here are', os.cpu_count() * 1000)\nprint(3)\n# here are 7\n# 3", "", "elsewhere",
    ),
    "which special methods a value has": ("print(hasattr('abc', '__iter__'))  # False", "", "elsewhere"),
    "which protocols a value has": (
        "from typing import SupportsComplex\nprint(isinstance(3j, SupportsComplex))  # False", "", "elsewhere",
    ),
    "what the first of several shows": ("print(27 % 4)\nprint(26 % 4)\nprint(28 % 4)\n\n# output: 3", "", "elsewhere"),
    "an object, as another version writes it": (
        "print('<built-in method decode of _codec.Codec object at 0x7f3b39>')  # <built-in method decode of Codec object at 0x19E08>", "", "elsewhere",
    ),
    "from a user": ("import io, sys\nsys.stdin = io.StringIO('3')\nn = int(input())\nprint(n + 1)  # 6", "", "elsewhere"),
}  # fmt: skip


def _verdicts(code: str, after: str = "") -> list[str]:
    found = article(post("en", fence(code) + "\n" + after))
    (cell,) = found.programs[0].cells
    return [
        str(verdict)
        for *_, verdict in verdicts(found, {("", cell.id): run(cell.code, interactive=cell.interactive)})
    ]


@pytest.mark.parametrize(("code", "after"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_of_authors_are_errors(code: str, after: str) -> None:
    assert _verdicts(code, after) == ["wrong"]


@pytest.mark.parametrize(("code", "after", "verdict"), NO_MISTAKES.values(), ids=NO_MISTAKES)
def test_what_has_another_cause_is_no_error(code: str, after: str, verdict: str) -> None:
    assert _verdicts(code, after) == [verdict]


SESSIONS = {
    "a value that its own block binds": (("x = [1, 2]\nx.append(3)", "print(x)  # [1, 2, 4]"), ["elsewhere"]),
    "bound by a block before, and not changed": (("x = [1, 2]", "print(x)  # [1, 3]"), ["wrong"]),
    "bound anew": (("x = [1]\nx.append(3)", "x = [2]\nprint(x)  # [3]"), ["wrong"]),
    "a step of a session": (("n = iter([9, 8, 1])", ">>> next(n)\n9\n>>> next(n)\n1"), ["right", "wrong"]),
}


@pytest.mark.parametrize(("codes", "told"), SESSIONS.values(), ids=SESSIONS)
def test_what_other_blocks_have_changed_may_be_as_another_session_left_it(
    codes: tuple[str, ...], told: list[str]
) -> None:
    found = article(post("en", *map(fence, codes)))
    (program,) = found.programs
    names: dict[str, object] = {}
    cells: dict[tuple[str, str], CellRun] = {
        ("", cell.id): run(cell.code, interactive=cell.interactive, names=names) for cell in program.cells
    }
    assert [str(verdict) for *_, verdict in verdicts(found, cells)] == told


def test_an_output_may_stand_before_its_code() -> None:
    code, below = "print('row', 3)", "print('row', 4)"
    found = article(post("en", f"{fence(code)}\n**Output:**\n\n```\nrow 4\n```\n\n{fence(below)}"))
    (program,) = found.programs
    first, second = program.cells
    told = lambda cells: [str(verdict) for *_, verdict in verdicts(found, cells)]  # noqa: E731
    assert told({("", first.id): run(code), ("", second.id): run(below)}) == ["elsewhere"]
    assert told({("", first.id): run(code)}) == ["wrong"]
