"""Values as notebooks show them, the whole way: from a program to the ledger, the page and the notebook."""

import base64
import json

import pytest

from hexapla.cli.main import main

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVQI12P4z8AAAAMBAQBXqeUoAAAAAElFTkSuQmCC"
)
POST = f"""---
title: Values
---

```python
class Shows:
    def __init__(self, **methods):
        self.methods = methods
    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.methods["bundle"]
    def __repr__(self):
        return "Shows()"

Shows(bundle={{"text/html": "<table class=x onclick=y><tr><td>1 &lt; 2</td></tr></table><script></script>".replace("<script></script>", "")}})
```

Then:

```python
Shows(bundle={{"text/latex": "$x^2$"}})
```

Then:

```python
Shows(bundle={{"image/png": {base64.b64encode(PNG).decode()!r}}})
```

Then:

```python
Shows(bundle={{"text/html": "<script>alert(1)</script>"}})
```

Then:

```python
from matplotlib.figure import Figure
figure = Figure()
figure.subplots().set_title("first")
other = Figure()
other.subplots().set_title("second")
figure
```

Then:

```python
[figure, other]
```

Then:

```python
import matplotlib.pyplot as plt
opened, axes = plt.subplots()
axes.set_title("third")
opened
```

Then:

```python
opened
```

Then:

```python
plt.close("all")
axes.set_title("fourth")
```
"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return the folder of a site whose post shows such values; run once."""
    from hexapla import scaffold

    folder = tmp_path_factory.mktemp("values") / "site"
    scaffold.make_site(folder, ["en"], "A site")
    for path in (folder / "posts").iterdir():
        path.unlink()
    file = folder / "mkdocs.yml"
    file.write_text(file.read_text().replace("preload: auto", "preload: []"))
    (folder / "posts/v.en.md").write_text(POST)
    assert main(["run", "-f", str(file)]) == 0
    assert main(["pages", "-f", str(file)]) == 0
    return folder


def test_they_are_files_of_the_ledger(shown):
    ledger = shown / "snippets/v"
    assert (
        ledger / "cell-1-1.html"
    ).read_text() == "<table><tbody><tr><td>1 &lt; 2</td></tr></tbody></table>"
    assert (ledger / "cell-2-1.tex").read_text() == "$x^2$"
    drawn = sorted(path.name for path in ledger.glob("*.svg"))
    assert drawn == [f"cell-{name}.svg" for name in ("3-1", "5-1", "6-1", "6-2", "7-1", "8-1")]


def test_they_are_on_the_page(shown):
    page = (shown / "docs/en/posts/v.md").read_text()
    assert '<span class="filename">Value</span><div><table><tbody><tr><td>1 &#x3c; 2</td>' in page
    assert '<div class="arithmatex">&#x5c;&#x5b;x&#x5e;2&#x5c;&#x5d;</div>' in page
    assert "![Shows, 2 × 1](../../assets/hexapla/v/cell-3-1.svg){ .hexapla-figure width=2 height=1" in page
    assert page.count("Shows()\n") == 1
    assert [page.count(f"![“{name}”") for name in ("first", "second", "third", "fourth")] == [2, 1, 2, 0]
    assert (
        "onclick" not in page.replace(POST, "").split("```\n\n<div")[1]
        and "<script" not in page.split("```\n\n<div")[1]
    )


def test_they_are_in_the_notebook(shown):
    notebook = json.loads((shown / "docs/en/posts/v.ipynb").read_text())
    data = [output["data"] for cell in notebook["cells"] for output in cell.get("outputs", ())]
    assert data[0]["text/html"].startswith("<table>") and data[0]["text/plain"] == "Shows()"
    assert data[1]["text/latex"] == "$x^2$"
    assert base64.b64decode(data[2]["image/png"]) == PNG and "image/svg+xml" not in data[2]
    assert data[3] == {"text/plain": "Shows()"}
    assert all("image/svg+xml" in shown for shown in data[4:9])


def test_what_a_page_cannot_show_is_told_and_all_of_it_repeats(shown, capsys):
    file = shown / "mkdocs.yml"
    assert main(["check", "-f", str(file)]) == 0
    said = capsys.readouterr().err
    assert said.count("N-value-not-shown") == 1 and "cell-4" in said and "HTML with scripts" in said
    assert main(["test", "-f", str(file)]) == 0
