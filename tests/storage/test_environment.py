"""What decides a result besides its inputs: when any of it changes, all is made again, and nobody deletes a thing."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import hexapla
from hexapla.storage.environment import environment

MAKE = """
import json, os, sys
from pathlib import Path
sys.version = os.environ.get("PYTHON_SAYS", sys.version)
from hexapla import site
from hexapla.config.config import load
from hexapla.normalize import posts
from hexapla.render import article_files, articles

made = {"normalized": 0, "articles": 0, "pages": 0}

def counted(module, name, what):
    function = getattr(module, name)
    def count(*given, **named):
        made[what] += 1
        return function(*given, **named)
    setattr(module, name, count)

counted(posts, "_rewriting", "normalized")
counted(articles, "_assembly", "articles")
counted(article_files, "_page", "pages")
site.pages(site.read(load(Path(sys.argv[1]))))
print(json.dumps(made))
"""
ALL, NOTHING = {"normalized": 2, "articles": 1, "pages": 2}, {"normalized": 0, "articles": 0, "pages": 0}
EXTENSION = """
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from own_words import MARK

class Own(Extension):
    def extendMarkdown(self, md):
        md.inlinePatterns.register(SimpleTagInlineProcessor(MARK, "mark"), "own", 200)

def makeExtension(**options):
    return Own(**options)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A site, a copy of hexapla's code, and a folder of modules and distributions of the user's own."""

    file: Path
    code: Path
    own: Path

    def made(self, **variables: str) -> dict[str, int]:
        paths = os.pathsep.join((str(self.code), str(self.own), str(Path(__file__).parents[1])))
        done = subprocess.run(
            [sys.executable, "-c", MAKE, str(self.file)],
            env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def page(self, language: str) -> str:
        """Return a page's text without its front matter."""
        return (self.file.parent / "docs" / language / "posts" / "a.md").read_text().split("---\n", 2)[2]


@pytest.fixture
def machine(new_site, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    text = "# {}\n\nSay (c@@x@@ and\n- y.\n\n```python\nprint(1)\n```\n"
    file = new_site({"a.en.md": text.format("A"), "a.de.md": text.format("Ä")}, languages="en,de")
    file.write_text(
        file.read_text().replace("markdown_extensions:\n", "markdown_extensions:\n  - own_extension\n")
    )
    code, own = tmp_path / "code", tmp_path / "own"
    shutil.copytree(
        Path(hexapla.__file__).parent, code / "hexapla", ignore=shutil.ignore_patterns("__pycache__")
    )
    own.mkdir()
    (own / "own_extension.py").write_text(EXTENSION)
    (own / "own_words.py").write_text("MARK = r'(%%)(x)%%'\n")
    for name in ("babel-2.17.0", "PyYAML-6.0.2"):
        (own / f"{name}.dist-info").mkdir()
    made = Machine(file=file, code=code, own=own)
    assert made.made() == ALL
    return made


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.slow
def test_another_word_is_on_the_page(machine):
    words = machine.code / "hexapla" / "words" / "de.yml"
    replaced(words, "download: ", "download: Hier gibt es ")
    assert "Hier gibt es" not in machine.page("de")
    assert machine.made() == ALL
    assert "Hier gibt es" in machine.page("de")
    assert machine.made() == NOTHING


@pytest.mark.slow
def test_another_extension_of_ones_own_is_on_the_page(machine):
    assert "@@x@@" in machine.page("en")
    replaced(machine.own / "own_extension.py", "(MARK,", "(r'(@@)(x)@@',")
    assert machine.made() == ALL
    assert "@@x@@" not in machine.page("en")
    assert machine.made() == NOTHING


@pytest.mark.slow
def test_so_is_what_that_imports(machine):
    (machine.own / "own_words.py").write_text("MARK = r'(@@)(x)@@'\n")
    assert machine.made() == ALL
    assert "@@x@@" not in machine.page("en")


@pytest.mark.slow
def test_each_part_in_turn_makes_all_again(machine):
    package = machine.code / "hexapla"
    changes = {
        "the version of Babel": lambda: rename(
            machine.own / "babel-2.17.0.dist-info", "babel-2.18.0.dist-info"
        ),
        "the version of PyYAML": lambda: rename(
            machine.own / "PyYAML-6.0.2.dist-info", "PyYAML-6.0.3.dist-info"
        ),
        "a distribution more": lambda: (machine.own / "new-1.0.dist-info").mkdir(),
        "a template": lambda: append(package / "templates" / "hexapla.css", "\n"),
        "a file of data more": lambda: append(package / "templates" / "new.html", ""),
        "a module": lambda: append(package / "model" / "slug.py", "\n"),
    }
    assert machine.made() == NOTHING
    for what, change in changes.items():
        change()
        assert machine.made() == ALL, what
    assert machine.made() == NOTHING
    assert machine.made(PYTHON_SAYS="3.99.0 (main)") == ALL


def rename(path: Path, name: str) -> None:
    path.rename(path.with_name(name))


def append(path: Path, text: str) -> None:
    path.write_text((path.read_text() if path.exists() else "") + text)


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Return a folder of the user's own on Python's path."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def test_it_is_the_same_in_the_same_environment():
    assert environment(["toc", "pymdownx.highlight"]) == environment(["pymdownx.highlight", "toc"])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("own", id="a module"),
        pytest.param("package.inner", id="a package"),
        pytest.param("own:Extension", id="a class in a module"),
        pytest.param("spaced.inner", id="a package without __init__.py"),
    ],
)
def test_the_code_of_a_module_of_ones_own_counts(own, name):
    (own / "own.py").write_text("import helper\n")
    for folder in ("package", "spaced"):
        (own / folder).mkdir()
        (own / folder / "inner.py").write_text("from helper import x\n")
    (own / "package" / "__init__.py").write_text("")
    helper = own / "helper.py"
    helper.write_text("x = 1\n")
    before, without = environment([name]), environment(["toc"])
    assert before != without
    helper.write_text("x = 2\n")
    assert environment([name]) != before
    assert environment(["toc"]) == without, "a module that nobody names does not count"


def test_modules_that_import_one_another_and_what_is_no_code_are_read(own):
    (own / "own.py").write_text("import other, missing.part\nfrom . import x\n")
    (own / "other.py").write_text("import own\n")
    before = environment(["own"])
    (own / "other.py").write_text("import own (\n")
    assert environment(["own"]) != before


def test_a_file_of_code_counts(tmp_path):
    hook = tmp_path / "hook.py"
    missing = environment((), [hook])
    hook.write_text("x = 1\n")
    before = environment((), [hook])
    hook.write_text("x = 2\n")
    assert len({missing, before, environment((), [hook])}) == 3


@pytest.fixture
def distribution(own):
    """Return what says that a distribution is installed that gives a Markdown extension a short name."""
    folder = own / "own-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Name: own\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text("[markdown.extensions]\nshort = short_code:Extension\n")
    (own / "short_code.py").write_text("x = 1\n")
    return folder


def test_a_short_name_from_where_it_is_developed_leads_to_the_code(own, distribution):
    own.joinpath("short_code.py").write_text("x = 1\n")
    before = environment(["short"])
    own.joinpath("short_code.py").write_text("x = 2\n")
    assert environment(["short"]) != before


@pytest.mark.parametrize("name", ["RECORD", "direct_url.json"])
def test_what_was_installed_again_from_a_folder_counts(distribution, name):
    (distribution / "direct_url.json").write_text('{"url": "file:///a"}')
    before = environment()
    (distribution / name).write_text('{"url": "file:///b"}')
    assert environment() != before
