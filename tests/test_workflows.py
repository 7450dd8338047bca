"""The workflows for GitHub Actions are YAML that says what it means, and call what is there."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_workflow_calls_what_is_there(file):
    # YAML 1.1 reads a bare `on` as true.
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow[True] and workflow["permissions"]
    for name, job in workflow["jobs"].items():
        assert set(job.get("needs", [])) <= set(workflow["jobs"]), name
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step)
            assert "uses" not in step or re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"])
            # What others may write reaches a shell through the environment only.
            assert "${{" not in step.get("run", "")
            for script in re.findall(r"(?:scripts/\w+\.py|\.ci/run)", step.get("run", "")):
                assert (ROOT / script).is_file()


def test_what_the_workflows_replace_is_there():
    assert re.search(r"^# site_url:", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
    assert re.search(r"^torch==", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
