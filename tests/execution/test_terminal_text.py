"""Everything that a cell shows is captured, in order."""

import time
from collections.abc import Callable

import pytest

from hexapla.execution import terminal_text
from hexapla.model.output import Figure, Kind, Text
from hexapla.model.program import Cell
from hexapla.model.run import Run, Status

from .conftest import shown

Runner = Callable[..., Run]

TIDY = [
    ("plain text stays", b"a\nb\n", "a\nb\n"),
    ("a progress bar shows its last state", b"\r 0%\r 50%\r100%\n", "100%\n"),
    ("a shorter line leaves the longer one's end", b"abc\rx\n", "xbc\n"),
    ("a backspace goes back", b"ab\bc\n", "ac\n"),
    ("blanks at a line's end stay", b"a  \nb", "a  \nb"),
    ("a bar below another", b"\r 0%\n\r in 1\x1b[A\n\r in 2\x1b[A\r100%\n\r     \r", "100%\n"),
    ("two lines up", b"a\nb\n\x1b[2Ac", "c\nb\n"),
    ("no further up than there are lines", b"a\x1b[99Ab", "ab"),
    ("a lone escape stays", b"a\nb\x1b", "a\nb\x1b"),
    ("up beside a shorter line", b"a\nlonger\x1b[A!", "a!\nlonger"),
    ("colours go", b"\x1b[31mred\x1b[0m\n", "red\n"),
    ("Windows line ends", b"a\r\nb", "a\nb"),
    ("bytes that are no UTF-8", b"\xff", "\ufffd"),
    ("a folder of this machine", b"/x/site-packages/torch", "site-packages/torch"),
]


CELLS = tuple(
    Cell(id=name, code="x\ny\n", path="posts/a b.en.md", line=line) for name, line in (("one", 4), ("two", 9))
)
NAMED = {
    "a frame": ('  File "posts/a b.en.md", line 5, in f\n    y\n', "  cell 1, line 2, in f\n    y\n"),
    "a frame of a later cell": ('File "posts/a b.en.md", line 10\n', "cell 2, line 2\n"),
    "a warning": ("posts/a b.en.md:9: UserWarning: x\n  x\n", "cell 2, line 1: UserWarning: x\n  x\n"),
    "a file's name in a log": ("a b.en.md:4 hello", "cell 1, line 1 hello"),
    "a process that was spawned": ('  File "/scratch/a.py", line 4, in f\n', "  cell 1, line 1, in f\n"),
    "a code object": ('<code object f, file "posts/a b.en.md", line 4>', "<code object f, cell 1, line 1>"),
    "the file alone": ("posts/a b.en.md\n", "a b.en.md\n"),
    "a line above all cells": ('File "posts/a b.en.md", line 3', 'File "a b.en.md", line 3'),
    "a number that is no line's": ("a b.en.md:4444444444", "a b.en.md:4444444444"),
    "another file": ("xa b.en.md:4 /posts/b.md:4", "xa b.en.md:4 /posts/b.md:4"),
}


@pytest.mark.parametrize(("text", "wanted"), NAMED.values(), ids=NAMED)
def test_names_cells_instead_of_posts(text: str, wanted: str) -> None:
    assert terminal_text.in_cells(text, CELLS, "/scratch/a.py") == wanted


@pytest.mark.parametrize(("data", "text"), [one[1:] for one in TIDY], ids=[one[0] for one in TIDY])
def test_tidies_what_was_written(data: bytes, text: str) -> None:
    assert terminal_text.tidy(data, {"/x/site-packages": "site-packages", "/x": "/y"}) == text


def test_keeps_the_order_of_output_error_native_prints_and_child_processes(run: Runner) -> None:
    (cell,) = run(
        "import sys, ctypes, subprocess, logging\nlibc = ctypes.CDLL(None)\nprint('one', end=' ')\n"
        "print('two', file=sys.stderr)\nlibc.printf(b'three\\n')\nsubprocess.run(['echo', 'four'])\n"
        "logging.warning('five')\nprint('six')"
    ).cells
    assert shown(cell) == "one two\nthree\nfour\nWARNING:root:five\nsix\n"


def test_a_cell_gets_its_own_output_only(run: Runner) -> None:
    cells = run(*(f"print({number})\n{number}" for number in range(5))).cells
    assert [cell.outputs for cell in cells] == [
        (Text(kind=Kind.STREAM, text=f"{n}\n"), Text(kind=Kind.VALUE, text=f"{n}\n")) for n in range(5)
    ]


def test_folds_tqdm(run: Runner) -> None:
    pytest.importorskip("tqdm")
    text = shown(run("from tqdm import tqdm\nfor _ in tqdm(range(3)): pass").cells[0])
    assert text.startswith("100%")
    assert text.count("\n") == 1


def test_going_up_and_down_takes_no_more_than_what_was_written() -> None:
    long = b"\n" * 20_000 + b"x" * 20_000 + b"\x1b[Ax" * 20_000
    assert len(terminal_text.tidy(long, {})) < len(long)


def test_folds_bars_in_bars(run: Runner) -> None:
    pytest.importorskip("tqdm")
    bars = "from tqdm import tqdm\nfor _ in tqdm(range(3)):\n    for _ in tqdm(range(2), leave=LEAVE): pass"
    alone = shown(run(bars.replace("LEAVE", "False")).cells[0])
    assert alone.startswith("100%") and alone.count("\n") == 1 and "3/3" in alone
    kept = shown(run(bars.replace("LEAVE", "True")).cells[0])
    assert kept.count("3/3") == 1 and "0/3" not in kept


def test_shows_a_warning_once_with_the_posts_line(run: Runner) -> None:
    text = shown(run("import warnings\nfor _ in range(3):\n    warnings.warn('careful')").cells[0])
    assert text == "cell 1, line 3: UserWarning: careful\n  warnings.warn('careful')\n"


def test_figures_come_in_their_place_and_are_the_same_each_time(run: Runner) -> None:
    pytest.importorskip("matplotlib")
    code = (
        "import matplotlib.pyplot as plt\nprint('before')\nplt.plot([1, 2], label='train')\nplt.title('Loss')\n"
        "plt.xlabel('epoch')\nplt.legend()\nplt.show()\nprint('after')\nfig, ax = plt.subplots()\nax.bar([1], [2])"
    )
    one, two = (run(code).cells[0] for _ in range(2))
    assert one.message == ""
    assert one.outputs == two.outputs
    before, loss, after, bars = one.outputs
    assert isinstance(loss, Figure)
    assert isinstance(bars, Figure)
    assert loss.svg.startswith("<?xml")
    assert (loss.alt, bars.alt) == ("“Loss”; line “train”; x “epoch”", "bar")
    assert (before, after) == (
        Text(kind=Kind.STREAM, text="before\n"),
        Text(kind=Kind.STREAM, text="after\n"),
    )


def test_the_artists_that_plotting_returns_are_not_shown(run: Runner) -> None:
    pytest.importorskip("matplotlib")
    cell = run("import matplotlib.pyplot as plt\nplt.plot([1, 2])").cells[0]
    assert [type(one) for one in cell.outputs] == [Figure]


def test_what_was_shown_before_a_crash_is_kept(run: Runner) -> None:
    cell = run("print('before')\nimport os\nos.abort()").cells[0]
    assert (cell.status, shown(cell)) == (Status.KILLED, "before\n")


SIZE = 2**20
LONG = {
    "escapes that end nowhere": "\x1b[0;" * (SIZE // 4),
    "one escape that ends nowhere": "\x1b[" + "0" * (SIZE // 2) + " " * (SIZE // 2),
    "a title that ends nowhere": "\x1b]" * (SIZE // 2),
    "lines above": "ab\n\x1b[9999A" * (SIZE // 10),
    "a line written again": ("x" * 1000 + "\r") * (SIZE // 1000),
    "back and forth": "x" * (SIZE // 2) + "\b" * (SIZE // 2),
    "blanks": "\r" + " " * SIZE + "x",
    "blank lines": "   \n\r" * (SIZE // 5),
    "folders": "/tmp/hexapla-" * (SIZE // 13),
    "digits and commas": "1," * (SIZE // 2),
}


@pytest.mark.cost
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_as_much_as_is_recorded_is_read_in_a_second(text: str) -> None:
    started = time.process_time()
    terminal_text.tidy(text.encode(), {"/tmp/hexapla-abc": "/scratch", "/usr/lib/python3": "lib/python"})
    assert time.process_time() - started < 1.0
