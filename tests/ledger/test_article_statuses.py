"""How all articles stand is found out once; git is asked only where a version is behind."""

import subprocess

import pytest

import examples
from hexapla.config.config import load
from hexapla.ledger import folder, git_history, status
from hexapla.ledger.ledger import Ledger, Record, updated_record
from hexapla.programs.align.article import align
from hexapla.storage.cache import of_site
from hexapla.translations.freshness import State

CODE = "```python\nprint({})\n```"


def aligned(*numbers):
    """Return the article whose original and translation print these numbers."""
    bodies = zip(("en", "de"), map(CODE.format, numbers), strict=True)
    return align(
        [examples.post(body, language) for language, body in bodies],
        default_language="en",
        languages=("en", "de"),
    )


@pytest.fixture
def config(new_site):
    return load(new_site({"a.en.md": CODE.format(2), "a.de.md": CODE.format(1)}, languages="en,de"))


@pytest.fixture
def asked(monkeypatch):
    """Return the posts that git is asked for."""
    paths = []
    history = git_history.file_history

    def note(root, path):
        paths.append(path)
        return history(root, path)

    monkeypatch.setattr(git_history, "file_history", note)
    return paths


@pytest.fixture
def made(monkeypatch):
    """Return the slugs of the articles whose status is found out."""
    slugs = []
    article_status = status.article_status

    def note(article, *others):
        slugs.append(article.slug)
        return article_status(article, *others)

    monkeypatch.setattr(status, "article_status", note)
    return slugs


def test_what_is_current_is_found_out_once_and_git_is_not_asked(config, asked, made):
    both = aligned(1, 1)
    ledgers = {"a": Ledger(translations=folder.origins(both, Ledger()))}
    rows = [status.article_statuses(config, [both], ledgers, of_site(config.root))[0] for _ in range(2)]
    assert rows[0] == rows[1] and rows[0][0].languages["de"].state is State.CURRENT
    assert made == ["a"] and asked == []


def test_another_ledger_is_another_status(config, made):
    both = aligned(1, 1)
    record = Ledger(
        records={"": updated_record(Record(), both.programs[0], examples.run(both.programs[0], "1\n"))}
    )
    for ledger in (Ledger(), record, record):
        status.article_statuses(config, [both], {"a": ledger}, of_site(config.root))[0]
    assert made == ["a", "a"]


def test_where_one_is_behind_git_says_since_when(config, asked):
    before = aligned(1, 1)
    now = aligned(2, 1)
    ledgers = {"a": Ledger(translations=folder.origins(before, Ledger()))}

    def commits():
        rows = status.article_statuses(config, [now], ledgers, of_site(config.root))[0]
        return [part.commit for part in rows[0].languages["de"].behind]

    assert commits() == [""]
    for number in (1, 2):
        (config.posts / "a.en.md").write_text(CODE.format(number))
        git(config, "init", "-q")
        git(config, "add", ".")
        git(config, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x")
    head = subprocess.run(
        ["git", "-C", str(config.root), "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    ).stdout
    (commit,) = commits()
    assert commit and head.startswith(commit), "a commit is seen, though nothing else has changed"
    assert asked == ["posts/a.en.md"] * 2


def git(config, *words):
    subprocess.run(["git", "-C", str(config.root), *words], check=True)


def test_what_is_to_be_recorded_of_all_is_what_is_recorded_of_each(config):
    both = aligned(1, 1)
    for _ in range(2):
        origins = folder.origins_of_all([both], {"a": Ledger()}, of_site(config.root))
        assert origins == {"a": folder.origins(both, Ledger())}
