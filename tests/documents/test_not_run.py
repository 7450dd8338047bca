"""Nothing run is not called all right."""

from pathlib import Path

import pytest

from examples import run
from hexapla.documents.not_run import nothing_ran, unrun_count
from hexapla.documents.reading import read_documents
from hexapla.model.run import Status
from hexapla.model.settings import Settings

HERE = [Path()]
"""What is named on the command line."""


@pytest.fixture
def read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def read(text: str, **others: str):
        Path("README.md").write_text(text)
        for name, content in others.items():
            Path(name.replace("_", ".")).write_text(content)
        return read_documents([Path()], Settings())

    return read


NOTHING = {
    "prose": ("Some text.\n", []),
    "other languages": ("```bash\nls\n```\n\n```text\n>>> 1\n```\n", []),
    "a block left out": ("```python notest\n1\n```\n", [1]),
    "a block that another tool leaves out": ("<!-- skip: next -->\n\n```python\n1\n```\n", [3]),
    "prompts in a fence without a language": ("```\n>>> 1\n1\n```\n", [1]),
    "prompts in no fence": ("Text.\n\n    >>> 1\n    1\n", [3]),
    "a directive of Sphinx": ("Text.\n\n.. code-block:: python\n\n   x = 1\n", [3]),
    "what does not parse": ("```python\nx =\n```\n", [1]),
    "a fence in a fence": ("````markdown\n```python\n1\n```\n````\n", []),
}


@pytest.mark.parametrize(("text", "lines"), NOTHING.values(), ids=NOTHING)
def test_what_looks_like_python_and_did_not_run_is_an_error(read, text, lines):
    problems = nothing_ran(read(text), [], HERE)
    assert [(one.code, one.line) for one in problems] == [("nothing-run", line) for line in lines]


def test_code_that_nothing_reads_is_counted_beside_what_ran(read):
    found = read("```python\nx = 1\n```\n\n:::{code-cell} python\nx\n:::\n\n    >>> 1\n    2\n")
    done = run(found.documents[0].program, "")
    assert nothing_ran(found, [done], HERE) == () and unrun_count(found.documents, [done]) == (3, 2)
    assert [(one.code, one.line) for one in found.problems] == [("foreign-mark", 5)]


def test_a_text_of_quartos_whose_page_asks_for_nothing_runs_the_block_that_asks_for_itself(read):
    page = "---\nexecute:\n  eval: false\n---\n\n```{python}\n1 / 0\n```\n"
    assert not read(page).documents[0].program
    block = "\n```{python}\n#| eval: true\nx = 1\n```\n"
    (cell,) = read(page + block).documents[0].program.cells
    assert cell.code.endswith("x = 1\n")
    whole = page.replace("eval: false", "error: true")
    (cell,) = read(whole).documents[0].program.cells
    assert cell.announced.anything
    (cell,) = read(whole.replace("1 / 0", "#| error: false\n1 / 0")).documents[0].program.cells
    assert not cell.announced.anything


def test_a_notebook_beside_it_counts(read):
    (problem,) = nothing_ran(read("Some text.\n", a_ipynb="{}"), [], HERE)
    assert problem.path == "a.ipynb" and "not read" in problem.details[0]


def test_one_cell_that_ran_is_enough_and_the_others_are_counted(read):
    found = read("```python\nx = 1\n```\n\n```python notest\n1\n```\n\n```python\nx\n```\n")
    program = found.documents[0].program
    done = run(program, "", "1\n")
    assert nothing_ran(found, [done], HERE) == () and unrun_count(found.documents, [done]) == (3, 1)
    skipped = run(program, "", "", status=Status.SKIPPED)
    assert unrun_count(found.documents, [skipped])[1] >= 2


def test_each_file_that_is_named_is_judged_by_itself_and_a_folder_as_a_whole(read):
    text = "```python notest\n1\n```\n"
    found = read("```python\nx = 1\n```\n", a_md=text, b_md=text)
    done = run(next(document.program for document in found.documents if document.program), "")

    def told(*named: str) -> list[str]:
        return [one.path for one in nothing_ran(found, [done], map(Path, named))]

    assert told("README.md", "a.md", "b.md") == ["a.md", "b.md"]
    assert told("a.md", "a.md") == ["a.md"] and told(".", "README.md") == []
    # Another program failed before, so nobody has come to this one.
    assert nothing_ran(found, [], [Path("README.md")]) == ()
