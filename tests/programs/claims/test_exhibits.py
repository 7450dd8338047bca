"""What an author shows below a block otherwise than as its text is not said again."""

import pytest

from hexapla.model.block import blocks
from hexapla.model.output import Figure, Kind, Markup, MarkupKind, Text
from hexapla.programs.claims.exhibits import unexhibited

FIGURE = Figure(svg="<svg/>", alt="A line")
PRINTED = Text(kind=Kind.STREAM, text="tea 1\n")
VALUE = Text(kind=Kind.VALUE, text="Tea(1)\n")
FRAME = Text(
    kind=Kind.VALUE, text="  name  price\n0  tea    1.5\n1  rice   2\n",
    markup=Markup(kind=MarkupKind.HTML, source="<table></table>"),
)  # fmt: skip
JSON = Text(kind=Kind.VALUE, text='\'{"name": "tea", "sizes": [1, 2]}\'\n')
DATA = Text(kind=Kind.VALUE, text="{'name': 'tea', 'sizes': [1, 2]}\n")
SOURCE = Text(kind=Kind.STREAM, text="class Tea:\n    price: int\n")
ERROR = Text(kind=Kind.ERROR, text="Traceback (most recent call last):\nValueError: tea\n")
TABLE = "| | name | price |\n|---:|:---|---|\n| 0 | tea | 1.5 |\n| 1 | `rice` | 2 |\n"
PRETTY = '```json\n{\n  "name": "tea",\n  "sizes": [1, 2]\n}\n```\n'


def left(below, *outputs):
    body = f"```python\ntea\n```\n{below}"
    return unexhibited(body, blocks(body)[0], outputs)


SHOWN = {
    "a picture": ("\n![A line](line.png)\n", FIGURE),
    "a picture behind a sentence": ("\nThat looks so.\n\n![A line](line.png)\n", FIGURE),
    "a picture that links": ("\n[![A line](line.png)](line.png)\n", FIGURE),
    "a picture in HTML": ("\n<p align='center'>\n<img src='line.png'>\n</p>\n", FIGURE),
    "a picture of a table": ("\n![Prices](table.png)\n", FRAME),
    "a picture of a terminal": ("\n![Tea](tea.svg)\n", PRINTED),
    "a table": (f"\n{TABLE}", FRAME),
    "a table of what is printed": (f"\n{TABLE}", Text(kind=Kind.STREAM, text=FRAME.text)),
    "a table below a lead": (f"\nIt gives:\n\n{TABLE}", FRAME),
    "a file that is taken in": ('\n--8<-- "tables/tea.md"\n', FRAME),
    "a file by another tool": ("\n{! tables/tea.md !}\n", VALUE),
    "what a macro makes": ("\n{{ swatch('tea') }}\n", VALUE),
    "a figure that a macro makes": ("\n{{ swatch('tea') }}\n", FIGURE),
    "a figure in a file": ('\n--8<-- "tables/tea.html"\n', FIGURE),
    "the same JSON": (f"\n{PRETTY}", JSON),
    "JSON of a dictionary": (f"\nresulting in\n\n{PRETTY}", DATA),
    "JSON with a value of the day": (f"\n{PRETTY}".replace("[1, 2]", "[3]"), DATA),
    "JSON with a comma too many": (f"\n{PRETTY}".replace("[1, 2]", "[1, 2],"), JSON),
    "the same code": ("\nThis prints\n\n```python\nclass Tea:\n    price: int\n```\n", SOURCE),
    "the end of it": (
        "\n```text\nclass Tea:\n    price: int\n```\n",
        Text(kind=Kind.STREAM, text=f"Use `tea`.\n{SOURCE.text}"),
    ),
}
SAID = {
    "nothing": ("\nSome words.\n", FIGURE),
    "a picture of the next section": ("\n## More\n\n![A line](line.png)\n", FIGURE),
    "a picture far below": ("\nOne.\n\nTwo.\n\n![A line](line.png)\n", FIGURE),
    "a picture beside what is printed": ("\n![A cup](cup.png)\n", PRINTED),
    "another table": ("\n| option | meaning |\n|---|---|\n| `sort` | how |\n| `keep` | what |\n", PRINTED),
    "a table below words": (f"\nMore of them.\n\n{TABLE}", FRAME),
    "a file and what is printed": ('\n--8<-- "more.md"\n', PRINTED),
    "other JSON": ('\n```json\n{"port": 80}\n```\n', DATA),
    "other code": ("\n```python\nclass Cup:\n    size: int\n```\n", SOURCE),
    "an error": ("\n![A line](line.png)\n", ERROR),
}


@pytest.mark.parametrize(("below", "output"), SHOWN.values(), ids=SHOWN)
def test_what_an_author_shows_is_not_said_again(below, output):
    assert left(below, output) == ()


@pytest.mark.parametrize(("below", "output"), SAID.values(), ids=SAID)
def test_what_is_of_something_else_hides_nothing(below, output):
    assert left(below, output) == (output,)


def test_what_is_printed_stays_beside_the_picture_of_a_figure():
    assert left("\n![A line](line.png)\n", PRINTED, FIGURE) == (PRINTED,)


TABS = """=== "3.9"

    ```python
    old
    ```

=== "3.10"

    ```python
    new
    ```

"""


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("below", "left_over"), [(PRETTY, 0), ("Words.\n", 1), (f"Words.\n\nMore.\n\n{PRETTY}", 1)]
)
def test_what_stands_below_a_set_of_tabs_is_of_each(place, below, left_over):
    body = f"{TABS}{below}"
    assert len(unexhibited(body, blocks(body)[place], (JSON,))) == left_over


def test_the_tab_beside_is_named_for_what_it_holds():
    body = '=== "Code"\n\n    ```python\n    tea\n    ```\n\n=== "Output"\n\n    ![A line](line.png)\n'
    assert unexhibited(body, blocks(body)[0], (FIGURE,)) == ()
    other = body.replace("Output", "Another")
    assert unexhibited(other, blocks(other)[0], (FIGURE,)) == (FIGURE,)
