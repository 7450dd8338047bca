"""What is written, and what is not ours to write."""

from dataclasses import replace
from pathlib import Path

import pytest

from examples import run
from hexapla.documents.reading import read_documents
from hexapla.documents.writing import write_outputs
from hexapla.model.output import Figure
from hexapla.model.settings import Settings

TEXT = "```python\nprint(1)\n```\n"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return what writes the outputs of a file that is there, and gives what that said."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def write(name: str = "README.md", *figures: Figure):
        (document,) = read_documents([Path(name)], Settings()).documents
        done = run(document.program, "1\n")
        cells = (replace(done.cells[0], outputs=(*done.cells[0].outputs, *figures)),)
        return write_outputs(document, replace(done, cells=cells))

    return write


def test_a_file_and_its_figures_are_written_once(written):
    Path("README.md").write_text(TEXT)
    figure = Figure(svg="<svg/>", alt="a line")
    assert written("README.md", figure) == (True, ())
    assert Path("README_files/cell-1-1.svg").read_text() == "<svg/>"
    assert written("README.md", figure) == (False, ())
    # Another drawing under the same words changes the file beside it alone.
    before = Path("README.md").read_text()
    assert written("README.md", replace(figure, svg="<svg>2</svg>")) == (True, ())
    assert Path("README.md").read_text() == before
    assert written() == (True, ()) and not Path("README_files").exists()


def test_a_file_that_may_not_be_written_is_left_as_it_is(written):
    Path("README.md").write_text(TEXT)
    Path("README.md").chmod(0o444)
    changed, (problem,) = written("README.md", Figure(svg="<svg/>", alt=""))
    assert (changed, problem.code) == (False, "not-writable") and "read-only" in problem.message
    assert Path("README.md").read_text() == TEXT and not Path("README_files").exists()


def test_a_link_is_followed_here_and_not_elsewhere(written):
    Path("docs").mkdir()
    Path("docs/index.md").write_text(TEXT)
    Path("README.md").symlink_to("docs/index.md")
    assert written() == (True, ())
    assert Path("README.md").is_symlink() and "hexapla:output" in Path("docs/index.md").read_text()
    elsewhere = Path("../elsewhere.md")
    elsewhere.write_text(TEXT)
    Path("other.md").symlink_to(elsewhere)
    changed, (problem,) = written("other.md")
    assert not changed and "it is a link to" in problem.message
    assert elsewhere.read_text() == TEXT and Path("other.md").is_symlink()
