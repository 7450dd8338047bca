"""Fingerprints: equal for equal programs only."""

import pytest

from hexapla.programs.fingerprint import fingerprint_of, reads_docstrings

EXACT = {
    "comments": ("x = 1  # eins", "x = 1  # one\n# two"),
    "layout": ("f(1,\n  2)", "f(1, 2)"),
    "a docstring": ('def f():\n    "doc"', "def f():\n    pass"),
    "a module's docstring": ('"doc"\nx = 1', "x = 1"),
}
LOOSE = {
    "a string": ("print('a')", "print('b')"),
    "an f-string's words": ("print(f'a {x}')", "print(f'{x} b')"),
    "fields in another order": ("print(f'{x} of {y}')", "print(f'{y} von {x}')"),
}
OTHER = {
    "a number": ("x = 1", "x = 2"),
    "a number's type": ("x = 1", "x = 1.0"),
    "True for 1": ("x = 1", "x = True"),
    "bytes": ("x = b'a'", "x = b'b'"),
    "an operator": ("x = a + b", "x = a - b"),
    "a name": ("x = a", "x = b"),
    "an attribute": ("x.a", "x.b"),
    "a field's conversion": ("f'{x!r}'", "f'{x!s}'"),
    "only a string": ('"x"', "pass"),
    "what a dictionary takes in": ("{'a': 1, **b}", "{**b, 'a': 1}"),
    "`await`": ("f(x)", "await f(x)"),
}


@pytest.mark.parametrize(("one", "other"), EXACT.values(), ids=EXACT)
def test_the_same_program_has_one_key(one, other):
    assert fingerprint_of(one).exact == fingerprint_of(other).exact


@pytest.mark.parametrize(("one", "other"), LOOSE.values(), ids=LOOSE)
def test_strings_alone_leave_the_loose_key(one, other):
    one, other = fingerprint_of(one), fingerprint_of(other)
    assert one.exact != other.exact
    assert one.loose == other.loose


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_another_program_has_other_keys(one, other):
    assert fingerprint_of(one).loose != fingerprint_of(other).loose


@pytest.mark.parametrize("code", ['def f():\n    "doc"', 'class A:\n    "doc"\n    x = 1', '"doc"\nx = 1'])
def test_docstrings_count_where_the_program_reads_them(code):
    assert fingerprint_of(code).loose == fingerprint_of(code.replace("doc", "other")).loose
    documented = fingerprint_of(code, docstrings=True)
    assert documented.exact != fingerprint_of(code.replace("doc", "other"), docstrings=True).exact


def test_reading_docstrings_is_seen():
    assert reads_docstrings("print(f.__doc__)")
    assert not reads_docstrings("print(f.name)")


def test_what_does_not_parse_has_no_fingerprint():
    assert fingerprint_of("x = (  # one") is None


def test_translated_comments_share_a_fingerprint():
    assert fingerprint_of("x = 1  # eins") is fingerprint_of("x = 1  # one")


def test_a_string_mark_holds_its_text():
    (plain,) = fingerprint_of("print('ä' 'b')").of_kind("str")
    (formatted,) = fingerprint_of("print(f'{x} von {{y}}')").of_kind("fstr")
    assert (plain.value, formatted.value) == ("äb", "{} von {y}")
