"""What is safe to repair in a translation, and what is left alone."""

import pytest

from articles_helpers import article, codes, fence, post
from hexapla.markdown import splice
from hexapla.repairs import repairs, with_comments

COMMENTS = {
    "nothing to carry": ("x = 1", "x = 2", "x = 1", ()),
    "a comment beside the same code": ("x = 1  # one\ny = 2", "x = 1  # eins\ny = 3", "x = 1  # eins\ny = 2", ()),
    "a comment above the same code": ("# one\nx = 1\ny = 2", "# eins\nx = 1\ny = 3", "# eins\nx = 1\ny = 2", ()),
    "equal lines": ("f()  # a\nf()  # b", "f()  # c\nf()  # d\ng()", "f()  # c\nf()  # d", ()),
    "a comment whose code is gone": ("x = 1  # one", "x = 2  # zwei", "x = 1  # one", ("# zwei",)),
    "a comment in Hindi": ("x = 1  # one", "x = 1  # एक\ny", "x = 1  # एक", ()),
    "a mark inside a string": ("x = '#'  # one", "x = '#'  # eins\ny", "x = '#'  # eins", ()),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation", "code", "lost"), COMMENTS.values(), ids=COMMENTS)
def test_comments_are_carried_where_they_anchor(
    original: str, translation: str, code: str, lost: tuple[str, ...]
) -> None:
    assert with_comments(original, translation) == (code, lost)


@pytest.mark.parametrize("prefix", ["", "    ", "> "])
def test_a_repaired_translation_has_no_problem_and_the_same_prose(prefix: str) -> None:
    inside = "".join(f"{prefix}{line}\n" for line in fence("x = 1  # eins\ny = 3").rstrip("\n").split("\n"))
    found = article(post("en", fence("x = 1  # one\ny = 2")), post("de", inside, "\nProsa.\n"))
    assert codes(found) == ["number-changed"]
    (repair,) = repairs(found, "de")
    text = splice(found.posts["de"].body, repair.edits)
    assert text == found.posts["de"].body.replace("y = 3", "y = 2")


def test_a_tag_is_repaired() -> None:
    found = article(post("en", fence("x = 1", "python notest")), post("de", fence("x = 1", "")))
    (repair,) = repairs(found, "de")
    assert fence("x = 1", "python notest") in splice(found.posts["de"].body, repair.edits)


def test_translated_strings_and_the_original_are_left_alone() -> None:
    found = article(post("en", fence("print('good day')")), post("de", fence("print('guten Tag')")))
    assert repairs(found, "de") == repairs(found, "en") == ()
