"""Formulas: which dollars hold one, and that the page has it too."""

import pytest

from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

NONE = {
    "prices": "It is $500 and then $600.",
    "a price and a name": "$5 for `x$`",
    "beside digits": "32$\\times$32 and 32$\\times$64",
    "beside letters": "US$5 or US$6",
    "escaped": "\\$a\\$ b",
    "blanks inside": "$ a $ b",
    "in code": "`$a$`",
    "a heading that begins with two": "a\n$$\nb\n---\nc",
    "two above a list": "a\n$$\n- b\n\n$$",
    "shell": "echo $HOME and $PATH",
}
SOME = {
    "in a line": ("so $a_1$ is", ["a_1"]),
    "before Hangul": ("$n$이므로", ["n"]),
    "after Chinese": ("当$n$时", ["n"]),
    "in parentheses": ("($a$, $b$)", ["a", "b"]),
    "GitHub's ticks": ("so $`a_1`$ is", ["a_1"]),
    "display in a line": ("256$$\\times$$256", ["\\times"]),
    "display": ("text\n$$\na\n$$\nmore", ["a"]),
    "a math fence": ("text\n```math\na^2\n```\nmore", ["a^2"]),
    "in a list": ("- x\n  $$\n  a\n  $$\n- y", ["a"]),
    "a line of an equals sign below text": ("text\n$$\na\n=\nb\n$$\nmore", ["a = b"]),
    "signs at the start of lines below text": ("text\n$$\na\n+ b\n- c\n$$\nmore", ["a + b - c"]),
    "a line of an equals sign in a list": ("- x\n  $$\n  a\n  =\n  b\n  $$\n- y", ["a = b"]),
    "a line of an equals sign beside a fence": (
        "- x\n  $$\n  a\n  =\n  b\n  $$\n  ```py\n  c\n  ```\n",
        ["a = b"],
    ),
    "a line of an equals sign in a quote": ("> x\n> $$\n> a\n> =\n> b\n> $$\n", ["a = b"]),
    "a pipe in a table": ("| a | b |\n|---|---|\n| $\\|U\\|_F$ | x |", ["|U|_F"]),
    "in a table in HTML": ("<details>\n\n| a |\n|---|\n| $x$ |\n\n</details>", ["x"]),
}


def shown(body):
    climbed = climb(body, renderer(Dialect()))
    assert not climbed.lost
    return renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines))


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
def test_dollars_that_are_none(body):
    assert "arithmatex" not in shown(body)
    assert skeleton(shown(body)) == read_as_github(body).units


@pytest.mark.parametrize(("body", "formulas"), SOME.values(), ids=SOME)
def test_formulas_are_on_the_page_as_the_site_shows_them(body, formulas):
    page = shown(body)
    assert page.count("arithmatex") == len(formulas)
    for formula in formulas:
        assert str(("math", formula))[2:-2].partition("', '")[2] in str(read_as_github(body).units)
    assert skeleton(page) == read_as_github(body).units
