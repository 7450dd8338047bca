"""Which outputs that are not what ran have a cause in common, and are no slips of the pen."""

import pytest

from articles_helpers import article, fence, post
from claims_helpers import run
from hexapla.model.run import CellRun
from hexapla.programs.claims.article_verdicts import verdicts

SLIP = ("print(3 * 14)  # 43", "wrong")

POSTS = {
    "a slip": ((SLIP,), ()),
    "two slips": ((SLIP, ("print([1, 2])  # [1, 3]", "wrong")), ()),
    "said rightly elsewhere": (
        (("x = [1]\ny = x\ny += [2]\nprint(x)  # [1, 2]", "right"), ("x = [1]\ny = x\ny += [2]\n\nprint(x)  # [1]", "wrong")),
        (),
    ),
    "said rightly elsewhere, of what was bound before both": (
        (("x = [1]", ""), ("print(x)  # [1]", "right"), ("print(x)  # [2]", "elsewhere")), (),
    ),
    "another statement is right": ((("print(1 + 1)  # 2", "right"), ("print(4 - 2)  # 3", "wrong")), ()),
    "reads what a block that did not run was to bind": (
        (("n = 5", ""), ("n = missing()", ""), ("print(n)  # 8", "elsewhere"), ("print(7)  # 8", "wrong")), (1,),
    ),
    "changed by a block that did not run": (
        (("n = [1]", ""), ("n.append(missing())", ""), ("print(n)  # [1, 5]", "elsewhere")), (1,),
    ),
    "bound again after it": ((("n = missing()", ""), ("n = 5", ""), ("print(n)  # 8", "wrong")), (0,)),
    "three times, and nothing that holds": (
        tuple((f"print('new.Day({day})')  # old.Day({day})", "elsewhere") for day in (11, 12, 13)), (),
    ),
    "three times alike beside what holds": (
        (("print(7)  # 7", "right"), *((f"print('new.Day({day})')  # old.Day({day})", "wrong") for day in (11, 12, 13))), (),
    ),
    "other numbers three times, and nothing that holds": (
        tuple((f"print('day {day}')  # day {day + 1}", "elsewhere") for day in (11, 12, 13)), (),
    ),
    "other numbers three times among what holds": (
        tuple(
            (f"print('day {day}')  # day {day + slip}", "wrong" if slip else "right")
            for day, slip in ((11, 1), (12, 0), (13, 1), (14, 0), (15, 0), (16, 1))
        ),
        (),
    ),
    "on a page of another version": (
        (
            ("print('np.float64(1.5)')  # 1.5", "elsewhere"), ("print('np.int64(7)')  # 7", "elsewhere"),
            ("import numpy as np\nprint(np.array([1, 2]))  # [1 3]", "elsewhere"), ("print([1, 2])  # [1, 3]", "wrong"),
        ),
        (),
    ),
    "a page of which as much is said by the machine": (
        (
            ("import os\nprint(os.getpid() > 0, 3)  # True 4", "elsewhere"), ("import os\nprint(os.cpu_count() > 0, 5)  # True 6", "elsewhere"),
            ("print([1, 2])  # [1, 3]", "wrong"), ("print(7)  # 7", "right"),
        ),
        (),
    ),
    "asked by a block before, which changes nothing": (
        (("x = {'a': 1}", ""), ("print(x.keys())", ""), ("print(x)  # {'a': 2}", "wrong")), (),
    ),
    "changed by a block before": (
        (("x = {'a': 1}", ""), ("x.update(a=1)", ""), ("print(x)  # {'a': 2}", "elsewhere")), (),
    ),
    "a page of Python 2 that asks Python": (
        (("print 'a'", ""), ("print(round(21.6))  # 22.0", "elsewhere"), ("print(4 + 4)  # 9", "wrong")), (),
    ),
    "a remark in words": ((("print('Starting it')  # From it", "elsewhere"),), ()),
    "an output in words": ((("print('Starting all of it')  # Ending all of it", "wrong"),), ()),
    "one value of another version": ((("print('np.float64(1.5)')  # 1.5", "elsewhere"), SLIP), ()),
}  # fmt: skip


@pytest.mark.parametrize(("blocks", "failed"), POSTS.values(), ids=POSTS)
def test_a_cause_that_outputs_share(blocks: tuple[tuple[str, str], ...], failed: tuple[int, ...]) -> None:
    check(tuple(fence(code) for code, _ in blocks), tuple(verdict for _, verdict in blocks), failed)


def check(fences: tuple[str, ...], expected: tuple[str, ...], failed: tuple[int, ...] = ()) -> None:
    found = article(post("en", *fences))
    (program,) = found.programs
    cells: dict[tuple[str, str], CellRun] = {}
    names: dict[str, object] = {}
    for place, cell in enumerate(program.cells):
        if place not in failed:
            cells["", cell.id] = run(cell.code, names=names)
    told = [str(verdict) for *_, verdict in verdicts(found, cells)]
    assert told == [verdict for verdict in expected if verdict]


PAGES: dict[str, tuple[tuple[str, ...], str | tuple[str, ...]]] = {
    "bound in a session that is shown only": (
        ("```python\nc = [2, 4]\n```\n", "```\n>>> c = [2]\n>>> c\n[2]\n```\n", "```python\nprint(c)  # [2]\n```\n"),
        "elsewhere",
    ),
    "bound in a program in another language": (
        ("```python\nc = [2, 4]\n```\n", "```js\nlet c = [2]\n```\n", "```python\nprint(c)  # [2, 5]\n```\n"),
        "wrong",
    ),
    "what the block before the last prints": (
        (
            "```python\nprint('A is', [1, 2])\n```\n", "```python\nprint('A is', [1, 3])\n```\n",
            "One prints\n\n```output\nA is [1, 2]\n```\n",
        ),
        "elsewhere",
    ),
    "beside code of Python 2": (("```python\nprint 'a'\n```\n", "```python\nn = 3\nprint(n * 14)  # 43\n```\n"), "elsewhere"),
    "a literal beside it": (("```python\nprint 'a'\n```\n", "```python\nprint(3 * 14)  # 43\n```\n"), "wrong"),
    "a letter beside it": (("```python\nprint 'a'\n```\n", "```python\nn = 'market'\nprint(n)  # marmet\n```\n"), "wrong"),
    "said to fail": (("This raises an error:\n\n```python\nn = 3\nprint(n * 14)  # 43\n```\n",), "elsewhere"),
    "a session of another program": (
        ("```python\n>>> print('(2) in __init__')\nHello, it is set\n>>> print('in the getter')\nin the get\n```\n",),
        ("undecided", "elsewhere"),
    ),
    "a session of which something holds": (
        (
            "```python\n>>> print('(2) in __init__')\nHello, it is set\n>>> print('in the getter')\nin the get\n"
            ">>> 1 + 1\n2\n```\n",
        ),
        ("undecided", "wrong", "right"),
    ),
    "a method that is to be written": (
        (
            "```python\nclass Card:\n    def __init__(self, all):\n        self.all = all\n\n    def pay(self):\n        pass\n```\n",
            "```python\ncard = Card(3)\nprint('paid:', card.pay())\n```\n", "**Output:**\n\n```\npaid: True\n```\n",
        ),
        "unchecked",
    ),
    "a method that others are to have": (
        (
            "```python\nclass Card:\n    def pay(self):\n        pass\n\n\nclass Gold(Card):\n    def pay(self):\n        return 3\n```\n",
            "```python\ncard = Gold()\nprint('paid:', card.pay())\n```\n", "**Output:**\n\n```\npaid: 4\n```\n",
        ),
        "wrong",
    ),
    "truths in a fence": (("```python\nprint(len([1]))\nprint(3 < 4)\n```\n", "```text\n1\nFalse\n```\n"), "wrong"),
    "what no block prints": (
        (
            "```python\nprint('A is', [1, 2])\n```\n", "```python\nprint('A is', [1, 3])\n```\n",
            "One prints\n\n```output\nA is [1, 4]\n```\n",
        ),
        "wrong",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fences", "verdict"), PAGES.values(), ids=PAGES)
def test_what_the_page_shows_besides(fences: tuple[str, ...], verdict: str | tuple[str, ...]) -> None:
    check(fences, (verdict,) if isinstance(verdict, str) else verdict)


def test_what_the_statement_before_shows_is_no_output_of_the_next_where_it_has_its_own() -> None:
    check((fence("print(27 % 4)\n# output: 3\nprint(26 % 4)\n# output: 3"),), ("right", "wrong"))


def test_what_the_next_statement_shows_is_no_output_of_this_one_where_the_last_has_one_below() -> None:
    check((fence("print(3 < 4)\n# output: False\nprint(4 < 3)\n# output: False"),), ("wrong", "right"))
