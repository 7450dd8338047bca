"""What is made of an article: its pages and what can be taken along, made again only where something changed."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

import examples
from examples import about
from hexapla.config.config import load
from hexapla.ledger.ledger import Ledger
from hexapla.render import article_files, write
from hexapla.render.outputs import FIGURES
from hexapla.storage.cache import Cache, of_site
from made_pages import pages


@pytest.fixture
def config(new_site):
    return load(new_site({"a.en.md": ""}, languages="en,de"))


def test_an_article_gives_a_page_a_language_with_what_can_be_taken_along(config):
    texts = pages(config)
    for language in ("en", "de"):
        folder = {name for name in texts if name.startswith(f"{language}/posts/a.")}
        assert folder == {f"{language}/posts/a.{suffix}" for suffix in ("md", "ipynb", "py")}
    assert f"{FIGURES}/{article_files.STYLE}" in texts


def test_an_article_without_programs_gives_nothing_to_run(config):
    prose = examples.article({"en": "Only prose."})
    names = article_files.article_files(config, [prose], {"a": Ledger()}, of_site(config.root))[0]
    assert "en/posts/a.md" in names and "en/posts/a.py" not in names


@pytest.fixture
def made(monkeypatch):
    """Return the languages of the pages that are made."""
    languages = []
    page_of = article_files._page

    def note(config, article, ledger, language, catalog):
        languages.append(language)
        return page_of(config, article, ledger, language, catalog)

    monkeypatch.setattr(article_files, "_page", note)
    return languages


def test_what_was_made_is_not_made_again(config, made):
    first = pages(config)
    assert pages(config) == first
    assert made == ["en", "de"]
    write.write_files(config, first)
    written = write.write_files(config, pages(config))
    assert (written.pages, written.changed, written.removed) == (len(first), 0, 0)


def test_another_output_makes_other_pages(config):
    write.write_files(config, pages(config))
    assert write.write_files(config, pages(config, "2\n")).changed == 4
    assert "2" in (config.docs / "de/posts/a.md").read_text()
    assert write.write_files(config, pages(config, "2\n")).changed == 0


def test_an_article_more_makes_the_others_again_only_where_they_tell_of_it(config, made):
    def texts(*tags: str) -> None:
        shown = []
        for slug, tag in zip("abc", tags, strict=False):
            one = examples.article({"en": f"# {slug}\n"})
            posts = {"en": replace(one.posts["en"], slug=slug, front_matter={"tags": [tag]})}
            shown.append(replace(one, slug=slug, posts=posts))
        ledgers = {one.slug: Ledger() for one in shown}
        article_files.article_files(config, shown, ledgers, of_site(config.root))

    texts("x")
    assert made == ["en", "de"]
    texts("x", "y")
    assert made == ["en", "de"] * 2
    texts("x", "y", "x")
    assert made == ["en", "de"] * 4  # the new one, and the one that is about the same


def test_another_setting_makes_the_pages_again(config, made):
    pages(config)
    pages(replace(config, keep_claims=True))
    assert made == ["en", "de"] * 2


def test_what_libraries_a_program_uses_is_not_asked_again_while_its_code_stays(tmp_path, monkeypatch):
    asked = []
    names = article_files.library_names
    monkeypatch.setattr(
        article_files, "library_names", lambda article: asked.append(article.slug) or names(article)
    )
    config = SimpleNamespace(fallback="page", codes=("en",))
    code = "import torch\ntorch.nn.Linear"
    articles = [about("a", code, en=["x"]), about("b", code, en=["y"]), about("c", "1", en=["z"])]

    def related():
        asked.clear()
        catalogs = article_files.catalogs_by_language(
            config, articles, Cache(folder=tmp_path, environment="")
        )
        return catalogs["en"].related["a"], asked

    assert related() == (("b",), ["a", "b", "c"])
    assert related() == (("b",), [])
    articles[1] = about("b", "2", en=["y"])
    assert related() == ((), ["b"])
