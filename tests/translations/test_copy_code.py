"""What the original's code takes over from a translation."""

import pytest

from hexapla.translations.copy_code import with_comments, with_marks, with_strings

COMMENTS = {
    "nothing to carry": ("x = 1", "x = 2", "x = 1", ()),
    "a comment beside the same code": ("x = 1  # one\ny = 2", "x = 1  # eins\ny = 3", "x = 1  # eins\ny = 2", ()),
    "a comment above the same code": ("# one\nx = 1\ny = 2", "# eins\nx = 1\ny = 3", "# eins\nx = 1\ny = 2", ()),
    "equal lines": ("f()  # a\nf()  # b", "f()  # c\nf()  # d\ng()", "f()  # c\nf()  # d", ()),
    "a comment at the end": ("x = 1\n# end", "x = 2\n# Ende", "x = 1\n# Ende", ()),
    "a comment that the original lacks": ("x = 1\ny = 2", "x = 1\n# hier\ny = 2  # da\nz = 1", "x = 1\n# hier\ny = 2  # da", ()),
    "more lines than the original's": ("# one\nx = 1\ny = 2", "# eins,\n# lang\nx = 1\ny = 3", "# eins,\n# lang\nx = 1\ny = 2", ()),
    "fewer lines": ("# one,\n# long\nx = 1\ny = 2", "# eins\nx = 1\ny = 3", "# eins\nx = 1\ny = 2", ()),
    "indented": ("if x:\n    # one\n    y = 1", "if x:\n        # eins\n        y = 1\nz", "if x:\n    # eins\n    y = 1", ()),
    "code that does not parse": ("x = f(1)\n# one\ny = 2", "x = f(1\n# eins\ny = 2", "x = f(1)\n# eins\ny = 2", ()),
    "blank lines": ("x = 1\n\n# one\n\ny = 2", "x = 1\n# eins\ny = 2\nz", "x = 1\n\n# eins\n\ny = 2", ()),
    "a comment whose code is gone": ("x = 1  # one", "x = 2  # zwei", "x = 1  # one", ("# zwei",)),
    "a comment in Hindi": ("x = 1  # one", "x = 1  # एक\ny", "x = 1  # एक", ()),
    "a mark inside a string": ("x = '#'  # one", "x = '#'  # eins\ny", "x = '#'  # eins", ()),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation", "code", "lost"), COMMENTS.values(), ids=COMMENTS)
def test_comments_are_carried_where_they_anchor(
    original: str, translation: str, code: str, lost: tuple[str, ...]
) -> None:
    assert with_comments(original, translation) == (code, lost)


ALIKE = {
    "a number": ("# one\nx = 1  # two", "# eins\nx = 3  # zwei", "# eins\nx = 1  # zwei", ()),
    "other code": ("x = 1  # one", "train(model, data)  # lernen", "x = 1  # one", ("# lernen",)),
    "a line more": ("x = 1  # one\ny = 2", "x = 1\nz = 4  # vier\ny = 2  # zwei", "x = 1  # one\ny = 2  # zwei", ("# vier",)),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation", "code", "lost"), ALIKE.values(), ids=ALIKE)
def test_a_line_that_is_at_fault_keeps_its_comments(original, translation, code, lost):
    assert with_comments(original, translation, alike=True) == (code, lost)


STRINGS = {
    "words": ("print('a b', 1)", "print('c d', 2)", "print('c d', 1)"),
    "words over lines": (
        'x = """one\ntwo"""\ny = 1',
        'x = """eins\nzwei"""\ny = 2',
        'x = """eins\nzwei"""\ny = 1',
    ),
    "in Arabic": ("print('good')", "print('جيد')\nx", "print('جيد')"),
    "no path": ("open('a/b.txt')", "open('c/d.txt')", "open('a/b.txt')"),
    "no key": ("d['lr'] = 1", "d['tasa'] = 2", "d['lr'] = 1"),
    "not where the code is another": ("print('a b')", "return_('c d')", "print('a b')"),
    "not what cannot be read": ("print('a b')", "print('c d", "print('a b')"),
}


@pytest.mark.parametrize(("original", "translation", "code"), STRINGS.values(), ids=STRINGS)
def test_translated_strings_are_carried_where_they_may(original, translation, code):
    assert with_strings(original, translation) == code


MARKS = {
    "one line": ("x = 1\ny = 2", "x = 1\nDas ist y\ny = 2", "x = 1\n# Das ist y\ny = 2"),
    "two lines, one indented": (
        "for x in y:\n    f(x)", "Wir gehen durch\nfor x in y:\n    jedes einmal\n    f(x)",
        "# Wir gehen durch\nfor x in y:\n    # jedes einmal\n    f(x)",
    ),
    "not where the program is another as well": ("x = 1", "Das ist x\nx = 2", ""),
    "not where nothing is wrong": ("x = 1", "x = 1  # eins", ""),
    "not where the fault is no prose": ("x = (1)", "x = (1", ""),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation", "code"), MARKS.values(), ids=MARKS)
def test_words_become_comments_again(original, translation, code):
    assert with_marks(original, translation) == code
