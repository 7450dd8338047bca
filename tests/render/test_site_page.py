"""A page of a site's own with its outputs: nothing else of it changes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import ENVIRONMENT, post, run
from hexapla.ledger.ledger import Record, updated_record
from hexapla.model.block import Edit, splice
from hexapla.model.output import Figure, Kind, Markup, MarkupKind, Text
from hexapla.model.run import CellRun, Run, Status
from hexapla.programs.align.article import align
from hexapla.render.site_page import SitePage, means_of, moved_edits


class Settings:
    """What a page asks of the configuration."""

    keep_claims = False
    templated = False
    extensions: tuple[str, ...] = ("pymdownx.superfences", "attr_list", "pymdownx.details")


def shown(body: str, *texts: str, markdown: str = "", outputs=(), config=Settings) -> str:
    of = align([post(body)], default_language="en", languages=("en",))
    (program,) = of.programs
    done = run(program, *texts) if texts else Run(
        program=program.name, environment=ENVIRONMENT, cells=(CellRun(id=program.cells[0].id, status=Status.OK, outputs=outputs),)
    )  # fmt: skip
    page = SitePage(article=of, language="en", record=updated_record(Record(), program, done))
    return page.with_outputs(markdown or body, "en", config)


def output(text: str) -> str:
    return f'\n```{{.text .output title="Output"}}\n{text}```\n'


ONE = "```python\nprint(1)\n```\n"
OUT = output("1\n")
TWO = "1\n2\n"
NUMBERED = "```python\nprint(1)  # (1)!\n```\n\n1. Why.\n"


@pytest.mark.parametrize(
    ("body", "texts", "wanted"),
    [
        # No output, or one that its author typed as it is.
        ("Words.\n\n```python\nx = 1\n```\n", [""], "Words.\n\n```python\nx = 1\n```\n"),
        (f"{ONE}\n```text\n1\n```\n", ["1\n"], f"{ONE}\n```text\n1\n```\n"),
        ("```pycon\n>>> print(1)\n1\n```\n", ["1\n"], "```pycon\n>>> print(1)\n1\n```\n"),
        ("```python\nprint(1)  # 1\n```\n", ["1\n"], "```python\nprint(1)  # 1\n```\n"),
        ('```python\nprint("a b")  # "a b"\n```\n', ["a b\n"], '```python\nprint("a b")  # "a b"\n```\n'),
        # One that is put there, below what must follow the block.
        (f"{ONE}\nWords.\n", ["1\n"], f"{ONE}{OUT}\nWords.\n"),
        (ONE.rstrip(), ["1\n"], f"{ONE}{OUT}"),
        (NUMBERED, ["1\n"], f"{NUMBERED}{OUT}"),
        ("- a\n\n    ```python\n    print(1)\n    ```\n", ["1\n"], '- a\n\n    ```python\n    print(1)\n    ```\n\n    ```{.text .output title="Output"}\n    1\n    ```\n'),
        # One below a block that is a part of the text above.
        ("- a\n  ```python\n  print(1)\n  ```\n\n- b\n", ["1\n"], '- a\n  ```python\n  print(1)\n  ```\n  ```{.text .output title="Output"}\n  1\n  ```\n\n- b\n'),
        (f"Words:\n{ONE}", ["1\n"], f"Words:\n{ONE}{OUT.lstrip()}"),
        (f"Words:\n{ONE.rstrip()}", ["1\n"], f"Words:\n{ONE}{OUT.lstrip()}"),
        (f"## Words\n{ONE}", ["1\n"], f"## Words\n{ONE}{OUT}"),
        ('=== "A"\n    ```python\n    print(1)\n    ```\n', ["1\n"], '=== "A"\n    ```python\n    print(1)\n    ```\n\n    ```{.text .output title="Output"}\n    1\n    ```\n'),
        # One that takes the place of what was typed wrongly.
        (f"{ONE}\n```text\n2\n```\n", ["1\n"], f"{ONE}{OUT}"),
        # One that the author typed a part of: the rest, where it is known what each statement printed.
        ("```python\nprint(1)  # 1\nprint(2)\n```\n", ["1\n2\n"], "```python\nprint(1)  # 1\nprint(2)\n```\n"),
        ("```python\nprint(1)  # 3\nprint(2)\n```\n", ["1\n2\n"], f"```python\nprint(1)\nprint(2)\n```\n{output(TWO)}"),
    ],
)  # fmt: skip
def test_outputs_are_put_below_their_blocks_and_nothing_else_changes(body, texts, wanted):
    assert shown(body, *texts) == wanted


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        # As mkdocs takes off what stands above, and as others change it.
        (f"{ONE}\nWords.\n", True),
        (f"# A title\n\n{ONE}\nOther words.\n", True),
        (f"{ONE}", True),
        (ONE.rstrip(), True),
        ("```python\nprint(2)\n", False),
        ("Nothing of it.\n", False),
    ],
)
def test_outputs_find_their_place_in_what_the_builder_has(markdown, found):
    text = shown(f"\n\n{ONE}\nWords.\n", "1\n", markdown=markdown)
    assert text.replace(output("1\n"), "", 1).rstrip("\n") == markdown.rstrip("\n")
    assert (output("1\n") in text) is found


def test_a_figure_stands_in_the_page_itself():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" height="36pt" width="72pt"/>'
    text = shown(ONE, outputs=(Figure(svg=svg, alt='A "curve"'),))
    assert text.startswith(f"{ONE}\n<div") and 'src="data:image/svg+xml;base64,' in text
    assert 'width="96" height="48"' in text and "&#x22;curve&#x22;" in text
    assert "\n" not in text.removeprefix(f"{ONE}\n").rstrip("\n")


def test_a_page_shows_what_its_own_markdown_can():
    long = "".join(f"{number}\n" for number in range(40))
    assert "???" in shown(ONE, long)
    formula = Text(kind=Kind.VALUE, text="x\n", markup=Markup(kind=MarkupKind.LATEX, source="$x$"))

    class Bare(Settings):
        extensions = ()

    nested = f"- a\n\n    {ONE.rstrip().replace(chr(10), chr(10) + '    ')}\n"
    assert shown(nested, "1\n", config=Bare) == nested != shown(nested, "1\n")

    assert "???" not in shown(ONE, long, config=Bare)
    assert "arithmatex" not in shown(ONE, outputs=(formula,), config=Bare)
    assert not means_of(Bare).attributes and means_of(Settings).attributes

    class Formulas(Settings):
        extensions = ("pymdownx.arithmatex",)

    assert "arithmatex" in shown(ONE, outputs=(formula,), config=Formulas)


def test_what_is_a_part_of_the_text_above_is_followed_by_fences_alone():
    long = "".join(f"{number}\n" for number in range(40))
    assert "???" not in shown(f"Words:\n{ONE}", long)
    table = Text(kind=Kind.VALUE, text="a\n", markup=Markup(kind=MarkupKind.HTML, source="<table></table>"))
    figure = Figure(svg="<svg/>", alt="")
    text = shown(
        f"- Words:\n  {ONE.replace(chr(10), chr(10) + '  ').rstrip(' ')}- b\n", outputs=(table, figure)
    )
    assert "<div" not in text and "\n\n" not in text and "  <span class=" in text and text.endswith("\n- b\n")


def test_templates_in_outputs_are_no_templates():
    class Templated(Settings):
        templated = True

    assert "{{" not in shown(ONE, "{{ name }}\n", config=Templated)


LINES = st.lists(st.sampled_from(["a", "b", "```", "", "  c"]), min_size=1, max_size=8)


@given(LINES, LINES, st.booleans())
def test_what_is_put_between_lines_stays_below_its_line(above, below, ended):
    body = "\n".join([*above, "HERE", *below]) + "\n" * ended
    place = body.index("HERE") + 5
    edit = Edit(start=place, end=place, text="NEW\n")
    assert splice(body, moved_edits([edit], body, body)) == splice(body, [edit])
    other = f"x\n{body}y"
    assert splice(other, moved_edits([edit], body, other)) == f"x\n{splice(body, [edit])}y"


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ('```python\n{"name": "Ada"}\n```\n', ""),
        ("```python\n1 + 1\n```\n", "2"),
        # What its author typed below it is checked, and gives way where it is wrong.
        ("```python\n2\n```\n\n```text\n3\n```\n", "2"),
    ],
)
def test_a_value_that_its_block_spells_out_is_not_said_again(body, value):
    page = shown(body, outputs=(Text(kind=Kind.VALUE, text=value or "{'name': 'Ada'}"),))
    assert page == body if not value else f'.value title="Value"}}\n{value}\n```' in page


@pytest.mark.parametrize("body", [ONE, f"{ONE}\n```text\n2\n```\n", "```python\nprint(1)  # 2\n```\n"])
def test_what_a_second_run_prints_otherwise_is_not_shown_and_nothing_typed_gives_way(body):
    figure = Figure(svg="<svg/>", alt="A line.")
    of = align([post(body)], default_language="en", languages=("en",))
    (program,) = of.programs
    done = run(program, "1\n")
    for outputs in (done.cells[0].outputs, (*done.cells[0].outputs, figure)):
        cell = replace(done.cells[0], outputs=outputs, varies=True)
        record = updated_record(Record(), program, replace(done, cells=(cell,)))
        page = SitePage(article=of, language="en", record=record).with_outputs(body, "en", Settings)
        assert (page == body) is (figure not in outputs)
        assert all(line in page.split("\n") for line in body.split("\n"))
