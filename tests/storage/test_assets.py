"""Which files a post may publish."""

import os
import socket
from pathlib import Path

import pytest

from hexapla.model.destination import Destination
from hexapla.storage.assets import Folders

NOTHING = Destination()


@pytest.fixture
def folders(tmp_path) -> Folders:
    """Return a site with files of every kind that a link might name."""
    root = tmp_path / "site of one's own"
    for name in (
        "posts/a.png", "posts/de/b.png", "posts/फ़ाइल.csv", "posts/demo.html", "posts/.env", "posts/.hidden/c.png",
        "posts/upper.HTML", "posts/a b.png", "images/d.png", "images/demo.html", "images/.env", "docs/assets/e.png",
        ".env", ".git/config", "mkdocs.yml", "secrets/key.txt", "../outside/id_rsa", "../outside/f.png",
    ):  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    posts = root / "posts"
    for name, target in (
        ("inside.png", "a.png"), ("out.png", "../../outside/f.png"), ("secret.png", "../.env"),
        ("config.png", "../mkdocs.yml"), ("shared.png", "../images/d.png"), ("folder", "../../outside"),
        ("gone.png", "nowhere"), ("loop.png", "loop.png"), ("masked.png", "demo.html"), ("null.png", "/dev/null"),
        ("dotted.png", ".hidden/c.png"),
    ):  # fmt: skip
        (posts / name).symlink_to(target)
    (root / "static").symlink_to("../outside")
    os.mkfifo(posts / "pipe.png")
    return Folders(root=root, posts=posts, shared=(root / "docs", root / "images", root / "static"))


@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("a.png", "posts/a.png"),
        ("./a.png", "posts/a.png"),
        ("/a.png", "posts/a.png"),
        ("de/b.png", "posts/de/b.png"),
        ("a%20b.png", "posts/a b.png"),
        ("फ़ाइल.csv", "posts/फ़ाइल.csv"),
        ("../images/d.png", "images/d.png"),
        ("/images/d.png", "images/d.png"),
        ("images/d.png", "images/d.png"),
        ("../docs/assets/e.png", "docs/assets/e.png"),
        # The site's owner names these folders, and answers for them.
        ("/images/demo.html", "images/demo.html"),
        ("inside.png", "posts/inside.png"),
        ("shared.png", "posts/shared.png"),
    ],
)
def test_a_post_publishes_what_is_its_own_and_what_is_shared(folders, target, file):
    assert folders.destination("posts/x.en.md", target) == Destination(file=file)


@pytest.mark.parametrize(
    ("name", "text", "is_run"),
    [
        ("a.csv", "a,b", False),
        ("a.txt", "<script>", False),
        ("a.md", "<b>", False),
        ("notes", "a < b", False),
        ("notes", "", False),
        ("a.csv", " \n<html>", True),
        ("a.rdf", "<html xmlns='http://www.w3.org/1999/xhtml'>", True),
        ("a.kml", "\ufeff<?xml version='1.0'?>", True),
        ("page", "<!doctype html>", True),
        ("a.HTM ", "x", True),
        ("a.xhtm", "x", True),
        ("a.php", "x", True),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_a_browser_may_take_for_a_page_is_not_published(folders, name, text, is_run, encoding):
    (folders.posts / name).write_text(text, encoding=encoding)
    found = folders.destination("posts/x.en.md", name)
    assert found.file == ("" if is_run else f"posts/{name}") and ("would run" in found.refused) == is_run


@pytest.mark.parametrize(
    "target", ["nothing.png", "de", "..", "../", "", ".", "a.png/b", "x\0y", "%00", "a.png%00"]
)
def test_where_nothing_is_nothing_is_refused(folders, target):
    assert folders.destination("posts/x.en.md", target) == NOTHING


@pytest.mark.parametrize(
    ("target", "why"),
    [
        (".env", "hidden"),
        ("/.env", "hidden"),
        ("../.env", "hidden"),
        ("..%2f.env", "hidden"),
        ("%2e%2e/%2eenv", "hidden"),
        ("../.git/config", "hidden"),
        (".hidden/c.png", "hidden"),
        ("/images/.env", "hidden"),
        ("dotted.png", "hidden"),
        ("../mkdocs.yml", "outside of the posts"),
        ("/mkdocs.yml", "outside of the posts"),
        ("../secrets/key.txt", "outside of the posts"),
        ("secret.png", "outside of the posts"),
        ("config.png", "outside of the posts"),
        ("out.png", "outside of the posts"),
        ("folder/f.png", "outside of the posts"),
        ("folder/id_rsa", "outside of the posts"),
        ("/static/f.png", "outside of the posts"),
        ("../../outside/id_rsa", "out of the site's folder"),
        ("../../nowhere", "out of the site's folder"),
        ("gone.png", "leads nowhere"),
        ("loop.png", "leads nowhere"),
        ("null.png", "no plain file"),
        ("pipe.png", "no plain file"),
        ("demo.html", "browser would run"),
        ("upper.HTML", "browser would run"),
        ("masked.png", "browser would run"),
    ],
)
def test_nothing_else_is_published_and_the_reason_is_said(folders, target, why):
    destination = folders.destination("posts/x.en.md", target)
    assert destination.file == "" and why in destination.refused


def test_a_socket_is_no_file(folders, monkeypatch):
    monkeypatch.chdir(folders.posts)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.png")
        assert folders.destination("posts/x.en.md", "s.png").refused == "it is no plain file"


def test_a_posts_folder_that_is_a_link_is_the_owners_choice(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.png").write_text("")
    root = tmp_path / "site"
    root.mkdir()
    (root / "posts").symlink_to("../elsewhere")
    folders = Folders(root=root, posts=root / "posts")
    assert folders.destination("posts/x.md", "a.png") == Destination(file="posts/a.png")
    (tmp_path / "elsewhere" / "b.png").symlink_to(Path("../site"))
    assert folders.destination("posts/x.md", "b.png") == NOTHING


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("../about.md", "about"), ("/about/", "about"), ("/about", "about"), ("/about.html", "about"), ("/de/about/", "about"),
        ("../docs/en/about.md", "about"), ("/docs/de/about.md", "about"), ("/", "index"), ("../", "index"), ("../index.md", "index"),
        ("/guide/", "guide/index"), ("../guide/first.md#x".partition("#")[0], "guide/first"), ("../f%C3%BCr.md", "für"),
        ("about.md", ""), ("../gone.md", ""), ("../../about.md", ""), ("/.hidden.md", ""), ("../posts/x.md", ""), ("/a\0b", ""),
    ],
)  # fmt: skip
def test_a_page_of_the_site_s_own_is_found_from_the_post_from_its_page_and_from_the_root(
    tmp_path, target, page
):
    for name in (
        "en/about.md",
        "en/index.md",
        "en/guide/index.md",
        "de/guide/first.md",
        "en/für.md",
        "en/.hidden.md",
        "en/posts/x.md",
    ):
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    folders = Folders(
        root=tmp_path, posts=tmp_path / "posts", pages=tmp_path / "docs", languages=("en", "de")
    )
    assert folders.destination("posts/a.en.md", target).page == page
