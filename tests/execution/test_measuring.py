"""What programs run of a package is measured where the caller is, wherever they run it."""

import sys
from pathlib import Path

import pytest
from coverage import Coverage, CoverageData

from hexapla.execution import measuring

CODE = "def used(x):\n    if x:\n        return 1\n    return 2\n\n\ndef unused():\n    return 3\n"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a module's file that can be imported, and is not yet."""
    file = tmp_path / "measured_module.py"
    file.write_text(CODE)
    monkeypatch.syspath_prepend(tmp_path)
    yield file
    sys.modules.pop(file.stem, None)


@pytest.fixture
def caller(tmp_path, monkeypatch):
    """Return what makes a coverage.py the one that measures this process, without measuring it."""

    def make(**options) -> Coverage:
        file = tmp_path / "rc"
        file.write_text("[run]\n" + "".join(f"{name} = {value}\n" for name, value in options.items()))
        made = Coverage(data_file=str(tmp_path / "callers"), config_file=str(file))
        monkeypatch.setattr(measuring, "_current", lambda: made)
        return made

    return make


def test_nothing_is_asked_for_and_nothing_added_where_the_caller_is_not_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(measuring, "_current", lambda: None)
    assert measuring.wanted() == {}
    assert measuring.measured_here({}, tmp_path, forks=True) is None
    measuring.add({__file__: "1,1"})
    assert list(tmp_path.iterdir()) == []


def test_what_is_measured_already_is_not_measured_twice(tmp_path, caller):
    caller()
    assert measuring.measured_here({"branch": ["true"]}, tmp_path, forks=True) is None


def test_settings_lead_to_the_callers_folder(tmp_path, caller, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("src").mkdir()
    caller(source="src\n    numpy", omit="*/tests/*\n    src/a.py", branch="true")
    assert measuring.wanted() == {
        "source": [str(tmp_path / "src"), "numpy"],
        "source_pkgs": [],
        "include": [],
        "omit": ["*/tests/*", str(tmp_path / "src" / "a.py")],
        "branch": ["true"],
    }


@pytest.mark.cost
@pytest.mark.parametrize("branch", ["true", "false"])
def test_what_a_process_ran_is_added_to_the_callers_measurements(
    tmp_path, package, caller, monkeypatch, branch
):
    monkeypatch.setattr(measuring, "_current", lambda: None)
    asked = {"include": [str(package)], "branch": [branch]}
    measurement = measuring.measured_here(asked, tmp_path / "scratch", forks=False)
    __import__(package.stem).used(1)
    said = measurement.taken()
    assert list(said) == [str(package)]
    made = caller(branch=branch)
    strange = {
        "/nowhere/a.py": "1,1",
        str(tmp_path / "rc"): "1,1",
        str(package): said[str(package)] + " x,1 9",
    }
    measuring.add(strange)
    data = made.get_data()
    assert data.measured_files() == {str(package)}
    assert sorted(line for line in data.lines(str(package)) if line > 0) == [1, 2, 3, 7]
    assert bool(data.arcs(str(package))) == (branch == "true")


@pytest.mark.parametrize("said", [None, [], {}, {"a.py": 1}])
def test_what_is_no_measurement_adds_nothing(caller, said):
    made = caller()
    measuring.add(said)
    assert made.get_data().measured_files() == set()


def test_names_are_relative_where_the_callers_are(tmp_path, package, caller, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = caller(relative_files="true")
    measuring.add({str(package): "1,1"})
    assert made.get_data().measured_files() == {package.name}


@pytest.mark.cost
def test_a_file_that_cannot_be_read_says_nothing(tmp_path, package, monkeypatch):
    monkeypatch.setattr(measuring, "_current", lambda: None)
    measurement = measuring.measured_here({"include": [str(package)]}, tmp_path, forks=False)
    (tmp_path / measuring.FOLDER / "data.broken").write_bytes(b"SQLite format 3\0 and no more")
    other = CoverageData(basename=str(tmp_path / measuring.FOLDER / "data"), suffix="other")
    other.add_lines({"/of/another/process.py": [4]})
    other.write()
    other.close()
    assert measurement.taken() == {"/of/another/process.py": "4,4"}
