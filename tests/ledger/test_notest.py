"""`hexapla fix --notest`: what did not run well is marked as not to be run, in all languages."""

import pytest

from hexapla.cli.main import main
from hexapla.ledger.notest import with_notest
from hexapla.model.block import blocks, splice
from test_site import hexapla

FENCES = {
    "a word": ("```python\nx\n```\n", "```python notest\nx\n```\n"),
    "blanks at its end": ("```python  \nx\n```\n", "```python notest  \nx\n```\n"),
    "a blank before it": ("``` python\nx\n```\n", "``` python notest\nx\n```\n"),
    "more words": ('~~~py title="a b.py"\nx\n~~~\n', '~~~py notest title="a b.py"\nx\n~~~\n'),
    "braces": ("```{.python #a}\nx\n```\n", "```{.python #a notest}\nx\n```\n"),
    "braces behind the word": ("```python {.x}\nx\n```\n", "```python notest {.x}\nx\n```\n"),
    "in a quote": ("> ```python\n> x\n> ```\n", "> ```python notest\n> x\n> ```\n"),
    "in a list": ("1. a\n\n   ```python\n   x\n   ```", "1. a\n\n   ```python notest\n   x\n   ```"),
    "must raise": ("```python raises:E\nx\n```\n", "```python notest raises:E\nx\n```\n"),
}


@pytest.mark.parametrize(("before", "after"), FENCES.values(), ids=FENCES)
def test_the_fence_gets_one_word_more(before, after):
    edits = [with_notest(before, block) for block in blocks(before)]
    assert splice(before, edits) == after
    for block in blocks(after):
        assert block.directives.notest


POST = """---
title: A
---

A signature:

```python
cat(tensors, dim=0)
```

A sketch:

```python
for every element i:
```

A package:

```{.python #need}
import no_such_package_here
value = no_such_package_here.load()
```

Then:

```python title="x.py"
value + 1
```

It counts:

```python
print([][2])
```

It is fine:

```python
print(2)
```
"""
GERMAN = POST.replace("A signature", "Eine Signatur").replace("Then", "Dann").replace("\n", "\r\n")


@pytest.fixture
def site(new_site, capsys):
    """Return mkdocs.yml of a site whose failures are recorded, and what tells of a command."""
    file = new_site({"a.en.md": POST, "a.de.md": GERMAN, "b.en.md": POST}, languages="en,de")
    main(["run", "-f", str(file)])

    def told(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main([*words, "-f", str(file)])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return file, told


def marked(path) -> int:
    return path.read_text().count("notest")


def test_the_diff_comes_first_and_then_all_languages_are_marked(site):
    file, told = site
    posts = file.parent / "posts"
    status, said = told("fix", "--notest", "--only", "cannot-run", "a")
    assert status == 1 and said.count("+```python notest\n") == 4 and "+```{.python #need notest}" in said
    assert "posts/a.de.md:7: Marked `notest`." in said and "b.en.md" not in said
    assert "2 posts can be marked: `hexapla fix --notest --write` does it." in said
    assert not any(marked(path) for path in posts.iterdir())

    assert told("fix", "--notest", "--only", "cannot-run", "--write", "a")[0] == 0
    assert [marked(posts / name) for name in ("a.en.md", "a.de.md", "b.en.md")] == [4, 4, 0]
    assert b"```python notest\r\ncat(" in (posts / "a.de.md").read_bytes()
    # Only what is recorded for the present code is known to fail.
    told("run")
    told("fix", "--notest", "--write")
    assert [marked(posts / name) for name in ("a.en.md", "a.de.md", "b.en.md")] == [5, 5, 5]
    assert "```python\nprint(2)" in (posts / "a.en.md").read_text()

    assert told("run")[0] == 0
    assert told("fix", "--notest")[1].endswith("Nothing can be marked.\n")
    assert "not-reached" not in told("check")[1]


def test_a_check_ends_with_the_causes(site):
    _, told = site
    said = told("check")[1]
    start = said.index("What is behind the errors and warnings:")
    assert [line.strip() for line in said[start:].split("\n")[1:5]] == [
        "2 × a block that raises `IndexError`, in 2 articles",
        "2 × a name that the page never defines: `cat`, in 2 articles",
        "2 × a package that is not installed: `no_such_package_here`, in 2 articles",
        "2 × a block that does not parse as Python, in 2 articles",
    ]
    assert "`hexapla fix --notest` shows" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--notest", "--only", "cannot-rum"), "Did you mean `cannot-run`?"),
        (("--only", "cannot-run"), "`--only` is for `--notest`"),
    ],
)
def test_what_cannot_be_meant_is_told(new_site, capsys, words, said):
    file = new_site({"a.en.md": POST})
    assert main(["fix", *words, "-f", str(file)]) == 2
    assert said in capsys.readouterr().err


def test_failures_beside_files_and_taken_code_are_marked_in_the_post_as_it_is(new_site, capsys):
    brings = (
        '---\nfiles: [p.csv]\n---\n# A\n\n```python\nopen("p.csv").read()\n```\n\n```python\n1 / 0\n```\n'
    )
    takes = '# B\n\n```python\n--8<-- "a.py"\n```\n\n```python\nx / y\n```\n'
    file = new_site({"a.en.md": brings, "b.en.md": takes}, languages="en")
    file.write_text(
        file.read_text().replace(
            "  - admonition\n", "  - admonition\n  - pymdownx.snippets: {base_path: code}\n"
        )
    )
    posts, code = file.parent / "posts", file.parent / "code"
    (posts / "p.csv").write_text("1,2\n")
    code.mkdir()
    (code / "a.py").write_text("x = 1\ny = 0\n")
    hexapla(capsys, "run", "-f", file)
    hexapla(capsys, "fix", "--notest", "--write", "-f", file)
    assert (posts / "a.en.md").read_text() == brings.replace("```python\n1 / 0", "```python notest\n1 / 0")
    assert (posts / "b.en.md").read_text() == takes.replace("```python\nx / y", "```python notest\nx / y")
