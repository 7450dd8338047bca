"""A reader whose browser runs no scripts: the article is whole."""

import re
from pathlib import Path

import pytest

from browser import LANGUAGES, PHONE, ROOT


@pytest.fixture
def plain(open_page):
    """Return what opens a page in a browser that runs no scripts."""
    return lambda address, **options: open_page(address, java_script_enabled=False, **options)


def on_its_page(text: str) -> str:
    """Return a recorded output as pages show it: a traceback names cells, where an older record has the post's lines."""
    return re.sub(r'File "posts/broadcasting\.\w+\.md", line \d+', "cell 3, line 1", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_outputs_figures_formulas_and_downloads_are_there(plain, own, language):
    page = plain(f"{own.home(language)}posts/broadcasting/")
    shown = "\n".join(page.locator("article .output code").all_inner_texts())
    for name in ("cell-1", "cell-2", "cell-5", "mismatch"):
        files = [ROOT / f"snippets/broadcasting/{name}.{variant}out" for variant in (f"{language}.", "")]
        text = on_its_page(next(filter(Path.is_file, files)).read_text(encoding="utf-8"))
        # What marks point at is underlined instead.
        said = [line for line in text.splitlines() if line.strip(" ~^") and not line.startswith("#")]
        assert said and [line for line in said if line not in shown] == [], name
    figure = page.locator(".hexapla-figure:visible")
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    assert box["width"] > 300 and box["height"] > 200
    assert figure.evaluate("one => one.decode().then(() => one.naturalWidth)") > 300
    assert page.locator("article math").first.is_visible()
    for extension in ("ipynb", "py"):
        link = page.locator(f"article a[href$='.{extension}']")
        assert link.is_visible()
        assert page.request.get(link.evaluate("one => one.href")).ok


def test_folds_open_and_languages_switch(plain, small):
    page = plain(f"{small.home('ar')}posts/loss/")
    fold = page.locator("article details.output-fold").first
    assert not fold.locator("pre").is_visible()
    fold.locator("summary").click()
    assert "row 119" in fold.locator("pre").inner_text() and fold.locator("pre").is_visible()
    page.locator(".md-header .md-select button").hover()
    page.locator(".md-select__link[hreflang=hi]").click()
    page.wait_for_url(f"{small.home('hi')}posts/loss/")


def test_a_phone_shows_it_without_pushing(plain, small):
    page = plain(f"{small.home('hi')}posts/loss/", **PHONE)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
