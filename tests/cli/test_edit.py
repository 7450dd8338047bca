"""`hexapla confirm`, as a user types it: a translation that is still right is no longer behind."""

import json
from pathlib import Path

import pytest

from hexapla import site
from hexapla.cli.main import main
from hexapla.config.config import load

ENGLISH = "---\ntitle: Steps\nlang: en\n---\n\nA tpyo.\n\n```python\nx = 1  # one\nprint(x)\n```\n\n## End\n\nThe end.\n"
GERMAN = "---\ntitle: Schritte\nlang: de\n---\n\nEin Text.\n\n```python\nx = 1  # eins\nprint(x)\n```\n\n## Ende\n\nEnde.\n"


@pytest.fixture
def posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a site of one article in three languages, recorded, whose original was mended since."""
    assert main(["new", str(tmp_path / "site"), "--languages", "en,de,fr"]) == 0
    monkeypatch.chdir(tmp_path / "site")
    folder = tmp_path / "site" / "posts"
    for path in folder.glob("*"):
        path.unlink()
    (folder / "steps.en.md").write_text(ENGLISH)
    (folder / "steps.de.md").write_text(GERMAN)
    (folder / "steps.fr.md").write_text(GERMAN.replace("lang: de", "lang: fr"))
    site.remember(site.read(load(Path("mkdocs.yml"))))
    (folder / "steps.en.md").write_text(ENGLISH.replace("tpyo", "typo"))
    return folder


def states(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    return {language: row["languages"][language]["state"] for language in ("de", "fr")}


def test_one_translation_or_all(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert states(capsys) == {"de": "comments-stale", "fr": "comments-stale"}
    assert main(["confirm", "steps.de"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "posts/steps.de.md:6: section 1 is confirmed (comments-stale).",
        "1 translation confirmed.",
    ]
    assert states(capsys) == {"de": "current", "fr": "comments-stale"}
    assert main(["confirm", "steps"]) == 0
    assert states(capsys) == {"de": "current", "fr": "current"}
    # A build records nothing else.
    site.remember(site.read(load(Path("mkdocs.yml"))))
    assert states(capsys) == {"de": "current", "fr": "current"}
    (posts / "steps.en.md").write_text(ENGLISH.replace("tpyo", "mistake"))
    assert states(capsys) == {"de": "comments-stale", "fr": "comments-stale"}


def test_code_stays_behind(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (posts / "steps.en.md").write_text(ENGLISH.replace("tpyo", "typo").replace("x = 1", "x = 2"))
    assert main(["confirm", "steps.de"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("block 1 stays behind (code-stale).")
    assert said[1].endswith("section 1 is confirmed (comments-stale).")
    assert said[2] == "1 translation confirmed. 1 part is behind."
    assert states(capsys) == {"de": "code-stale", "fr": "code-stale"}


@pytest.mark.parametrize("name", ["steps.en", "steps.hi", "step", "steps.de.de", "."])
def test_a_name_of_no_translation(posts: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["confirm", name]) == 2
    assert f"There is no translation `{name}`." in capsys.readouterr().err
    assert states(capsys) == {"de": "comments-stale", "fr": "comments-stale"}
