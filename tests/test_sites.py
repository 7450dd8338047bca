"""Golden sites: a folder of posts, and beside it what hexapla says and writes.

A case is a folder `tests/sites/<case>/` with `posts/` and, where a setting matters, the options of the plugin in
`options.yml`; `expected/` is written by `pytest tests/test_sites.py --rewrite-sites` and reviewed in git.
"""

import platform
import shutil
from pathlib import Path

import pytest
import yaml

from hexapla.cli.main import main
from hexapla.config.config import load

SITES = Path(__file__).parent / "sites"
CASES = sorted(path.name for path in SITES.iterdir() if path.is_dir())
LANGUAGES = "en,de,hi,ar,zh"


@pytest.mark.parametrize("case", CASES)
def test_a_site_is_what_it_was(case, new_site, capsys, request):
    file = configured(SITES / case, new_site)
    said = []
    for command in ("run", "pages", "check"):
        status = main([command, "-f", str(file)])
        printed = capsys.readouterr()
        said.append(f"hexapla {command}: {status}\n{told(printed.out + printed.err)}")
    found = {"said.txt": "".join(said)} | written(load(file).docs)
    expected = SITES / case / "expected"
    if request.config.getoption("--rewrite-sites"):
        shutil.rmtree(expected, ignore_errors=True)
        for name, text in found.items():
            path = expected / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return
    wanted = {
        path.relative_to(expected).as_posix(): path.read_text(encoding="utf-8")
        for path in expected.rglob("*")
        if path.is_file()
    }
    assert wanted, "There is nothing to compare with: run this test once with --rewrite-sites."
    assert found == wanted


def configured(case: Path, new_site) -> Path:
    file = new_site(case / "posts", languages=LANGUAGES)
    options = case / "options.yml"
    if options.exists():
        given = yaml.safe_load(options.read_text(encoding="utf-8"))
        lines = "".join(f"      {key}: {value}\n" for key, value in given.items())
        file.write_text(file.read_text().replace("      snippets: ", f"{lines}      snippets: "))
    return file


def told(printed: str) -> str:
    """Return what is said of posts, without the progress that goes before it."""
    lines = printed.splitlines(keepends=True)
    return "".join(line for line in lines if line.startswith(("posts/", "docs/", "    ")))


def written(docs: Path) -> dict[str, str]:
    """Return the articles' pages. What can be taken along is tested where it is made."""
    version = platform.python_version()
    return {
        path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8").replace(version, "3")
        for path in docs.glob("*/posts/*.md")
        if path.name != "index.md"
    }
