"""How a translation stands to its original when the original moves on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles_helpers import article, fence, post
from hexapla.model.article import Article
from hexapla.programs.align.compare import program_key
from hexapla.translations.freshness import Freshness, State, confirmed, freshness, is_edited, made
from hexapla.translations.sections import sections

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
    body = "a\n\n# One\n\nb\n\n```python\n# no heading\n```\n\n## Two `x` [y](z.md) ##\n\nc\n"
    found = sections(body)
    assert [(one.title, one.level, one.blocks) for one in found] == [
        ("", 0, ()),
        ("One", 1, (0,)),
        ("Two x y", 2, ()),
    ]
    assert [body[one.offset :].split()[0] for one in found] == ["a", "#", "##"]


def stale_after(original: tuple[str, ...], translation: tuple[str, ...]) -> Freshness:
    """Return how a translation stands that was recorded when both were made of `A, WORDS, B`."""
    return freshness(now(original, translation), "de", BEFORE)


OTHER_A, OTHER_WORDS = fence("a = 1  # two"), "\n## First\n\nMuch more is said.\n"


def test_only_the_part_that_was_changed_here_is_made_anew() -> None:
    original = (OTHER_A, OTHER_WORDS, B)
    assert stale_after(original, (A, WORDS, B)).blocks[0] is State.COMMENTS_STALE
    # A corrected word in one section says nothing of the comments in another.
    corrected = stale_after(original, (A, WORDS.replace("Words", "Worte"), B))
    assert (corrected.blocks[0], corrected.sections[1]) == (State.COMMENTS_STALE, State.CURRENT)
    commented = stale_after(original, (fence("a = 1  # zwei"), WORDS, B))
    assert (commented.blocks[0], commented.sections[1]) == (State.CURRENT, State.COMMENTS_STALE)


NEW = "\n## New\n\nThis is new.\n"


def test_a_new_section_is_missing_until_it_is_translated() -> None:
    for original in ((A, WORDS, B, NEW), (A, NEW, WORDS, B)):
        found = stale_after(original, (A, WORDS, B))
        assert found.state is State.INCOMPLETE
        assert sorted(found.sections) == [State.CURRENT, State.CURRENT, State.INCOMPLETE]
        assert stale_after(original, (A, WORDS.replace("Words", "Worte"), B)).state is State.INCOMPLETE
        translated = tuple(part.replace("This is new", "Das ist neu") for part in original)
        assert stale_after(original, translated).state is State.CURRENT


def test_a_section_that_the_original_lost_is_named() -> None:
    found = stale_after((A, B), (A, WORDS, B))
    assert (found.state, found.gone) == (State.COMMENTS_STALE, (1,))


def test_what_was_left_out_from_the_start_is_not_held_against_a_translation() -> None:
    first = now((A, WORDS, B, NEW), (A, WORDS, B))
    recorded = made(first, "de")
    assert freshness(first, "de", recorded).state is State.CURRENT
    again = now((A, WORDS, B, NEW.replace("new.", "changed.")), (A, WORDS, B))
    assert freshness(again, "de", recorded).state is State.INCOMPLETE


def test_a_program_that_was_changed_here_on_purpose_is_ahead_and_remembered() -> None:
    edited = (A, WORDS, fence("b = [2, 30]\nprint(b)"))
    found = now((A, WORDS, B), edited)
    assert freshness(found, "de", BEFORE).state is State.AHEAD
    assert made(found, "de", BEFORE).edited
    again = made(found, "de", made(found, "de", BEFORE))
    assert is_edited(found.placed["de"][1], again)
    # The same program in a translation that was never recorded is a mistake, not an edit.
    assert freshness(found, "de").state is State.CODE_STALE
    assert not is_edited(found.placed["de"][1], None)
    assert not made(now((A, WORDS, B)), "de", again).edited


def test_damage_is_no_edit() -> None:
    damaged = now((A, WORDS, B), (A, WORDS, fence("b = [2, 3\nprint(b)")))
    assert freshness(damaged, "de", BEFORE).state is State.CODE_STALE
    assert not made(damaged, "de", BEFORE).edited


def test_the_programs_that_the_original_held_are_recorded() -> None:
    assert BEFORE.programs == {program_key("a = 1"), program_key("b = [2, 3]\nprint(b)")}
    moved = made(now((A, WORDS, fence("b = [2, 4]\nprint(b)"))), "de", BEFORE)
    assert moved.programs == BEFORE.programs


PARTS = st.lists(st.sampled_from([A, B, WORDS, NEW, fence("c = f(3)"), "\nMore.\n"]), min_size=1, max_size=6)


@given(PARTS, PARTS)
def test_recording_twice_is_recording_once_and_a_new_record_is_current_but_for_code(
    original: list[str], translation: list[str]
) -> None:
    found = now(tuple(original), tuple(translation))
    recorded = made(found, "de")
    assert made(found, "de", recorded) == recorded
    stands = freshness(found, "de", recorded)
    assert State.COMMENTS_STALE not in (*stands.blocks, *stands.sections)
    assert set(stands.sections) <= {State.CURRENT}
    assert freshness(now(tuple(original), tuple(original)), "de").state is State.CURRENT


CONFIRMED = {
    "a mended word": ((A, WORDS.replace("Words", "Wordes"), B), State.CURRENT),
    "another comment": ((fence("a = 1  # two"), WORDS, B), State.CURRENT),
    "a section that is gone": ((A, B), State.CURRENT),
    "a section that is new": ((A, WORDS, B, NEW), State.CURRENT),
    "sections in another order": ((A, NEW, WORDS, B), State.CURRENT),
    "another program": ((A, WORDS, fence("b = [2, 4]\nprint(b)")), State.CODE_STALE),
    "a block that is new": ((A, WORDS, B, fence("zzz(9)")), State.INCOMPLETE),
    "a block that is gone": ((A, WORDS), State.AHEAD),
}


@pytest.mark.parametrize(("original", "state"), CONFIRMED.values(), ids=CONFIRMED)
def test_what_is_confirmed_is_current_but_for_its_code(original: tuple[str, ...], state: State) -> None:
    found = now(original)
    again = confirmed(found, "de", BEFORE)
    assert freshness(found, "de", again).state is state
    # The next build records no more than that.
    assert made(found, "de", again) == again


def test_what_changes_after_it_was_confirmed_is_behind() -> None:
    first = confirmed(now((A, WORDS.replace("Words", "Wordes"), B)), "de", BEFORE)
    assert (
        freshness(now((A, WORDS.replace("Words", "More words"), B)), "de", first).state
        is State.COMMENTS_STALE
    )
    left_out = confirmed(now((A, WORDS, B, NEW)), "de", BEFORE)
    changed = now((A, WORDS, B, NEW.replace("new.", "changed.")))
    assert freshness(changed, "de", left_out).state is State.INCOMPLETE


def test_a_stale_program_is_known_for_one_after_confirming() -> None:
    found = now((fence("a = 1  # two"), WORDS, fence("b = [2, 4]\nprint(b)")))
    again = confirmed(found, "de", BEFORE)
    assert BEFORE.blocks[1] in again.blocks
    assert program_key("b = [2, 3]\nprint(b)") in again.programs
    assert freshness(found, "de", again).blocks == (State.CURRENT, State.CODE_STALE)


def test_confirming_what_was_never_recorded_is_recording_it() -> None:
    found = now((A, WORDS, B, NEW))
    assert confirmed(found, "de") == made(found, "de")


def test_sections_pair_by_their_place_where_nothing_else_tells() -> None:
    moved = now(
        (A, "\n## One\n\nWords.\n", "\n## Two\n\nMore.\n", B),
        (A, "\n### Eins\n\nWorte.\n", "\n### Zwei\n\nMehr.\n", B),
    )
    assert freshness(moved, "de").twins == {0: 0, 1: 1, 2: 2}
    fewer = now((A, "\n## One\n\nWords.\n", "\n## Two\n\nMore.\n", B), (A, "\n### Eins\n\nWorte.\n", B))
    assert 1 not in freshness(fewer, "de").twins
