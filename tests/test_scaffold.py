"""A new site is in its reader's language from the first post on."""

import json

import pytest

from hexapla import scaffold
from hexapla.cli.main import main
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
