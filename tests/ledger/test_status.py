"""How translations stand, as `hexapla status` tells it: from real posts, the ledger, and real git repositories."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import examples
from hexapla.cli.main import main
from hexapla.ledger.git_history import FileHistory
from hexapla.ledger.ledger import Ledger
from hexapla.ledger.status import PartKind, article_status
from hexapla.model.post import Version
from hexapla.translations.freshness import made

ENGLISH = """---
title: Gradients
execute: false
---

Words above.

```python {#slope}
x = 2  # the point
print(x * 3)
```

## Why

It falls.

```python
print(x + 1)
```
"""
GERMAN = (
    ENGLISH.replace("Gradients", "Ableitungen")
    .replace("Words above", "Text darüber")
    .replace("the point", "der Punkt")
    .replace("It falls", "Sie fällt")
    .replace("Why", "Warum")
)


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b.c", *words],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


def commit(folder: Path) -> str:
    """Commit everything and return the commit's short hash."""
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "a commit")
    return git(folder, "rev-parse", "--short", "HEAD")


def said_by(capsys, *arguments) -> tuple[int, str]:
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def german(capsys, file) -> dict:
    """Return how the German version of the only article stands."""
    (row,) = json.loads(said_by(capsys, "status", "--json", "-f", file)[1])
    return row["languages"]["de"]


@pytest.fixture
def recorded(new_site, capsys):
    """Make a site of two versions that are current, recorded and committed; return its mkdocs.yml."""
    file = new_site({"a.en.md": ENGLISH, "a.de.md": GERMAN}, languages="en,de,zh")
    git(file.parent, "init", "-q")
    assert main(["run", "-f", str(file)]) == 0
    commit(file.parent)
    return file


def change(file: Path, language: str, before: str, after: str) -> None:
    path = file.parent / f"posts/a.{language}.md"
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))


LAST = "```python\nprint(x + 1)\n```\n"

STATES = {
    "a comment": (("en", "the point", "a point"), "comments-stale", ("block", 1, "slope", "posts/a.de.md:8", False)),
    "prose": (("en", "It falls", "It rises"), "comments-stale", ("section", 2, "Warum", "posts/a.de.md:13", False)),
    "prose above the first heading": (
        ("en", "Words above", "Other words"), "comments-stale", ("section", 1, "", "posts/a.de.md:6", False),
    ),
    "code": (("en", "x * 3", "x * 4"), "code-stale", ("block", 1, "slope", "posts/a.de.md:8", False)),
    "a new section": (("en", LAST, f"{LAST}\n## New\n\nNews.\n"), "incomplete", ("section", 3, "New", "posts/a.en.md:21", False)),
    "a new block": (
        ("en", LAST, f"{LAST}\n```python\nprint([9, 9])\n```\n"), "incomplete", ("block", 3, "cell-3", "posts/a.en.md:21", False),
    ),
    "a removed block": (("en", LAST, ""), "ahead", ("block", 2, "", "posts/a.de.md:17", True)),
    "a removed section": (
        ("en", "## Why\n\nIt falls.\n\n", ""), "comments-stale", ("section", 2, "Warum", "posts/a.de.md:13", True),
    ),
    "code that was changed here": (("de", "x * 3", "x * 5"), "ahead", ("block", 1, "slope", "posts/a.de.md:8", False)),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "state", "behind"), STATES.values(), ids=STATES)
def test_each_state_has_its_part_its_place_and_its_commit(recorded, capsys, edit, state, behind):
    assert german(capsys, recorded)["state"] == "current"
    change(recorded, *edit)
    uncommitted = german(capsys, recorded)["behind"][0]
    assert uncommitted["commit"] == ""
    now = commit(recorded.parent)
    main(["run", "-f", str(recorded)])
    version = german(capsys, recorded)
    assert version["state"] == state
    (first,) = version["behind"]
    assert (first["kind"], first["number"], first["name"], first["place"], first["gone"]) == behind
    assert first["commit"] == ("" if first["gone"] or edit[0] == "de" else now)
    text = said_by(capsys, "status", "-f", recorded)[1]
    assert f"{first['place']}: {state}: {first['kind']} " in text


def test_a_translation_brought_up_to_date_is_current_again(recorded, capsys):
    change(recorded, "en", "It falls", "It rises")
    change(recorded, "en", "the point", "a point")
    main(["run", "-f", str(recorded)])
    change(recorded, "de", "Sie fällt", "Sie steigt")
    main(["run", "-f", str(recorded)])
    (left,) = german(capsys, recorded)["behind"]
    assert left["name"] == "slope"
    change(recorded, "de", "der Punkt", "ein Punkt")
    main(["run", "-f", str(recorded)])
    assert german(capsys, recorded)["state"] == "current"


HISTORIES = {
    "none": None,
    "a file that is empty by now": lambda: FileHistory(now="", versions=(Version(commit="abc", text=""),)),
    "a file that was always so": lambda: FileHistory(
        now="```python\nx = 2  # a\n```\n",
        versions=(Version(commit="abc", text="```python\nx = 2  # a\n```\n"),),
    ),
}


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_where_history_does_not_tell_no_commit_is_named(history):
    code = "```python\nx = {}  # a\n```\n"
    before, now = (examples.article({"en": code.format(value), "de": code.format(1)}) for value in (1, 2))
    before, now = (
        replace(made_of, placed={**made_of.placed, "de": (replace(made_of.placed["de"][0], twin=0),)})
        for made_of in (before, now)
    )
    ledger = Ledger(translations={"de": made(before, "de")})
    status = article_status(now, ["en", "de", "fr"], ledger, history)
    (part,) = [part for part in status.languages["de"].behind if part.kind is PartKind.BLOCK]
    assert (part.number, part.place, part.commit) == (1, "posts/a.de.md:1", "")
    assert status.languages["fr"].state is None and status.titles == {"en": "A", "de": "A"}
    assert status.made_with == ()


BANNERS = {
    "code": (
        "x * 3",
        "x * 4",
        "Das Original dieses Artikels wurde geändert, seit diese Übersetzung entstand.",
    ),
    "a new section": (LAST, f"{LAST}\n## New\n\nNews.\n", "Dieser Übersetzung fehlen Teile des Originals."),
}


@pytest.mark.parametrize(("before", "after", "banner"), BANNERS.values(), ids=BANNERS)
def test_a_page_that_is_behind_says_so_in_its_readers_language(recorded, capsys, before, after, banner):
    page = recorded.parent / "docs/de/posts/a.md"
    said_by(capsys, "pages", "-f", recorded)
    assert "!!!" not in page.read_text()
    change(recorded, "en", before, after)
    said_by(capsys, "pages", "-f", recorded)
    link = "[Zeigen, was sich geändert hat](../translations.md#behind-a-de)"
    assert '- <span id="behind-a-de"></span>' in (recorded.parent / "docs/de/translations.md").read_text()
    assert f'!!! warning ""\n    {banner} {link}\n' in page.read_text()
    assert "!!!" not in (recorded.parent / "docs/en/posts/a.md").read_text()


def test_renamed_posts_keep_their_history(recorded, capsys):
    old = git(recorded.parent, "rev-parse", "--short", "HEAD")
    change(recorded, "en", "x * 3", "x * 4")
    now = commit(recorded.parent)
    for language in ("en", "de"):
        git(recorded.parent, "mv", f"posts/a.{language}.md", f"posts/steigung, größer.{language}.md")
    commit(recorded.parent)
    # The new slug has no record: only git knows what the German version was made from.
    assert f"as it was in {old}" in said_by(capsys, "check", "-f", recorded)[1]
    (row,) = json.loads(said_by(capsys, "status", "--json", "-f", recorded)[1])
    assert row["languages"]["de"]["behind"][0]["commit"] == now


def test_a_shallow_clone_knows_the_same_states_and_blames_no_commit(recorded, capsys, tmp_path):
    change(recorded, "en", "x * 3", "x * 4")
    main(["run", "-f", str(recorded)])
    commit(recorded.parent)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{recorded.parent}", str(clone))
    version = german(capsys, clone / "mkdocs.yml")
    assert [(part["state"], part["commit"]) for part in version["behind"]] == [("code-stale", "")]
    status, said = said_by(capsys, "check", "-f", clone / "mkdocs.yml")
    assert (
        status == 0 and "posts/a.de.md:8: W-stale-block" in said and "when this translation was made" in said
    )


def test_the_states_need_no_git(recorded, capsys, monkeypatch):
    change(recorded, "en", "x * 3", "x * 4")
    monkeypatch.setenv("PATH", "")
    version = german(capsys, recorded)
    assert version["state"] == "code-stale" and version["behind"][0]["commit"] == ""


ORIGINALS = {
    "the only version": ({"a.de.md": GERMAN}, "de", "the only version"),
    "the site's default language": (
        {"a.en.md": ENGLISH, "a.de.md": GERMAN}, "en", "it is in the site's default language",
    ),
    "translated: true": (
        {"a.en.md": ENGLISH.replace("title:", "translated: true\ntitle:"), "a.de.md": GERMAN},
        "de", "the others say that they are translated",
    ),
    "all say translated: true": (
        {name: text.replace("title:", "translated: true\ntitle:") for name, text in (("a.en.md", ENGLISH), ("a.de.md", GERMAN))},
        "en", "all say that they are translated; it is in the site's default language",
    ),
    "source: a language": (
        {"a.en.md": ENGLISH.replace("title:", "source: de\ntitle:"), "a.de.md": GERMAN},
        "de", "the others name it as their source",
    ),
    "translation_of: a file": (
        {"a.en.md": ENGLISH.replace("title:", "translation_of: a.de.md\ntitle:"), "a.de.md": GERMAN},
        "de", "the others name it as their source",
    ),
    "the one that most agree with": (
        {
            "a.de.md": GERMAN.replace("x * 3", "x * 5"),
            "a.zh.md": ENGLISH,
            "a.fr.md": ENGLISH,
        },
        "zh", "most of the others hold the same code",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("posts", "original", "why"), ORIGINALS.values(), ids=ORIGINALS)
def test_status_says_which_version_is_the_original_and_why(new_site, capsys, posts, original, why):
    file = new_site(posts, languages="en,de,zh,fr")
    (row,) = json.loads(said_by(capsys, "status", "--json", "-f", file)[1])
    assert (row["original"], row["reason"]) == (original, why)
    assert f"`{original}` is the original: {why} (a).\n" in said_by(capsys, "status", "-f", file)[1]


def test_what_it_was_verified_with_is_told(recorded, capsys):
    for language in ("en", "de"):
        change(recorded, language, "execute: false", "execute: true")
    main(["run", "-f", str(recorded)])
    version = german(capsys, recorded)
    assert version["outputs"] == "verified" and version["made_with"].startswith("Python 3.")
    change(recorded, "en", "print(x + 1)", "print(x + 2)")
    change(recorded, "de", "print(x + 1)", "print(x + 2)")
    assert german(capsys, recorded)["outputs"] == "stale"
