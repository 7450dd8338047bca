"""What is safe to repair in a translation, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles_helpers import article, codes, fence, post
from hexapla.model.block import blocks, splice
from hexapla.translations.fix import repaired, repairs
from hexapla.translations.freshness import made


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


def fixed(original: str, translation: str, **front_matter: object) -> str:
    """Return the translation's body, repaired."""
    found = article(post("en", original), post("de", translation, **front_matter))
    whole, _ = repaired(found, "de", lambda changed: article(found.posts["en"], changed))
    return whole.body


CODE_REPAIRS = {
    "strings stay translated": ("x = 0.1\nprint('the loss', x)", "x = 0.2\nprint('der Verlust', x)", "x = 0.1\nprint('der Verlust', x)"),
    "f-strings too": ("x = 1\nprint(f'loss: {x}')", "x = 2\nprint(f'Verlust: {x}')", "x = 1\nprint(f'Verlust: {x}')"),
    "but not what names something": ("x = 0.1\nopen('a/b.csv')\nprint('the end')", "x = 0.2\nopen('a/c.csv')\nprint('das Ende')", "x = 0.1\nopen('a/b.csv')\nprint('das Ende')"),
    "nor what lost a placeholder": ("x = 1\nprint('%d of %s' % (x, x))", "x = 2\nprint('%d von' % (x, x))", "x = 1\nprint('%d of %s' % (x, x))"),
    "strings and comments together": ("# one\nx = 1\nprint('a b')  # two", "# eins\nx = 1\nprint('c d')  # zwei\ny = 3", "# eins\nx = 1\nprint('c d')  # zwei"),
    "a comment that lost its mark": ("x = 1\n# That is the loss\ny = 2", "x = 1\nDas ist der Verlust\ny = 2", "x = 1\n# Das ist der Verlust\ny = 2"),
    "one in Hindi": ("x = 1\n# This is the loss\ny = 2", "x = 1\nयह हानि फलन है\ny = 2", "x = 1\n# यह हानि फलन है\ny = 2"),
    "a keyword": ("for x in y:\n    f(x)", "für x in y:\n    f(x)", "for x in y:\n    f(x)"),
    "typographic quotes": ("print('a')", "print(‘a’)", "print('a')"),
    "a placeholder": ("x = f(1)\nprint(x)", "x = @@CODE_1@@\nprint(x)", "x = f(1)\nprint(x)"),
    "bytes": ("x = b'cat'", "x = b'Katze'", "x = b'cat'"),
    "prose that is more than a comment stays": ("x = 1\ny = 2", "Der Code ist hier.\nx = 1\ny = 3", "Der Code ist hier.\nx = 1\ny = 3"),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation", "wanted"), CODE_REPAIRS.values(), ids=CODE_REPAIRS)
def test_code_is_repaired_and_what_is_the_translations_own_stays(original, translation, wanted):
    assert fixed(fence(original), fence(translation)) == f"Some words.\n\n{fence(wanted)}"


def test_frozen_strings_are_the_originals():
    text = fixed(fence("print('the end')"), fence("print('das Ende')"), strings="freeze")
    assert "print('the end')" in text


TAGS = {
    "the same": ("python notest", "python notest", "python notest"),
    "another name of Python": ("python", "py", "py"),
    "another spelling of the same": ("python notest", "{.python .notest}", "{.python .notest}"),
    "a translated title": ('python title="The loss"', 'python title="Der Verlust"', 'python title="Der Verlust"'),
    "an id that is left out": ("{.python #a}", "python", "python"),
    "no language": ("python", "", "python"),
    "a translated language": ("python", "pitón", "python"),
    "a language of plain text": ("text", "python", "text"),
    "a lost word": ("python notest", "python", "python notest"),
    "a translated word": ("python notest", "python nichttesten", "python notest"),
    "another id": ("{.python #train}", "{.python #trainieren}", "{.python #train}"),
    "a lost word beside a translated title": (
        'python notest title="The loss"', 'python title="Der Verlust"', 'python notest title="Der Verlust"',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation", "wanted"), TAGS.values(), ids=TAGS)
def test_fences_ask_for_the_same(original, translation, wanted):
    code = "x = [1, 2, 3]\nprint(x)"
    text = fixed(fence(code, original), fence(code, translation))
    assert f"```{wanted}\n" in text and text.endswith(f"{code}\n```\n")


SAFE = {
    "a moved block": ((fence("a = 1"), fence("b = 2"), fence("c = 3")), (fence("b = 2"), fence("a = 1"), fence("c = 3"))),
    "a split block": ((fence("a = 1\nprint(a)"),), (fence("a = 1"), "\nUnd:\n", fence("print(a)"))),
    "a lost block": ((fence("a = 1"), fence("b = 2")), (fence("a = 1"),)),
    "an open fence whose program is another": ((fence("a = 1"),), ("```python\na = 2\n\nProsa bleibt.\n",)),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation"), SAFE.values(), ids=SAFE)
def test_what_no_rule_repairs_is_left_alone(original, translation):
    found = article(post("en", *original), post("de", *translation))
    assert fixed("\n".join(original), "\n".join(translation)) == found.posts["de"].body


def test_a_block_that_was_edited_on_purpose_is_left_alone_until_it_is_asked_for():
    before = article(post("en", fence("x = 1")), post("de", fence("x = 1")))
    recorded = made(before, "de")
    edited = article(post("en", fence("x = 1")), post("de", fence("x = 5")))
    (left,) = repairs(edited, "de", recorded)
    assert not left.edits and "edited here since it was recorded" in left.what
    (taken,) = repairs(edited, "de", recorded, edited=True)
    assert taken.edits and repairs(edited, "de")[0].edits
    # Where the original moved on, the translation was not edited.
    stale = article(post("en", fence("x = 2")), post("de", fence("x = 1")))
    assert repairs(stale, "de", recorded)[0].edits


LINES = st.lists(
    st.sampled_from(["x = 1", "print(x)  # eins", "# Wort", "y = f(x, 'ein Satz')", "for i in x:\n    g(i)"]),
    min_size=1, max_size=4,
).map("\n".join)  # fmt: skip
PROSE = st.sampled_from(["Ein Satz.", "## Titel", "- a\n- b", "हिन्दी", "中文，标点。", "> Zitat"])
INFO = st.sampled_from(["python", "py", "{.python .notest}", 'python title="T"'])


@given(st.lists(st.tuples(PROSE, INFO, LINES), max_size=5))
def test_a_clean_translation_stays_byte_for_byte(parts):
    text = "\n".join(f"{prose}\n\n{fence(code, info)}" for prose, info, code in parts)
    comments = text.replace("eins", "one").replace("# Wort", "# word")
    assert fixed(comments, text) == post("de", text).body


@pytest.mark.slow
@given(st.lists(st.tuples(PROSE, INFO, LINES, LINES), min_size=1, max_size=5))
def test_repairing_twice_is_repairing_once_and_prose_is_never_touched(parts):
    original = "\n".join(f"{prose}\n\n{fence(code, info)}" for prose, info, code, _ in parts)
    damaged = "\n".join(f"{prose}\n\n{fence(code, info)}" for prose, info, _, code in parts)
    once = fixed(original, damaged).removeprefix("Some words.\n\n")
    assert fixed(original, once).removeprefix("Some words.\n\n") == once
    outside = [prose for prose, *_ in parts]
    rest, at = [], 0
    for block in blocks(once):
        rest.append(once[at : block.start].strip())
        at = block.end
    # Where a block held two of the original's, there is no prose between them.
    assert [prose for prose in rest if prose] == outside
