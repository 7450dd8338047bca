"""The adapter is thin, and alone with mkdocs' insides; sites with templates of their own keep what hexapla gives."""

import ast
import json
import logging
import sys
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

import hexapla
from hexapla.publish import finish
from hexapla.publish.search import MISSING, pagefind

ROOT = Path(hexapla.__file__).parent
ADAPTER = ROOT / "adapters" / "mkdocs"
EN = '---\ntitle: One\ndate: 2026-01-01\ndescription: Of "one" & <two>\n---\n\nWords, $x^2$.\n\n```python\n1 + 1\n```\n\n{}'
MINE = '{% extends "base.html" %}{% block extrahead %}<meta name="mine"><script>mine()</script>{% endblock %}'


def imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


def test_nobody_else_knows_mkdocs():
    others = [path for path in ROOT.rglob("*.py") if not path.is_relative_to(ADAPTER)]
    knowing = {path.name: name for path in others for name in imports(path) if name.split(".")[0] == "mkdocs"}
    assert others and knowing == {}


def test_the_plugin_is_thin():
    assert len((ADAPTER / "plugin.py").read_text(encoding="utf-8").splitlines()) <= 120


@pytest.fixture
def built(new_site, monkeypatch):
    """Return what builds a site of one post in two languages in this process."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")

    def build_site(
        *, old: str = "", new: str = "", templates: dict[str, str] | None = None, more: str = ""
    ) -> Path:
        posts = {"one.en.md": EN.format(more), "one.de.md": EN.replace("One", "Eins").format(more)}
        file = new_site(posts, languages="en,de")
        text = file.read_text()
        assert old in text
        text = text.replace(old, new) if old else text
        for name, template in (templates or {}).items():
            path = file.parent / "overrides" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(template)
        if templates:
            text = text.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n")
        file.write_text(f"site_url: https://site.example/\n{text}")
        build(load_config(str(file)))
        return file.parent / "site"

    return build_site


def expect_all(site: Path) -> str:
    """Assert that a page of the site has all that templates give, and return the page."""
    page = (site / "de/posts/one/index.html").read_text()
    assert '<link rel="canonical" href="https://site.example/de/posts/one/">' in page
    assert '<link rel="alternate" href="https://site.example/posts/one/" hreflang="x-default">' in page
    assert '<meta property="og:title" content="Eins">' in page
    assert '<meta name="description" content="Of &#34;one&#34; &amp; &lt;two&gt;">' in page
    assert 'hreflang="de" lang="de" aria-current="true" class="md-select__link">' in page
    assert 'data-index="de/"' in page and "<math" in page
    assert "Content-Security-Policy" in page
    assert "Seite nicht gefunden" in (site / "de/404.html").read_text()
    assert (site / "de/search/search_index.json").is_file()
    assert (site / "assets/hexapla/hexapla.js").is_file()
    assert (site / "assets/hexapla/fonts/math.css").is_file()
    return page


def test_a_theme_that_nobody_tested_loses_nothing_and_is_told_of(built, monkeypatch, caplog):
    monkeypatch.setitem(finish.TESTED, "mkdocs-material", "8.")
    with caplog.at_level(logging.INFO, "mkdocs"):
        site = built()
    expect_all(site)
    told = [record.getMessage() for record in caplog.records if "mkdocs-material" in record.getMessage()]
    assert len(told) == 1 and told[0].startswith("mkdocs-material is 9.")


def test_templates_of_a_site_s_own_win_and_lose_nothing(built):
    page = expect_all(built(templates={"main.html": MINE, "partials/copyright.html": "My rights"}))
    assert '<meta name="mine"><script>mine()</script>' in page and "My rights" in page
    # Its own inline script runs: a template is not a post.
    policy = page.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert policy.count("'sha256-") == 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setting", "policy"),
    [
        ("true", "default-src 'self'; script-src 'nonce-"),
        ("false", ""),
        ('"script-src {scripts} https://a.example"', "script-src 'sha256-"),
        ("\"default-src 'none'\"", "default-src 'none'\">"),
    ],
)
def test_a_site_sets_its_policy_itself(built, setting, policy):
    site = built(
        old="keep_claims: false",
        new=f"content_security_policy: {setting}\n      keep_claims: false",
        more="<script>theirs()</script>",
    )
    page = (site / "de/posts/one/index.html").read_text()
    told = page.partition('Content-Security-Policy" content="')[2]
    assert told.startswith(policy) and bool(told) == bool(policy)
    assert "{scripts}" not in page and "{loaded}" not in page


@pytest.fixture
def without_pagefind(monkeypatch):
    """Have the machine be one for which there is no program that makes indexes."""
    monkeypatch.setenv("PATH", "")
    for module in ("pagefind_bin_extended", "pagefind_bin"):
        monkeypatch.setitem(sys.modules, module, None)
    pagefind.cache_clear()
    yield
    pagefind.cache_clear()


def test_without_a_program_for_indexes_the_search_is_the_themes_own(without_pagefind, built, caplog):
    with caplog.at_level(logging.INFO, "mkdocs"):
        site = built()
    assert [record.getMessage() for record in caplog.records].count(MISSING) == 1
    docs = json.loads((site / "search/search_index.json").read_text())["docs"]
    assert {"posts/one/", "de/posts/one/"} <= {entry["location"] for entry in docs}
    page = (site / "de/posts/one/index.html").read_text()
    assert "data-index" not in page and "assets/hexapla/hexapla.js" in page
    assert not list(site.rglob("*.pf_*"))


def test_what_mkdocs_yml_loads_from_elsewhere_may_come(built):
    site = built(old="font: false", new="font: {text: Roboto, code: Roboto Mono}")
    page = (site / "posts/one/index.html").read_text()
    assert "font-src 'self' https://fonts.gstatic.com" in page
    assert "style-src 'self' 'sha256-" in page and "https://fonts.googleapis.com;" in page
