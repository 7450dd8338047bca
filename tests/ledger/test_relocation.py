"""Recorded outputs name the lines that a reader of the post finds today."""

import pytest

from hexapla.cli.main import main
from hexapla.ledger.relocation import places, relocated, relocated_to_translation
from hexapla.model.output import Kind, Text
from hexapla.model.program import Cell

FRAME = 'Traceback (most recent call last):\n  File "posts/a.en.md", line {}, in <module>\n    {}\nE: no\n'


def cell(line: int, code: str = "x = 1\n1 / 0\n", path: str = "posts/a.en.md") -> Cell:
    return Cell(id=f"cell-{line}", code=code, path=path, line=line)


def relocated_text(text: str, before: tuple[str, ...], *now: Cell) -> str:
    (output,) = relocated((Text(kind=Kind.ERROR, text=text),), before, now)
    return output.text


BEFORE = ("posts/a.en.md:8",)
MOVED = {
    "nothing moved": (FRAME.format(9, "1 / 0"), BEFORE, [cell(8)], FRAME.format(9, "1 / 0")),
    "prose above": (FRAME.format(9, "1 / 0"), BEFORE, [cell(20)], FRAME.format(21, "1 / 0")),
    "a comment in the cell": (
        FRAME.format(9, "1 / 0"), BEFORE, [cell(20, "# why\nx = 1\n1 / 0\n")], FRAME.format(22, "1 / 0"),
    ),
    "equal lines in the cell": (
        FRAME.format(10, "f()"), BEFORE, [cell(9, "f()\nx = 1\nf()\n")], FRAME.format(11, "f()"),
    ),
    "a comment in a cell that stands where it stood": (
        FRAME.format(9, "1 / 0"), BEFORE, [cell(8, "# why\nx = 1\n1 / 0\n")], FRAME.format(10, "1 / 0"),
    ),
    "the nearest of equal lines": (
        FRAME.format(12, "f()"), ("posts/a.en.md:9",), [cell(9, "f()\n# more\nx = 1\n# and more\nf()\n")], FRAME.format(13, "f()"),
    ),
    "a path behind a colon": ("in:posts/a.en.md:9: no\n", BEFORE, [cell(10)], "in:posts/a.en.md:11: no\n"),
    "two lines of the output, each with its source": (
        FRAME.format(9, "1 / 0") + FRAME.format(8, "x = 1"), BEFORE, [cell(20)], FRAME.format(21, "1 / 0") + FRAME.format(20, "x = 1"),
    ),
    "a number that is no line's": (f"posts/a.en.md:{9:09}0: no\n", BEFORE, [cell(10)], f"posts/a.en.md:{9:09}0: no\n"),
    "a number that is too long for Python": (f"posts/a.en.md:{'9' * 5000}\n", BEFORE, [cell(10)], f"posts/a.en.md:{'9' * 5000}\n"),
    "a renamed post": (
        FRAME.format(9, "1 / 0"), BEFORE, [cell(8, path="posts/b ä.en.md")],
        FRAME.format(9, "1 / 0").replace("a.en", "b ä.en"),
    ),
    "a function of a cell above": (
        FRAME.format(9, "1 / 0") + FRAME.format(31, "f()"), ("posts/a.en.md:8", "posts/a.en.md:31"),
        [cell(10), cell(40, "f()\n")], FRAME.format(11, "1 / 0") + FRAME.format(40, "f()"),
    ),
    "a warning": (
        "posts/a.en.md:9: UserWarning: careful\n  1 / 0\n", BEFORE, [cell(10)],
        "posts/a.en.md:11: UserWarning: careful\n  1 / 0\n",
    ),
    "another file": (
        '  File "lib/b.py", line 9, in f\n    1 / 0\n', BEFORE, [cell(20)], '  File "lib/b.py", line 9, in f\n    1 / 0\n',
    ),
    "a line above all cells": (FRAME.format(2, "?"), BEFORE, [cell(20)], FRAME.format(2, "?")),
    "the words of a program": ("see notes.md: 3 lines, line 9\n", BEFORE, [cell(20)], "see notes.md: 3 lines, line 9\n"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "before", "now", "wanted"), MOVED.values(), ids=MOVED)
def test_lines_move_with_their_cells(text, before, now, wanted):
    assert relocated_text(text, before, *now) == wanted
    again = tuple(f"{cell.path}:{cell.line}" for cell in now)
    assert relocated_text(wanted, again, *now) == wanted


def test_places_are_recorded_only_where_an_output_names_a_post():
    cells = (cell(8), cell(20))
    named = Text(kind=Kind.ERROR, text=FRAME.format(9, "1 / 0"))
    assert places(cells, (named,)) == ("posts/a.en.md:8", "posts/a.en.md:20")
    assert places(cells, (Text(kind=Kind.STREAM, text="posts/b.md:3: no\n"),)) == ()


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
    assert 'File "posts/a.en.md", line 12, in <module>' in recorded and ", line 7, in f" in recorded
    post = file.parent / "posts/a.en.md"
    post.write_text(
        POST.replace("\n```python\n", "\nNew prose.\n\n```python\n# A comment\n").replace(
            "x = 2", "# more\nx = 2"
        )
    )
    capsys.readouterr()
    assert main(["test", "-f", str(file)]) == 0
    main(["pages", "-f", str(file)])
    for language, line, inside in (("en", 16, 10), ("de", 12, 7)):
        page = (file.parent / f"docs/{language}/posts/a.md").read_text()
        assert f'File "posts/a.{language}.md", line {line}, in <module>' in page
        assert f", line {inside}, in f" in page
    main(["run", "-f", str(file)])
    assert "no program was run" in capsys.readouterr().err


ENGLISH = "# Divide\nx = 1  # one\n1 / 0  # by nothing\n"
GERMAN = "\n# Teilen\n# und herrschen\nx = 1\n\n1 / 0  # durch nichts\n"
HERE = FRAME.replace("a.en", "a.de")
HOME = {
    "comments on other lines": (
        FRAME.format(10, "1 / 0  # by nothing"), cell(8, ENGLISH), GERMAN,
        HERE.format(35, "1 / 0  # durch nichts"),
    ),
    "a line that Python shows with its marks": (
        FRAME.format(10, "1 / 0") + "    ~~^~~\n", cell(8, ENGLISH), GERMAN,
        HERE.format(35, "1 / 0  # durch nichts") + "    ~~^~~\n",
    ),
    "the same text": (FRAME.format(9, "1 / 0"), cell(8), "x = 1\n1 / 0\n", HERE.format(31, "1 / 0")),
    "a line of a statement over several": (
        FRAME.format(10, "0)"), cell(8, "x = f(\n    1,  # one\n    0)\n"), "x = f(1,\n    0)\n", HERE.format(31, "0)"),
    ),
    "the last line of a statement over several": (
        FRAME.format(10, ")"), cell(8, "x = f(\n    1,\n)\n"), "x = f(1,\n)\n", HERE.format(31, ")"),
    ),
    "a warning": (
        "posts/a.en.md:10: UserWarning: careful\n  1 / 0\n", cell(8, ENGLISH), GERMAN,
        "posts/a.de.md:35: UserWarning: careful\n  1 / 0  # durch nichts\n",
    ),
    "another source in the same line": (
        FRAME.format(9, "print('one')"), cell(8, "x = 1\nprint('one')\n"), "x = 1\nprint('eins')\n",
        HERE.format(31, "print('one')"),
    ),
    "a line that holds a comment only": (FRAME.format(8, "?"), cell(8, ENGLISH), GERMAN, FRAME.format(8, "?")),
    "a line of no cell": (FRAME.format(2, "?"), cell(8, ENGLISH), GERMAN, FRAME.format(2, "?")),
    "other statements": (FRAME.format(9, "1 / 0"), cell(8), "x = 1\n1 / 0\ny = 2\n", FRAME.format(9, "1 / 0")),
    "what does not parse": (FRAME.format(9, "1 / 0"), cell(8), "x = (\n1 / 0\n", FRAME.format(9, "1 / 0")),
    "another file": ('  File "b.py", line 9, in f\n', cell(8), "x = 1\n1 / 0\n", '  File "b.py", line 9, in f\n'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "original", "code", "wanted"), HOME.values(), ids=HOME)
def test_a_translation_names_its_own_lines(text: str, original: Cell, code: str, wanted: str) -> None:
    translation = {original.id: Cell(id=original.id, code=code, path="posts/a.de.md", line=30)}
    (output,) = relocated_to_translation((Text(kind=Kind.ERROR, text=text),), (original,), translation)
    assert output.text == wanted
    assert relocated_to_translation((Text(kind=Kind.ERROR, text=text),), (original,), {}) == (
        Text(kind=Kind.ERROR, text=text),
    )
