"""Recorded outputs name the lines that a reader of the post finds today."""

import pytest

from hexapla.cli.main import main
from hexapla.ledger.relocation import in_posts, modernized, relocated, relocated_to_translation
from hexapla.model.output import Kind, Text
from hexapla.model.program import Cell, Program
from hexapla.model.settings import Settings

FRAME = "Traceback (most recent call last):\n  cell {}, line {}, in <module>\n    {}\nE: no\n"
CODE = "x = 1\n1 / 0\n"


def cell(line: int = 8, code: str = CODE, path: str = "posts/a.en.md") -> Cell:
    return Cell(id=f"cell-{line}", code=code, path=path, line=line)


def program(*cells: Cell, alone: bool = False) -> Program:
    settings = Settings(shared_state=not alone)
    return Program(slug="a", variant="", cells=cells, languages=("en",), settings=settings)


def error(text: str) -> tuple[Text]:
    return (Text(kind=Kind.ERROR, text=text),)


MOVED = {
    "nothing moved": (FRAME.format(1, 2, "1 / 0"), [cell()], FRAME.format(1, 2, "1 / 0")),
    "a comment in the cell": (
        FRAME.format(1, 2, "1 / 0"), [cell(code="# why\nx = 1\n1 / 0\n")], FRAME.format(1, 3, "1 / 0"),
    ),
    "equal lines in the cell": (
        FRAME.format(1, 3, "f()"), [cell(code="f()\nx = 1\nf()\n")], FRAME.format(1, 3, "f()"),
    ),
    "the nearest of equal lines": (
        FRAME.format(1, 4, "f()"), [cell(code="f()\n# more\nx = 1\n# and more\nf()\n")], FRAME.format(1, 5, "f()"),
    ),
    "two lines of the output, each with its source": (
        FRAME.format(1, 2, "1 / 0") + FRAME.format(1, 1, "x = 1"), [cell(code="# why\nx = 1\n1 / 0\n")],
        FRAME.format(1, 3, "1 / 0") + FRAME.format(1, 2, "x = 1"),
    ),
    "a number that is no line's": (f"cell 1, line {9:09}0: no\n", [cell()], f"cell 1, line {9:09}0: no\n"),
    "a number that is too long for Python": (f"cell 1, line {'9' * 5000}\n", [cell()], f"cell 1, line {'9' * 5000}\n"),
    "a function of a cell above": (
        FRAME.format(1, 2, "1 / 0") + FRAME.format(2, 1, "f()"), [cell(code="# why\nx = 1\n1 / 0\n"), cell(40, "\nf()\n")],
        FRAME.format(1, 3, "1 / 0") + FRAME.format(2, 2, "f()"),
    ),
    "a warning": (
        "cell 1, line 2: UserWarning: careful\n  1 / 0\n", [cell(code="#\nx = 1\n1 / 0\n")],
        "cell 1, line 3: UserWarning: careful\n  1 / 0\n",
    ),
    "another file": ('  File "lib/b.py", line 9, in f\n    1 / 0\n', [cell()], '  File "lib/b.py", line 9, in f\n    1 / 0\n'),
    "a cell that comes later, or is none": (FRAME.format(2, 1, "?"), [cell()], FRAME.format(2, 1, "?")),
    "cell 0": (FRAME.format(0, 1, "?"), [cell()], FRAME.format(0, 1, "?")),
    "the words of a program": ("cell 1, lines 9\n", [cell()], "cell 1, lines 9\n"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "now", "wanted"), MOVED.values(), ids=MOVED)
def test_lines_move_with_their_cells(text, now, wanted):
    (output,) = relocated(error(text), program(*now), len(now) - 1)
    assert output.text == wanted
    assert relocated((output,), program(*now), len(now) - 1) == (output,)


def test_a_cell_that_runs_alone_has_the_number_that_it_has_today():
    now = program(cell(8), cell(20), cell(30, "# why\nx = 1\n1 / 0\n"), alone=True)
    (output,) = relocated(error(FRAME.format(1, 2, "1 / 0")), now, 2)
    assert output.text == FRAME.format(3, 3, "1 / 0")


PAST = 'Traceback (most recent call last):\n  File "posts/a.en.md", line {}, in <module>\n    {}\nE: no\n'
OLD = {
    "a frame": (PAST.format(9, "1 / 0"), ["posts/a.en.md:8"], FRAME.format(1, 2, "1 / 0")),
    "a frame of a cell above": (
        PAST.format(9, "1 / 0") + PAST.format(31, "f()"), ["posts/a.en.md:8", "posts/a.en.md:31"],
        FRAME.format(1, 2, "1 / 0") + FRAME.format(2, 1, "f()"),
    ),
    "a warning": (
        "posts/a.en.md:9: UserWarning: careful\n  1 / 0\n", ["posts/a.en.md:8"],
        "cell 1, line 2: UserWarning: careful\n  1 / 0\n",
    ),
    "blanks in the path": (PAST.format(9, "x").replace("a.en", "a b ä.en"), ["posts/a b ä.en.md:8"], FRAME.format(1, 2, "x")),
    "a path behind a colon": ("in:posts/a.en.md:9: no\n", ["posts/a.en.md:8"], "in:cell 1, line 2: no\n"),
    "a line above all cells": (PAST.format(2, "?"), ["posts/a.en.md:8"], PAST.format(2, "?")),
    "another file": ("posts/b.md:9: no\n", ["posts/a.en.md:8"], "posts/b.md:9: no\n"),
    "an output that named none": (PAST.format(9, "1 / 0"), [], PAST.format(9, "1 / 0")),
    "a number that is no line's": (f"posts/a.en.md:{9:09}0: no\n", ["posts/a.en.md:8"], f"posts/a.en.md:{9:09}0: no\n"),
    "the words of a program": ("see notes.md: 3 lines, line 9\n", ["posts/a.en.md:8"], "see notes.md: 3 lines, line 9\n"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "places", "wanted"), OLD.values(), ids=OLD)
def test_ledgers_of_the_past_are_read(text, places, wanted):
    assert modernized(error(text), places) == error(wanted)


AUTHORS = {
    "a frame": (FRAME.format(2, 2, "1 / 0"), PAST.format(21, "1 / 0")),
    "a warning": ("cell 1, line 1: UserWarning: no\n", "posts/a.en.md:8: UserWarning: no\n"),
    "no cell of it": (FRAME.format(3, 2, "1 / 0"), FRAME.format(3, 2, "1 / 0")),
}


@pytest.mark.parametrize(("text", "wanted"), AUTHORS.values(), ids=AUTHORS)
def test_an_author_is_told_the_line_of_the_post(text, wanted):
    assert in_posts(text, program(cell(8), cell(20))) == wanted


POST = """---
title: A
---

```python
def f():
    return 1 / 0
```

```python raises:ZeroDivisionError
x = 2
f()
```
"""


def test_a_page_names_the_lines_of_the_post_as_it_is_and_nothing_runs_again(new_site, capsys):
    file = new_site({"a.en.md": POST, "a.de.md": POST})
    main(["run", "-f", str(file)])
    recorded = (file.parent / "snippets/a/cell-2.out").read_text()
    assert "  cell 2, line 2, in <module>" in recorded and "  cell 1, line 2, in f" in recorded
    post = file.parent / "posts/a.en.md"
    post.write_text(
        POST.replace("\n```python\n", "\nNew prose.\n\n```python\n# A comment\n").replace(
            "x = 2", "# more\nx = 2"
        )
    )
    capsys.readouterr()
    assert main(["test", "-f", str(file)]) == 0
    main(["pages", "-f", str(file)])
    for language, line, inside in (("en", 3, 3), ("de", 2, 2)):
        page = (file.parent / f"docs/{language}/posts/a.md").read_text()
        assert f"  cell 2, line {line}, in <module>" in page and f"  cell 1, line {inside}, in f" in page
        assert "posts/a.en.md" not in page.partition("---\n\n")[2]
    main(["run", "-f", str(file)])
    assert "no program was run" in capsys.readouterr().err


ENGLISH = "# Divide\nx = 1  # one\n1 / 0  # by nothing\n"
GERMAN = "\n# Teilen\n# und herrschen\nx = 1\n\n1 / 0  # durch nichts\n"
THERE = {
    "comments on other lines": (
        FRAME.format(1, 3, "1 / 0  # by nothing"), ENGLISH, GERMAN, FRAME.format(1, 6, "1 / 0  # durch nichts"),
    ),
    "a line that Python shows with its marks": (
        FRAME.format(1, 3, "1 / 0") + "    ~~^~~\n", ENGLISH, GERMAN,
        FRAME.format(1, 6, "1 / 0  # durch nichts") + "    ~~^~~\n",
    ),
    "the same text": (FRAME.format(1, 2, "1 / 0"), CODE, CODE, FRAME.format(1, 2, "1 / 0")),
    "a line of a statement over several": (
        FRAME.format(1, 3, "0)"), "x = f(\n    1,  # one\n    0)\n", "x = f(1,\n    0)\n", FRAME.format(1, 2, "0)"),
    ),
    "the last line of a statement over several": (
        FRAME.format(1, 3, ")"), "x = f(\n    1,\n)\n", "x = f(1,\n)\n", FRAME.format(1, 2, ")"),
    ),
    "a warning": (
        "cell 1, line 3: UserWarning: careful\n  1 / 0\n", ENGLISH, GERMAN,
        "cell 1, line 6: UserWarning: careful\n  1 / 0  # durch nichts\n",
    ),
    "another source in the same line": (
        FRAME.format(1, 2, "print('one')"), "x = 1\nprint('one')\n", "\nx = 1\nprint('eins')\n", FRAME.format(1, 3, "print('one')"),
    ),
    "a line that holds a comment only": (FRAME.format(1, 1, "?"), ENGLISH, GERMAN, FRAME.format(1, 1, "?")),
    "a line of no cell": (FRAME.format(2, 2, "?"), ENGLISH, GERMAN, FRAME.format(2, 2, "?")),
    "other statements": (FRAME.format(1, 2, "1 / 0"), CODE, f"\n{CODE}y = 2\n", FRAME.format(1, 2, "1 / 0")),
    "what does not parse": (FRAME.format(1, 2, "1 / 0"), CODE, "x = (\n1 / 0\n", FRAME.format(1, 2, "1 / 0")),
    "another file": ('  File "b.py", line 9, in f\n', CODE, CODE, '  File "b.py", line 9, in f\n'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "original", "code", "wanted"), THERE.values(), ids=THERE)
def test_a_translation_names_its_own_lines(text: str, original: str, code: str, wanted: str) -> None:
    first = cell(code=original)
    translation = {first.id: cell(30, code, "posts/a.de.md")}
    assert relocated_to_translation(error(text), program(first), 0, translation) == error(wanted)
    assert relocated_to_translation(error(text), program(first), 0, {}) == error(text)
