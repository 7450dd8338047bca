"""How a translation stands to its original when the original moves on."""

import pytest

from articles_helpers import article, fence, post
from hexapla.articles import Article
from hexapla.freshness import State, freshness, made, sections, table

A, B = fence("a = 1  # one"), fence("b = [2, 3]\nprint(b)")
WORDS = "\n## First\n\nWords.\n"


def now(original: tuple[str, ...], translation: tuple[str, ...] = (A, WORDS, B)) -> Article:
    return article(post("en", *original), post("de", *translation))


BEFORE = made(now((A, WORDS, B)), "de")

CASES = {
    "nothing changed": ((A, WORDS, B), State.CURRENT),
    "a comment changed": ((fence("a = 1  # two"), WORDS, B), State.COMMENTS_STALE),
    "prose changed": ((A, WORDS.replace("Words", "Other words"), B), State.COMMENTS_STALE),
    "prose was wrapped anew": ((A, "\n## First\n\nWords.\n\n", B), State.CURRENT),
    "prose was removed": ((A, B), State.COMMENTS_STALE),
    "code changed": ((A, WORDS, fence("b = [2, 4]\nprint(b)")), State.CODE_STALE),
    "code was added": ((A, WORDS, B, fence("zzz(9)")), State.INCOMPLETE),
    "code was removed": ((A, WORDS), State.AHEAD),
}


@pytest.mark.parametrize(("original", "state"), CASES.values(), ids=CASES)
def test_state(original: tuple[str, ...], state: State) -> None:
    assert freshness(now(original), "de", BEFORE).state is state


def test_each_block_and_section_has_a_state() -> None:
    found = freshness(now((fence("a = 1  # two"), WORDS.replace("Words", "Other"), B)), "de", BEFORE)
    assert found.blocks == (State.COMMENTS_STALE, State.CURRENT)
    assert found.sections == (State.CURRENT, State.COMMENTS_STALE)


def test_a_translation_that_was_changed_is_made_from_todays_original() -> None:
    changed = now((fence("a = 1  # two"), WORDS, B), (fence("a = 1  # zwei"), WORDS, B))
    assert made(changed, "de", BEFORE) != BEFORE
    assert freshness(changed, "de", BEFORE).state is State.CURRENT


def test_sections_are_prose_between_headings() -> None:
    body = "a\n\n# One\n\nb\n\n```python\n# no heading\n```\n\n## Two\n\nc\n"
    assert [section.split() for section in sections(body)] == [["a"], ["#", "One", "b"], ["##", "Two", "c"]]


def test_table() -> None:
    found = now((A, WORDS))
    assert table([found], ["en", "de", "fr"], {("a", "de"): BEFORE}) == (
        ("a", ("original", "ahead", "missing")),
    )
