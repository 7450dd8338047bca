"""Which files of the posts' folder are posts."""

import os
import socket
from dataclasses import replace

import pytest

from hexapla.config.config import load
from hexapla.storage import posts_folder

TEXT = "# A title\n\nText.\n"


@pytest.fixture
def config(new_site):
    return load(new_site({"a.en.md": TEXT, "de/b.md": TEXT, ".c.md": TEXT, ".d/e.md": TEXT}))


def read(config):
    posts, problems = posts_folder.posts(config.posts_folder)
    return sorted(post.path for post in posts), [(one.path, one.code, one.message) for one in problems]


def test_plain_files_are_posts_and_what_is_hidden_is_not(config):
    (config.posts / "folder.md").mkdir()
    (config.posts / "به‌نام.en.md").write_text(TEXT, encoding="utf-8")
    assert read(config) == (["posts/a.en.md", "posts/de/b.md", "posts/به‌نام.en.md"], [])


@pytest.mark.parametrize("target", ["a.en.md", "/etc/passwd", "nowhere", "/dev/zero", "link.en.md"])
def test_a_link_is_no_post_wherever_it_leads(config, target):
    (config.posts / "link.en.md").symlink_to(target)
    paths, problems = read(config)
    assert "posts/link.en.md" not in paths
    assert problems == [
        ("posts/link.en.md", "post-refused", "The post is a symbolic link, so it is not read.")
    ]


def test_a_pipe_is_never_opened(config):
    os.mkfifo(config.posts / "pipe.en.md")
    assert read(config)[1] == [
        ("posts/pipe.en.md", "post-refused", "The post is no plain file, so it is not read.")
    ]


def test_a_socket_is_no_post(config, monkeypatch):
    monkeypatch.chdir(config.posts)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.en.md")
        assert [one[:2] for one in read(config)[1]] == [("posts/s.en.md", "post-refused")]


def test_a_folder_that_leads_out_is_told_of_and_one_within_is_not(config):
    outside = config.root / "outside"
    outside.mkdir()
    (outside / "x.en.md").write_text(TEXT)
    (config.posts / "out").symlink_to(outside)
    (config.posts / "in").symlink_to("de")
    paths, problems = read(config)
    assert paths == ["posts/a.en.md", "posts/de/b.md"]
    assert [one[:2] for one in problems] == [("posts/out", "post-refused")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("x\n::error::y.en.md", r"posts/x\n::error::y.en.md"),
        ("x\x1b[31m.en.md", r"posts/x\x1b[31m.en.md"),
        ("x\u202e.en.md", r"posts/x\u202e.en.md"),
        (os.fsdecode(b"x\xff.en.md"), r"posts/x\udcff.en.md"),
        ("x\u2028.en.md", r"posts/x\u2028.en.md"),
    ],
)
def test_a_name_that_cannot_be_shown_is_told_of_on_one_line(config, name, shown):
    (config.posts / name).write_text(TEXT)
    assert [one[:2] for one in read(config)[1]] == [(shown, "post-refused")]


def test_a_name_that_leaves_no_room_for_what_is_named_after_it_is_refused(config):
    (config.posts / f"{'x' * 240}.en.md").write_text(TEXT)
    assert [one[1] for one in read(config)[1]] == ["bad-slug"]


def test_a_conftest_that_is_a_pipe_or_a_link_is_never_opened(config):
    os.mkfifo(config.posts / "conftest.py")
    (config.root / "elsewhere.py").write_text("def secret(): ...\n")
    (config.posts / "de" / "conftest.py").symlink_to("../../elsewhere.py")
    for post in posts_folder.posts(config.posts_folder)[0]:
        assert posts_folder.fixture_names(config.posts_folder, post) == frozenset()
    (config.root / "conftest.py").write_text("def mine(): ...\n")
    assert posts_folder.fixture_names(config.posts_folder, post) == {"mine"}


def test_of_two_posts_of_one_article_in_a_language_the_first_is_read(config):
    (config.posts / "en").mkdir()
    (config.posts / "en" / "a.md").write_text("---\nlang: en\n---\nTwice.\n")
    paths, _ = read(config)
    (problem,) = posts_folder.posts(config.posts_folder)[1]
    assert paths == ["posts/a.en.md", "posts/de/b.md"]
    assert (problem.path, problem.line, problem.code) == ("posts/en/a.md", 2, "same-post-twice")


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"a\nb\xff\n", "not-utf8", 2),
        (b"---\na: [\n---\n", "front-matter", 3),
        (b"---\nhm: 1\n---\n", "front-matter-key", 2),
    ],
)
def test_what_is_wrong_with_a_post_is_told_with_its_line(config, content, code, line):
    (config.posts / "x.en.md").write_bytes(content)
    (problem,) = posts_folder.posts(config.posts_folder)[1]
    assert (problem.path, problem.code, problem.line) == ("posts/x.en.md", code, line)


def test_a_post_that_cannot_be_read_is_told_of(config, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(posts_folder.files, "read_post", refuse)
    assert {problem[1:] for problem in read(config)[1]} == {
        ("unreadable", "The post cannot be read: Permission denied.")
    }


def test_no_posts_at_all_are_told_of_by_the_folder_s_name(config, tmp_path):
    empty = replace(config.posts_folder, path=tmp_path / "elsewhere")
    assert [(problem.path, problem.code) for problem in posts_folder.posts(empty)[1]] == [
        ((tmp_path / "elsewhere").as_posix(), "no-posts")
    ]


def test_a_post_s_language_and_path_are_those_of_its_folder(config):
    folder = replace(config.posts_folder, languages=("xx",), default_language="xx", root=config.posts)
    posts, problems = posts_folder.posts(folder)
    assert [problem.path for problem in problems] == ["a.en.md"], "`en` is no language of this folder"
    assert [(post.path, post.language) for post in posts] == [("de/b.md", "xx")]


@pytest.mark.parametrize(
    "name", ["_posts/de/x-de.md", "_notes/x.de.markdown", "de/deep/x.MD", "x_de.mdx", "x/index.de.md"]
)
def test_every_folder_and_every_ending_of_markdown_is_read(config, name):
    path = config.posts / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT)
    posts, problems = posts_folder.posts(config.posts_folder)
    assert [(post.slug, post.language) for post in posts if post.slug == "x"] == [("x", "de")]
    assert problems == []


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("_drafts/x.md", TEXT, "which its author calls a draft"),
        ("x.md", "---\ndraft: true\n---\n", "which its author calls a draft"),
        ("x.md", "---\npublished: false\n---\n", "which its author calls a draft"),
        ("_x.md", TEXT, "a name that begins with `_` says so"),
        (
            "notes/_index.de.md",
            TEXT,
            "Hugo's `_index` describes a section, of which the site makes its own page",
        ),
        ("_includes/x.md", TEXT, "in Jekyll's folders for parts of pages"),
        ("x.rst", "x", "a file that ends in `.rst` is no Markdown"),
        ("x.ipynb", "{}", "a file that ends in `.ipynb` is no Markdown"),
    ],
)
def test_what_is_not_read_is_told_of_with_the_reason(config, name, text, reason):
    path = config.posts / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    paths, problems = read(config)
    assert paths == ["posts/a.en.md", "posts/de/b.md"]
    assert problems == [(f"posts/{name}", "post-left-out", f"1 text is left out, {reason}: `posts/{name}`.")]


@pytest.mark.parametrize(
    "name", ["x.png", "data.csv", "notes.txt", "_data/x.json", "helper.py", ".git/x.rst"]
)
def test_files_that_posts_use_are_not_told_of(config, name):
    path = config.posts / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    assert read(config)[1] == []


def test_drafts_are_told_of_once(config):
    for number in range(7):
        (config.posts / f"d{number}.en.md").write_text("---\ndraft: true\n---\n")
    ((path, _, message),) = read(config)[1]
    assert (
        path == "posts/d0.en.md" and message.startswith("7 texts are left out") and message.endswith("md` ….")
    )


def test_a_language_that_the_site_lacks_is_told_of_once(config):
    for name in ("x.ja.md", "y.ja.md", "z.ko.md"):
        (config.posts / name).write_text(TEXT)
    messages = [one[2] for one in read(config)[1]]
    assert [message.partition(";")[0] for message in messages] == [
        "The site has no language `ja`",
        "The site has no language `ko`",
    ]
    assert messages[0].endswith(" So are 1 more posts in it.") and "more posts" not in messages[1]


def test_an_alias_names_a_language_of_the_site(config):
    (config.posts / "x.hant.md").write_text(TEXT)
    (config.posts / "y.md").write_text("---\nlang: Hant\n---\n")
    folder = replace(config.posts_folder, languages=("en", "de", "zh-Hant"), aliases={"hant": "zh-Hant"})
    posts, problems = posts_folder.posts(folder)
    assert [(post.slug, post.language) for post in posts if post.slug in "xy"] == [
        ("x", "zh-Hant"),
        ("y", "zh-Hant"),
    ]
    assert problems == []


def test_of_two_posts_with_one_name_in_two_folders_a_slug_is_proposed(config):
    for folder in ("first", "_second"):
        (config.posts / folder).mkdir()
        (config.posts / folder / "intro.en.md").write_text(TEXT)
    (problem,) = posts_folder.posts(config.posts_folder)[1]
    assert problem.path == "posts/first/intro.en.md" and "`slug: first-intro`" in problem.hint


def test_a_post_that_is_as_it_was_is_not_read_anew(tmp_path, monkeypatch):
    (tmp_path / "posts").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"posts/{name}.en.md").write_text(f"# {name} {tmp_path}\n")
    where = posts_folder.PostsFolder(
        path=tmp_path / "posts", root=tmp_path, languages=("en", "de"), default_language="en"
    )
    before = {post.slug: post for post in posts_folder.posts(where)[0]}
    (tmp_path / "posts/b.en.md").write_text(f"# b, edited {tmp_path}\n")
    after = {post.slug: post for post in posts_folder.posts(where)[0]}
    assert after["a"] is before["a"]
    assert "edited" in after["b"].body and after["b"] is not before["b"]
