"""How two blocks stand to one another, told from their codes alone."""

import ast

import pytest

from hexapla.model.article import Level
from hexapla.programs.align.relation import Bindings, Context, bound_names, relate

UNREADABLE = {
    "equal texts": ("x = (", "x = (", Level.IDENTICAL),
    "equal but for a comment": ("x = (  # one", "x = (  # eins", Level.IDENTICAL),
    "equal but for a string": ("x = = 'a'", "x = = 'b'", Level.IDENTICAL),
    "not even tokens, and another word": ("f('a'", "f('b'", Level.DIFFERENT),
    "equal but for blanks": ("x = ( 1", "x = (1", Level.IDENTICAL),
    "a number that is another": ("x = (1", "x = (2", Level.DIFFERENT),
    "only the original parses": ("x = 1", "x = (1", Level.DIFFERENT),
    "only the translation parses": ("x = (1", "x = 1", Level.DIFFERENT),
}
LEVELS = {
    "the same": ("x = 1", "x = 1  # eins", Level.IDENTICAL),
    "a string that is shown": ("print('one two')", "print('eins zwei')", Level.LOCALIZED),
    "a string for a machine": ("open('a.csv')", "open('b.csv')", Level.DIFFERENT),
    "another number": ("x = 1", "x = 2", Level.DIFFERENT),
    "another name": ("width = 1", "breite = 1", Level.DIFFERENT),
}
RENAMED = {
    "a name that both posts bind": (
        "width = 1\nprint(width)",
        "breite = 1\nprint(breite)",
        {},
        Level.RENAMED,
    ),
    "and a string": ("width = 1\nprint('The width')", "breite = 1\nprint('Die Breite')", {}, Level.RENAMED),
    "as it was renamed before": ("width = 1", "breite = 1", {"width": "breite"}, Level.RENAMED),
    "otherwise than before": ("width = 1", "breite = 1", {"width": "weite"}, Level.DIFFERENT),
    "two names to one": ("width = height = 1", "breite = breite = 1", {}, Level.DIFFERENT),
    "one name to two": ("width = width = 1", "breite = hoehe = 1", {}, Level.DIFFERENT),
    "to what another was renamed to": ("height = 1", "breite = 1", {"width": "breite"}, Level.DIFFERENT),
    "a name that the original does not bind": ("print(pi)", "print(breite)", {}, Level.DIFFERENT),
    "a name that the translation does not bind": ("print(width)", "print(pi)", {}, Level.DIFFERENT),
    "another number as well": ("width = 1", "breite = 2", {}, Level.DIFFERENT),
}
BOUND = {
    "a name": ("x = 1", {"x"}),
    "an argument and its function": ("def f(a, *b, c=1, **d): pass", set("fabcd")),
    "an exception's name": ("try: pass\nexcept E as e: pass", {"e"}),
    "a pattern's name": ("match x:\n    case [y]: pass", {"y"}),
    "an attribute": ("x.y = 1", set()),
    "an import": ("import a.b\nfrom c import d as e\na = e = 1", set()),
    "a name that is passed as a keyword": ("x = 1\nf(x=2)", set()),
    "a builtin": ("list = 1", set()),
    "a class and what it has": ("class A:\n    x = 1\n    def f(self): y = 1", {"A", "y"}),
}


@pytest.mark.parametrize(("original", "translation", "level"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_does_not_parse_is_compared_by_its_tokens(original, translation, level):
    assert relate(original, translation).level is level


@pytest.mark.parametrize(("original", "translation", "level"), LEVELS.values(), ids=LEVELS)
def test_the_level(original, translation, level):
    assert relate(original, translation).level is level


def test_a_fault_that_is_not_fatal_leaves_the_level():
    relation = relate("print('2 of them')", "print('3 davon')")
    assert relation.level is Level.LOCALIZED
    assert [fault.code for fault in relation.faults] == ["string-number-changed"]
    assert [change.after for change in relation.changes] == ["3 davon"]


@pytest.mark.parametrize(("original", "translation", "renamed", "level"), RENAMED.values(), ids=RENAMED)
def test_renaming(original, translation, renamed, level):
    bindings = Bindings(
        original=frozenset({"width", "height"}),
        translation=frozenset({"breite", "hoehe", "weite"}),
        renamed=renamed,
    )
    assert relate(original, translation, Context(bindings=bindings)).level is level
    assert relate(original, translation).level is Level.DIFFERENT


@pytest.mark.parametrize(("code", "names"), BOUND.values(), ids=BOUND)
def test_what_a_page_binds_itself(code, names):
    assert bound_names([ast.parse(code)]) == names


def test_docstrings_belong_to_a_program_that_reads_them():
    codes = 'def f():\n    "one"\n', 'def f():\n    "eins"\n'
    assert relate(*codes).level is Level.IDENTICAL
    assert relate(*codes, Context(docstrings=True)).level is Level.LOCALIZED
