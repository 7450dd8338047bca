"""Which files with code nobody reads, in which language each is, and how many blocks each holds."""

import json

import pytest

from hexapla.storage.posts_folder import PostsFolder
from hexapla.storage.site_pages import SitePages
from hexapla.storage.unread_texts import UnreadText, of_pages, of_posts


def cell(source, kind="code", **metadata):
    return {"cell_type": kind, "metadata": metadata, "source": source, "outputs": []}


def notebook(*cells, **metadata):
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


SECOND = ("x cell 2",)
NOTEBOOKS = {
    "nothing": (notebook(), ((), 0, 0)),
    "prose": (notebook(cell("# A", "markdown"), cell("a", "raw"), cell(" \n")), ((), 0, 0)),
    "code below prose": (notebook(cell("# A", "markdown"), cell(["x = 1\n", "x"])), (SECOND, 0, 0)),
    "a cell that is skipped": (notebook(cell("1 / 0", tags=["skip-execution"])), ((), 1, 0)),
    "a cell of bash": (notebook(cell("%%bash\nls")), ((), 0, 1)),
    "a cell whose time is taken": (notebook(cell("a", "raw"), cell("%%time\nx = 1")), (SECOND, 0, 0)),
    "another language": (notebook(cell("print(1)"), language_info={"name": "julia"}), ((), 0, 1)),
    "a kernel of Python": (
        notebook(cell("a", "raw"), cell("1"), kernelspec={"language": "python"}), (SECOND, 0, 0),
    ),
    "format 3": (
        json.dumps({"worksheets": [{"cells": [{"cell_type": "heading", "source": "A"}, {"cell_type": "code", "input": "1"}]}]}),
        (SECOND, 0, 0),
    ),
    "what cannot be read": ("{", (("x",), 0, 0)),
    "what is no notebook": ("[]", (("x",), 0, 0)),
}  # fmt: skip


def posts(tmp_path, files):
    for name, text in files.items():
        path = tmp_path / "posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    folder = PostsFolder(
        path=tmp_path / "posts", root=tmp_path, languages=("en", "de"), default_language="en"
    )
    return list(of_posts(folder))


@pytest.mark.parametrize(("text", "wanted"), NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_a_notebooks_cells_are_counted(tmp_path, text, wanted):
    (read,) = posts(tmp_path, {"a.ipynb": text})
    places = tuple(place.replace("posts/a.ipynb", "x") for place in read.python)
    assert (places, read.not_run, read.other) == wanted


QUARTO = """```{python}
1
```

```{python}
#| eval: false
2
```

```{r}
3
```
"""


def test_texts_of_other_tools_in_the_posts_folder_in_the_languages_that_posts_of_their_names_have(tmp_path):
    files = {"a.de.qmd": QUARTO, "b.Rmd": "Words.\n", "c.md": QUARTO, ".hidden/d.qmd": QUARTO, "e.py": "1\n"}
    assert posts(tmp_path, files) == [
        UnreadText(path="posts/a.de.qmd", language="de", python=("posts/a.de.qmd:1",), not_run=1, other=1),
        UnreadText(path="posts/b.Rmd", language="en", python=()),
    ]


def test_those_beside_a_sites_own_pages_where_patterns_would_name_them(tmp_path):
    names = (
        "docs/a.ipynb",
        "docs/de/b.qmd",
        "docs/old/c.ipynb",
        "docs/ours.ipynb",
        "docs/ours.md",
        "d.ipynb",
    )
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(notebook())
    for patterns, wanted in {
        (): [],
        ("docs/**/*.md",): ["en docs/a.ipynb", "de docs/de/b.qmd", "en docs/old/c.ipynb"],
        ("docs/**/*", "!docs/old/*.md"): ["en docs/a.ipynb", "de docs/de/b.qmd"],
        ("docs/a.md", "*.md"): ["en docs/a.ipynb"],
    }.items():
        pages = SitePages(
            root=tmp_path,
            docs=tmp_path / "docs",
            patterns=patterns,
            languages=("en", "de"),
            structure="folder",
        )
        read = of_pages(pages, lambda path: path.name == "ours.md")
        assert [f"{text.language} {text.path}" for text in read] == wanted
