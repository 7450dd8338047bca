"""`pytest --hexapla`, on real sites in processes of their own: what is collected, said, and left alone."""

import json
import xml.etree.ElementTree as ElementTree

import pytest

from hexapla.cli.main import main
from pytesting import edit, run_pytest


def test_a_cell_is_a_test_with_a_stable_id(recorded):
    status, said = run_pytest(recorded, "--hexapla", "--collect-only", "-q")
    assert status == 0
    assert said.splitlines()[:2] == ["posts/two::double[en,de]", "posts/two::cell-2[en,de]"]


def test_what_is_recorded_passes_and_nothing_is_written(recorded):
    before = {path: path.read_bytes() for path in (recorded / "snippets").rglob("*") if path.is_file()}
    status, said = run_pytest(recorded, "--hexapla", "-p", "no:cacheprovider")
    assert status == 0 and "2 passed" in said
    assert before == {path: path.read_bytes() for path in before}


def test_without_the_option_nothing_is_collected(recorded):
    status, said = run_pytest(recorded)
    assert status == 5 and "no tests ran" in said


def test_a_departure_is_told_at_its_line_in_every_language(recorded):
    (recorded / "snippets/two/run.json").write_text(
        (recorded / "snippets/two/run.json").read_text().replace(_sha("42\n"), _sha("41\n"))
    )
    (recorded / "snippets/two/double.out").write_text("41\n")
    status, said = run_pytest(recorded, "--hexapla")
    assert status == 1 and "1 failed, 1 passed" in said
    assert "posts/two.en.md:6: E-drift-text Cell double of two departs from its record" in said
    assert "posts/two.de.md:6: E-drift-text" in said
    assert "FAILED posts/two::double[en,de]" in said


def _sha(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.slow
def test_update_accepts_what_the_cells_show(recorded):
    edit(recorded, "6 * 7", "6 * 8")
    status, said = run_pytest(recorded, "--hexapla")
    assert status == 1 and "posts/two.en.md:6: E-stale-output" in said and "--hexapla-update" in said
    assert run_pytest(recorded, "--hexapla", "--hexapla-update")[0] == 0
    assert (recorded / "snippets/two/double.out").read_text() == "48\n"
    assert run_pytest(recorded, "--hexapla")[0] == 0


def test_an_exception_is_told_at_the_line_that_raised_it(recorded):
    edit(recorded, "x = 6 * 7", "x = 6 // 0")
    status, said = run_pytest(recorded, "--hexapla")
    assert status == 1
    assert "posts/two.en.md:7: E-cell-raised" in said and "ZeroDivisionError" in said
    assert "FAILED posts/two::double[en,de] - E-cell-raised Cell double of two: ZeroDivisionError" in said
    # The German block has another comment, so only its beginning is sure.
    assert "posts/two.de.md:6: E-cell-raised" in said
    assert "posts/two.en.md:14: It was not reached" in said.replace("] ", "")


@pytest.fixture
def with_pages(tmp_path):
    """A site that has pages of its own and no posts, in two languages, beside other tests."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\nplugins:\n- i18n: {docs_structure: suffix, languages: [{locale: en, default: true, name: E},"
        " {locale: de, name: D}]}\n- hexapla: {pages: ['docs/**/*.md'], preload: []}\n"
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/test_not_asked_for.py").write_text("raise SystemExit\n")
    for name, words in {"guide.md": "Words.", "guide.de.md": "Worte."}.items():
        (tmp_path / "docs" / name).write_text(f"{words}\n\n```python\nprint(6 * 7)\n```\n")
    (tmp_path / "docs/plain.md").write_text("Words.\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_other.py").write_text("def test_other(): pass\n")
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\ntestpaths = ['tests']\n")
    return tmp_path


@pytest.mark.slow
def test_pages_of_the_sites_own_are_collected_where_their_originals_lie(with_pages):
    status, said = run_pytest(with_pages, "--hexapla", "--collect-only", "-q")
    cell = "docs/guide.md::cell-1[en,de]"
    assert (status, said.splitlines()[:2]) == (0, ["tests/test_other.py::test_other", cell])
    assert run_pytest(with_pages, "--hexapla", "--collect-only", "-q", cell)[1].splitlines()[0] == cell
    status, said = run_pytest(with_pages, "--hexapla", "docs/guide.de.md")
    assert status == 1 and "docs/guide.md:4: E-stale-output" in said and "docs/guide.de.md:4: E-" in said
    assert run_pytest(with_pages, "--hexapla", "--hexapla-update", cell)[0] == 0
    status, said = run_pytest(with_pages, "--hexapla", "-n", "2")
    assert status == 0 and "2 passed" in said


@pytest.mark.slow
def test_tests_are_chosen_as_all_others_are(recorded):
    (recorded / "test_other.py").write_text("def test_other(): assert not 'bad'\n")
    edit(recorded, "x = 6 * 7", "x = 7 * 7")
    assert "1 failed, 1 deselected" in run_pytest(recorded, "--hexapla", "-k", "double", "posts")[1]
    assert "2 deselected" in run_pytest(recorded, "--hexapla", "-m", "slow", "posts")[1]
    assert "2 failed, 1 deselected" in run_pytest(recorded, "--hexapla", "-m", "hexapla")[1]
    assert "stopping after 1 failures" in run_pytest(recorded, "--hexapla", "-x")[1]
    run_pytest(recorded, "--hexapla")
    edit(recorded, "x = 7 * 7", "x = 6 * 7")
    assert "1 failed, 2 passed" in run_pytest(recorded, "--hexapla", "--lf")[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "argument", ["posts/two::double[en,de]", "posts/two.de.md::double", "posts/two.en.md::double[en,de]"]
)
def test_one_test_is_asked_for_by_its_id_or_post(recorded, argument):
    status, said = run_pytest(recorded, "--hexapla", argument)
    assert status == 0 and "1 passed" in said


def test_from_below_the_sites_folder_an_article_is_asked_for_by_its_id(recorded):
    (recorded / "pytest.ini").unlink()
    status, said = run_pytest(recorded / "posts", "--hexapla", "./two")
    assert status == 0 and "2 passed" in said


@pytest.mark.slow
def test_a_configuration_is_named_from_here_or_from_pytests_root(recorded):
    (recorded / "mkdocs.yml").rename(recorded / "site.yml")
    for name in ("../site.yml", "site.yml"):
        assert "2 passed" in run_pytest(recorded / "posts", "--hexapla", "--hexapla-config", name)[1]


@pytest.mark.slow
def test_a_test_that_is_run_again_runs_its_program_again(recorded):
    """As pytest-rerunfailures has it."""
    (recorded / "conftest.py").write_text(
        COUNTING + "\n\ndef pytest_runtest_logfinish(nodeid, location):\n    pass\n\n\n"
        "@pytest.hookimpl(tryfirst=True)\ndef pytest_runtest_protocol(item, nextitem):\n"
        "    from _pytest.runner import runtestprotocol\n\n"
        "    runtestprotocol(item, nextitem=nextitem, log=False)\n"
    )
    edit(recorded, "x = 6 * 7", "x = 6 // 0")
    status, said = run_pytest(recorded, "--hexapla", "-k", "double")
    assert status == 1 and "1 failed" in said
    assert (recorded / "ran.txt").read_text().split() == ["two", "two"]


@pytest.mark.slow
def test_the_server_is_up_before_a_tests_time_begins(recorded):
    (recorded / "conftest.py").write_text(
        "import pytest\n\n\n@pytest.hookimpl(wrapper=True)\ndef pytest_runtest_protocol(item):\n"
        "    from hexapla.adapters.pytest.plugin import SITE_SESSION\n\n"
        "    print('UP', item.session.stash[SITE_SESSION].runs._server is not None)\n    return (yield)\n"
    )
    said = run_pytest(recorded, "--hexapla", "-s")[1]
    assert "UP True" in said and "UP False" not in said
    # What only shows a plan starts nothing.
    assert "UP True" not in run_pytest(recorded, "--hexapla", "-s", "--setup-plan")[1]


def test_a_server_that_cannot_start_is_told_of_without_a_traceback(recorded):
    file = recorded / "mkdocs.yml"
    file.write_text(file.read_text().replace("preload: []", "preload: [no_such_module]"))
    (recorded / "test_other.py").write_text("def test_other(): pass\n")
    status, said = run_pytest(recorded, "--hexapla")
    assert status == 1 and "2 failed, 1 passed" in said and "Traceback" not in said
    assert "posts/two.en.md:6: hexapla cannot go on: the fork server can't start: ModuleNotFoundError" in said


@pytest.mark.slow
def test_doctests_of_modules_leave_the_ledger_alone(recorded):
    (recorded / "snippets/two/program.py").write_text("raise SystemExit('it was imported')\n")
    status, said = run_pytest(recorded, "--hexapla", "--doctest-modules")
    assert status == 0 and "2 passed" in said


def test_two_posts_of_an_article_give_its_cells_once(recorded):
    assert "2 passed" in run_pytest(recorded, "--hexapla", "posts/two.en.md", "posts/two.de.md")[1]


@pytest.mark.slow
def test_testpaths_do_not_hide_the_posts(recorded):
    (recorded / "pytest.ini").write_text("[pytest]\ntestpaths = tests\naddopts = --strict-markers\n")
    (recorded / "tests").mkdir()
    (recorded / "tests/test_one.py").write_text("def test_one(): pass\n")
    assert "3 passed" in run_pytest(recorded, "--hexapla")[1]


COUNTING = """
from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart():
    from hexapla.execution.client import ForkServer

    run = ForkServer.run

    def counted(self, program, **options):
        with (Path(__file__).parent / "ran.txt").open("a") as file:
            file.write(f"{program.name}\\n")
        return run(self, program, **options)

    ForkServer.run = counted
"""


@pytest.mark.slow
@pytest.mark.parametrize("dist", ["", "worksteal", "loadgroup"])
def test_programs_run_once_under_xdist(recorded, dist):
    for name in ("three", "four"):
        (recorded / f"posts/{name}.en.md").write_text((recorded / "posts/two.en.md").read_text())
    (recorded / "conftest.py").write_text(COUNTING)
    (recorded / "test_other.py").write_text("def test_one(): pass\n\ndef test_two(): pass\n")
    options = ["--dist", dist] if dist else []
    status, said = run_pytest(recorded, "--hexapla", "--hexapla-update", "-n", "2", "-v", *options)
    assert status == 0 and "8 passed" in said
    assert sorted((recorded / "ran.txt").read_text().split()) == ["four", "three", "two"], said
    # What was recorded by two processes at a time is whole.
    assert main(["check", "-f", str(recorded / "mkdocs.yml")]) == 0


@pytest.mark.slow
def test_what_failed_under_xdist_is_run_again_by_lf(recorded):
    edit(recorded, "x = 6 * 7", "x = 7 * 7")
    assert "2 failed" in run_pytest(recorded, "--hexapla", "-n", "2")[1]
    edit(recorded, "x = 7 * 7", "x = 6 * 7")
    edit(recorded, "x + 1", "x + 2")
    status, said = run_pytest(recorded, "--hexapla", "--lf", "-k", "double")
    assert status == 0 and "1 passed, 1 deselected" in said


@pytest.mark.slow
def test_a_timeout_of_pytest_ends_the_program_once(recorded):
    edit(recorded, "x = 6 * 7", "import time; time.sleep(50)")
    (recorded / "conftest.py").write_text(COUNTING)
    (recorded / "posts/three.en.md").write_text("```python\n1 + 1\n```\n")
    status, said = run_pytest(recorded, "--hexapla", "--timeout", "3")
    assert status == 1
    for name, line in (("en", 6), ("de", 6)):
        message = "E-cell-timeout Cell double of two was not waited for: Timeout (>3.0s) from pytest-timeout."
        assert f"posts/two.{name}.md:{line}: {message}" in said
    assert "posts/two.en.md:14: It was not reached: its program was ended at posts/two.en.md:6." in said
    assert "posts/three.en.md:2: E-stale-output" in said
    assert sorted((recorded / "ran.txt").read_text().split()) == ["three", "two"]


@pytest.mark.slow
def test_a_page_of_a_post_is_told_of_and_other_files_are_tests_by_themselves(recorded):
    main(["pages", "-f", str(recorded / "mkdocs.yml")])
    (recorded / "docs/en/guide.md").write_text("# Guide\n\n```python\n1 + 1\n```\n")
    pages = ("docs/de/posts/two.md", "docs/en/guide.md", "docs/en/index.md")
    status, said = run_pytest(recorded, "--hexapla", *pages, "posts/two.en.md", "-rA")
    assert status == 1 and "1 failed, 3 passed" in said and "PASSED docs/en/guide.md::cell-1" in said
    assert "E-no-post It is the page of posts/two.en.md. Name posts/two.en.md" in said
    # Where pytest-markdown-docs runs it, that is all right, and said.
    both = ("--markdown-docs", "--markdown-docs-syntax=superfences")
    status, said = run_pytest(recorded, "--hexapla", *both, "docs/en/guide.md")
    assert status == 0 and "docs/en/guide.md:3: E-no-post Its blocks are not run: it is no post" in said


def test_junit_has_page_and_line(recorded):
    run_pytest(recorded, "--hexapla", "--junit-xml", "report.xml")
    tree = ElementTree.parse(recorded / "report.xml")
    found = {one.get("name"): one.get("value") for one in tree.iter("property")}
    assert found == {"page": "posts/two.en.md", "line": "14"}


def test_plugins_of_others_are_not_slowed_down(tmp_path):
    (tmp_path / "test_one.py").write_text(
        "import sys\n\ndef test_one():\n"
        "    ours = {name for name in sys.modules if name.startswith('hexapla')}\n"
        "    assert ours <= {'hexapla', 'hexapla.adapters', 'hexapla.adapters.pytest', 'hexapla.adapters.pytest.plugin'}, ours\n"
        "    assert not {'torch', 'mkdocs', 'yaml', 'numpy'} & set(sys.modules)\n"
    )
    # Other plugins of this environment import much themselves.
    status, said = run_pytest(tmp_path, "-p", "no:pytest-markdown-docs", "-p", "no:hypothesispytest")
    assert status == 0, said


@pytest.mark.slow
def test_collecting_imports_no_torch(recorded):
    (recorded / "conftest.py").write_text(
        "import sys\n\ndef pytest_sessionfinish():\n    print('TORCH', 'torch' in sys.modules)\n"
    )
    assert "TORCH False" in run_pytest(recorded, "--hexapla", "-s")[1]


BAD = {
    "two cells with the same id": (
        "```{python #a}\n1\n```\n\n```{python #a}\n2\n```\n",
        ["posts/bad.en.md:5: E-duplicate-id", "posts/bad::problems"],
        "1 failed, 4 passed",
    ),
    "a fixture that is missing": (
        "```python fixture:database\n1\n```\n",
        ["posts/bad.en.md:2: E-fixture", "It asks for `fixture:database`, and there is no such fixture."],
        "2 passed",
    ),
    "a block that prints nothing": ("```python\ny = 1\n```\n", ["3 passed"], "3 passed"),
    "an assertion that fails": (
        "```python\ny = [1]\nassert y == [2]\n```\n",
        ["posts/bad.en.md:3: E-cell-raised", "assert y == [2]\n    y = [1]"],
        "1 failed, 2 passed",
    ),
    "a cell that depends on a skipped one": (
        "```python fixture:slow\ny = 1\n```\n\n```python\ny\n```\n\n```python\nprint(7)\n```\n",
        [
            "posts/bad.en.md:6: It needs `y` of cell cell-1 (posts/bad.en.md:2), which was skipped: It takes long"
        ],
        "3 passed, 2 skipped",
    ),
    "a process that ends": (
        "```python\nimport os\nos._exit(3)\n```\n",
        ["posts/bad.en.md:2: E-cell-exited"],
        "2 passed",
    ),
    "front matter that is no yaml": ("---\ntitle: [a\n---\n", ["E-front-matter"], "2 passed"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("post", "messages", "counts"), BAD.values(), ids=BAD)
def test_bad_posts_are_told_of_and_the_rest_still_runs(recorded, post, messages, counts):
    (recorded / "posts/bad.en.md").write_text(post)
    main(["run", "-f", str(recorded / "mkdocs.yml")])
    status, said = run_pytest(recorded, "--hexapla")
    assert all(message in said for message in messages), said
    assert counts in said and "Traceback (most" not in said.replace("    Traceback", "")
    assert status == (0 if "failed" not in said.splitlines()[-1] else 1)


def test_a_ledger_of_another_version_is_compared_and_told_of(recorded):
    index = recorded / "snippets/two/run.json"
    record = json.loads(index.read_text())
    record["programs"]["canonical"]["environment"]["packages"] = {"pytest": "1.0"}
    index.write_text(json.dumps(record))
    status, said = run_pytest(recorded, "--hexapla")
    assert status == 0 and "posts/two.en.md:6: pytest was 1.0 and is " in said


@pytest.mark.parametrize(
    ("recorded_value", "counts"), [("0.50004", "3 passed"), ("0.51", "1 failed, 2 passed")]
)
@pytest.mark.slow
def test_numbers_of_another_machine_are_compared_within_a_tolerance(recorded, recorded_value, counts):
    (recorded / "posts/half.en.md").write_text("```python\nprint('half', 0.5000123)\n```\n")
    assert main(["run", "-f", str(recorded / "mkdocs.yml")]) == 0
    folder = recorded / "snippets/half"
    text = (folder / "cell-1.out").read_text()
    other = text.replace("0.5000123", recorded_value.ljust(9, "0"))
    (folder / "cell-1.out").write_text(other)
    index = json.loads((folder / "run.json").read_text().replace(_sha(text), _sha(other)))
    index["programs"]["canonical"]["environment"]["capability"] = "AVX2"
    (folder / "run.json").write_text(json.dumps(index))
    status, said = run_pytest(recorded, "--hexapla")
    assert counts in said and ("E-drift-number" in said) == (status == 1)


CANNOT = {
    "no configuration": ("mkdocs.yml", None, "There is no such file"),
    "a configuration that is no yaml": ("mkdocs.yml", "a: [", "It is not YAML"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "text", "message"), CANNOT.values(), ids=CANNOT)
def test_what_cannot_be_read_is_said_plainly(recorded, name, text, message):
    (recorded / name).unlink()
    if text is not None:
        (recorded / name).write_text(text)
    status, said = run_pytest(recorded, "--hexapla")
    assert status == 4 and message in said and "Traceback" not in said


@pytest.mark.slow
def test_a_damaged_ledger_fails_its_own_posts(recorded):
    (recorded / "posts/alpha.en.md").write_text("```python\n1 + 1\n```\n")
    (recorded / "snippets/two/double.out").write_text("other\n")
    status, said = run_pytest(recorded, "--hexapla")
    assert status == 1 and "E-ledger-damaged" in said and "It is not what was recorded" in said
    assert "Traceback" not in said and "posts/alpha" in said


@pytest.mark.slow
def test_ctrl_c_ends_the_programs(recorded):
    edit(recorded, "x = 6 * 7", "import time; time.sleep(60)")
    (recorded / "posts/alpha.en.md").write_text("```python\n1 + 1\n```\n")
    (recorded / "conftest.py").write_text(
        "import os, signal, threading\n\ndef pytest_runtest_setup(item):\n"
        "    if 'double' in item.name:\n"
        "        threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
    )
    status, said = run_pytest(recorded, "--hexapla", "--hexapla-update")
    assert status == 2 and "posts/two.en.md:6: stopped while two ran." in said
    assert "Traceback" not in said and "1 passed" in said
    # What had run until then is recorded.
    assert (recorded / "snippets/alpha/cell-1.out").read_text() == "2\n"
