#!/usr/bin/env python3
"""Print every article in every language: `python3 scripts/pdfs.py`, after build.py, writes `artefacts/pdf/`.

1 where a page is blank or has an article's foot alone, or an output's label ends one.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from environment import PYTHON, ROOT, ensure, script

SITE, FOLDER = ROOT / "site", ROOT / "artefacts" / "pdf"
ADDRESS = "http://site.example/"
"""Where pages believe that they are: their files are read from the built site."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Print in the project's environment, with the machine's own Chromium."""
    ensure()
    if Path(sys.prefix) != PYTHON.parent.parent:
        return subprocess.run([PYTHON, __file__], check=False).returncode
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not SITE.is_dir():
        print("This needs the built site (scripts/build.py) and Chromium: make the one, install the other.")
        return 2
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page()
        page.set_default_timeout(120_000)
        page.route("**/*", lambda route: _answer(route, SITE))
        faults = [fault for slug, language in _articles() for fault in _printed(page, slug, language)]
        chromium.close()
    print(f"{len(list(FOLDER.glob('*.pdf')))} articles are in {FOLDER.relative_to(ROOT)}.", *faults, sep="\n")
    return 1 if faults else 0


def _articles() -> Iterator[tuple[str, str]]:
    """Yield the slug and the language of each post."""
    for post in sorted((ROOT / "posts").glob("*.*.md")):
        slug, language, _ = post.name.split(".")
        yield slug, language


def _answer(route: Any, site: Path) -> None:
    path = unquote(urlsplit(route.request.url).path).lstrip("/")
    file = site / path / "index.html" if not path or path.endswith("/") else site / path
    if route.request.url.startswith(ADDRESS) and file.is_file():
        route.fulfill(path=file)
    else:
        route.abort()


def _printed(page: Any, slug: str, language: str) -> Iterator[str]:
    """Print an article; yield what is wrong with its pages."""
    from hexapla.config.config import load

    folder = "" if language == load(ROOT / "mkdocs.yml").default_language else f"{language}/"
    page.goto(f"{ADDRESS}{folder}posts/{slug}/")
    page.evaluate("document.fonts.ready")
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{slug}.{language}.pdf"
    page.pdf(path=file, format="A4", tagged=True, outline=True)
    for number, what in faults_of(file, language):
        yield f"{file.relative_to(ROOT)}: page {number}: {what}"


def faults_of(file: Path, language: str) -> Iterator[tuple[int, str]]:
    """Yield the pages of a PDF on which something is wrong, with what it is."""
    from pypdf import PdfReader

    from hexapla.render.labels import labels

    words = labels(language)
    foot = words.ran.partition("{")[0]
    for number, page in enumerate(PdfReader(file).pages, start=1):
        lines: list[tuple[float, str]] = []

        def note(
            text: str, outer: Sequence[float], inner: Sequence[float], *_: object, lines: list[Any] = lines
        ) -> None:
            """Note a text with its height above the page's foot (ISO 32000-1, 9.4.4)."""
            if text.strip():
                lines.append((inner[4] * outer[1] + inner[5] * outer[3] + outer[5], text.strip()))

        page.extract_text(visitor_text=note)
        first, last = (choose(lines, default=(0.0, ""))[1] for choose in (max, min))
        if not lines and not page.images:
            yield number, "it is blank"
        elif foot and first.startswith(foot):
            yield number, "the foot is alone on it"
        elif last in (words.output, words.value, words.error):
            yield number, f"“{last}” ends it"


if __name__ == "__main__":
    script(main)
