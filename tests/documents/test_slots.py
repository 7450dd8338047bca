"""Where outputs stand in a file: their text, their figures, whatever stands around them."""

from dataclasses import replace
from pathlib import Path

import pytest

from examples import run
from hexapla.documents.checking import problems_of_run
from hexapla.documents.document import MARK
from hexapla.documents.reading import read_documents
from hexapla.documents.writing import with_outputs
from hexapla.model.output import Figure, Kind, Text
from hexapla.model.settings import Settings

FIGURE = Figure(svg="<svg>1</svg>", alt="A [line] chart:\nloss")
LINK = "![A line chart: loss](README_files/cell-1-1.svg)"
PLOT = "```python\nplot()\n```\n"


@pytest.fixture
def document(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def read(text: str):
        Path("README.md").write_bytes(text.encode())
        return read_documents([Path("README.md")], Settings()).documents[0]

    return read


def ran(document, *outputs: str, figures=()):
    """Return a run of the document's program that showed these texts, the first cell these figures too."""
    done = run(document.program, *outputs)
    first = replace(done.cells[0], outputs=(*done.cells[0].outputs, *figures))
    return replace(done, cells=(first, *done.cells[1:]))


WRITTEN = {
    "a figure": ("", [FIGURE], f"{PLOT}\n{MARK}\n{LINK}\n"),
    "a text and a figure": ("1\n", [FIGURE], f"{PLOT}\n{MARK}\n```text\n1\n```\n\n{LINK}\n"),
    "two figures": (
        "", [FIGURE, FIGURE], f"{PLOT}\n{MARK}\n{LINK}\n\n{LINK.replace('cell-1-1', 'cell-1-2')}\n",
    ),
}  # fmt: skip


UNDESCRIBED = {"figure-undescribed"}


@pytest.mark.parametrize(("text", "figures", "whole"), WRITTEN.values(), ids=WRITTEN)
def test_figures_are_linked_below_the_text_and_found_there(document, text, figures, whole):
    first = document(f"{PLOT}\nMore.\n")
    written = with_outputs(first, ran(first, text, figures=figures))
    assert written.text == f"{whole}\nMore.\n"
    assert list(written.figures.values()) == ["<svg>1</svg>"] * len(figures)
    Path("README_files").mkdir()
    for path, svg in written.figures.items():
        Path(path).write_text(svg)
    again = document(written.text)
    assert with_outputs(again, ran(again, text, figures=figures)).text == written.text
    assert {one.code for one in problems_of_run(again, ran(again, text, figures=figures))} == UNDESCRIBED
    # Something else is drawn, or nothing, or the file is gone.
    other = ran(again, text, figures=[replace(FIGURE, alt="a bar")] * len(figures))
    assert {one.code for one in problems_of_run(again, other)} == {"output-differs"} | UNDESCRIBED
    assert [one.code for one in problems_of_run(again, ran(again, text))] == ["output-differs"]
    Path("README_files/cell-1-1.svg").unlink()
    told = problems_of_run(document(written.text), ran(again, text, figures=figures))
    (gone,) = (one for one in told if one.code not in UNDESCRIBED)
    assert "there is no file `README_files/cell-1-1.svg`" in gone.message


def test_a_figure_that_is_no_more_goes_with_its_link_and_no_other_picture_does(document):
    text = f"{PLOT}\n{MARK}\n{LINK}\n\n![mine](logo.svg)\n"
    read = document(text)
    written = with_outputs(read, ran(read, "1\n"))
    assert written.text == f"{PLOT}\n{MARK}\n```text\n1\n```\n\n![mine](logo.svg)\n"
    assert written.gone == {"README_files/cell-1-1.svg"} and written.figures == {}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("prefix", ["", "> ", "    "], ids=["plain", "quote", "indented"])
def test_line_ends_and_containers_are_kept(document, end, prefix):
    text = "".join(f"{prefix}{line}{end}" for line in PLOT.splitlines())
    read = document(text)
    written = with_outputs(read, ran(read, "1\n", figures=[FIGURE])).text
    assert written.startswith(text) and written.count("\n") == written.count(end)
    assert all(line.startswith(prefix.rstrip()) for line in written.split(end)[:-1] if line)
    again = document(written)
    assert with_outputs(again, ran(again, "1\n", figures=[FIGURE])).text == written


def test_the_output_stands_below_the_fence_and_not_below_the_code_that_it_takes_in(document):
    Path("code.py").write_text("a = 1\nb = 2\nc = 3\n")
    text = '# A\n\n```python\n--8<-- "code.py"\nprint(a)\n```\n\nMore.\n\n```python\nprint(b)\n```\n'
    read = document(text)
    written = with_outputs(read, ran(read, "1\n", "2\n")).text
    first, second = (f"\n{MARK}\n```text\n{number}\n```\n" for number in (1, 2))
    assert written == text.replace("\n\nMore", f"\n{first}\nMore") + second
    again = document(written)
    assert problems_of_run(again, ran(again, "1\n", "2\n")) == ()
    (differs,) = problems_of_run(again, ran(again, "1\n", "3\n"))
    assert (differs.code, differs.line) == (
        "output-differs",
        written[: written.rindex(MARK)].count("\n") + 1,
    )


def test_a_value_that_its_block_spells_out_is_not_written_below_it_and_one_that_stands_there_stays(document):
    block = '```python\n{"name": "Ada"}\n```\n'
    alone = document(block)
    value = (Text(kind=Kind.VALUE, text="{'name': 'Ada'}\n"),)
    assert with_outputs(alone, ran(alone, "", figures=value)).text == block
    written = document(f"{block}\n{MARK}\n```text\n{{'name': 'Ada'}}\n```\n")
    done = ran(written, "", figures=value)
    assert with_outputs(written, done).text == written.text
    assert list(problems_of_run(written, done)) == []
