"""Posts as they are: what fails costs itself, is recorded, and weighs what its owner says."""

import pytest

from test_site import hexapla

MIXED = """---
title: Mixed
---

A signature:

```python
concatenate(tensors, dim=0)
```

```python
print("runs")
```

```python
1 / 0
```

```python
for every element:
```
"""


@pytest.fixture
def mixed(new_site):
    return new_site({"mixed.en.md": MIXED}, languages="en,de")


def kinds(said: str) -> list[str]:
    """Return severity and code of each problem that was told."""
    return [line.split(" ")[1] for line in said.split("\n") if line.startswith("posts/")]


def test_what_failed_is_told_of_again_and_nothing_is_run_again(mixed, capsys):
    status, said = hexapla(capsys, "run", "-f", mixed)
    assert status == 1 and sorted(kinds(said)) == ["E-cell-raised", "W-cannot-run", "W-cannot-run"]
    assert (mixed.parent / "snippets/mixed/cell-2.out").read_text() == "runs\n"
    for command in ("run", "check", "pages"):
        status, said = hexapla(capsys, command, "-f", mixed)
        assert status == 1 and sorted(kinds(said)) == ["E-cell-raised", "W-cannot-run", "W-cannot-run"], (
            command
        )
        assert "[1/1]" not in said, "A program was run again"
    assert "mixed: it failed, and is to be tried again" in hexapla(capsys, "run", "--retry", "-f", mixed)[1]


def test_a_site_and_an_article_say_how_much_it_weighs(mixed, capsys):
    hexapla(capsys, "run", "-f", mixed)
    mixed.write_text(
        mixed.read_text().replace(
            "      snippets: ", "      severities: {cell-raised: note}\n      snippets: "
        )
    )
    assert sorted(kinds(hexapla(capsys, "check", "-f", mixed)[1])) == [
        "N-cell-raised", "W-cannot-run", "W-cannot-run",
    ]  # fmt: skip
    post = mixed.parent / "posts/mixed.en.md"
    post.write_text(
        MIXED.replace("Mixed\n", "Mixed\nseverities: {cannot-run: error, cell-raised: warning}\n")
    )
    status, said = hexapla(capsys, "check", "-f", mixed)
    assert status == 1 and sorted(kinds(said)) == ["E-cannot-run", "E-cannot-run", "W-cell-raised"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("3", "`severities` is 3, and takes a table of codes"),
        (
            "{cell-raised: fatal}",
            "`severities: cell-raised` is 'fatal', and takes `error`, `warning` or `note`",
        ),
        ("{cell-risen: note}", "`severities: cell-risen` is 'note', and takes codes that"),
    ],
)
def test_a_severity_that_there_is_not_is_a_problem_with_its_line(mixed, capsys, given, message):
    post = mixed.parent / "posts/mixed.en.md"
    post.write_text(MIXED.replace("title: Mixed", f"title: Mixed\nseverities: {given}"))
    assert f"posts/mixed.en.md:3: E-bad-setting {message}" in hexapla(capsys, "check", "-f", mixed)[1]


IMPORTS = """---
title: Imports
execute: {imports: ["import math as m", "from json import dumps"]}
---

```python
m.floor(dumps([1]) == "[1]")
```

```python
import math as m

m.e
```
"""


def test_what_a_site_or_an_article_imports_is_there_before_the_first_cell(new_site, capsys):
    file = new_site({"a.en.md": IMPORTS, "b.en.md": "```python\nsqrt(4)\n```\n"}, languages="en")
    file.write_text(
        file.read_text().replace("{seed: 0, timeout: 60}", "{imports: ['from math import sqrt']}")
    )
    assert hexapla(capsys, "run", "-f", file)[0] == 0
    snippets = file.parent / "snippets"
    assert (snippets / "a/cell-1.out").read_text() == "1\n"
    assert (snippets / "b/cell-1.out").read_text() == "2.0\n"
    assert "import math as m\nfrom json import dumps\n" in (snippets / "a/program.py").read_text()
    hexapla(capsys, "pages", "-f", file)
    posts = file.parent / "docs/en/posts"
    assert "import math as m\\nfrom json import dumps" in (posts / "a.ipynb").read_text().replace('",\n', "")
    assert "import math as m\nfrom json import dumps\n" in (posts / "a.py").read_text()
    # pytest-markdown-docs knows none of them.
    page = (posts / "a.md").read_text()
    assert "{.python notest}\nm.floor" in page and "```python\nimport math as m" in page
    file.write_text(file.read_text().replace("import sqrt", "import sqrt, pi"))
    assert "b: the code of cell cell-1 changed" in hexapla(capsys, "run", "-f", file)[1]


def test_imports_are_there_for_cells_that_are_kept_apart(new_site, capsys):
    post = IMPORTS.replace("{imports", "{shared_state: false, imports").replace(
        "import math as m\n\nm.e", "m.e"
    )
    file = new_site({"a.en.md": post}, languages="en")
    assert hexapla(capsys, "run", "-f", file)[0] == 0
    assert (file.parent / "snippets/a/cell-2.out").read_text().startswith("2.718")


def test_an_import_that_fails_is_told_once_with_its_line(new_site, capsys):
    post = "```python\nf(1)\n```\n\n```python\nprint(2)\n```\n"
    file = new_site({"a.en.md": post, "b.en.md": post}, languages="en")
    file.write_text(
        file.read_text().replace(
            "execute: {seed: 0, timeout: 60}", "execute:\n        imports:\n          - from nowhere import f"
        )
    )
    for command in ("run", "check"):
        said = hexapla(capsys, command, "-f", file)[1]
        assert (
            said.count("`from nowhere import f` of `execute: imports:` failed before the first cell: Module")
            == 1
        )
        assert "mkdocs.yml:" in said and "W-cannot-run `from nowhere" in said
    assert (
        "posts/a.en.md:2: N-not-reached Cell cell-1 of a was not reached: it reads `f`, which cell import-1"
        in said
    )
    assert (file.parent / "snippets/b/cell-2.out").read_text() == "2\n"


@pytest.mark.parametrize("given", ["import torch", "[torch]", "[1]", '["x = 1"]', '["import a; f()"]'])
def test_what_imports_nothing_is_refused(new_site, capsys, given):
    file = new_site({"a.en.md": IMPORTS.replace('["import math as m", "from json import dumps"]', given)})
    said = hexapla(capsys, "check", "-f", file)[1]
    assert "posts/a.en.md:3: E-bad-setting `execute: imports`" in said and "takes a list of imports" in said
    file.write_text(file.read_text().replace("{seed: 0, timeout: 60}", f"{{imports: {given}}}"))
    status, said = hexapla(capsys, "check", "-f", file)
    assert status == 2 and "`execute: imports` must be a list of imports" in said and "mkdocs.yml:" in said


REQUIRES = '---\ntitle: A\nrequires: [click, "no-such-thing>=2"]\n---\n\n```python\n1 / 0\n```\n'


def test_an_article_whose_requirement_is_missing_is_skipped_with_a_note(new_site, capsys):
    file = new_site({"a.en.md": REQUIRES}, languages="en")
    for command in ("run", "test", "check"):
        status, said = hexapla(capsys, command, "-f", file)
        assert status == 0 and "E-" not in said, command
    assert (
        "N-requires The cells of a are skipped: it requires `no-such-thing>=2`, and that is not installed"
        in said
    )
    (file.parent / "posts/a.en.md").write_text(REQUIRES.replace(', "no-such-thing>=2"', ', "click<2000"'))
    assert "E-cell-raised" in hexapla(capsys, "run", "-f", file)[1]


@pytest.mark.parametrize(
    "given", ["transformers", "[a b]", "[1]", "[x @ https://a.org/x.whl]", "&all [*all]"]
)
def test_what_is_no_requirement_is_refused(new_site, capsys, given):
    post = REQUIRES.replace('[click, "no-such-thing>=2"]', given)
    file = new_site({"a.en.md": post, "b.en.md": "```python\nprint(1)\n```\n"}, languages="en")
    status, said = hexapla(capsys, "run", "-f", file)
    assert status == 1 and "posts/a.en.md:3: E-bad-setting `requires` is " in said
    assert (file.parent / "snippets/b/cell-1.out").exists()


def test_records_of_another_version_are_stale_in_one_line_and_compared_where_that_is_wanted(new_site, capsys):
    posts = {f"{name}.en.md": "```python\nimport click\n\nprint(0.5)\n```\n" for name in "abcd"}
    file = new_site(posts, languages="en")
    hexapla(capsys, "run", "-f", file)
    for index in (file.parent / "snippets").glob("*/run.json"):
        version = index.read_text().partition('"click": "')[2].partition('"')[0]
        index.write_text(index.read_text().replace(f'"click": "{version}"', '"click": "0.1"'))
    for command in ("check", "test"):
        status, said = hexapla(capsys, command, "-f", file)
        assert status == 1 and said.count("E-stale-output") == 1
        assert f"4 programs (a, b, c, …) have no valid record: click was 0.1 and is {version}." in said
    status, said = hexapla(capsys, "test", "--across-versions", "-f", file)
    assert status == 0 and "E-" not in said
    recorded = file.parent / "snippets/a/cell-1.out"
    post = file.parent / "posts/b.en.md"
    post.write_text(post.read_text().replace("0.5", "0.75"))
    status, said = hexapla(capsys, "test", "--across-versions", "-f", file)
    assert status == 1 and said.count("E-stale-output") == 1 and "the code of cell cell-1 changed" in said
    assert recorded.read_text() == "0.5\n"
