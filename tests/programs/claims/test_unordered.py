"""What depends on which element of a set comes first."""

import pytest

from hexapla.programs.claims.origins import origin_of

BY_CHANCE = {
    "one of a set": "s = {'a', 'b'}\nx = s.pop()\nprint(x)",
    "one of a set written down": "print({'a', 'b'}.pop())",
    "what is left": "s = {'a', 'b'}\ns.pop()\nprint('a' in s)",
    "a list of it": "names = set('hello')\nprint(list(names))",
    "a list of one that functions make": "def letters(word):\n    return set(word)\n\nprint(list(letters('abc')))",
    "made in a function": "def unique(items):\n    seen = set(items)\n    return list(seen)\n\nprint(unique('abc'))",
    "joined": "tags = {'x', 'y'}\nprint(', '.join(tags))",
    "the first of two": "a = {'x'}\nb = {'y'}\nprint(next(iter(a | b)))",
    "of the union": "a = {'x'}\nc = a.union(['y'])\nprint([len(one) for one in c])",
    "in a loop": "for place, name in enumerate({'a', 'b'}):\n    print(place, name)",
    "counted in a loop": "s = {'a', 'b'}\nn = 0\nfor x in s:\n    n = n * 2 + len(x)\nprint(n)",
    "unpacked": "a, b = {'x', 'y'}\nprint(a)",
    "as arguments": "s = frozenset('ab')\nprint(*s)",
    "grown": "s = {'a'}\ns |= {'b'}\nprint(list(s))",
    "of an object": (
        "class Bag:\n    def __init__(self):\n        self.items = set()\n    def take(self):\n        return self.items.pop()\n\n"
        "bag = Bag()\nprint(bag.take())"
    ),
}  # fmt: skip
CERTAIN = {
    "a set itself, whose order is not compared": "s = {'a', 'b'}\nprint(s)",
    "how many": "s = {'a', 'b'}\nprint(len(s))",
    "whether one is in it": "s = {'a', 'b'}\nprint('a' in s)",
    "in order": "s = {'b', 'a'}\nprint(sorted(s))",
    "all of it": "s = {'b', 'a'}\nprint(sum(len(x) for x in s))",
    "after one was put in": "s = {'b'}\ns.add('a')\nprint(s)",
    "a set of a set": "s = {'b'}\nprint({x * 2 for x in s})",
    "a list": "s = ['b', 'a']\nx = s.pop()\nprint(x)",
    "a list that was a set": "s = {'b', 'a'}\ns = sorted(s)\nprint(s.pop())",
    "a dict": "d = {'a': 1}\nprint(d.pop('a'), list(d))",
}


@pytest.mark.parametrize("code", BY_CHANCE.values(), ids=BY_CHANCE)
def test_by_chance(code: str) -> None:
    assert origin_of(code, (), code.count("\n")).chance


@pytest.mark.parametrize("code", CERTAIN.values(), ids=CERTAIN)
def test_certain(code: str) -> None:
    assert not origin_of(code, (), code.count("\n")).chance


def test_cells_before_leave_sets() -> None:
    assert origin_of("print(s.pop())", ("s = {'a', 'b'}", "s.add('c')"), 0).chance
    assert origin_of("print(s)", ("s = {'a', 'b'}", "s.pop()"), 0).chance
    assert not origin_of("print(s.pop())", ("s = {'a', 'b'}", "s = ['a']"), 0).chance
