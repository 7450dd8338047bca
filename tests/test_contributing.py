"""CONTRIBUTING's map is that of the package, and every path that it names is there."""

import re
from itertools import dropwhile, takewhile
from pathlib import Path

import pytest

import hexapla

PACKAGE = Path(hexapla.__file__).parent
ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MADE = ("posts/", "docs/", "snippets/", ".hexapla/cache/", "artefacts/", "~/", "tests/sites/<case>/")
"""What the paths of a site begin with, or what is there only after a command has made it."""


def drawn() -> set[Path]:
    """Return the packages and modules of the map, whose indentation is the nesting of folders."""
    above: list[str] = []
    paths = set()
    lines = dropwhile(lambda line: not line.startswith("    model/"), TEXT.split("\n"))
    for line in takewhile(str.strip, lines):
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip()) - 4) // 2
        above = [*above[:depth], name]
        paths.add(PACKAGE.joinpath(*above))
    return paths


def named() -> list[str]:
    """Return the paths in the text between backticks."""
    spans = re.findall(r"`([^`\s]+)`", TEXT)
    return sorted({span for span in spans if re.search(r"\w/|/\w|\.(?:py|md|yml|txt|out|woff2)$", span)})


def test_the_map_is_that_of_the_package():
    packages = {
        path.parent for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    top = {path for path in packages if path.parent == PACKAGE}
    nested = {path.parent for path in PACKAGE.glob("*/*/__init__.py")}
    modules = {path for path in PACKAGE.glob("*.py") if path.name != "__init__.py" and path.stem != "slugs"}
    assert drawn() == top | nested | modules


@pytest.mark.parametrize("path", [path for path in named() if not path.startswith(MADE)])
def test_a_path_that_is_named_is_there(path):
    places = (ROOT, PACKAGE, ROOT / "tests", ROOT / "tests/browser", PACKAGE / "templates/fonts")
    assert any((place / path).exists() for place in places)
