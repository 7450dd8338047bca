"""An article as a notebook: valid, in its language, and running in Jupyter as it is."""

import json
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from hexapla.cli import main

BODY = """\
{prose}

```python
x = 6  # {comment}
print(x)
```

**Output:**

```
6
```

{more}

```python raises:ZeroDivisionError
x / 0
```

```python
x * 7
```

{end}
"""
WORDS = {
    "en": {"prose": "A number.", "comment": "six", "more": "An error:", "end": "The end."},
    "hi": {"prose": "एक संख्या।", "comment": "छह", "more": "एक त्रुटि:", "end": "समाप्त।"},
}


@pytest.fixture
def docs(new_site, capsys):
    posts = {
        f"a.{language}.md": f"---\ntitle: T {language}\nlang: {language}\n---\n\n{BODY.format(**words)}"
        for language, words in WORDS.items()
    }
    file = new_site(posts)
    assert main(["run", "-f", str(file)]) == 0
    main(["pages", "-f", str(file)])
    return file.parent / "docs"


@pytest.mark.parametrize("language", WORDS)
def test_a_notebook_is_valid_and_in_its_language(docs, language):
    book = nbformat.read(docs / language / "posts/a.ipynb", as_version=4)
    nbformat.validate(book)
    words = WORDS[language]
    assert [(cell.cell_type, cell.source) for cell in book.cells] == [
        ("markdown", f"# T {language}"),
        ("markdown", words["prose"]),
        ("code", f"x = 6  # {words['comment']}\nprint(x)"),
        ("markdown", words["more"]),
        ("code", "x / 0"),
        ("code", "x * 7"),
        ("markdown", words["end"]),
    ]
    first, error, value = (cell.outputs[0] for cell in book.cells if cell.cell_type == "code")
    assert first.text == "6\n" and error.ename == "ZeroDivisionError"
    assert value.data["text/plain"] == "42"
    assert "[Jupyter (.ipynb)](a.ipynb)" in (docs / language / "posts/a.md").read_text()


def test_a_notebook_runs_as_it_is_and_shows_the_same(docs):
    book = nbformat.read(docs / "hi/posts/a.ipynb", as_version=4)
    recorded = [cell.outputs for cell in book.cells if cell.cell_type == "code"]
    NotebookClient(book, timeout=60, kernel_name="python3").execute()
    ran = [cell.outputs for cell in book.cells if cell.cell_type == "code"]
    assert [[one.output_type for one in cell] for cell in ran] == [
        [one.output_type for one in cell] for cell in recorded
    ]
    assert ran[0][0].text == recorded[0][0].text and ran[2][0].data == recorded[2][0].data


def test_a_script_runs_as_it_is(docs):
    path = docs / "hi/posts/a.py"
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "6\nZeroDivisionError: division by zero\n"
    assert "# एक संख्या।" in path.read_text() and "# छह" in path.read_text()


def test_a_page_that_stands_in_has_the_originals_notebook(docs):
    assert json.loads((docs / "de/posts/a.ipynb").read_text())["cells"][0]["source"] == "# T en"
