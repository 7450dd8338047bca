"""Whether the page alone says what a statement shows."""

import pytest

from hexapla.programs.claims.origins import origin_of

OWN = {
    "literals": "print(3 * 14)",
    "names that the page binds": "x = [1, 2]\ny = x + [3]\nprint(y)",
    "a function of the page": "def double(n, by=2):\n    twice = n * by\n    return twice\n\nprint(double(4))",
    "a class of the page": "class Leaf:\n    def __init__(self, path):\n        self.path = path\n\nprint(Leaf('a').path)",
    "a comprehension": "print([n * n for n in range(3)])",
    "torch": "import torch\nx = torch.ones(2, 3)\nprint(x.sum())",
    "a module that computes alone": "from statistics import mean\nprint(mean([1, 2]))",
    "an exception that it catches": "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    print(error)",
    "a file read before, and not shown": "with open('a.txt') as file:\n    text = file.read()\nprint(7)",
    "a name that was bound to a file, and bound anew": "x = open('a.txt').read()\nx = 5\nprint(x)",
    "a name bound anew in a loop": "n = input()\nfor n in range(2):\n    print(n)",
    "a pattern that matched": "match (1, 2):\n    case (a, b):\n        print(a + b)",
    "what a path's text says": "import os\nprint(os.path.join('a', os.path.basename('b/c')))",
    "the attributes of a value": "class A:\n    n = 3\n\nprint(vars(A))",
    "all of a known module": "from math import *\nprint(floor(2.5))",
}
ELSEWHERE = {
    "a file": "print(open('a.txt').read())",
    "a name bound to a file": "with open('a.txt') as file:\n    text = file.read()\nprint(text)",
    "what follows from a name bound to a file": "rows = open('a.txt').readlines()\nn = len(rows)\nprint(n + 1)",
    "a user": "name = input('Name: ')\nprint('Hello', name)",
    "what a user decides": "if input() == 'y':\n    x = 1\nelse:\n    x = 2\nprint(x)",
    "an element that a user says": "x = []\nx.append(input())\nprint(x)",
    "the system": "import os\nprint(os.getcwd())",
    "a function of the page that asks the system": "import sys\n\ndef size(x):\n    return sys.getsizeof(x)\n\nprint(size(3))",
    "an import inside of a function": "def where():\n    import os\n    return os.getcwd()\n\nprint(where())",
    "a path on this machine": "import os\nprint(os.path.abspath('a'))",
    "all names": "x = 3\nprint(vars())",
    "a version": "import torch\nprint(torch.__version__)",
    "an address": "x = 3\nprint(id(x))",
    "a notebook's command": "!ls data",
    "the last value of a prompt": "_, x = 3, 4\nprint(_)",
}
UNKNOWN = {
    "a package": "import some_package as sp\nprint(sp.version_of(3))",
    "what a package computes": "from some_package import f\nx = f(3)\nprint(x * 2)",
    "a module of the author's own": "from . import helpers\nprint(helpers.double(3))",
    "all of an unknown module": "from helpers import *\nprint(double(3))",
}


@pytest.mark.parametrize("code", OWN.values(), ids=OWN)
def test_of_the_page_alone(code: str) -> None:
    assert origin_of(code, (), code.count("\n")).own


@pytest.mark.parametrize("code", ELSEWHERE.values(), ids=ELSEWHERE)
def test_of_what_differs_elsewhere(code: str) -> None:
    assert origin_of(code, (), code.count("\n")).elsewhere


@pytest.mark.parametrize("code", UNKNOWN.values(), ids=UNKNOWN)
def test_of_what_nobody_knows(code: str) -> None:
    assert origin_of(code, (), code.count("\n")).unknown


def test_without_a_row_all_that_is_shown_counts() -> None:
    code = "text = open('a.txt').read()\nprint(3)"
    assert origin_of(code, (), None).own
    assert origin_of(f"{code}\nprint(text)", (), None).elsewhere
    assert not origin_of("x = (", (), None).own


def test_cells_before_bind_names_and_change_them() -> None:
    assert origin_of("print(x)", ("x = open('a.txt').read()",), 0).elsewhere
    assert not origin_of("print(x)", ("x = [1]",), 0).changed
    assert origin_of("print(len(x))", ("x = [1]", "x.append(2)"), 0).changed
    assert origin_of("y = len(x)\nprint(y)", ("x = [1]", "x[0] = 2", "x = ("), 1).changed
    assert not origin_of("print(x)", ("x = [1]", "x.append(2)", "x = [3]"), 0).changed
    assert not origin_of("x = [1]\nx.append(2)\nprint(x)", (), 2).changed
    assert origin_of("print(n)", ("n = 1", "n = n + 1"), 0).changed
    assert origin_of("print(n)", ("n = 1", "n += 1"), 0).changed
    assert not origin_of("n = 1\nn += 1\nprint(n)", (), 2).changed
    assert origin_of("n = int(input())\nn += 1\nprint(n)", (), 2).elsewhere
    assert origin_of("print(c)", ("a = 1", "b = a", "c = b"), 0).names == {"a", "b", "c"}
