"""mkdocs.yml: what is read, and what is refused with a sentence."""

import os
import re
import subprocess
import sys

import pytest

from hexapla.config.config import floor, load
from hexapla.model.errors import ConfigError
from hexapla.model.problem import Problem, Severity
from hexapla.storage.cache import digest_of

BASE = """\
site_name: Test
plugins:
  - search
  - hexapla{options}
  - i18n:
      docs_structure: folder
      languages:
        - {{locale: de, name: Deutsch}}
        - {{locale: en, name: English, default: true}}
markdown_extensions:
  - toc: {{permalink: true, slugify: !!python/name:hexapla.slugs.slugify }}
  - attr_list
"""


def write(tmp_path, options=""):
    file = tmp_path / "mkdocs.yml"
    file.write_text(BASE.format(options=options))
    return file


@pytest.mark.parametrize("option", ["validator", "format"])
def test_markdown_exec_runs_blocks_as_a_plugin_and_as_what_makes_fences(tmp_path, monkeypatch, option):
    (tmp_path / "markdown_exec.py").write_text("def formatter(*_):\n    pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    file = write(tmp_path)
    assert not load(file).site_pages.execs
    plain = file.read_text()
    fence = f"{{name: python, class: python, {option}: !!python/name:markdown_exec.formatter }}"
    file.write_text(plain.replace("attr_list\n", f"pymdownx.superfences: {{custom_fences: [{fence}]}}\n"))
    assert load(file).site_pages.execs
    file.write_text(plain.replace("  - search\n", "  - search\n  - markdown-exec\n"))
    assert load(file).site_pages.execs


def test_defaults(tmp_path):
    config = load(write(tmp_path))
    assert config.codes == ("de", "en")
    assert config.default_language == "en"
    assert config.posts == tmp_path / "posts"
    assert config.settings.seed == 0
    assert config.extensions == ("toc", "tables", "fenced_code", "attr_list")
    assert config.extension_configs["toc"]["slugify"]("A b") == "a-b"


def test_options_are_read(tmp_path):
    options = (
        ":\n      execute: {seed: 7, timeout: 5}\n      severities: {claim-wrong: note}\n      sandbox: off"
    )
    config = load(write(tmp_path, options))
    assert (config.settings.seed, config.settings.timeout) == (7, 5)
    assert config.severities == {"claim-wrong": Severity.NOTE}
    assert config.options.sandbox == "off"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (":\n      post: x", "Did you mean `posts`?"),
        (":\n      posts: 3", "must be a folder's name"),
        (":\n      execute: {sed: 1}", "Did you mean `seed`?"),
        (":\n      execute: {seed: x}", "`execute: seed` must be a whole number, not 'x'"),
        (":\n      limits: 3", "`limits` must be a table"),
        (":\n      coverage: 2", "from 0 to 1"),
        (":\n      repairs: {titel: false}", "has no option `titel`"),
        (":\n      severities: {claim-wrogn: note}", "Did you mean `claim-wrong`?"),
        (":\n      severities: {claim-wrong: fatal}", "must be one of"),
        (": 3", "The options of `hexapla` must be a mapping"),
        (":\n      sandbox: never", "must be one of auto, require, off"),
        (":\n      colab: gh-pages", "`colab` needs `repo_url: https://github.com/OWNER/NAME`"),
        (":\n      colab: true", "`colab` must be text, not True"),
        (":\n      jobs: [", "not YAML"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, options, words):
    with pytest.raises(ConfigError, match=r"^mkdocs\.yml:[456]: ") as caught:
        load(write(tmp_path, options))
    assert words in str(caught.value)


def test_an_error_points_at_the_line_that_means_it(tmp_path):
    file = write(tmp_path, ":\n      posts: posts\n      execute:\n        timeout: 5\n        sed: 1")
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert (caught.value.path, caught.value.line) == ("mkdocs.yml", 8)


def test_an_error_in_what_is_inherited_names_that_file(tmp_path):
    write(tmp_path, ":\n      sandbox: never").rename(tmp_path / "base.yml")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: Child\n")
    with pytest.raises(ConfigError, match=r"^base\.yml:5: "):
        load(tmp_path / "mkdocs.yml")


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigError, match="hexapla new"):
        load(tmp_path / "mkdocs.yml")


def test_a_site_inherits(tmp_path):
    write(tmp_path)
    (tmp_path / "child.yml").write_text("INHERIT: mkdocs.yml\nsite_name: Child\n")
    config = load(tmp_path / "child.yml")
    assert (config.name, config.codes) == ("Child", ("de", "en"))


def test_the_same_settings_have_the_same_digest_in_every_process(new_site):
    file = new_site({"a.en.md": ""})
    file.write_text(
        file.read_text().replace(
            "      snippets: ",
            "      repairs: {jekyll: false, wrapped-post: false, chatter: false, glued-fence: false}\n      snippets: ",
        )
    )
    code = (
        "import sys, pathlib; from hexapla.config.config import load; from hexapla.storage.cache import digest_of; "
        "print(digest_of(load(pathlib.Path(sys.argv[1]))))"
    )
    environments = ({**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2", "3"))
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(file)], env=one, capture_output=True, text=True, check=True
        ).stdout
        for one in environments
    }
    assert len(digests) == 1
    file.write_text(file.read_text().replace("keep_claims: false", "keep_claims: true"))
    assert f"{digest_of(load(file))}\n" not in digests


def test_it_knows_which_modules_and_files_of_code_it_names(tmp_path):
    file = write(tmp_path)
    text = file.read_text().replace("attr_list\n", "own.extension: {f: [!!python/name:json.dumps ]}\n")
    file.write_text(f"{text}hooks: [hooks/a.py]\n")
    config = load(file)
    assert config.modules == ("toc", "tables", "fenced_code", "own.extension", "hexapla.model.slug", "json")
    assert config.hooks == (tmp_path / "hooks" / "a.py",)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (BASE.format(options=":\n      coverage: 0.5"), 0.5),
        (BASE.format(options=""), 0.0),
        ("plugins: [search]\n", 0.0),
        (BASE.format(options=":\n      coverage: high"), 0.0),
        ("a: [\n", 0.0),
        ("", 0.0),
    ],
    ids=["set", "not set", "no plugin", "not a number", "not YAML", "empty"],
)
def test_the_floor_of_an_older_text_is_read_as_far_as_it_has_one(tmp_path, text, share):
    assert floor(text, tmp_path / "mkdocs.yml") == share


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("docs_structure: folder", "docs_structure: suffix", "needs `docs_structure: folder`"),
        ("locale: de", "locale: no", "no `locale:` that is text, but False"),
        (
            "locale: de",
            "locale: pcm",
            "mkdocs.yml:7: The i18n plugin (mkdocs-static-i18n) builds no language `pcm`",
        ),
        ("languages:", "others:", "names no languages"),
        ("  - hexapla\n", "", "`hexapla` is not listed"),
        ("  - i18n:", "  - other:", "`i18n` (mkdocs-static-i18n) is not listed"),
    ],
)
def test_what_a_site_needs_is_asked_for(tmp_path, before, after, words):
    file = write(tmp_path)
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))
    with pytest.raises(ConfigError, match=re.escape(words)):
        load(file)


def test_a_problem_has_the_severity_of_mkdocs_yml_or_ours(tmp_path):
    config = load(write(tmp_path, ":\n      severities: {claim-wrong: note, unclosed-fence: warning}"))
    ours = load(write(tmp_path))

    def problem(code):
        return Problem(path="a.md", line=1, code=code, message="It is wrong.", severity=Severity.WARNING)

    assert config.weighed(problem("claim-wrong")).severity is Severity.NOTE
    assert ours.weighed(problem("claim-wrong")) == problem("claim-wrong")
    assert ours.weighed(problem("unclosed-fence")).severity is Severity.ERROR
    assert config.weighed(problem("unclosed-fence")).severity is Severity.WARNING


@pytest.mark.parametrize(("plugin", "templated"), [("search", False), ("macros", True), ("macros: {}", True)])
def test_it_knows_who_fills_in_templates(new_site, plugin, templated):
    file = new_site({})
    file.write_text(file.read_text().replace("  - search\n", f"  - {plugin}\n"))
    assert load(file).templated is templated


ONLY_PAGES = "site_name: A\nplugins:\n  - search\n  - hexapla:\n      pages: docs/*.md\n"


@pytest.mark.parametrize(
    ("more", "languages", "structure", "posts"),
    [
        ("", ("en",), "", False),
        ("theme: readthedocs\n", ("en",), "", False),
        ("theme: {name: material, language: pt_BR}\n", ("pt-BR",), "", False),
        ("theme: {name: mkdocs, locale: fr}\n", ("fr",), "", False),
        (
            "  - i18n: {docs_structure: folder, languages: [{locale: de}, {locale: en}]}\n",
            ("de", "en"),
            "folder",
            False,
        ),
        (
            "      posts: posts\n  - i18n: {docs_structure: folder, languages: [{locale: de}]}\n",
            ("de",),
            "folder",
            True,
        ),
        ("  - i18n: {languages: [{locale: de}, {locale: null, fixed_link: x}]}\n", ("de",), "suffix", False),
    ],
)
def test_a_site_that_runs_its_own_pages_needs_no_posts_and_no_plugin_for_languages(
    tmp_path, more, languages, structure, posts
):
    (tmp_path / "mkdocs.yml").write_text(ONLY_PAGES + more)
    (tmp_path / "posts").mkdir()
    config = load(tmp_path / "mkdocs.yml")
    assert (config.codes, config.structure, config.publishes_posts) == (languages, structure, posts)
    assert config.site_pages.patterns == ("docs/*.md",)
    assert config.site_pages.places == {"docs/*.md": ("mkdocs.yml", 5)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ONLY_PAGES.replace("docs/*.md", "[3]"), "mkdocs.yml:5: `pages` must be a list of patterns"),
        (ONLY_PAGES.replace("pages: docs/*.md", "coverage: 0"), "mkdocs.yml:2: The plugin `i18n` (mkdocs-static-i18n) is not listed"),
        (f"{ONLY_PAGES}      posts: texts\n", "names the languages that posts are in"),
        (f"{ONLY_PAGES}      posts: texts\n  - i18n: {{languages: [{{locale: de}}]}}\n", "needs `docs_structure: folder`"),
    ],
)  # fmt: skip
def test_what_is_missing_for_posts_is_said(tmp_path, text, words):
    (tmp_path / "mkdocs.yml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "mkdocs.yml")
    assert words in str(caught.value)
