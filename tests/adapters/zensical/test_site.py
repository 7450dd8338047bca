"""Zensical makes the site that mkdocs makes: every content the same, and around it what readers need."""

import importlib.util
import re
import shutil

import pytest
from selectolax.lexbor import LexborHTMLParser

import reader
from building import once
from hexapla.cli.main import main
from serving import serving

BESIDE = ".hexapla-mending, #__skip, .md-source-file, .md-content__button"


@pytest.fixture(scope="module")
def made(tmp_path_factory, read_site):
    """Return the small site in five scripts as mkdocs made it, and as Zensical did of the same posts."""

    def build(folder):
        shutil.copytree(read_site[0].parent, folder, ignore=shutil.ignore_patterns("site", ".hexapla"))
        assert main(["build", "--engine", "zensical", "-f", str(folder / "mkdocs.yml")]) == 0
        return folder / "site"

    return read_site[0], once(tmp_path_factory, "zensical", build)


def files(folder, pattern):
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}


def content(path) -> str:
    said = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("article")
    for node in said.css(BESIDE) if said else ():
        node.decompose()
    return re.sub(r">\s+<", "><", said.html).replace("\n", "").strip() if said else ""


@pytest.mark.slow
def test_every_page_is_there_with_the_same_content(made):
    mkdocs, zensical = made
    names = files(mkdocs, "*.html")
    assert names == files(zensical, "*.html")
    assert "ar/posts/loss/index.html" in names
    pages = names - {name for name in names if name.endswith("404.html")}
    assert [name for name in sorted(pages) if content(mkdocs / name) != content(zensical / name)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["sitemap.xml", "llms.txt", "feed.xml", "ar/feed.xml", "hi/posts/loss.md", "ar/posts/loss.ipynb"]
)
def test_what_a_site_has_besides_pages_is_the_same(made, name):
    here, there = ((folder / name).read_text(encoding="utf-8") for folder in made)
    # Templates put other blanks around a content.
    assert re.sub(r"\s+(?=&lt;)", "", there) == re.sub(r"\s+(?=&lt;)", "", here)


@pytest.mark.slow
def test_a_page_tells_of_its_versions_and_leads_to_them(made):
    tree = LexborHTMLParser((made[1] / "hi/posts/loss/index.html").read_text(encoding="utf-8"))
    assert tree.css_first("html").attributes["lang"] == "hi"
    alternates = {node.attributes["hreflang"]: node.attributes["href"] for node in tree.css("link[hreflang]")}
    assert alternates["ar"] == f"{reader.SITE_URL}ar/posts/loss/"
    assert set(alternates) == {*reader.LANGUAGES, "x-default"}
    leads = {node.attributes["hreflang"]: node.attributes["href"] for node in tree.css("a.md-select__link")}
    assert leads["zh"] == "../../../zh/posts/loss/" and leads["en"] == "../../../posts/loss/"
    assert tree.css_first("link[rel=canonical]").attributes["href"] == f"{reader.SITE_URL}hi/posts/loss/"
    assert "zensical" in tree.css_first("meta[name=generator]").attributes["content"]


@pytest.mark.slow
def test_each_language_has_its_page_for_wrong_addresses_and_its_search(made):
    for language in ("", "de/", "ar/"):
        assert "<h1" in content(made[1] / language / "404.html")
        assert "loss" in (made[1] / language / "search.json").read_text(encoding="utf-8")
    assert "دالة" in (made[1] / "ar/search.json").read_text(encoding="utf-8")
    assert "دالة" not in (made[1] / "search.json").read_text(encoding="utf-8")


@pytest.mark.browser
def test_nothing_is_kept_from_a_page_and_its_search_finds(made, chromium):
    with serving(made[1]) as served:
        page = chromium.new_context().new_page()
        said = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{served.address}ar/posts/loss/")
        page.locator(".md-search__button").click()
        page.keyboard.type("الخسارة")
        page.locator("a mark", has_text="الخسارة").first.wait_for()
        assert page.evaluate("document.documentElement.lang") == "ar"
        assert said == []


ONE = "---\ntitle: One\nlang: en\n---\n\n# One\n\nWords.\n"


@pytest.mark.slow
def test_what_is_warned_of_fails_a_strict_build_and_a_failed_build_keeps_the_site(new_site, capfd):
    file = new_site({"one.en.md": ONE}, languages="en,de")
    kept = file.parent / "site/index.html"
    kept.parent.mkdir()
    kept.write_text("as it was")
    (file.parent / "docs/en/index.md").write_text("# Home\n\n[nowhere](nowhere.md)\n")
    assert main(["build", "--engine", "zensical", "--strict", "-f", str(file)]) == 2
    assert "nowhere.md" in capfd.readouterr().err
    (file.parent / "overrides").mkdir()
    (file.parent / "overrides/main.html").write_text("{% extends 'base.html' %}{{ nothing_of_theirs() }}")
    text = file.read_text()
    file.write_text(text.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n"))
    assert main(["build", "--engine", "zensical", "-f", str(file)]) == 2
    assert "nothing_of_theirs" in capfd.readouterr().err
    assert not (file.parent / ".hexapla/zensical").exists()


def test_who_lacks_zensical_is_told_how_to_get_it(new_site, capsys, monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "zensical" else found(name, *more)
    )
    file = new_site({"one.en.md": ONE}, languages="en,de")
    assert main(["build", "--engine", "zensical", "-f", str(file)]) == 2
    assert "pip install 'hexapla[zensical]'" in capsys.readouterr().err
    assert not (file.parent / "docs/en/posts").exists()
