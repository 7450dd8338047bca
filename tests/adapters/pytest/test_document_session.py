"""Any Markdown as tests, without a site: what each cell says, and what is written."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from hexapla.adapters.pytest.document_session import DocumentSession
from hexapla.documents.document import MARK
from hexapla.model.run import NOTHING
from pytesting import run_pytest

TEXT = f"""# A

```python
x = 1
print(x)
```

{MARK}
```text
2
```

```python
print(x + 1)  # 3
```

```python fixture:slow
x
```
"""


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made: list[DocumentSession] = []

    def start(**options) -> DocumentSession:
        made.append(DocumentSession(**options))
        return made[-1]

    yield start
    for one in made:
        one.runs.close()


def test_each_problem_is_of_the_cell_above_it_and_a_program_runs_once(session):
    Path("README.md").write_text(TEXT)
    started = session()
    errors, cases = started.tests_at(Path("README.md").absolute())
    assert errors == () and [case.cell.id for case in cases] == ["cell-1", "cell-2", "cell-3"]
    said = [started.examine(case, lambda names: NOTHING) for case in cases]
    assert [[problem.code for problem in problems] for problems, _, _ in said] == [
        ["output-differs"], ["claim-wrong"], [],
    ]  # fmt: skip
    assert "slow" in said[2][1]
    assert len(started.runs._runs) == 1


def test_an_update_writes_and_then_all_is_well(session):
    Path("README.md").write_text(TEXT.replace("  # 3", ""))
    started = session(update=True)
    _, cases = started.tests_at(Path("README.md"))
    assert [started.examine(case, lambda names: NOTHING)[0] for case in cases] == [(), (), ()]
    assert f"{MARK}\n```text\n1\n```\n" in Path("README.md").read_text()


def test_what_cannot_be_read_is_an_error_of_the_file(session):
    Path("README.md").write_bytes(b"a\n\xff\n")
    (error,), cases = session().tests_at(Path("README.md"))
    assert (error.code, error.line, cases) == ("not-utf8", 2, ())


def test_pytest_runs_files_and_folders_where_no_site_is(tmp_path):
    (tmp_path / "README.md").write_text("```python\nassert 1 + 1 == 3\n```\n\n```python\nprint(1)\n```\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/guide.md").write_text("```python fixture:number\nprint(number)\n```\n")
    (tmp_path / "conftest.py").write_text("import pytest\n\n\n@pytest.fixture\ndef number():\n    return 3\n")
    # A site of mkdocs' that has nothing to do with us.
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n")
    status, said = run_pytest(tmp_path, "--hexapla", "README.md", "docs", "-rA")
    assert status == 1 and "1 failed, 2 passed" in said
    assert "README.md:2: E-cell-raised" in said and "PASSED docs/guide.md::cell-1" in said


MEASURED = """```python
import os, subprocess, sys
import markdown.extensions.abbr
print(markdown.extensions.abbr.__name__)
```

```python
if not (process := os.fork()):
    import markdown.extensions.wikilinks
    os._exit(0)
os.waitpid(process, 0)[1]
```

```python
subprocess.run([sys.executable, "-c", "import markdown.extensions.legacy_em"]).returncode
```
"""


@pytest.mark.cost
def test_what_programs_run_of_a_package_counts_as_covered(tmp_path, monkeypatch):
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "README.md").write_text(MEASURED)
    status, said = run_pytest(
        tmp_path, "--hexapla", "README.md", "-p", "pytest_cov", "-p", "no:cacheprovider", "-p", "no:hypothesispytest",
        "--cov=markdown", "--cov-report=json:covered.json", lean=False,
    )  # fmt: skip
    assert status == 0 and "3 passed" in said and "CoverageWarning" not in said, said
    files = json.loads((tmp_path / "covered.json").read_text())["files"]
    covered = {Path(name).stem: file["summary"]["covered_lines"] for name, file in files.items()}
    assert all(covered[name] > 0 for name in ("abbr", "wikilinks", "legacy_em"))
    assert covered["footnotes"] == 0


@pytest.mark.cost
def test_so_it_does_of_one_that_is_installed_where_its_source_is(tmp_path):
    # As `pip install -e` does: a file of the environment's own names the folder.
    venv.create(tmp_path / "env", with_pip=False)
    source = tmp_path / "src/shapes"
    source.mkdir(parents=True)
    (source / "__init__.py").write_text("def area(a, b):\n    return a * b\n\n\ndef other():\n    return 1\n")
    (packages,) = (tmp_path / "env/lib").glob("python*/site-packages")
    packages.joinpath("shapes.pth").write_text(
        "\n".join([*map(str, filter(os.path.isdir, sys.path)), str(source.parent)])
    )
    here = tmp_path / "project"
    here.mkdir()
    (here / "README.md").write_text("```python\nfrom shapes import area\n\nprint(area(2, 3))\n```\n")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COV", "PYTEST_", "PYTHONPATH"))
    }
    python = tmp_path / "env/bin/python"
    command = [python, "-m", "coverage", "run", "--source=shapes", "-m", "hexapla.cli", "test", "README.md"]
    subprocess.run(command, cwd=here, env=environment, check=True, capture_output=True)
    done = subprocess.run(
        [python, "-m", "coverage", "report", "--format=total"],
        cwd=here, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout == "75\n"
