"""Every page of every language, read once: nothing fails, nothing moves, nothing sticks out."""

from pathlib import Path

import pytest

from browser import LANGUAGES, PHONE, ROOT
from browser.visits import complaints
from hexapla.render.labels import direction
from serving import Served


def addresses(served: Served, language: str) -> list[str]:
    """Return the addresses of a language's pages, from the files that were built; what is lent of the manual is English's."""
    home = served.folder / ("" if language == LANGUAGES[0] else language)
    others = [served.folder / code for code in LANGUAGES[1:] if code != language]
    files = [file for file in home.rglob("index.html") if not any(map(file.is_relative_to, others))]
    shown = (file for file in sorted(files) if not _is_lent(file, home, language))
    return [f"{served.address}{_path(file, served)}" for file in shown]


def _is_lent(file: Path, home: Path, language: str) -> bool:
    name = file.parent.relative_to(home).as_posix()
    return name.startswith("manual/") and not (ROOT / "docs" / language / f"{name}.md").is_file()


def _path(file: Path, served: Served) -> str:
    return file.relative_to(served.folder).as_posix().removesuffix("index.html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_has_nothing_to_complain_about(reader, own, language):
    pages = addresses(own, language)
    assert f"{own.home(language)}posts/parameter/" in pages and len(pages) > 10
    found = [
        complaint
        for address in pages
        for complaint in complaints(
            reader.visit(own, address), own, language=language, direction=direction(language)
        )
    ]
    assert found == []


@pytest.mark.parametrize("language", ["de", "ar", "zh"])
def test_on_a_phone_the_tables_of_every_block_are_as_wide_as_the_screen(open_page, own, language):
    page = open_page(f"{own.home(language)}posts/coverage/", **PHONE)
    edges = page.locator(".hexapla-coverage table").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
    )
    assert len(edges) > len(LANGUAGES)
    assert all(0 <= left < right <= 390 for left, right in edges), edges
