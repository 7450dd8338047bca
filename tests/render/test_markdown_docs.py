"""Pages pass under pytest-markdown-docs as it comes, in every language, with our conftest and without."""

from dataclasses import replace

import pytest

from hexapla.cli.main import main
from hexapla.model.post import parse_post
from hexapla.model.program import File
from hexapla.render.markdown_docs import info_strings, untested_cells, untested_problems
from pytesting import run_pytest

TRAPS = """---
title: {title}
---

```python raises:ValueError
base = 3
raise ValueError("no")
```

```python
base + 1
```

```pycon
>>> p = 4
>>> p
```

```python
>>> q = 5
```

```python
p + q
```

```python
import asyncio
async def f(): return 1
w = await f()
```

```python
w
```

```python
%matplotlib inline
m = 1
```

```python
m
```

```python
from __future__ import annotations
later = 1
```

> A quote:
>
> ```python
> n = 1
> ```

!!! tip "Tip"

    ```python
    t = 2
    ```

=== "One"

    ```python
    one = 1
    ```

=== "Two"

    ```python
    two = 2
    ```

1. A list

    ```python
    li = 1
    ```

- deep
    - deeper

        !!! note

            ```python
            le = 1
            ```

<details>
<summary>More</summary>

```python
de = 1
```

</details>

```python
print(n + t + one + two + li + de)
```

```python
le
```

```python fixture:slow
s = 1
```

```python
s
```

```python fixture:answer
a = answer
```

```python
assert a == 42
```

```{{.python .hide-input}}
hidden = 1
```

```python
hidden
```
"""
COUNTED = "import sys\nsys.ran = getattr(sys, 'ran', 0) + 1\n"
MANY = "".join(f"```python\n{COUNTED}x = {number}\n```\n\n" for number in range(20))
STATE = """```python
from __future__ import annotations
import dataclasses, os, pickle, random
@dataclasses.dataclass
class Point:
    x: int = 1
drawn = random.random()
open('made.txt', 'w').close()
```

```python
assert pickle.loads(pickle.dumps(Point(3))).x == 3
assert os.listdir() == ['made.txt']
random.seed(0)
assert drawn == random.random()
```
"""
AS_IT_COMES = ("--markdown-docs", "--markdown-docs-syntax=superfences")


@pytest.fixture
def pages(new_site):
    """Return the docs folder of a site with every trap, its pages written."""
    posts = {
        f"traps.{code}.md": TRAPS.format(title=title) for code, title in (("en", "Traps"), ("de", "Fallen"))
    }
    file = new_site({**posts, "many.en.md": MANY}, languages="en,de")
    main(["run", "-f", str(file)])
    main(["pages", "-f", str(file)])
    docs = file.parent / "docs"
    (docs / "pytest.ini").write_text("[pytest]\n")
    return docs


def names(docs, language):
    return [str(path.relative_to(docs)) for path in (docs / language / "posts").glob("*.md")]


def test_pages_pass_with_the_plugin_as_it_comes(pages):
    page = (pages / "en/posts/traps.md").read_text()
    assert "/// tab | One" in page and '<div class="admonition tip" markdown="1">' in page
    (pages / "conftest.py").write_text("import pytest\n\n@pytest.fixture\ndef answer():\n    return 42\n")
    status, said = run_pytest(
        pages, *AS_IT_COMES, "-p", "no:hexapla", *names(pages, "en"), *names(pages, "de")
    )
    # In each language: the quote, the tip, both tabs, the list, the fold, the sum, the fixture and its use, the two
    # below the folded block; and twenty blocks of the other article, which German shows too.
    assert status == 0 and "62 passed" in said, said


def test_pages_pass_with_our_conftest_and_blocks_run_once(pages, capsys):
    assert main(["doctest-conftest", str(pages)]) == 0
    conftest = pages / "conftest.py"
    conftest.write_text(
        conftest.read_text() + "\n\nimport pytest\n\n@pytest.fixture\ndef answer():\n    return 42\n\n\n"
        "def pytest_sessionfinish():\n    print('RAN', sys.ran, os.getcwd() == str(HOME))\n"
    )
    (pages / "en/state.md").write_text(
        STATE.replace("```python\nassert", "```{.python continuation}\nassert")
    )
    (pages / "en/again.md").write_text("```python\nimport os\nassert os.listdir() == []\n```\n")
    # A whole folder: the scripts beside the pages are not imported.
    status, said = run_pytest(pages, *AS_IT_COMES, "-s", "en")
    assert status == 0 and "34 passed" in said, said
    assert "RAN 20 True" in said
    # Without the conftest each block runs those before it again: 1 + 2 + … + 20.
    conftest.write_text("import sys\n\ndef pytest_sessionfinish():\n    print('RAN', sys.ran)\n")
    assert "RAN 210" in run_pytest(pages, *AS_IT_COMES, "-s", "en/posts/many.md")[1]


def test_a_conftest_is_not_overwritten(tmp_path, capsys):
    (tmp_path / "conftest.py").write_text("mine = 1\n")
    assert main(["doctest-conftest", str(tmp_path)]) == 2
    assert "It exists already" in capsys.readouterr().err
    assert (tmp_path / "conftest.py").read_text() == "mine = 1\n"
    assert main(["doctest-conftest", "--force", str(tmp_path)]) == 0
    assert "GoingOn" in (tmp_path / "conftest.py").read_text()
    assert main(["doctest-conftest", str(tmp_path / "none")]) == 2


def test_why_cells_are_left_out_is_known():
    article = aligned(TRAPS.format(title="Traps"))
    lines = article.posts["en"].body.split("\n")
    found = untested_cells(article.programs[0], article.placed["en"], lines, tabs=False)
    assert found == {
        "cell-1": "it must raise ValueError",
        "cell-2": "it needs `base` of cell cell-1 (a.en.md:6)",
        "cell-3": "it is written for a prompt or a notebook",
        "cell-4": "it is written for a prompt or a notebook",
        "cell-5": "it needs `p` of cell cell-3 (a.en.md:15)",
        "cell-6": "it waits outside of a function",
        "cell-7": "it needs `w` of cell cell-6 (a.en.md:28)",
        "cell-8": "it is written for a prompt or a notebook",
        "cell-9": "it needs `m` of cell cell-8 (a.en.md:38)",
        "cell-10": "its import must come first",
        "cell-13": "it stands in an indented container",
        "cell-14": "it stands in an indented container",
        "cell-16": "it stands in an indented container",
        "cell-18": "it needs `one` of cell cell-13 (a.en.md:66)",
        "cell-19": "it needs `le` of cell cell-16 (a.en.md:87)",
        "cell-20": "it asks for `fixture:slow`",
        "cell-21": "it needs `s` of cell cell-20 (a.en.md:108)",
    }
    (told,) = untested_problems(article)
    assert (told.path, told.line, told.code) == ("a.en.md", 11, "left-out")
    assert told.message == "It needs `base` of cell cell-1 (a.en.md:6), which must raise ValueError."


SESSIONS = """```python
shared = 1
```

```python exec="on" source="above" result="text"
alone = 1
```

```python exec="on" source="above" result="text" session="a"
a = 1
```

```python exec="on" source="above" result="text" session="a"
assert a == 1
```

```python
shared
```

```python exec="on" source="above" result="text"
alone = 2
```
"""


def test_a_session_goes_on_where_no_other_block_stands_between():
    article = aligned(SESSIONS)
    body = article.posts["en"].body.split("\n")
    program, placed = article.programs[0], article.placed["en"]
    why = "blocks of another session stand between it and those that it goes on with"
    assert untested_cells(program, placed, body, tabs=False) == {"cell-5": why}
    infos = [info for _, info in info_strings(program, placed, body, tabs=False)]
    assert infos == ["python"] * 3 + ["{.python continuation}", "{.python notest}", "python"]


def test_a_post_without_traps_is_left_as_it_is():
    article = aligned("```python raises:ValueError\nint('x')\n```\n\n```python\n1\n```\n")
    assert untested_cells(article.programs[0], article.placed["en"], [], tabs=True) == {
        "cell-1": "it must raise ValueError"
    }
    assert not list(untested_problems(article))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("await_it = 1", ""),
        ("async def f():\n    await g()", ""),
        ("await f()", "it waits outside of a function"),
        ("from __future__ import annotations", ""),
    ],
    ids=["a name with the word", "in a function", "at the top", "the first block may be from the future"],
)
def test_what_plain_python_refuses_is_left_out(code, reason):
    article = aligned(f"```python\n{code}\n```\n")
    left = untested_cells(article.programs[0], article.placed["en"], [], tabs=True)
    assert left == ({"cell-1": reason} if reason else {})


READS = {
    "nothing of it": ("print('other.csv')\nimport json", ""),
    "a file": ("open('points.csv')", "points.csv"),
    "a file from here": ("open('./points.csv')", "points.csv"),
    "its folder": ("import os\nos.listdir('data/')", "data/a.txt"),
    "a file in it": ("from pathlib import Path\nPath('data') / name", "data/a.txt"),
    "a part of a text": ("print('points.csv has two columns')", ""),
    "a module": ("import helper_mod as h, json", "helper_mod.py"),
    "a name of a module": ("from helper_mod import total", "helper_mod.py"),
    "a package": ("from pack.sub import f", "pack/sub.py"),
}


@pytest.mark.parametrize(("code", "file"), READS.values(), ids=READS)
def test_what_reads_a_file_that_the_article_brings_along_is_left_out(code, file):
    article = aligned(f"```python\nname = 1\n{code}\n```\n\n```python\nname\n```\n")
    names = ("points.csv", "data/a.txt", "helper_mod.py", "pack/sub.py")
    files = tuple(File(name=name, source=name, digest="") for name in names)
    left = untested_cells(replace(article.programs[0], files=files), article.placed["en"], [], tabs=True)
    assert left.get("cell-1", "") == (file and f"it reads `{file}`, which `files:` brings along")
    assert left.keys() == ({"cell-1", "cell-2"} if file else set()), "and what needs what it binds"
    assert not untested_cells(article.programs[0], article.placed["en"], [], tabs=True)


def test_the_first_block_that_runs_may_be_from_the_future_though_others_stand_before_it():
    article = aligned(
        "```python raises:ValueError\nint('x')\n```\n\n```python\nfrom __future__ import annotations\n```\n"
    )
    assert untested_cells(article.programs[0], article.placed["en"], [], tabs=True).keys() == {"cell-1"}


def aligned(text):
    from hexapla.programs.align import article as articles

    post = parse_post("a.en.md", text, languages=("en",), default_language="en")
    return articles.align([post], default_language="en", languages=("en",))
