"""What an article offers to take along: a notebook, a script, its Markdown."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from browser import LANGUAGES, ROOT

SLUG = "parameter"


def taken(page, language: str, extension: str) -> Path:
    """Click a download's link as a reader does; return what arrives, by a name that says its language."""
    with page.expect_download() as download:
        page.locator(f"article a[href$='.{extension}']").click()
    assert download.value.suggested_filename == f"{SLUG}.{language}.{extension}"
    return Path(download.value.path())


def cells(language: str) -> list[str]:
    """Return the Python blocks of the post."""
    post = (ROOT / "posts" / f"{SLUG}.{language}.md").read_text(encoding="utf-8")
    return [code.strip() for code in re.findall(r"^```\{?\.?python.*?\n(.*?)^```$", post, re.M | re.S)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_taken_as_notebook_script_and_markdown(open_page, own, language):
    page = open_page(f"{own.home(language)}posts/{SLUG}/")
    notebook = nbformat.read(taken(page, language, "ipynb"), as_version=4)
    nbformat.validate(notebook)
    code = [cell.source.strip() for cell in notebook.cells if cell.cell_type == "code"]
    # First the page's seed, so that the notebook shows the page's numbers.
    assert code[0].endswith("torch.manual_seed(0)") and code[1:] == cells(language)
    assert any(cell.get("outputs") for cell in notebook.cells)
    script = taken(page, language, "py").read_text(encoding="utf-8")
    ast.parse(script)
    assert all(line in script for line in cells(language)[0].splitlines())
    markdown = page.locator("link[type='text/markdown']").get_attribute("href")
    text = page.request.get(f"{own.home(language)}posts/{SLUG}/{markdown}").text()
    title = page.locator("article h1").inner_text().rstrip("¶").strip()
    assert title in text and cells(language)[0] in text
