"""Each page of a served site, whenever it is asked for, is the one that `hexapla build` would write."""

import os
import random
import re
import shutil
import threading
import time
from pathlib import Path

import pytest

from hexapla.cli.main import main
from hexapla.publish.search import FOLDER, WORDS
from served_site import Served, ask_for_all

STEPS = int(os.environ.get("HEXAPLA_STEPS", "6"))
POST = "---\ntitle: {title}\ndate: 2026-01-{day:02}\ntags: [{tag}]\n---\n\n# {title}\n\n{words}\n\n```python\nprint(42)\n```\n\n[{link}]({link}.en.md)\n"
NAMES = [f"{name}.{code}.md" for name in ("one", "two", "three", "four") for code in ("en", "de")]
SITE = "http://127.0.0.1:8000/"


def post(chance: random.Random, name: str) -> str:
    """Return a post: its words, title, date and topic are chosen from a few."""
    return POST.format(
        title=chance.choice(["One", "Two", "Eine Zwei"]),
        day=chance.randrange(1, 9),
        tag=chance.choice(["a", "b"]),
        words=chance.choice(["Hello.", "Good day.", "## A section\n\nMore."]),
        link=name.partition(".")[0],
    )


@pytest.fixture
def served(new_site, serve) -> Served:
    chance = random.Random(0)
    file = new_site({name: post(chance, name) for name in NAMES[:5]}, languages="en,de")
    file.write_text(f"site_url: {SITE}\n{file.read_text()}")
    return serve(file)


def texts(folder: Path) -> dict[str, str]:
    """Return what readers read of a site, by file: without its search, and without the server's own nonce."""
    found = {}
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).as_posix()
        if path.suffix in (".html", ".md", ".xml", ".txt", ".py", ".ipynb") and "search/" not in inside:
            found[inside] = re.sub(r" 'nonce-[\w-]{22}';", ";", path.read_text())
    return found


def built(root: Path, folder: Path) -> dict[str, str]:
    """Return what `hexapla build` writes for the same posts, in a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("posts", "snippets"):
        shutil.copytree(root / name, folder / name)
    for name in ("en", "de"):
        shutil.copy(root / "docs" / name / "index.md", folder / "index.md")
        (folder / "docs" / name).mkdir(parents=True)
        (folder / "index.md").rename(folder / "docs" / name / "index.md")
    shutil.copy(root / "mkdocs.yml", folder)
    assert main(["build", "-f", str(folder / "mkdocs.yml")]) == 0
    return texts(folder / "site")


@pytest.mark.slow
def test_whatever_is_edited_each_page_that_is_asked_for_is_that_of_a_build(served, tmp_path):
    chance = random.Random(1)
    for step in range(STEPS):
        for name in chance.sample(NAMES, chance.randrange(1, 3)):
            path = served.root / "posts" / name
            if path.exists() and chance.random() < 0.3 and name not in NAMES[:2]:
                path.unlink()
            else:
                path.write_text(post(chance, name))
        served.save()
        for place in chance.sample(["", "de/", "posts/", "posts/one/", "de/posts/one/"], 2):
            served.sent(place)
        if step % 3 == 2:
            ask_for_all(served.config)
            shown, anew = texts(served.root / "served"), built(served.root, tmp_path / "anew")
            assert {name for name in shown.keys() | anew.keys() if shown.get(name) != anew.get(name)} == set()


def test_nothing_is_made_before_it_is_asked_for(served):
    folder = served.root / "served"
    assert not [*folder.rglob("index.html")]
    served.sent("posts/one/")
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("index.html")}
    assert made == {"posts/one/index.html"}


def test_a_title_is_right_on_every_page_that_shows_it_and_only_what_is_looked_at_is_made(served):
    for place in ("", "posts/one/", "posts/two/"):
        served.sent(place)
    title = re.search(r"title: (.*)", (served.root / "posts/one.en.md").read_text())[1]
    served.edit("posts/one.en.md", f"title: {title}", "title: Quite another")
    served.save()
    folder = served.root / "served"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("index.html")} == {
        "posts/two/index.html"
    }
    for place in ("posts/one/", "posts/two/", "posts/", ""):
        served.sent(place)
        file = folder / place / "index.html"
        assert "Quite another" in file.read_text(), place


def test_readers_search_what_an_edit_has_brought_once_nobody_asks_for_anything(served):
    filling = served.server.builder.__self__._filling
    filling._quiet = 0.01
    work = threading.Thread(target=filling._work, daemon=True)
    work.start()
    filling.want()
    words = served.root / "served" / FOLDER / WORDS

    def finds(word: str) -> bool:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if words.is_file() and word in words.read_text().split():
                return True
            time.sleep(0.05)
        return False

    assert finds("print")
    text = served.root / "posts/one.en.md"
    text.write_text(f"{text.read_text()}\nUnheard.\n")
    served.save()
    assert finds("unheard")
    for mark in ("title: ", "\n# "):
        served.edit("posts/one.en.md", mark, f"{mark}Unseen ")
    served.save()
    assert finds("unseen")
    (served.root / "posts/new.en.md").write_text("---\ntitle: Uncalled\n---\n\nUncalled.\n")
    served.save()
    assert finds("uncalled")
    filling.end()
    work.join(60)
    assert not work.is_alive()


def test_a_page_that_cannot_be_made_says_why_until_it_can(served, monkeypatch):
    from hexapla.publish.publication import Publication

    with monkeypatch.context() as patch:
        patch.setattr(Publication, "frame", lambda *_: 1 / 0)
        served.server._visible_epoch = served.server._wanted_epoch
        sent = served.server._serve_request({"PATH_INFO": "/posts/one/"}, lambda *_: None)
        assert b"division by zero" in b"".join(sent)
    served.edit("posts/two.en.md", "print(42)", "print(43)")
    served.save()
    assert served.sent("posts/one/")
