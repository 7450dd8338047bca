"""A new site is in its reader's language from the first post on."""

import json
from importlib import metadata

import pytest
import yaml

from hexapla import scaffold
from hexapla.cli.main import main
from hexapla.config.config import load
from hexapla.model.errors import ConfigError
from hexapla.render.labels import label_section, languages_with_words


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        ("en,de", "Type no outputs"),
        ("de,en", "Ausgaben schreibst du nicht selbst"),
        ("hi,en", "आउटपुट ख़ुद न लिखें"),
        ("ar", "لا تكتب المخرجات"),
        ("zh-Hant,en", "不要手動輸入"),
        ("pt-BR,pt-PT", "registradas"),
        ("pt-PT", "registadas"),
        ("sw,en", "Type no outputs"),
    ],
)
def test_the_example_is_in_the_default_language(tmp_path, languages, words):
    codes = languages.split(",")
    scaffold.make_site(tmp_path / "site", codes, "A site")
    (post,) = (tmp_path / "site" / "posts").iterdir()
    assert post.name == f"hello.{codes[0]}.md"
    text = post.read_text(encoding="utf-8")
    assert words in text and f"lang: {codes[0]}\n" in text
    assert f'title: "{label_section("example", codes[0])["title"]}"' in text


def test_the_example_is_a_post_without_problems_in_every_language(tmp_path, capsys):
    """Each is the same program, so that whoever adds a language has a translation to begin with."""
    languages = languages_with_words()
    scaffold.make_site(tmp_path / "site", list(languages), "A site")
    folder = tmp_path / "site" / "posts"
    for language in languages[1:]:
        scaffold.make_site(tmp_path / language, [language], "A site")
        (tmp_path / language / "posts" / f"hello.{language}.md").rename(folder / f"hello.{language}.md")
    status = main(["check", "--format", "json", "-f", str(tmp_path / "site" / "mkdocs.yml")])
    found = json.loads(capsys.readouterr().out)["problems"]
    assert status == 1 and [one["code"] for one in found] == ["stale-output"]


@pytest.mark.parametrize("languages", [["en", "de", "en"], []])
def test_each_language_is_named_once(tmp_path, languages):
    with pytest.raises(ConfigError, match="once"):
        scaffold.make_site(tmp_path / "site", languages)
    assert not (tmp_path / "site").exists()


def new(folder, capsys):
    status = main(["new", str(folder)])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def test_a_folder_that_holds_other_files_gets_a_site_beside_them(tmp_path, capsys):
    (tmp_path / "README.md").write_text("mine\n")
    (tmp_path / ".gitignore").write_bytes(b"*.pyc\r\n/site/\r\nl\xe4st")
    status, said = new(tmp_path, capsys)
    assert (
        status == 0
        and "What was in the folder is as it was, but for the lines added to `.gitignore`." in said
    )
    assert (tmp_path / "README.md").read_text() == "mine\n"
    ignored = (tmp_path / ".gitignore").read_bytes()
    assert (
        ignored.startswith(b"*.pyc\r\n/site/\r\nl\xe4st\r\n/.hexapla/\r\n") and ignored.count(b"/site/") == 1
    )
    assert main(["check", "-f", str(tmp_path)]) == 1


@pytest.mark.parametrize(("posts", "fallback"), [(2, "redirect"), (1, "page")])
def test_a_site_of_very_many_posts_begins_with_light_fallback_pages(
    tmp_path, capsys, monkeypatch, posts, fallback
):
    monkeypatch.setattr(scaffold, "MANY", 1)
    (tmp_path / "posts").mkdir()
    for number in range(posts):
        (tmp_path / "posts" / f"p{number}.en.md").write_text("# A\n")
    assert main(["new", str(tmp_path), "--languages", "en,de"]) == 0
    assert load(tmp_path / "mkdocs.yml").fallback == fallback
    assert ("`fallback: redirect` in mkdocs.yml" in capsys.readouterr().out) is (fallback == "redirect")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\u0928\u094d\u200d \u4e2d", "\u0928\u094d\u200d \u4e2d"),
        ('A "site"', "A 'site'"),
        ("C:\\new\\", "C:\\new\\"),
        ("a\x1b]0;b\x07\nplugins: [x]", "a\\x1b]0;b\\x07\\nplugins: [x]"),
        ("a\x85\u2028b", "a\\x85\\u2028b"),
    ],
)
def test_a_site_is_named_as_it_can_be(tmp_path, name, shown):
    scaffold.make_site(tmp_path, ["en"], name)
    assert load(tmp_path / "mkdocs.yml").name == shown
    head = (tmp_path / "docs/en/index.md").read_text().split("---")[1]
    assert yaml.safe_load(head)["title"] == shown


def test_of_what_would_be_written_over_each_file_is_named_and_nothing_is_written(tmp_path, capsys):
    for name in ("mkdocs.yml", "requirements.txt"):
        (tmp_path / name).write_text("mine\n")
    status, said = new(tmp_path, capsys)
    assert status == 2 and "`mkdocs.yml`, `requirements.txt` would be written over" in said
    assert "hexapla init" in said and len(list(tmp_path.iterdir())) == 2


ORIGINS = {
    "a repository": ({"url": "https://e.org/h.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}, " @ git+https://e.org/h.git@abc"),
    "an archive with a digest": (
        {"url": "https://e.org/h-1-py3-none-any.whl", "archive_info": {"hash": "sha256=ab", "hashes": {"sha256": "ab"}}},
        " @ https://e.org/h-1-py3-none-any.whl#sha256=ab",
    ),
    "an archive with a digest as it was written before": (
        {"url": "https://e.org/h.zip", "archive_info": {"hash": "sha256=ab"}}, " @ https://e.org/h.zip#sha256=ab",
    ),
    "an archive": ({"url": "https://e.org/h.zip", "archive_info": {}}, " @ https://e.org/h.zip"),
    "a wheel on this machine": ({"url": "file:///tmp/h-1-py3-none-any.whl", "archive_info": {}}, f"=={metadata.version('hexapla')}"),
    "an index": ({}, ""),
}  # fmt: skip


@pytest.mark.parametrize(("origin", "wanted"), ORIGINS.values(), ids=ORIGINS)
def test_requirements_name_where_hexapla_came_from(monkeypatch, origin, wanted):
    class Distribution:
        version = metadata.version("hexapla")

        def read_text(self, name):
            return json.dumps(origin) if origin and name == "direct_url.json" else None

    monkeypatch.setattr(scaffold.metadata, "distribution", lambda name: Distribution())
    (line,) = (line for line in scaffold._requirements().splitlines() if line.startswith("hexapla"))
    assert line.removeprefix("hexapla").removeprefix("[site]") == wanted
    assert ("# Name the place" in scaffold._requirements()) == (" @ " not in wanted)
