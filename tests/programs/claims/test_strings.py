"""Outputs that are typed as strings below a statement: found, taken out whole, compared."""

import pytest

from articles_helpers import article, fence, post
from claims_helpers import settle
from hexapla.model.block import blocks

FORMS = {
    "a label": "print('total', 42)\n'''Output: {}'''",
    "a label above": 'print("total", 42)\n"""\nAusgabe:\n{}\n"""',
    "a label above more code": "print('total', 42)\n'''输出：{}'''\nx = 1",
    "no label": 'print("total", 42)\n"""\n{}\n"""',
    "no label, in one line": 'print("total", 42)\n"""{}"""',
    "indented": 'print("total", 42)\n"""\n    {}\n    """',
    "a call": "def f():\n    print('total', 42)\n\nf()\n'''{}'''",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_it_goes_where_it_is_right_and_is_told_of_where_not(form: str) -> None:
    left, (one,) = settle(form.format("total 42"))
    assert one.verdict in ("right", "close")
    code = blocks(left)[0].code
    assert "'''" not in code and '"""' not in code
    assert [one.verdict for one in settle(form.format("total 43"))[1]] == ["wrong"]


NONE = {
    "what says what a name is for": 'x = 1\n"""How many there are."""',
    "a docstring": 'def f():\n    """total 42"""\n\nf()',
    "the text of a module": '"""total 42"""\nprint("total", 42)',
    "code put aside": 'print("total", 42)\n"""\nprint("total", 43)\nx = 2\n"""',
    "on a row with code": "print('total', 42); '''total 42'''",
    "words": 'print("total", 42)\n"""And so it goes, line for line."""',
    "a prompt's": ">>> x = 1\n>>> 'abc'\n'abc'",
}


@pytest.mark.parametrize("code", NONE.values(), ids=NONE)
def test_other_strings_stay(code: str) -> None:
    claims = article(post("en", fence(code))).placed["en"][0].claims
    assert all(one.claim.text != "total 42" for one in settle(code)[1])
    assert not [claim for claim in claims if claim.text.startswith("How many")]
