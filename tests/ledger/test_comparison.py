import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.ledger.comparison import Departure, differences, mask
from hexapla.model.directives import Check
from hexapla.model.output import Figure, Kind, Markup, MarkupKind, Output, Text


def text(words: str, kind: Kind = Kind.STREAM) -> Text:
    return Text(kind=kind, text=words)


SAME = [
    ("the same words", "loss 0.5\n", "loss 0.5\n"),
    ("an address", "<object at 0x7f1234567890>", "<object at 0x7faaaaaaaaaa>"),
    (
        "a progress bar's timing",
        "100%|##| 10/10 [00:00<00:00, 123.45it/s]",
        "100%|##| 10/10 [00:01<00:00, 99.1it/s]",
    ),
    ("a line of the program", "cell 3, line 2: UserWarning", "cell 4, line 12: UserWarning"),
    ("an address as a number", "94023472342016 [140234567890112]", "93998374523904 [140737488355327]"),
    ("a duration", "took 1.23 s", "took 4.56 s"),
    ("a temporary folder", "saved /tmp/abc/x.pt", "saved /tmp/xyz/y.pt"),
]
CLOSE = [
    ("a digit in the fourth place", "tensor([0.1234, 2.0000])", "tensor([0.1235, 2.0010])"),
    ("a sign before a zero", "x -0.0000", "x 0.0000"),
    ("an exponent", "1.0000e-05", "1.0004e-05"),
    ("a column that is wider", "[ 1.0000, 2.0]", "[1.0001, 2.0]"),
]
APART = [
    ("a number", "loss 0.5", "loss 0.6", Departure.NUMBER),
    ("not a number any more", "loss 0.5", "loss nan", Departure.NUMBER),
    ("a whole number", "epoch 3 loss 0.5", "epoch 4 loss 0.5", Departure.TEXT),
    ("a whole number beside a close fraction", "epoch 3 loss 0.5", "epoch 4 loss 0.5001", Departure.TEXT),
    ("a whole number behind a close fraction", "0.5 3", "0.5001 4", Departure.TEXT),
    ("a large whole number", "12345678901234", "12345678901235", Departure.TEXT),
    ("an address that is none any more", "140234567890112", "3", Departure.SHAPE),
    ("a factorial", "1307674368000 20922789888000", "1307674368000 20922789888001", Departure.TEXT),
    ("a whole number with a sign", "at -3", "at +3", Departure.TEXT),
    ("a whole number that is a fraction", "x 3", "x 3.5", Departure.NUMBER),
    ("a large whole number, by little", "9999999 0.5", "9999998 0.5", Departure.TEXT),
    ("a line that is missing at the end", "a\nb\n", "a\n", Departure.TEXT),
    ("a type", "dtype=torch.float32", "dtype=torch.float64", Departure.SHAPE),
    ("a word", "loss 0.5", "cost 0.5", Departure.TEXT),
    ("a shape", "torch.Size([2, 3])", "torch.Size([2, 4])", Departure.SHAPE),
    ("more numbers", "[1.0, 2.0]", "[1.0, 2.0, 3.0]", Departure.SHAPE),
]


def test_compares_what_values_show_of_themselves() -> None:
    def shown(source: str, kind: MarkupKind = MarkupKind.HTML) -> Text:
        return Text(kind=Kind.VALUE, text="a\n", markup=Markup(kind=kind, source=source))

    def kinds(before: Text, after: Text, *, same_machine: bool = False) -> list[Departure]:
        found = differences([before], [after], Check.CLOSE, same_machine=same_machine)
        return [difference.kind for difference in found]

    assert kinds(shown("<td>0.5000</td>"), shown("<td>0.5001</td>")) == []
    assert kinds(shown("<td>0.5000</td>"), shown("<td>0.5001</td>"), same_machine=True) == [Departure.TEXT]
    assert kinds(shown("<td>0.5</td>"), shown("<td>0.6</td>")) == [Departure.NUMBER]
    assert kinds(shown("<td>a</td>"), shown("<td>b</td>")) == [Departure.TEXT]
    assert kinds(shown("x"), shown("x", MarkupKind.LATEX)) == [Departure.KIND]
    assert kinds(shown("x"), text("a\n", Kind.VALUE)) == [Departure.KIND]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_says_nothing_of_what_differs_at_every_run(before: str, after: str) -> None:
    assert differences([text(before)], [text(after)], Check.EXACT, same_machine=True) == ()


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in CLOSE], ids=[row[0] for row in CLOSE])
def test_lets_fractions_differ_a_little_on_another_machine_only(before: str, after: str) -> None:
    assert differences([text(before)], [text(after)], Check.CLOSE, same_machine=False) == ()
    assert differences([text(before)], [text(after)], Check.CLOSE, same_machine=True)


def test_a_traceback_is_the_same_with_another_python() -> None:
    older, newer = "    half(2)\nError: no\n", "    half(2)\n    ~~~~^^^\nError: no\n"
    assert not differences(
        [text(older, Kind.ERROR)], [text(newer, Kind.ERROR)], Check.CLOSE, same_machine=False
    )
    # What a program itself prints is its own.
    assert differences([text(older)], [text(newer)], Check.CLOSE, same_machine=False)


@pytest.mark.parametrize(
    ("before", "after", "kind"), [row[1:] for row in APART], ids=[row[0] for row in APART]
)
def test_names_the_kind_of_a_difference(before: str, after: str, kind: Departure) -> None:
    (difference,) = differences([text(before)], [text(after)], Check.CLOSE, same_machine=False)
    assert difference.kind is kind


MESSAGES = [
    ("the first line", "a\nb\n", "c\nb\n", "line 1 was “a” and is “c”"),
    ("a later line", "a\nb\nc\n", "a\nb\nd\n", "line 3 was “c” and is “d”"),
    (
        "a line that says nothing at every run",
        "took 1.5 s\nb\n",
        "took 2.5 s\nc\n",
        "line 2 was “b” and is “c”",
    ),
    ("fewer lines", "a\nb", "a", "line 2 was “b” and is “the end”"),
    ("more lines", "a", "a\nb", "line 2 was “the end” and is “b”"),
    ("a line end", "a\n", "a", "line 2 was “” and is “the end”"),
    ("nothing before", "", "a", "line 1 was “” and is “a”"),
]


@pytest.mark.parametrize(
    ("before", "after", "message"), [row[1:] for row in MESSAGES], ids=[row[0] for row in MESSAGES]
)
def test_names_the_first_line_that_differs(before: str, after: str, message: str) -> None:
    (difference,) = differences([text(before)], [text(after)], Check.EXACT, same_machine=False)
    assert (difference.kind, difference.message) == (Departure.TEXT, message)


MASKED = [
    ("an address", "<f at 0x7f12>", "<f at <address>>"),
    ("an address that is too short", "0x7f1", "0x7f1"),
    ("a process", "pid: 4711, thread=12", "<id>, <id>"),
    ("a UUID", "id 01234567-89ab-cdef-0123-456789abcdef", "id <id>"),
    ("a progress bar with hours", "10/10 [1:02:03<00:00, 1.50s/it]", "10/10 [<timing>]"),
    ("a progress bar with more digits before it", "123:45:06<00:00, ?it/s", "<timing>"),
    ("a progress bar of a minute", "100:23<00:05, 12.0/s", "1<timing>"),
    ("a time", "2026-11-27 09:10:11.5 now", "<time> now"),
    ("a duration", "in 1,234.5 ms", "in <timing>"),
    ("a duration behind a comma", "took,1.5s", "took,<timing>"),
    ("a speed", "5 ms/step", "5 ms/step"),
    ("the end of a name", "v2s", "v2s"),
    ("a folder", "in /home/a/b.py: no", "in <path>: no"),
    ("a folder of an address", "http://x.org/home/a", "http://x.org/home/a"),
    ("a temporary name", "tmpab12_xyz here", "<path> here"),
    ("numbers", "1, 22, 3.5", "1, 22, 3.5"),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in MASKED], ids=[row[0] for row in MASKED])
def test_masks_what_differs_from_run_to_run_and_no_more(before: str, after: str) -> None:
    assert mask(before) == after


TOLERANCES = [
    ("just within the relative one", "1000.0", "1000.99", ()),
    ("just beyond it", "1000.0", "1001.1", (Departure.NUMBER,)),
    ("just within the absolute one", "0.0000", "0.00009", ()),
    ("just beyond the absolute one", "0.0000", "0.0002", (Departure.NUMBER,)),
    ("an infinity", "inf", "inf", ()),
    ("another infinity", "inf 1.0", "-inf 1.0", (Departure.NUMBER,)),
]


@pytest.mark.parametrize(
    ("before", "after", "kinds"), [row[1:] for row in TOLERANCES], ids=[row[0] for row in TOLERANCES]
)
def test_fractions_have_a_tolerance(before: str, after: str, kinds: tuple[Departure, ...]) -> None:
    compared = differences([text(before)], [text(after)], Check.CLOSE, same_machine=False)
    assert tuple(difference.kind for difference in compared) == kinds


def test_says_how_far_the_worst_number_is_off() -> None:
    (difference,) = differences([text("1.0 2.0")], [text("1.1 3.0")], Check.CLOSE, same_machine=False)
    assert difference.off == pytest.approx(0.5)
    assert difference.message == "2.0 is now 3.0, 5.0e-01 off (relative)"


def test_counts_outputs_and_tells_kinds_apart() -> None:
    value = text("1", Kind.VALUE)
    (fewer,) = differences([value, value, value], [value], Check.CLOSE, same_machine=True)
    (more,) = differences([value], [value, value, value], Check.CLOSE, same_machine=True)
    assert (fewer.kind, fewer.index, fewer.message) == (
        Departure.COUNT,
        1,
        "there were 3 outputs, now there are 1",
    )
    assert (more.kind, more.index) == (Departure.COUNT, 1)
    assert differences([value], [text("1")], Check.CLOSE, same_machine=True)[0].kind is Departure.KIND


def test_compares_figures_by_their_words_elsewhere_and_by_their_text_here() -> None:
    figures = Figure(svg="<a/>", alt="Loss"), Figure(svg="<b/>", alt="Loss")
    assert differences(figures[:1], figures[1:], Check.CLOSE, same_machine=False) == ()
    assert differences(figures[:1], figures[1:], Check.CLOSE, same_machine=True)[0].kind is Departure.FIGURE


def test_compares_what_figures_show_in_words_on_every_machine() -> None:
    figures = Figure(svg="<a/>", alt="Loss"), Figure(svg="<a/>", alt="Accuracy")
    for same_machine in (False, True):
        (difference,) = differences(figures[:1], figures[1:], Check.CLOSE, same_machine)
        assert (difference.kind, difference.message) == (
            Departure.FIGURE,
            "the figure “Loss” is drawn differently",
        )


def test_what_is_no_number_any_more_is_off_the_furthest() -> None:
    (difference,) = differences([text("1.0 2.0")], [text("nan 9.0")], Check.CLOSE, same_machine=False)
    assert (difference.off, difference.message) == (math.inf, "1.0 is now nan, inf off (relative)")


def test_shape_takes_any_number_and_skip_takes_anything() -> None:
    assert differences([text("loss 0.5")], [text("loss 9.5")], Check.SHAPE, same_machine=False) == ()
    assert differences([text("a")], [], Check.SKIP, same_machine=True) == ()


OUTPUTS = st.lists(
    st.builds(Text, kind=st.sampled_from(Kind), text=st.text())
    | st.builds(Text, kind=st.just(Kind.VALUE), text=st.lists(st.floats(width=32)).map(repr))
    | st.builds(Figure, svg=st.text(), alt=st.text())
)


@given(OUTPUTS, st.sampled_from(Check), st.booleans())
def test_an_output_never_departs_from_itself(outputs: list[Output], check: Check, same_machine: bool) -> None:
    assert differences(outputs, outputs, check, same_machine) == ()


@given(OUTPUTS, OUTPUTS)
def test_what_is_the_same_exactly_is_close_too_and_departing_goes_both_ways(
    before: list[Output], after: list[Output]
) -> None:
    exact = differences(before, after, Check.EXACT, same_machine=False)
    close = differences(before, after, Check.CLOSE, same_machine=False)
    assert len(close) <= len(exact)
    back = differences(after, before, Check.CLOSE, same_machine=False)
    assert [difference.index for difference in close] == [difference.index for difference in back]


@given(st.text())
def test_masking_twice_is_masking_once(words: str) -> None:
    assert mask(mask(words)) == mask(words)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("lines train, x: t", "line “train”; x “t”", True),
        ("line “a”", "line “b”", False),
        ("line “a”", "lines a", False),
    ],
)
def test_a_drawing_that_an_older_hexapla_described_is_the_same(before, after, same):
    figures = (Figure(svg="<a/>", alt=before), Figure(svg="<a/>", alt=after))
    assert (differences(figures[:1], figures[1:], Check.CLOSE, same_machine=True) == ()) is same
