"""mkdocs is asked where the site is not what it would make, and only there: shown by builds from nothing beside it."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from hexapla.adapters.mkdocs import builder
from hexapla.adapters.mkdocs.built_site import anew_because, inputs_of
from hexapla.cli.main import main
from hexapla.config.config import load
from hexapla.storage import cache

POSTS = {
    "one.en.md": "---\ntitle: One\n---\n\nWords.\n\n```python\nprint(1)\n```\n",
    "one.de.md": "---\ntitle: Eins\n---\n\nWorte.\n\n```python\nprint(1)\n```\n",
    "two.en.md": "---\ntitle: Two\n---\n\nSee [one](one.en.md).\n",
}


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def file(new_site) -> Path:
    file = new_site(POSTS, languages="en,de")
    text = file.read_text().replace("  name: material\n", "  name: material\n  custom_dir: overrides\n")
    assert 'site_name: "A site"' in text
    file.write_text(text.replace('site_name: "A site"', "site_name: !ENV [SITE_NAME, A site]"))
    (file.parent / "overrides").mkdir()
    (file.parent / "overrides/main.html").write_text('{% extends "base.html" %}')
    (file.parent / "docs/note.txt").write_text("A note.")
    return file


@pytest.mark.parametrize(
    "change",
    [
        lambda root: edit(root / "docs/note.txt", "note", "word"),
        lambda root: (root / "docs/note.txt").rename(root / "docs/a.txt"),
        lambda root: (root / "docs/note.txt").unlink(),
        lambda root: (root / "docs/.hidden").write_text(""),
        lambda root: edit(root / "mkdocs.yml", "A site", "Your site"),
        lambda root: edit(root / "mkdocs.yml", "\nplugins:", "\n# Plugins\nplugins:"),
        lambda root: edit(root / "overrides/main.html", "base", "other"),
        lambda root: os.environ.update(SITE_NAME="Another"),
    ],
    ids=["text", "name", "gone", "new", "configuration", "comment", "template", "environment"],
)
def test_what_is_read_is_part_of_the_inputs(file, change, monkeypatch):
    monkeypatch.setenv("SITE_NAME", "A site")
    before = inputs_of(load(file))
    assert before and inputs_of(load(file)) == before
    change(file.parent)
    assert inputs_of(load(file)) not in ("", before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("plugins:\n", "plugins:\n  - blog-of-mine\n"),
        ("markdown_extensions:\n", "markdown_extensions:\n  - pymdownx.b64\n"),
        ("markdown_extensions:\n", "markdown_extensions:\n  - mine.extension\n"),
        ("markdown_extensions:\n", "markdown_extensions:\n  - pymdownx.snippets: {auto_append: [a.md]}\n"),
        ("\nplugins:", "\nhooks: [hook.py]\nplugins:"),
    ],
    ids=["plugin", "another's files", "extension", "snippets everywhere", "hook"],
)
def test_where_nobody_knows_what_is_read_mkdocs_is_asked(file, before, after):
    edit(file, before, after)
    assert inputs_of(load(file)) == ""


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("plugins:\n", "plugins:\n  - search\n", ""),
        (
            "plugins:\n",
            "plugins:\n  - macros\n",
            "nobody here knows what the plugin `macros` puts on which page",
        ),
        ("plugins:\n", "plugins:\n  - tags\n", "nobody here knows what the plugin `tags` puts on which page"),
        (
            "\nplugins:",
            "\nhooks: [a.py]\nplugins:",
            "nobody here knows what the hook `a.py` puts on which page",
        ),
        (
            "extensions:\n",
            "extensions:\n  - mine\n",
            "nobody here knows what the extension `mine` puts on which page",
        ),
    ],
    ids=["none", "plugin", "tags", "hook", "extension"],
)
def test_what_may_put_anything_on_a_page_has_each_built(file, before, after, reason):
    edit(file, before, after)
    assert anew_because(load(file)) == reason


def test_a_template_that_shows_other_pages_has_each_built(file):
    assert anew_because(load(file)) == ""
    (file.parent / "overrides/main.html").write_text("{{ page.next_page.title }}")
    assert anew_because(load(file)) == "the template `main.html` may show other pages than its own"


@pytest.mark.parametrize("mark", ["--8<--", "-8<-"])
def test_a_page_that_takes_in_a_file_has_it_looked_for(file, mark):
    edit(file, "markdown_extensions:\n", "markdown_extensions:\n  - pymdownx.snippets\n")
    assert inputs_of(load(file))
    (file.parent / "docs/en/page.md").write_text(f'{mark} "a.txt"\n')
    assert inputs_of(load(file)) == ""


def test_what_is_inherited_is_read(file):
    below = file.parent / "below.yml"
    below.write_text("site_author: I\n")
    file.write_text(f"INHERIT: below.yml\n{file.read_text()}")
    before = inputs_of(load(file))
    below.write_text("site_author: me\n")
    assert before and inputs_of(load(file)) not in ("", before)


@pytest.fixture
def hear(file, capsys):
    """Return what builds the site as users do; it returns what was said."""

    def build(*options: str) -> str:
        assert main(["build", "-f", str(file), *options]) == 0
        said = capsys.readouterr()
        return said.err + said.out

    return build


STARTS = "Building the site with mkdocs"


@pytest.mark.slow
def test_the_site_is_always_that_of_a_build_from_nothing(file, hear, monkeypatch, tmp_path):
    root = file.parent
    page = root / "site/posts/one/index.html"
    steps = {
        "nothing": (lambda: None, False),
        "a post was only saved": (lambda: os.utime(root / "posts/one.en.md"), False),
        "a page was saved as it was": (lambda: os.utime(root / "docs/note.txt"), False),
        "text": (lambda: edit(root / "posts/one.en.md", "Words.", "Other words."), True),
        "nothing then": (lambda: None, False),
        "title": (lambda: edit(root / "posts/one.en.md", "title: One", "title: The first"), True),
        "a post is gone": (lambda: (root / "posts/two.en.md").unlink(), True),
        "a built page is gone": (page.unlink, True),
        "a built page was edited": (lambda: edit(page, "words", "lies!"), True),
        "a file was put there": (lambda: (root / "site/new.html").write_text("New."), True),
        "the whole site is gone": (lambda: shutil.rmtree(root / "site"), True),
        "a new version": (lambda: monkeypatch.setattr(cache, "_environment", lambda *_: "another"), True),
        "the cache is gone": (lambda: shutil.rmtree(root / ".hexapla"), True),
        "nothing at last": (lambda: None, False),
    }
    assert STARTS in hear()
    wrong = []
    for name, (change, builds) in steps.items():
        change()
        said = hear()
        if (STARTS in said) is not builds or ("up to date" in said) is builds:
            wrong.append(name)
        clean = tmp_path / "clean"
        shutil.copytree(root, clean, ignore=shutil.ignore_patterns("site", ".hexapla"))
        if builds:
            assert builder.build(load(clean / "mkdocs.yml")) is builder.Outcome.BUILT
            if content(clean / "site") != content(root / "site"):
                wrong.append(f"{name}: the site differs")
        shutil.rmtree(clean)
    assert wrong == []
    assert STARTS in hear("--all") and STARTS in hear("--strict") and STARTS not in hear("--strict")


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("print('a word')", builder.Outcome.UNCHANGED),
        ("import sys; sys.exit('a word')", builder.Outcome.FAILED),
        ("p.mkdir(parents=True); (p / 'a.txt').touch(); print('a word')", builder.Outcome.BUILT),
    ],
    ids=["it said something", "it failed", "an article could not be built"],
)
def test_what_is_to_be_told_of_is_told_of_each_time(file, monkeypatch, capfd, code, outcome):
    preface = "import pathlib; p = pathlib.Path('.hexapla/crashes')"
    monkeypatch.chdir(file.parent)
    monkeypatch.setattr(builder, "may_fork", lambda: False)
    monkeypatch.setattr(builder, "_MKDOCS", (sys.executable, "-c", f"{preface}\n{code}"))
    for _ in range(2):
        shutil.rmtree(file.parent / ".hexapla/crashes", ignore_errors=True)
        ended = builder.build(load(file))
        assert capfd.readouterr().err == "a word\n"
    assert ended is outcome
