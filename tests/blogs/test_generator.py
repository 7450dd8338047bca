"""What the configuration of an old blog says."""

import json

import pytest

from hexapla.blogs.generator import HUGO, JEKYLL, PELICAN, PLAIN, ZOLA, read_generator, usual_tag
from hexapla.model.errors import ConfigError


def made(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return read_generator(folder)


def test_jekyll_s_configuration(tmp_path):
    text = "title: Old\nurl: https://a.example\nbaseurl: /blog/\npermalink: pretty\nlanguages: [en, pt-br]\ndefault_lang: en\nexclude: [tools/]\n"
    read = made(tmp_path, {"_config.yml": text + "collections: {notes: {permalink: '/n/:title/'}}\n"})
    assert (read.kind, read.title, read.address, read.base) == (
        JEKYLL,
        "Old",
        "https://a.example/blog",
        "/blog",
    )
    assert (read.languages, read.default_language) == (("en", "pt-BR"), "en")
    assert (
        read.permalinks["posts"] == "/:categories/:year/:month/:day/:title/"
        and read.permalinks["notes"] == "/n/:title/"
    )
    assert "tools" in read.excluded


@pytest.mark.parametrize(
    "files",
    [
        {
            "hugo.toml": 'title = "Old"\nbaseURL = "https://a.example/b/"\ndefaultContentLanguage = "de"\n[languages.de]\ncontentDir = "content/german"\n[languages.en]\n'
        },
        {
            "config.yaml": "title: Old\nbaseURL: https://a.example/b/\ndefaultContentLanguage: de\nlanguages: {de: {contentDir: content/german}, en: {}}\n",
            "content/a.md": "",
        },
        {
            "config.json": json.dumps(
                {
                    "title": "Old",
                    "baseurl": "https://a.example/b/",
                    "DefaultContentLanguage": "de",
                    "languages": {"de": {"contentDir": "content/german"}, "en": {}},
                }
            ),
            "archetypes/x.md": "",
        },
        {
            "config/_default/hugo.toml": 'title = "Old"\nbaseURL = "https://a.example/b/"\ndefaultContentLanguage = "de"\n',
            "config/_default/languages.toml": '[de]\ncontentDir = "content/german"\n[en]\nweight = 2\n',
        },
        {
            "config/_default/config.yml": "title: Old\nbaseURL: https://a.example/b/\ndefaultContentLanguage: de\n",
            "config/_default/languages.de.yml": "contentDir: content/german\n",
            "config/_default/languages.en.yml": "weight: 2\n",
        },
    ],
)
def test_hugo_s_configuration_in_each_of_its_forms(tmp_path, files):
    read = made(tmp_path, files)
    assert (read.kind, read.title, read.base) == (HUGO, "Old", "/b")
    assert (set(read.languages), read.default_language) == ({"de", "en"}, "de")
    assert read.folders == {"content/german": "de"}


@pytest.mark.parametrize(
    ("languages", "folders"),
    [
        ("[languages.en]\n", {"content/en": "en", "content/ko": "ko"}),
        ("[languages.en]\n[languages.fr]\n", {"content/en": "", "content/ko": "ko"}),
    ],
)
def test_a_language_of_hugo_s_without_a_folder_has_that_of_the_site(tmp_path, languages, folders):
    settings = f'contentDir = "content/en/"\n{languages}[languages.ko]\ncontentDir = "content/ko"\n'
    assert made(tmp_path, {"hugo.toml": settings}).folders == folders


def test_zola_s_configuration_is_not_hugo_s(tmp_path):
    text = 'base_url = "https://a.example/b"\ntitle = "Old"\ndefault_language = "fr"\n[languages.pt_br]\n[languages.fr]\n'
    read = made(tmp_path, {"config.toml": text, "content/a.md": "x"})
    assert (read.kind, read.title, read.base) == (ZOLA, "Old", "/b")
    assert (read.languages, read.default_language) == (("fr", "pt-BR"), "fr")
    assert read.folders == {"content": ""}


def test_pelican_s_settings_are_read_and_not_run(tmp_path):
    settings = (
        "import os\nos.mkdir('ran')\nSITENAME = 'Old'\nSITEURL = ''\nPATH = './posts'\nDEFAULT_LANG = 'de'\n"
        "THEME = os.environ['x']\nARTICLE_URL = '{date:%Y}/{date:%m}/{slug}/'\nSTATIC_PATHS = ['images', 'pdfs']\n"
    )
    read = made(tmp_path, {"pelicanconf.py": settings, "publishconf.py": "SITEURL = 'https://a.example'\n"})
    assert (read.kind, read.title, read.address, read.default_language) == (
        PELICAN,
        "Old",
        "https://a.example",
        "de",
    )
    assert read.folders == {"posts": ""} and read.static == ("posts", "posts/images", "posts/pdfs", "")
    assert read.permalinks == {"articles": "/:year/:month/:slug/", "pages": "/pages/:slug.html"}
    assert not (tmp_path / "ran").exists()


def test_pelican_s_settings_may_say_nothing(tmp_path):
    read = made(tmp_path, {"pelicanconf.py": "from other import *\n", "content/a.md": "x"})
    assert (read.folders, read.permalinks["articles"]) == ({"content": ""}, "/:slug.html")


@pytest.mark.parametrize(
    "files", [{"a.md": "x"}, {"config.toml": "x = 1\n", "a.md": "x"}, {"mkdocs.yml": "site_name: x\n"}]
)
def test_what_is_nobody_s_is_plain(tmp_path, files):
    assert made(tmp_path, files).kind == PLAIN


def test_a_blog_in_a_folder_of_the_repository_is_found(tmp_path):
    read = made(tmp_path, {"README.md": "x", "site/_config.yml": "title: Old\n"})
    assert (read.kind, read.root) == (JEKYLL, tmp_path / "site")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_config.yml", "a: ["),
        ("hugo.toml", "a = "),
        ("_config.yml", "\xff"),
        ("pelicanconf.py", "a = ("),
        ("pelicanconf.py", f"a = {'-' * 100_000}1"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_told_of(tmp_path, name, text):
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"configuration cannot be read: [^.]"):
        read_generator(tmp_path)


@pytest.mark.parametrize(
    ("tag", "usual"), [("zh_cn", "zh-CN"), ("ZH-HANT", "zh-Hant"), ("de_DE.UTF-8", "de-DE"), ("en", "en")]
)
def test_tags_are_written_as_usual(tag, usual):
    assert usual_tag(tag) == usual
