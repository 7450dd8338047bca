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
