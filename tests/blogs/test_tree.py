"""Which files of an old blog become posts, in which languages, and why the others do not."""

import os
from pathlib import Path, PurePosixPath

import pytest

from hexapla.blogs.generator import read_generator
from hexapla.blogs.tree import OldPost, _tags_of_versions, survey

JEKYLL = {"_config.yml": "title: Old\nexclude: [tools]\n"}
HUGO = {"hugo.toml": 'title = "Old"\n'}


def look(folder, files, **given):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return survey(read_generator(folder), **given)


def taken(tree):
    return sorted(post.place.as_posix() for post in tree.posts)


def test_all_folders_of_jekyll_s_are_taken(tmp_path):
    names = (
        "_posts/2024-01-02-a.md",
        "_notes/b.markdown",
        "notes/c.md",
        "about.md",
        "deep/_posts/2024-01-02-d.md",
    )
    assert taken(look(tmp_path, JEKYLL | dict.fromkeys(names, "Text.\n"))) == sorted(names)


def test_hugo_s_content_alone_is_taken_and_its_folders_say_the_language(tmp_path):
    settings = 'defaultContentLanguage = "en"\n[languages.en]\ncontentDir = "content/en"\n[languages.de]\ncontentDir = "content/de"\n'
    tree = look(
        tmp_path,
        {"hugo.toml": settings, "content/en/posts/a.md": "x", "content/de/posts/a.md": "x", "docs/b.md": "x"},
    )
    assert [(post.place, post.language) for post in tree.posts] == [
        (PurePosixPath("posts/a.md"), "de"),
        (PurePosixPath("posts/a.md"), "en"),
    ]
    assert tree.languages == ("en", "de")


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("_drafts/a.md", "x", "drafts: `--drafts` takes them along"),
        ("_posts/2024-01-02-a.md", "---\npublished: false\n---\nx", "drafts: `--drafts` takes them along"),
        ("README.md", "x", "about the repository, not posts"),
        ("README.de.md", "x", "about the repository, not posts"),
        ("LICENSE.md", "x", "about the repository, not posts"),
        ("index.md", "x", "lists and pages that the site makes itself"),
        ("404.md", "x", "lists and pages that the site makes itself"),
        ("archive.md", "---\nlayout: archive\n---\n", "lists and pages that the site makes itself"),
        ("old.md", "---\nredirect_to: /new/\n---\nx", "pages that only lead elsewhere"),
        ("_includes/a.md", "x", "the old generator's own, or excluded by its configuration"),
        ("tools/a.md", "x", "the old generator's own, or excluded by its configuration"),
        (".github/a.md", "x", "hidden"),
        ("_posts/2024-01-02-a.md", b"\xff", "not UTF-8, or not to be read"),
        ("a.rst", "x", "texts that are no Markdown"),
        ("index.html", "x", "the old site's design and settings"),
        ("images/a.png", "x", "shown by no post"),
    ],
)
def test_what_is_left_out_has_its_reason(tmp_path, name, text, reason):
    tree = look(tmp_path, JEKYLL | {name: text})
    assert tree.posts == []
    assert tree.left_out[reason][-1] == tmp_path / name


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_nobody_waits_for_a_pipe(tmp_path):
    look(tmp_path, JEKYLL)
    (tmp_path / "_posts").mkdir()
    os.mkfifo(tmp_path / "_posts" / "2024-01-02-pipe.md")
    tree = look(tmp_path, {})
    assert tree.left_out["devices, pipes and sockets"] == [tmp_path / "_posts" / "2024-01-02-pipe.md"]


def test_drafts_are_taken_on_request(tmp_path):
    assert taken(look(tmp_path, JEKYLL | {"_drafts/a.md": "x"}, drafts=True)) == ["_drafts/a.md"]


def test_every_file_is_accounted_for(tmp_path):
    files = JEKYLL | {
        "_posts/2024-01-02-a.md": "x",
        "a.png": "x",
        "b/c/d.txt": "x",
        "_drafts/e.md": "x",
        ".f": "x",
        "Gemfile": "x",
    }
    tree = look(tmp_path, files)
    assert len(tree.posts) + sum(map(len, tree.left_out.values())) == len(files)


@pytest.mark.parametrize(
    ("files", "languages"),
    [
        ({"a.md": "x", "a.de.md": "x"}, ("en", "de")),
        ({"a.md": "x", "a-de.md": "x"}, ("en", "de")),
        ({"a.md": "x", "a_de.md": "x"}, ("en", "de")),
        ({"a.md": "x", "de/a.md": "x"}, ("en", "de")),
        ({"en/a.md": "x", "de/a.md": "x"}, ("en", "de")),
        ({"a.md": "x", "translations/zh_TW/a.md": "x", "translations/fr/a.md": "x"}, ("en", "fr", "zh-TW")),
        ({"a.md": "---\nlang: hant\n---\n文", "b.md": "---\nlang: en\n---\nx"}, ("en", "zh-Hant")),
        ({"a.md": "---\nlocale: de_DE\n---\nx", "b.md": "x"}, ("en", "de-DE")),
        (
            {
                "README.md": "x",
                "translations/ru-russian/README.md": "x",
                "translations/german/README.md": "x",
            },
            ("en", "de", "ru"),
        ),
        # Nothing names the default one: that of what lies in no language's folder, then of most.
        (
            {
                "ar/a.md": "---\nlang: ar\n---\nx",
                "ar/README.md": "x",
                "zh-hans/a.md": "---\nlang: zh-hans\n---\nx",
                "b.md": "---\nlang: en\n---\nx",
            },
            ("en", "ar", "zh-Hans"),
        ),
        (
            {
                "ar/a.md": "---\nlang: ar\n---\nx",
                "en/a.md": "---\nlang: en\n---\nx",
                "en/b.md": "---\nlang: en\n---\nx",
            },
            ("en", "ar"),
        ),
        # What only looks like a language.
        ({"sqlite.md": "x", "numpy.is.md": "x", "made-in-it.md": "x"}, ("en",)),
        ({"sqlite.md": "x", "sqlite-vec.md": "x"}, ("en",)),
        ({"it/a.md": "x", "ml/b.md": "x"}, ("en",)),
        # The letters tell.
        ({"a.md": "张量是多维数组，可以在显卡上计算。"}, ("zh",)),
        ({"a.md": "テンソルは多次元の配列です。"}, ("ja",)),
        ({"a.md": "Тензор это массив."}, ("ru",)),
        ({"a.md": "टेन्सर एक सरणी है।"}, ("hi",)),
    ],
)
def test_languages_are_what_configuration_names_and_texts_say(tmp_path, files, languages):
    assert look(tmp_path, files).languages == languages


def test_a_language_of_few_translations_among_hundreds_of_posts_is_one():
    files = {f"a{number}.md": "x" for number in range(400)}
    few = {"ca/a1.md": "x", "ca/a2.md": "x", "a1-tg.md": "x", "is/a3.md": "x", "is/b.md": "x", "is/c.md": "x"}
    posts = [
        OldPost(file=Path(name), place=PurePosixPath(name), text=text) for name, text in (files | few).items()
    ]
    assert list(_tags_of_versions(posts)) == ["ca"]


def test_the_owner_decides_about_languages(tmp_path):
    assert look(tmp_path, {"a.md": "x", "a.de.md": "x"}, languages=["fr", "de"]).languages == ("fr", "de")


def test_languages_that_the_builder_makes_no_pages_for_are_left_out_and_told(tmp_path):
    said = "---\nlang: {}\n---\nx"
    tree = look(
        tmp_path, {"a.md": said.format("en"), "pcm/a.md": said.format("pcm"), "de/a.md": said.format("de")}
    )
    assert tree.languages == ("en", "de") and taken(tree) == ["a.md", "de/a.md"]
    assert [len(left) for reason, left in tree.left_out.items() if "three letters" in reason] == [1]
