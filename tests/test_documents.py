"""`hexapla test FILES`: any Markdown, with no posts, no ledger and no mkdocs.yml."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hexapla.cli.main import main
from hexapla.documents.document import MARK
from hexapla.model.codes import problem
from hexapla.storage import files

ROOT = Path(__file__).resolve().parents[1]
PLAIN = "# A project\n\n```python\nx = 6 * 7\nprint(x)\n```\n\nMore.\n\n```python\nx + 1\n```"
WRITTEN = (
    f"# A project\n\n```python\nx = 6 * 7\nprint(x)\n```\n\n{MARK}\n```text\n42\n```\n\nMore.\n\n"
    f"```python\nx + 1\n```\n\n{MARK}\n```text\n43\n```\n"
)


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """Run `hexapla test` in an empty folder; return its exit status and all it printed."""
    monkeypatch.chdir(tmp_path)

    def tell(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main(["test", *arguments])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return tell


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_files_and_folders_run_without_a_site(told):
    write("README.md", PLAIN)
    write("docs/guide.md", "```python\nassert True\n```\n")
    write("docs/prose.md", "No code.\n")
    status, said = told("README.md", "docs")
    assert status == 0 and "3 files, 2 programs ran; 0 problems." in said
    assert sorted(path.name for path in Path().iterdir()) == ["README.md", "docs"]


ANY_NAME = {
    "index.md": PLAIN,
    "guide/index.md": PLAIN,
    "guide-index.md": PLAIN,
    "README.zh-TW.md": PLAIN,
    "release.v2.md": PLAIN,
    "अध्याय एक.md": PLAIN,
    "pages/of a wiki.md": f"---\nlang: ar\nslug: Learn/Web/Index\ntitle: A page\n---\n\n{PLAIN}",
    "de/notes-en.md": f"---\nlang: [de]\nslug:\n---\n\n{PLAIN}",
}
"""What would be refused in a site, or be one article."""


def test_a_file_without_a_site_may_have_any_name_and_front_matter(told):
    for name, text in ANY_NAME.items():
        write(name, text)
    status, said = told("--update", ".")
    assert status == 0 and f"{len(ANY_NAME)} files, {len(ANY_NAME)} programs ran; 0 problems." in said
    assert all(Path(name).read_text().endswith(WRITTEN) for name in ANY_NAME)


def test_a_program_goes_by_the_name_of_its_file(told):
    write("guide/of it.md", "```python\n1 / 0\n```\n")
    _, said = told("guide")
    assert "] guide/of it.md: raised" in said
    assert "guide/of it.md:2: E-cell-raised Cell cell-1 of guide/of it.md: ZeroDivisionError" in said


def test_what_was_typed_under_a_block_that_failed_is_not_called_wrong_too(told):
    write("README.md", "```python\nprint(1 + one)\n```\n\n**Output:**\n\n```\n2\n```\n")
    assert "1 file, 1 program ran; 1 problem." in told("--allow-none", "README.md")[1]


def test_what_is_only_noted_is_shown_too_for_no_other_command_would(told):
    write("README.md", "```python\n%matplotlib inline\nx = 1\n```\n")
    status, said = told("README.md")
    assert status == 0 and "README.md:2: N-magic" in said and "1 file, 1 program ran; 1 problem." in said


def test_no_more_files_run_after_one_that_failed(told):
    for name in ("a.md", "b.md", "c.md"):
        write(name, "```python\n1 / 0\n```\n")
    status, said = told("--fail-fast", "-j", "1", ".")
    assert status == 1 and "3 files, 1 program ran; 1 problem." in said


def test_update_writes_the_outputs_and_again_changes_nothing(told):
    path = write("README.md", PLAIN)
    status, said = told("--update", "README.md")
    assert status == 0 and "README.md: its outputs are written." in said
    assert path.read_text() == WRITTEN
    status, said = told("--update", "README.md")
    assert status == 0 and "written" not in said and path.read_text() == WRITTEN
    assert told("README.md")[0] == 0


RAISES = """```python
import json, warnings
def half(x):
    warnings.warn("careful")
    return x / 0
```

```python raises:ZeroDivisionError
half(1)
```

```python raises:JSONDecodeError
json.loads("{")
```

```python
print(id(half), half)
```
"""


def test_an_error_stays_right_while_lines_are_added_above_and_the_file_moves(told, tmp_path):
    path = write("README.md", RAISES)
    assert told("--update", "README.md")[0] == 0
    text = path.read_text()
    assert "  cell 2, line 1, in <module>" in text and "cell 1, line 3: UserWarning: careful" in text
    assert "\n  ⋮ json\njson.decoder.JSONDecodeError" in text and "README" not in text
    status, said = told("README.md")
    assert status == 0 and said.count("N-address-shown") == 1 and "0 problems" not in said
    path.write_text("# More\n\n```python\nprint(1)\n```\n\n" + text.replace("def half", "# why\ndef half"))
    assert told("README.md")[0] == 0
    elsewhere = write("docs/other.md", path.read_text())
    assert told(str(elsewhere.absolute()))[0] == 0
    frames = '  File "lib/python/json/decoder.py", line 1, in decode\n    a\n    ^\n'
    path.write_text(text.replace("  ⋮ json\n", frames))
    assert told("README.md")[0] == 0, "as versions before wrote it"
    path.write_text(text.replace("    half(1)\n", "    half(2)\n"))
    status, said = told("README.md")
    assert status == 1 and "E-output-differs" in said


def test_an_output_that_departs_is_told_and_updated(told):
    path = write("README.md", WRITTEN.replace("42\n```", "41\n```"))
    status, said = told("README.md")
    assert status == 1 and "README.md:8: E-output-differs" in said and "41 is now 42" in said
    assert path.read_text() == WRITTEN.replace("42\n```", "41\n```")
    assert told("--update", "README.md")[0] == 0
    assert path.read_text() == WRITTEN


def test_an_output_that_is_gone_goes(told):
    path = write("README.md", WRITTEN.replace("print(x)\n", ""))
    told("--update", "README.md")
    assert path.read_text() == WRITTEN.replace("print(x)\n", "").replace(
        f"\n{MARK}\n```text\n42\n```\n", "", 1
    )


KEPT = {
    "windows line ends": PLAIN.replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + PLAIN,
    "front matter": "---\ntitle: A\n---\n\n" + PLAIN,
    "blanks at line ends and tabs": "Line  \n\tcode\n\n" + PLAIN + "\n   \n\n\n",
    "html and other fences": "<p>\n</p>\n\n~~~bash\nls\n~~~\n\n" + PLAIN,
    "no line end": PLAIN,
    "a quote": "> ```python\n> print(1)\n> ```\n> More.\n",
    "a list": "1. Item\n\n    ```python\n    print(1)\n    ```\n\n    More.\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_every_other_byte_is_left_alone(told, text):
    path = write("README.md", text)
    assert told("--update", "README.md")[0] == 0
    after = path.read_bytes().decode()
    kept = after.splitlines(keepends=True)
    for line in text.splitlines(keepends=True)[:-1]:
        assert line in kept
        kept.remove(line)
    assert MARK in after
    assert ("\r\n" in text) == ("\r\n" in after) and (
        "\r\n" not in text or "\n" not in after.replace("\r\n", "")
    )
    assert told("--update", "README.md")[0] == 0 and path.read_bytes().decode() == after


BELOW = "```python\nprint(1)\n```\n\n"
STAYS = {
    "an empty line below the mark, as formatters put it": f"{BELOW}{MARK}\n\n```text\n1\n```\n",
    "empty lines above the mark": f"{BELOW}\n\n{MARK}\n```text\n1\n```\n",
    "another fence": f"{BELOW}{MARK}\n~~~~ console\n1\n~~~~\n",
    "an example of a mark in a fence": f"{BELOW}{MARK}\n```text\n1\n```\n\n````md\n{MARK}\n```\n2\n```\n````\n",
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_an_output_that_is_right_stays_as_it_is_laid_out(told, text):
    path = write("README.md", text)
    status, said = told("--update", "README.md")
    assert status == 0 and "0 problems" in said and path.read_text() == text
    path.write_text(text.replace("\n1\n", "\n0\n"))
    assert "E-output-differs" in told("README.md")[1]
    told("--update", "README.md")
    assert path.read_text().count("\n1\n") == 1 and "\n0\n" not in path.read_text()


ASTRAY = {
    "no block above": (f"Text.\n\n{MARK}\n```text\n1\n```\n", 3),
    "below front matter": (f"---\ntitle: A\n---\n\n{MARK}\n```text\n1\n```\n", 5),
    "a block that does not run": (f"```python notest\n1\n```\n\n{MARK}\n```text\n1\n```\n", 5),
    "a second output": (f"{BELOW}{MARK}\n```text\n1\n```\n\n{MARK}\n```text\n1\n```\n", 10),
    "no fence": (f"{BELOW}Text.\n\n{MARK}\n\nText.\n", 7),
}


@pytest.mark.parametrize(("text", "line"), ASTRAY.values(), ids=ASTRAY)
def test_an_output_that_nothing_compares_is_told_of(told, text, line):
    write("README.md", text)
    assert f"README.md:{line}: W-output-astray" in told("README.md")[1]


def test_a_link_stays_a_link_and_a_files_mode_stays(told):
    path = write("docs/real.md", PLAIN)
    path.chmod(0o664)
    Path("README.md").symlink_to("docs/real.md")
    assert told("--update", "README.md")[0] == 0
    assert Path("README.md").is_symlink() and path.read_text() == WRITTEN
    assert path.stat().st_mode & 0o777 == 0o664


def test_a_pipe_is_not_waited_for(told):
    os.mkfifo("pipe.md")
    assert told("pipe.md")[0] == 2


def test_cells_that_were_not_reached_are_counted(told):
    write("README.md", "```python\nx = 1 / 0\n```\n\n```python\nx\n```\n\n```python\nx + 1\n```\n")
    assert "1 program ran, 2 cells not reached after a failure; 3 problems." in told("README.md")[1]
    write("README.md", "---\nexecute: {shared_state: false}\n---\n" + Path("README.md").read_text())
    said = told("README.md")[1]
    assert "1 program ran; 3 problems." in said and "README.md: raised" in said


def test_an_output_cannot_end_its_fence(told):
    path = write("README.md", "```python\nprint('```')\n```\n")
    told("--update", "README.md")
    assert "````text\n```\n````" in path.read_text()
    assert told("README.md")[0] == 0


BAD = {
    "a block that fails": ("```python\n1 / 0\n```\n", "README.md:2: E-cell-raised"),
    "a typed output that is wrong": ("```python\nprint(2)  # 3\n```\n", "README.md:2: E-claim-wrong"),
    "an unknown word": ("```python notset\n1\n```\n", "README.md:1: E-unknown-word"),
    "broken front matter": ("---\na: [\n---\n", "README.md:3: E-front-matter"),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_told_and_the_others_still_run(told, text, message):
    path = write("README.md", text)
    write("other.md", PLAIN)
    status, said = told("--update", "README.md", "other.md")
    assert status == 1 and message in said and "other.md: its outputs are written." in said
    # An unknown word is told of, and the block runs.
    assert path.read_text() == text or "notset" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.md"], "There is no such file or folder"),
        (["none/docs"], "There is no such file or folder"),
        (["."], "There is no Markdown in it"),
        (["none.md", "slug"], "Name either articles or Markdown files"),
        (["--update"], "`--update` is for Markdown files"),
    ],
)
def test_what_cannot_go_on_says_what_to_do(told, arguments, message):
    status, said = told(*arguments)
    assert status == 2 and message in said


def test_a_file_that_is_not_utf_8_is_told_of(told):
    Path("README.md").write_bytes(b"a\n\xff\n")
    status, said = told("README.md")
    assert status == 1 and "README.md:2: E-not-utf8" in said


def test_ci_gets_annotations_reports_and_what_it_allows(told):
    write("docs/guide.md", "```python fixture:slow\n1 + 1\n```\n\n```python\nassert 1 == 2\n```\n")
    arguments = ("--format", "github", "--junit", "junit.xml", "--json", "report.json", "docs")
    status, said = told(*arguments)
    assert status == 1 and "::error file=docs/guide.md,line=" in said and "title=cell-raised::" in said
    assert (
        'skipped="1"' in Path("junit.xml").read_text()
        and '"status": "raised"' in Path("report.json").read_text()
    )
    told("--allow", "slow", *arguments)
    assert 'skipped="0"' in Path("junit.xml").read_text()


@pytest.mark.slow
def test_our_own_readme_is_true(capsys, monkeypatch):
    pytest.importorskip("torch")
    monkeypatch.chdir(ROOT)
    assert main(["test", "README.md"]) == 0
    assert "1 file, 1 program ran; 0 problems." in capsys.readouterr().out


@pytest.mark.parametrize("after", [0, 2], ids=["as it begins", "while it runs"])
def test_ctrl_c_ends_the_programs_and_writes_nothing(tmp_path, after):
    path = tmp_path / "README.md"
    path.write_text("```python\nimport time\nprint('x')\ntime.sleep(60)\n```\n")
    command = [sys.executable, "-m", "hexapla.cli", "test", "--update", "README.md"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    # Until it has started the server that programs are forked from.
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not children.read_text():
        time.sleep(0.1)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "Stopped." in said and "Traceback" not in said, said
    assert "hexapla:output" not in path.read_text()


def test_what_is_typed_inside_of_a_written_output_is_no_claim(told, monkeypatch):
    write("README.md", f"```python\nprint(2)\n```\n\n{MARK}\n```text\n2\n```\n\nText.\n")
    claims = [problem("claim-wrong", "README.md", line, f"Line {line}.") for line in (3, 4, 8, 9)]
    monkeypatch.setattr("hexapla.documents.checking.problems_of", lambda *_: tuple(claims))
    said = told("README.md")[1]
    assert [f"Line {line}." in said for line in (3, 4, 8, 9)] == [True, False, False, True]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_output_is_written_below_what_must_follow_its_block(told, end):
    text = "```python\nprint(1)  # (1)!\n```\n\n1.  Why.\n\n```python\nprint(2)\n```\n{: .wide }\n"
    Path("README.md").write_bytes(text.replace("\n", end).encode())
    assert told("--update", "README.md")[0] == 0
    after = Path("README.md").read_bytes().decode()
    output = f"{end}{MARK}{end}```text{end}%s{end}```{end}"
    assert (
        after == text.replace("\n", end).replace(f"1.  Why.{end}", f"1.  Why.{end}{output % 1}") + output % 2
    )
    assert told("--update", "README.md")[0] == 0 and Path("README.md").read_bytes().decode() == after
    assert told("README.md")[0] == 0


def test_a_file_of_somebody_elses_is_left_alone_and_told_of(told, monkeypatch):
    write("README.md", PLAIN)
    monkeypatch.setattr(files, "is_writable", lambda path: False)
    status, said = told("--update", "README.md")
    assert status == 1 and "README.md:1: E-not-writable The file is not yours to write" in said
    assert Path("README.md").read_text() == PLAIN


def test_a_post_of_somebody_elses_is_not_written_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    post = write("a.md", PLAIN)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(PermissionError):
        files.write_as(post, "Other words.\n")
