"""ProperDocs, which goes on where mkdocs 1.x ends, builds the same site but for the line that names the generator."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import own_site
from building import once

EN = "---\ntitle: One\n---\n\n# One\n\nWords, $x^2$.\n\n```python\nprint(42)\n```\n\n[two](two.en.md)\n"
GENERATOR = re.compile(r'name="generator" content="[^"]*"')
NONCE = re.compile(r"""nonce[-=]"?[A-Za-z0-9+/]{43}=["']""")
"""The page's digest, by which its templates' scripts may run: the generator's line makes it another."""


def built(file: Path, builder: str) -> dict[str, bytes]:
    """Return the files of a site as a builder makes them, by path."""
    folder = file.parent / builder
    command = [sys.executable, "-m", builder, "build", "--quiet", "-f", str(file), "-d", str(folder)]
    subprocess.run(command, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def without_generator(content: bytes) -> str:
    return NONCE.sub("nonce", GENERATOR.sub("generator", content.decode()))


@pytest.mark.slow
def test_the_same_site_is_built_by_properdocs(new_site):
    file = new_site({"one.en.md": EN, "two.en.md": EN, "one.de.md": EN}, languages="en,de")
    assert_same(built(file, "mkdocs"), built(file, "properdocs"))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_project_s_own_site_is_the_same(tmp_path_factory):
    site = once(tmp_path_factory, "own", own_site.build)
    made = contents(site)
    assert_same(made, built(site.parent / "mkdocs.yml", "properdocs"))
    assert len(made) > 500


def assert_same(mkdocs: dict[str, bytes], properdocs: dict[str, bytes]) -> None:
    """Find two sites the same but for the line in which each page names its generator."""
    assert mkdocs.keys() == properdocs.keys()
    different = {name for name in mkdocs if mkdocs[name] != properdocs[name]}
    assert {Path(name).suffix for name in different} == {".html"}
    assert all("ProperDocs" in GENERATOR.search(properdocs[name].decode())[0] for name in different)
    assert [
        name for name in different if without_generator(mkdocs[name]) != without_generator(properdocs[name])
    ] == []
