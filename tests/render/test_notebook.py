"""An article as a notebook: valid, in its language, and running in Jupyter as it is."""

import itertools
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from examples import ENVIRONMENT, article
from hexapla.cli.main import main
from hexapla.ledger.comparison import differences
from hexapla.ledger.ledger import Record, updated_record
from hexapla.model.directives import Check
from hexapla.model.output import Figure, Kind, Text
from hexapla.model.post import parse_post
from hexapla.model.run import CellRun, Run, Status
from hexapla.programs.align.article import align
from hexapla.render.notebook import downloads

ROOT = Path(__file__).resolve().parents[2]
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


def test_a_fallback_page_has_the_originals_notebook(docs):
    assert json.loads((docs / "de/posts/a.ipynb").read_text())["cells"][0]["source"] == "# T en"


def test_a_notebook_is_opened_in_colab_where_the_site_is_published_from(new_site, capsys):
    reads = "```python\nopen('data.txt').read()\n```\n"
    file = new_site(
        {
            "a b.en.md": f"---\ntitle: A\n---\n\n{BODY.format(**WORDS['en'])}",
            "reads.en.md": f"---\ntitle: B\nfiles: [data.txt]\n---\n\n{reads}",
        }
    )
    (file.parent / "posts/data.txt").write_text("6\n")
    file.write_text(
        "repo_url: https://github.com/us/site.git\n"
        + file.read_text().replace("  - hexapla:\n", "  - hexapla:\n      colab: gh-pages/my site\n")
    )
    assert main(["run", "-f", str(file)]) == 0
    main(["pages", "-f", str(file)])
    docs = file.parent / "docs"
    at = "https://colab.research.google.com/github/us/site/blob/gh-pages/my%20site"
    assert f"[Open in Colab]({at}/posts/a-b.ipynb)" in (docs / "en/posts/a-b.md").read_text()
    assert f"[In Colab öffnen]({at}/de/posts/a-b.ipynb)" in (docs / "de/posts/a-b.md").read_text()
    # There it would be without its file.
    text = (docs / "en/posts/reads.md").read_text()
    assert "(.zip)" in text and "colab" not in text


def test_a_notebook_draws_the_numbers_that_the_page_shows(new_site, capsys, tmp_path):
    code = "```python\nimport random as r\n\nr.random()\n```\n\n```python\nprint(r.random())\n```\n"
    file = new_site({"a.de.md": f"---\ntitle: A\nlang: de\nexecute: {{seed: 7}}\n---\n\nText.\n\n{code}"})
    assert main(["run", "-f", str(file)]) == 0
    main(["pages", "-f", str(file)])
    book = nbformat.read(file.parent / "docs/de/posts/a.ipynb", as_version=4)
    seed, first, second = (cell for cell in book.cells if cell.cell_type == "code")
    assert seed.source.startswith("# Ausgeführt mit Python 3.") and seed.source.endswith("random.seed(7)")
    recorded = first.outputs[0].data, second.outputs[0].text
    NotebookClient(book, timeout=60, kernel_name="python3").execute()
    assert (first.outputs[0].data, second.outputs[0].text) == recorded
    script = file.parent / "docs/de/posts/a.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout == second.outputs[0].text


PLACES = """\
1. In a list:

    ```python
    x = 6
    ```

    More of it.

!!! note "A note"

    It says:

    ```python
    y = x * 7
    ```

    And then more.

> ```python
> z = y + 1
> ```

??? tip

    Only words.

```python
print(x, y, z)
```
"""


def test_cells_in_lists_notes_and_quotes_are_cells_too(new_site, capsys):
    file = new_site({"a.de.md": f"---\ntitle: A\nlang: de\n---\n\nText.\n\n{PLACES}"})
    assert main(["run", "-f", str(file)]) == 0
    main(["pages", "-f", str(file)])
    book = nbformat.read(file.parent / "docs/de/posts/a.ipynb", as_version=4)
    nbformat.validate(book)
    assert [cell.source for cell in book.cells[1:]] == [
        "Text.\n\n1. In a list:",
        "x = 6",
        "More of it.\n\n> **A note**\n>\n> It says:",
        "y = x * 7",
        "And then more.",
        "z = y + 1",
        "> **Tipp**\n>\n> Only words.",
        "print(x, y, z)",
    ]
    NotebookClient(book, timeout=60, kernel_name="python3").execute()
    assert book.cells[-1].outputs[0].text == "6 42 43\n"
    done = subprocess.run(
        [sys.executable, str(file.parent / "docs/de/posts/a.py")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "6 42 43\n"


def test_an_error_has_its_name_though_its_words_are_many_lines(new_site, capsys):
    file = new_site({"a.en.md": "```python raises:ValueError\nraise ValueError('one\\ntwo: three')\n```\n"})
    assert main(["run", "-f", str(file)]) == 0
    main(["pages", "-f", str(file)])
    book = nbformat.read(file.parent / "docs/en/posts/a.ipynb", as_version=4)
    (error,) = book.cells[-1].outputs
    assert error.ename == "ValueError" and error.traceback[-1] == "two: three"


def test_a_block_right_below_a_typed_output_is_a_cell_too():
    text = "```python\nprint(1)\n```\n**Output:**\n```\n1\n```\n```python\nprint(2)\n```\n"
    post = parse_post("a.en.md", text, languages=("en",), default_language="en")
    of = align([post], default_language="en", languages=("en",))
    assert any(claim.edits for claim in of.placed["en"][0].claims)
    cells = json.loads(downloads(of, "en", Record())[0])["cells"]
    assert [cell["source"] for cell in cells if cell["cell_type"] == "code"] == ["print(1)", "print(2)"]


SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_figure_is_in_the_notebook_with_its_words_and_a_long_id_is_cut():
    of = article({"en": "```python\nplot(\n```\n"})
    name = "a" * 70
    placed = {"en": (replace(of.placed["en"][0], cell=name),)}
    cell = replace(of.programs[0].cells[0], id=name)
    of = replace(of, placed=placed, programs=(replace(of.programs[0], cells=(cell,)),))
    outputs = (Figure(svg=SVG, alt="A line"), Text(kind=Kind.ERROR, text="Traceback\na.b.Odd: no\n"))
    done = Run(
        program="a", environment=ENVIRONMENT, cells=(CellRun(id=name, status=Status.OK, outputs=outputs),)
    )
    code = json.loads(downloads(of, "en", updated_record(Record(), of.programs[0], done))[0])["cells"][-1]
    assert code["id"] == "a" * 64
    figure, error = code["outputs"]
    assert figure["output_type"] == "display_data" and figure["data"]["text/plain"] == "A line"
    assert figure["data"]["image/svg+xml"].endswith(SVG)
    assert error == {
        "output_type": "error",
        "ename": "Odd",
        "evalue": "no",
        "traceback": ["Traceback", "a.b.Odd: no"],
    }


LANGUAGES = ("de", "hi", "es", "fr", "ar", "zh")


def _posts() -> list[str]:
    return sorted(path.name.split(".")[0] for path in (ROOT / "posts").glob("*.en.md"))


@pytest.fixture(scope="module")
def our_books(tmp_path_factory):
    """Write the pages of our own site, and return where their notebooks are."""
    folder = tmp_path_factory.mktemp("ours")
    for name in ("posts", "snippets", "mkdocs.yml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    main(["pages", "-f", str(folder / "mkdocs.yml")])
    return folder / "docs"


@pytest.mark.slow
@pytest.mark.parametrize(("number", "slug"), list(enumerate(_posts())), ids=lambda value: str(value))
def test_our_notebooks_run_in_jupyter_and_show_what_the_page_shows(
    our_books, number, slug, monkeypatch, tmp_path
):
    """Each in one language, the next in the next: all of them in all languages would take minutes."""
    monkeypatch.setenv(
        "OMP_NUM_THREADS", "1"
    )  # As the page's program ran: another count changes last digits.
    book = nbformat.read(our_books / LANGUAGES[number % 6] / f"posts/{slug}.ipynb", as_version=4)
    nbformat.validate(book)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    recorded = [shown(cell.outputs) for cell in cells]
    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(book, timeout=120, kernel_name="python3", resources=where).execute()
    ran = [shown(cell.outputs) for cell in cells]
    assert [[kind for kind, _ in outputs] for outputs in ran] == [
        [kind for kind, _ in outputs] for outputs in recorded
    ]
    # Another instruction set rounds otherwise: what holds for the record on another machine holds here.
    assert not differences(texts(recorded), texts(ran), Check.CLOSE, same_machine=False)


def shown(outputs) -> list[tuple[str, str]]:
    """Return what outputs say; a stream comes in as many pieces as the kernel likes."""
    groups = itertools.groupby(map(said, outputs), key=lambda one: one[0])
    return [(kind, "".join(text for _, text in group)) for kind, group in groups]


def texts(cells: list[list[tuple[str, str]]]) -> tuple[Text, ...]:
    return tuple(Text(kind=Kind.STREAM, text=text) for outputs in cells for _, text in outputs)


def said(output) -> tuple[str, str]:
    """Return what an output says: IPython breaks long tuples into lines, and says of a figure how large it is."""
    if output.output_type == "error":
        return "error", output.ename
    if output.output_type == "display_data":
        return "figure", ""
    text = output.get("text") or output.data["text/plain"]
    return output.output_type, "".join(text.split())


SESSIONS = {
    # Each finds what it finds on the page: its own session's names, or the last that were bound.
    "apart": ("x = 1", "y = 2\nprint(y)", "print(x)"),
    "bound again": ("x = 1", "x = 2\nprint(x)", "x = 3\nprint(x)"),
    "mixed": ("x = 1", "x = 2\nprint(x)", "print(x)"),
}


@pytest.mark.parametrize(
    ("blocks", "is_there"), list(zip(SESSIONS.values(), (True, True, False), strict=True)), ids=SESSIONS
)
def test_an_article_is_no_script_where_its_sessions_would_meet(new_site, capsys, blocks, is_there):
    fences = zip(("a", "b", "a"), blocks, strict=True)
    text = "\n\n".join(
        f'```python exec="on" source="above" result="text" session="{name}"\n{code}\n```'
        for name, code in fences
    )
    file = new_site({"a.en.md": f"---\ntitle: A\n---\n\n{text}\n"}, languages="en")
    assert main(["run", "-f", str(file)]) == 0
    main(["pages", "-f", str(file)])
    posts = file.parent / "docs/en/posts"
    assert [(posts / f"a.{ending}").is_file() for ending in ("ipynb", "py")] == [is_there, is_there]
    assert ("Jupyter" in (posts / "a.md").read_text()) is is_there
