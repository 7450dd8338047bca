"""Which files are documents, and as what text they are read."""

from pathlib import Path

import pytest

from hexapla.config.document import nearest_site
from hexapla.documents.reading import read_documents
from hexapla.model.errors import ConfigError
from hexapla.model.settings import Settings

CODE = "```python\nx = 1\n```\n"


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Return what writes files and reads what is named."""
    monkeypatch.chdir(tmp_path)

    def read(files: dict[str, str | bytes], *names: str):
        for name, text in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_documents([Path(name) for name in names or (".",)], Settings())

    return read


def told(found):
    return [(problem.path, problem.line, problem.code) for problem in found.problems]


def test_markdown_is_read_by_every_name_that_it_goes_by(read):
    names = ["a.md", "b.markdown", "c.mdx", "d.qmd", "e.Rmd", "f.MD", "g/h.mkd"]
    left = [".hidden/a.md", "_build/b.md", "node_modules/x/README.md", "env/lib/c.md", "notes.txt"]
    found = read({**dict.fromkeys(names, CODE), **dict.fromkeys(left, CODE), "env/pyvenv.cfg": ""})
    assert [document.path.as_posix() for document in found.documents] == names
    assert told(found) == []


def test_other_texts_with_code_are_told_of_once_a_kind(read):
    found = read({"a.md": CODE, "b.ipynb": "{}", "c.ipynb": "{}", "docs/d.rst": ">>> 1\n"})
    assert told(found) == [("b.ipynb", 1, "not-markdown"), ("docs/d.rst", 1, "not-markdown")]
    assert "2 files that end in `.ipynb`" in found.problems[0].message
    with pytest.raises(ConfigError, match="nbconvert --to markdown"):
        read({}, "b.ipynb")


def test_what_is_no_text_is_told_of(read):
    found = read({"a.md": b"\x89PNG\r\n\x1a\n\x00\x00", "b.md": b"text\n\x00\n", "c.md": CODE})
    assert told(found) == [("a.md", 1, "not-utf8"), ("b.md", 2, "not-utf8")]
    assert len(found.documents) == 1


def test_the_nearest_site_is_above(tmp_path):
    inner = tmp_path / "a/b"
    inner.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n")
    assert nearest_site(inner) == tmp_path / "mkdocs.yml"
    (tmp_path / "a/mkdocs.yml").write_text("site_name: B\n")
    assert nearest_site(inner) == tmp_path / "a/mkdocs.yml"


TAKING = '# A\n\n```python\n--8<-- "code.py"\nprint(x)\n```\n'


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"README.md": TAKING, "code.py": "x = 1\ny = 2\n"}, "x = 1\ny = 2\nprint(x)\n"),
        (
            {
                "README.md": TAKING,
                "mkdocs.yml": "site_name: A\nmarkdown_extensions:\n  - pymdownx.snippets: {base_path: [parts]}\n",
                "parts/code.py": "x = 3\n",
            },
            "x = 3\nprint(x)\n",
        ),
    ],
    ids=["beside", "where the site says"],
)
def test_code_is_taken_in_as_a_site_would(read, files, code):
    found = read(files, "README.md")
    assert found.documents[0].program.cells[0].code == code
    assert told(found) == []


@pytest.mark.parametrize("name", ["gone.py", "../secret.py", ".env"])
def test_what_cannot_be_taken_in_is_told_at_its_line(read, tmp_path, name):
    (tmp_path.parent / "secret.py").write_text("x = 1\n")
    found = read({"README.md": TAKING.replace("code.py", name), ".env": "KEY=1\n"}, "README.md")
    assert told(found) == [("README.md", 4, "snippet-refused")]
