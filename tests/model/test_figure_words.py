"""What a figure shows, in a form that every language can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.figure_words import KINDS, is_description, part, parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("bar", [[("bar", [])]]),
        ("“Loss”", [[("", ["Loss"])]]),
        (
            "“A; b | c”; line “a, b”, “c”; x “t”",
            [[("", ["A; b | c"]), ("line", ["a, b", "c"]), ("x", ["t"])]],
        ),
        ("image; y “y” | scatter “a”", [[("image", []), ("y", ["y"])], [("scatter", ["a"])]]),
    ],
)
def test_a_description_is_read(text, parts):
    assert is_description(text) and parts_of(text) == parts


@pytest.mark.parametrize(
    "text", ["", "Figure", "lines train, test", "A curve “a”", "line a", "line; ", "x", "“a", "line “a” “b”"]
)
def test_what_others_wrote_is_none(text):
    assert not is_description(text)


@given(
    st.lists(
        st.tuples(st.sampled_from((*KINDS, "x", "y", "")), st.lists(st.text(min_size=1), min_size=1)),
        min_size=1,
    )
)
def test_whatever_labels_say_they_come_back(parts):
    plain = [
        (word, [" ".join(label.split()).translate({0x201C: '"', 0x201D: '"'}) for label in labels])
        for word, labels in parts
        if word in KINDS or word == ""
    ]
    axes = [(word, labels[:1]) for word, labels in plain if word == ""] + [
        (w, labels) for w, labels in plain if w
    ]
    text = "; ".join(part(word, labels) for word, labels in axes)
    assert not axes or (is_description(text) and parts_of(text) == [axes])
