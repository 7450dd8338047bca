"""The workflows for GitHub Actions are YAML that says what it means, and call what is there."""

import importlib
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from hexapla import scaffold
from hexapla.cli.main import cli
from hexapla.ledger.git_history import published_commit

ROOT = Path(__file__).resolve().parent.parent
OURS = sorted((ROOT / ".github/workflows").glob("*.yml"))
NEW_SITES = sorted((ROOT / "src/hexapla/templates/workflows").glob("*.yml"))
FILES = (*OURS, *NEW_SITES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-2:]))
def test_a_workflow_calls_what_is_there(file):
    # YAML 1.1 reads a bare `on` as true.
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow[True] and workflow["permissions"]
    for name, job in workflow["jobs"].items():
        assert set(job.get("needs", [])) <= set(workflow["jobs"]), name
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step)
            assert "uses" not in step or re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])
            # What others may write reaches a shell through the environment only.
            assert "${{" not in step.get("run", "")
            for script in re.findall(r"(?:scripts/\w+\.py|\.ci/run)", step.get("run", "")):
                assert (ROOT / script).is_file()


@pytest.mark.parametrize("file", (*FILES, ROOT / "action.yml"), ids=lambda file: "/".join(file.parts[-2:]))
def test_an_action_is_pinned_by_its_digest_and_the_version_stands_beside_it(file):
    uses = re.findall(r"^ +(?:- )?uses: .*$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert uses
    for line in uses:
        assert re.fullmatch(r" +(?:- )?uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-2:]))
def test_who_runs_code_may_only_read(file):
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets." not in file.read_text(encoding="utf-8")
    for name, job in workflow["jobs"].items():
        writes = "write" in job.get("permissions", {}).values()
        steps = job["steps"]
        checkouts = [step for step in steps if "actions/checkout@" in step.get("uses", "")]
        kept = [step for step in checkouts if step.get("with", {}).get("persist-credentials") is not False]
        assert writes or not kept, name
        runs = " ".join(step.get("run", "") for step in steps)
        assert not writes or not re.search(r"python|pip|hexapla|mkdocs|\.ci/run", runs), name


def test_each_python_that_we_claim_is_tested():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [re.fullmatch(r".*:: (3\.\d+)", line) for line in project["classifiers"]]
    claimed = [match[1] for match in named if match]
    test = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8"))["jobs"]["test"]
    assert test["strategy"]["matrix"]["python"] == claimed
    assert project["requires-python"] == f">={claimed[0]}"


REPORTS = {
    "nothing is wrong": (
        [{"name": "a", "version": "1", "vulns": []}],
        0,
        "1 packages audited, 0 vulnerable, 0 unknown.",
    ),
    "one is vulnerable": (
        [
            {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]},
            {"name": "b", "skip_reason": "unknown"},
        ],
        1,
        "::error::a 1 has PYSEC-1; mended in 2.",
    ),
    "nobody could be asked": (
        [{"name": "a", "skip_reason": "unknown"}],
        0,
        "::warning::The dependencies were not audited",
    ),
}


@pytest.mark.parametrize(("packages", "status", "said"), REPORTS.values(), ids=REPORTS)
def test_an_audit_fails_where_something_is_known_and_says_where_nothing_can_be(
    packages, status, said, capsys, monkeypatch
):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    audit = importlib.import_module("audit")
    assert audit.judge({"dependencies": packages}) == status
    assert said in capsys.readouterr().out


def test_what_the_workflows_replace_is_there():
    assert re.search(r"^# site_url:", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
    assert re.search(r"^torch==", (ROOT / "constraints.txt").read_text(), re.MULTILINE)


def test_a_new_sites_workflows_replace_and_call_what_is_there(new_site):
    folder = new_site({}).parent
    assert sorted(path.name for path in (folder / ".github/workflows").iterdir()) == ["site.yml", "torch.yml"]
    assert re.search(r"^# site_url:", (folder / "mkdocs.yml").read_text(), re.MULTILINE)
    needed = (folder / "requirements.txt").read_text().splitlines()
    assert [line for line in needed if line.startswith("hexapla[site]")]
    assert [line for line in needed if re.fullmatch(r"torch(==[\d.]+)?", line)]
    for file in NEW_SITES:
        for verb in re.findall(r"run: hexapla (\w+)|^ +hexapla (\w+)", file.read_text(), re.MULTILINE):
            assert "".join(verb) in cli.commands


def test_a_new_site_names_the_commit_that_hexapla_came_from(monkeypatch):
    origin = {"url": "https://example.org/h.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}

    class Installed:
        version = "2.13.0"

        def read_text(self, name):
            return json.dumps(origin)

    monkeypatch.setattr(scaffold.metadata, "distribution", lambda name: Installed())
    assert "hexapla[site] @ git+https://example.org/h.git@abc\n" in scaffold._requirements()


def test_a_new_site_without_torch_asks_for_none(tmp_path, monkeypatch):
    known = scaffold.metadata.version

    def without_torch(name):
        if name == "torch":
            raise scaffold.metadata.PackageNotFoundError(name)
        return known(name)

    monkeypatch.setattr(scaffold.metadata, "version", without_torch)
    made = scaffold.make_site(tmp_path / "site", ["en"])
    assert {path.name for path in made if path.parent.name == "workflows"} == {"site.yml"}
    lines = [
        line
        for line in (tmp_path / "site/requirements.txt").read_text().splitlines()
        if not line.startswith("#")
    ]
    assert len(lines) == 1 and lines[0].split(" @ ")[0] == "hexapla"
    assert "torch" not in (tmp_path / "site/posts/hello.en.md").read_text()


def test_a_clone_is_named_by_what_its_origin_holds(tmp_path):
    def git(*words, folder=tmp_path / "here"):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        return subprocess.run(
            ["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True
        ).stdout.strip()

    (tmp_path / "there").mkdir()
    git("init", "-q", folder=tmp_path / "there")
    git("commit", "-q", "--allow-empty", "-m", "One", folder=tmp_path / "there")
    assert published_commit(tmp_path / "there") == ("", "")
    git("clone", "-q", "there", "here", folder=tmp_path)
    # An address that only this machine has helps nobody.
    assert published_commit(tmp_path / "here") == ("", "")
    git("remote", "set-url", "origin", "https://example.org/h.git")
    assert published_commit(tmp_path / "here") == ("https://example.org/h.git", git("rev-parse", "HEAD"))
    git("commit", "-q", "--allow-empty", "-m", "Not pushed")
    assert published_commit(tmp_path / "here") == ("", "")
