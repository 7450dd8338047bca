"""Labels by which authors name outputs, in their languages."""

import pytest

from hexapla.programs.output_labels import ends_in_label, is_label, label_of_line, split_comment, split_line


@pytest.mark.parametrize(
    "text", ["Output", "OUTPUT", "Ausgabe", "Salida", "输出", "出力", "आउटपुट", "Output 1"]
)
def test_a_label(text):
    assert is_label(text)


@pytest.mark.parametrize("text", ["", "Input", "Outputs of the network layer", "Note"])
def test_no_label(text):
    assert not is_label(text)


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [("Output: 3", "Output", "3"), ("Ausgabe: x", "Ausgabe", "x"), ("输出：3", "输出", "3"), ("the loss: 3", "", "the loss: 3")],
)  # fmt: skip
def test_a_comment_is_split_behind_its_label(text, label, rest):
    assert split_comment(text) == (label, rest)


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [("**Ausgabe:** 3", "Ausgabe", "3"), ("Output: [1]", "Output", "[1]"), ("A sentence.", "", "")],
)
def test_a_line_is_split_behind_its_label(line, label, rest):
    assert split_line(line) == (label, rest)


@pytest.mark.parametrize(
    ("line", "label"),
    [("**Output:**", "Output"), ("Output:", "Output"), ("**Ausgabe (3.9):**", "Ausgabe (3.9)"), ("Output", ""), ("See below:", "")],
)  # fmt: skip
def test_a_line_that_is_nothing_but_a_label(line, label):
    assert label_of_line(line) == label


@pytest.mark.parametrize(
    ("line", "label"),
    [("This gives the output:", "the output"), ("We load the data:", ""), ("the output", "")],
)
def test_a_sentence_that_ends_in_a_label(line, label):
    assert ends_in_label(line) == label
