"""Blocks of a translation that are taken out, repeated, put in or exchanged: what is said is said of those alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles_helpers import article, fence, post

BLOCKS = (
    ("import math\nx = math.pi", "import math  # Modul\nx = math.pi"),
    ("print('the first step', x)", "print('der erste Schritt', x)"),
    ("print('the second step', 2 * x)", "print('der zweite Schritt', 2 * x)"),
    ("def area(r):\n    return x * r ** 2", "def area(r):\n    # Fläche\n    return x * r ** 2"),
    ("for r in (1, 2):\n    print(area(r))", "for r in (1, 2):  # zweimal\n    print(area(r))"),
    ("print(f'{area(3)} is the area')", "print(f'Die Fläche: {area(3)}')"),
    ("print(f'{area(4)} is the area')", "print(f'Die Fläche: {area(4)}')"),
    ("area(5)", "area(5)"),
)
FOREIGN = ("class Other:\n    name = 1", "while y:\n    y.pop()", "z = [k for k in range(9)]")

posts = st.lists(st.sampled_from(range(len(BLOCKS))), min_size=2, max_size=7, unique=True)


def said(original: list[str], translation: list[str]) -> tuple[list[tuple[str, int]], list[int | None]]:
    """Return what is said of which block of the translation, and what each of its blocks stands for."""
    found = article(post("en", *map(fence, original)), post("de", *map(fence, translation)))
    placed = found.placed["de"]
    rows = {found.posts["de"].line_at(item.block.start): at for at, item in enumerate(placed)}
    told = [
        (problem.code, rows.get(problem.line, -1))
        for problem in found.problems
        if problem.code != "strings-localized"
    ]
    return told, [item.twin for item in placed]


@settings(max_examples=60, deadline=None)
@given(posts, st.data())
def test_a_lost_block_is_missed_where_it_stood(chosen, data):
    lost = data.draw(st.integers(0, len(chosen) - 1))
    original, translation = ([BLOCKS[at][side] for at in chosen] for side in (0, 1))
    told, twins = said(original, translation[:lost] + translation[lost + 1 :])
    assert told == [("missing-block", lost - 1)]
    assert twins == [at for at in range(len(chosen)) if at != lost]


@settings(max_examples=60, deadline=None)
@given(posts, st.sampled_from(FOREIGN), st.data())
def test_a_block_of_the_translation_alone_is_extra_and_shifts_nothing(chosen, foreign, data):
    place = data.draw(st.integers(0, len(chosen)))
    original, translation = ([BLOCKS[at][side] for at in chosen] for side in (0, 1))
    told, twins = said(original, [*translation[:place], foreign, *translation[place:]])
    assert told == [("extra-block", place)]
    assert twins == [*range(place), None, *range(place, len(chosen))]


@settings(max_examples=60, deadline=None)
@given(posts, st.booleans(), st.data())
def test_a_block_that_is_repeated_at_the_end_is_extra_and_shifts_nothing(chosen, translated, data):
    # Of the last one, who repeats it in the original's words may as well have it stand there.
    again = data.draw(st.sampled_from(chosen if translated else chosen[:-1]))
    original, translation = ([BLOCKS[at][side] for at in chosen] for side in (0, 1))
    told, twins = said(original, [*translation, BLOCKS[again][translated]])
    assert told == [("extra-block", len(chosen))]
    assert twins == [*range(len(chosen)), None]


@settings(max_examples=60, deadline=None)
@given(posts, st.data())
def test_of_two_blocks_that_changed_places_one_has_moved(chosen, data):
    first = data.draw(st.integers(0, len(chosen) - 2))
    original, translation = ([BLOCKS[at][side] for at in chosen] for side in (0, 1))
    translation[first : first + 2] = translation[first + 1], translation[first]
    told, twins = said(original, translation)
    assert len(told) == 1 and told[0][0] == "moved-block" and told[0][1] in (first, first + 1)
    assert twins == [*range(first), first + 1, first, *range(first + 2, len(chosen))]
