"""`hexapla check` as other projects' CI runs it: our GitHub action and our pre-commit hook, for real, without torch."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from hexapla.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step.get("name", step.get("uses")): step for step in ACTION["runs"]["steps"]}
UNREACHABLE = re.compile(r"NewConnectionError|ConnectionError|Could not find a version|ProxyError|timed out")


def run(*command, cwd=None, **environment):
    done = subprocess.run(
        command,
        cwd=cwd,
        # Most of what is installed is never imported.
        env=os.environ | {"PIP_NO_COMPILE": "1"} | environment,
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def sources(folder: Path) -> Path:
    """Return a copy of what git has of us, as a repository of its own."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    for name in listed.stdout.decode().split("\0"):
        if name.startswith(("src/", "pyproject", "README", "LICENSE", ".pre-commit", "action")):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes((ROOT / name).read_bytes())
    return committed(folder)


def committed(folder: Path) -> Path:
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def ours(new_site) -> Path:
    """Return a site with an article of ours, recorded with torch, and one that is not recorded."""
    posts = sorted((ROOT / "posts").glob("parameter.??.md"))
    codes = [path.suffixes[0][1:] for path in posts]
    file = new_site({}, languages=",".join(["en", *(code for code in codes if code != "en")]))
    for path in posts:
        (file.parent / "posts" / path.name).write_bytes(path.read_bytes())
    (file.parent / "snippets/parameter").mkdir(parents=True)
    for path in (ROOT / "snippets/parameter").iterdir():
        (file.parent / "snippets/parameter" / path.name).write_bytes(path.read_bytes())
    return file.parent


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_action_annotates_without_torch(ours, tmp_path):
    copy = sources(tmp_path / "source")
    runner = {
        "RUNNER_TEMP": str(tmp_path),
        "SOURCE": str(copy),
        "PACKAGES": "",
        "GITHUB_OUTPUT": str(tmp_path / "out"),
    }
    # The action names the Python that setup-python has put first.
    runner["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    status, said = run("bash", "-e", "-c", STEPS["Install hexapla"]["run"], **runner)
    if status and UNREACHABLE.search(said):
        pytest.skip("The package registry cannot be reached from here.")
    assert status == 0, said
    python = tmp_path / "hexapla/bin/python"
    for name in ("torch", "numpy", "matplotlib", "pytest"):
        assert run(python, "-c", f"import {name}")[0] == 1
    (installed,) = (tmp_path / "hexapla/lib").glob("python3.*/site-packages/hexapla")
    assert (installed / "py.typed").is_file()

    def check(**options):
        return run("bash", "-e", "-c", STEPS["Check"]["run"], cwd=ours, **runner, **options)

    asked = {"CONFIG": "mkdocs.yml", "STRICT": "false", "PYTHONPATH": ""}
    status, said = check(**asked)
    assert (status, (tmp_path / "out").read_text()) == (0, "status=0\n"), said
    (ours / "posts/new.en.md").write_text("```python\n1 + 1\n```\n\n[gone](gone.md)\n")
    status, said = check(**asked)
    assert status == 1 and (tmp_path / "out").read_text().endswith("status=1\n")
    assert (
        "::error file=posts/new.en.md,line=2,title=stale-output::The program new has no valid record" in said
    )
    assert check(**asked | {"CONFIG": "none.yml"})[0] == 2
    # A warning alone fails under `strict` only.
    (ours / "posts/new.en.md").write_text("[gone](gone.md)\n")
    assert check(**asked)[0] == 0
    status, said = check(**asked | {"STRICT": "true"})
    assert status == 1 and "::error file=posts/new.en.md,line=1,title=broken-link::" in said


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_pre_commit_runs_the_hook_without_torch(ours, tmp_path):
    pytest.importorskip("pre_commit")
    copy = sources(tmp_path / "source")
    head = run("git", "rev-parse", "HEAD", cwd=copy)[1].strip()
    hooks = [{"id": "hexapla-check"}, {"id": "hexapla-test", "files": "^README.md$"}]
    config = {"repos": [{"repo": str(copy), "rev": head, "hooks": hooks}]}
    readme = "```python\nprint(6 * 7)\n```\n\n<!-- hexapla:output -->\n```text\n{}\n```\n"
    (ours / "README.md").write_text(readme.format(42))
    (ours / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    committed(ours)
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "PYTHONPATH": ""}
    status, said = run(sys.executable, "-m", "pre_commit", "run", "--all-files", cwd=ours, **home)
    if status and UNREACHABLE.search(said):
        pytest.skip("The package registry cannot be reached from here.")
    assert status == 0 and "hexapla check" in said and "Passed" in said, said
    (python,) = (tmp_path / "home").glob("repo*/py_env-*/bin/python")
    assert run(python, "-c", "import torch")[0] == 1
    # What is about to be committed is checked.
    post = ours / "posts/parameter.en.md"
    post.write_text(post.read_text().replace("import torch", "import torch, math", 1))
    run("git", "add", "-A", cwd=ours)
    status, said = run(sys.executable, "-m", "pre_commit", "run", cwd=ours, **home)
    assert status == 1 and "posts/parameter.de.md" in said and "E-stale-output" in said
    # So is what stands below a block of the README.
    run("git", "reset", "-q", "--hard", cwd=ours)
    (ours / "README.md").write_text(readme.format(41))
    run("git", "add", "-A", cwd=ours)
    status, said = run(sys.executable, "-m", "pre_commit", "run", "hexapla-test", cwd=ours, **home)
    assert status == 1 and "README.md:5: E-output-differs" in said, said
    # Files that say nothing of posts call nothing.
    run("git", "reset", "-q", "--hard", cwd=ours)
    (ours / "other.txt").write_text("x\n")
    run("git", "add", "-A", cwd=ours)
    said = run(sys.executable, "-m", "pre_commit", "run", cwd=ours, **home)[1]
    assert said.count("no files to check") == 2, said


def test_the_action_is_what_github_reads():
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    assert run(*command, "vendor.github-actions", str(ROOT / "action.yml"))[0] == 0
    workflows = sorted(map(str, (ROOT / ".github/workflows").glob("*.yml")))
    assert run(*command, "vendor.github-workflows", *workflows)[0] == 0


def test_the_action_uses_what_it_declares():
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    for step in ACTION["runs"]["steps"]:
        assert ("run" in step) != ("uses" in step)
        assert "uses" not in step or re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])
        # What others may write reaches a shell through the environment only.
        assert "${{" not in step.get("run", "")
        assert "run" not in step or step["shell"] == "bash"
    assert not {"cache", "actions/cache"} & set(json.dumps(ACTION).replace('"', " ").split())


def test_the_hook_is_what_pre_commit_reads():
    clientlib = pytest.importorskip("pre_commit.clientlib")
    check, test = clientlib.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert check["id"] == "hexapla-check" and not check["pass_filenames"]
    assert test["id"] == "hexapla-test" and test["pass_filenames"] and test["require_serial"]
    names = {name: bool(re.search(test["files"], name)) for name in ("README.md", "a/b.qmd", "a.py", "md")}
    assert names == {"README.md": True, "a/b.qmd": True, "a.py": False, "md": False}


@pytest.mark.parametrize(("text", "ends"), [("print(1)", 0), ("1 / 0", 1), ("no_such_name", 1)])
def test_the_action_runs_files_where_they_are_named(tmp_path, text, ends):
    (tmp_path / "README.md").write_text(f"```python\n{text}\n```\n\n```python\nprint(2)\n```\n")
    command = tmp_path / "hexapla/bin/hexapla"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hexapla.cli "$@"\n')
    command.chmod(0o755)
    asked = {"CONFIG": "mkdocs.yml", "STRICT": "true", "FILES": "README.md", "PYTHONPATH": str(ROOT / "src")}
    runner = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "out")}
    status, said = run("bash", "-e", "-c", STEPS["Check"]["run"], cwd=tmp_path, **asked, **runner)
    assert status == ends and ("::error file=README.md,line=2," in said) == (ends == 1), said
    assert (tmp_path / "out").read_text() == f"status={ends}\n"


def test_exit_statuses_are_documented():
    for page in ("README.md", "docs/en/manual/testing.md"):
        assert "0 clean, 1 problems or drift, 2 cannot go on" in (ROOT / page).read_text(encoding="utf-8")
    assert main(["check", "-f", "none.yml"]) == 2
