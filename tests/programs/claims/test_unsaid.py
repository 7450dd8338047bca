"""What a page of somebody's own has still to show, beside what its author typed."""

import pytest

from examples import post
from hexapla.model.block import splice
from hexapla.model.output import Figure, Kind, Text
from hexapla.model.run import CellRun, Status
from hexapla.programs.align.article import align
from hexapla.programs.claims.unsaid import unsaid


def left(body: str, outputs, shown: tuple[int, ...] = ()):
    """Return the page with its answers put right, what goes from it, and what is shown below."""
    article = align([post(body)], default_language="en", languages=("en",))
    placed = article.placed["en"][0]
    run = CellRun(id="cell-1", status=Status.OK, outputs=outputs, shown=shown)
    found = unsaid(body, placed, run)
    below = "".join(output.text for output in found.outputs if isinstance(output, Text))
    return splice(body, found.edits), [claim.text for claim in found.replaced], below


def stream(text: str) -> tuple[Text]:
    return (Text(kind=Kind.STREAM, text=text),)


SIGNED = "eyJ0ZWEiOiJncmVlbiJ9.dGVhLCBncmVlbg-c2lnbmVk"
IMPORTED = "import clock\n"


@pytest.mark.parametrize(
    ("code", "printed", "shown", "gone", "below"),
    [
        # What is typed beside its statement is not said again, whatever is shown of the others.
        ("print(1)  # 1\nprint(2)", "1\n2\n", (1,), [], "2\n"),
        ("print(1)\nprint(2)  #> 2", "1\n2\n", (1,), [], "1\n"),
        ("print(1)\nprint(2)\n#> 1\n#> 2", "1\n2\n", (1,), [], ""),
        # Between others no line is left out.
        ("print(1)\nprint(2)  # 2\nprint(3)", "1\n2\n3\n", (1, 2), [], "1\n2\n3\n"),
        # What may be right elsewhere is what its author saw; what a package prints otherwise today gives way.
        ("import os\nprint(os.getcwd(), 1)  #> /home/ada 1\nprint(2)", "/tmp/x 1\n2\n", (0, 1), [], "2\n"),
        (f"{IMPORTED}print(clock.name)  #> Zeiger\nprint(2)", "12:30\n2\n", (0, 1), [], "2\n"),
        (f"{IMPORTED}print(clock.key)  #> Key('abc')\nprint(clock.row)  # [1, 2, 3]", "12:30\n[1, 2, 4]\n", (0, 1), [], ""),
        # A slip goes, where nobody knows what each statement printed.
        ("print(1)\nprint(2)  # 3", "1\n2\n", (), ["3"], "1\n2\n"),
        # What stands in strings below their statements is typed, too.
        (f'{IMPORTED}print(clock.error)\n"""\n1 error (type=none)\n"""', "1 error [type=missing]\n", (0,), [], ""),
        # A remark is no output, and what nobody knows is not guessed.
        ("print(1)  # the first\nprint(2)", "1\n2\n", (1,), [], "1\n2\n"),
        ("print(1)  # 1\nprint(2)", "1\n2\n", (), [], ""),
        # A sketch and a fragment are other code than what its readers have.
        (f"{IMPORTED}clock.wind(...)\nprint(clock.row)  # [1, 2, 3]", "[1, 2, 4]\n", (), [], ""),
        (f"{IMPORTED}clock.wind(by=...)\nprint(2)", "2\n", (), [], ""),
        ("key = ...\nprint(key)", "Ellipsis\n", (), [], ""),
        ("f = 1\n...\nprint(f)", "1\n", (), [], ""),
        ("    x = 1\n    print(x)", "1\n", (), [], ""),
        ("def f(x=Query(...)):\n    ...\nclass A:\n    x = Field(...)\nprint(x[..., 0])", "1\n", (), [], "1\n"),
        # A token is another one in each run, and so is what its author typed beside it.
        (f"print(sign())\n# {SIGNED}.1\nprint({{'at': 5}})  # {{'at': 4}}", f"{SIGNED}.2\n{{'at': 5}}\n", (1,), [], ""),
        (f"print(sign())\n# {SIGNED}.1\nprint(2)", f"{SIGNED}.1\n2\n", (1,), [], "2\n"),
        # A label above all of it says that it is all.
        ("print(1)\nprint(2)\n\n# Output:\n# 2", "1\n2\n", (1,), [], ""),
    ],
)  # fmt: skip
def test_a_block_shows_what_none_of_its_comments_says(code, printed, shown, gone, below):
    body = f"```python\n{code}\n```\n"
    assert left(body, stream(printed), shown) == (body, gone, below)


WIDE = f"│ {'नाम':<90} │"


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        # doctest does not compare it either.
        (f"{IMPORTED}>>> clock.row  # doctest: +SKIP\n[1, 2, 3]", "[1, 2, 4]\n"),
        # A table is drawn to the width of the terminal.
        (f"{IMPORTED}print(clock.table)\n# {WIDE}", "│ नाम │\n"),
    ],
)
def test_what_is_of_another_terminal_or_not_compared_stays(code, printed):
    body = f"```python\n{code}\n```\n"
    page, gone, _ = left(body, stream(printed))
    assert (page, gone) == (body, [])


def value(text: str) -> Text:
    return Text(kind=Kind.VALUE, text=text)


@pytest.mark.parametrize(
    ("code", "below", "outputs", "shown", "left_over"),
    [
        # Who types what a script prints has left out the values that a notebook shows.
        (
            "print(1)\nlen('ab')",
            "\n**Output:**\n\n```\n1\n```\n",
            (*stream("1\n"), value("2\n")),
            (1,),
            "1\n",
        ),
        (
            "print(1)\nlen('ab')",
            "\n**Output:**\n\n```\n1\n2\n```\n",
            (*stream("1\n"), value("2\n")),
            (1,),
            "1\n2\n",
        ),
        ("len('a')  # 1\nlen('ab')\ndef f(): pass", "", (value("1\n"), value("2\n")), (1, 2), ""),
        ("len('a')  # 1\nlen('ab')", "", (value("1\n"), value("2\n")), (1,), "2\n"),
    ],
)
def test_values_that_nobody_typed_are_left_out_beside_those_that_somebody_did(
    code, below, outputs, shown, left_over
):
    assert left(f"```python\n{code}\n```\n{below}", outputs, shown)[2] == left_over


@pytest.mark.parametrize(
    ("code", "printed", "shown", "wanted", "below"),
    [
        ("print(1)  # 3\nprint(2)", "1\n2\n", (1,), "print(1)  # 1\nprint(2)", "2\n"),
        ("print(1)\n# 3\n\nprint(2)", "1\n2\n", (1,), "print(1)\n# 1\n\nprint(2)", "2\n"),
        ("if 1:\n    print(1)\n    #> 3\nprint(2)", "1\n2\n", (1,), "if 1:\n    print(1)\n    #> 1\nprint(2)", "2\n"),
        ("print(1)  # >>> 3\nprint(2)", "1\n2\n", (1,), "print(1)  # >>> 1\nprint(2)", "2\n"),
        ("print(1)  #: 3\nprint(2)", "1\n2\n", (1,), "print(1)  #: 1\nprint(2)", "2\n"),
        ("print('1\\n2')\n# 1\n# 3\n\nprint(2)", "1\n2\n2\n", (2,), "print('1\\n2')\n# 1\n# 2\n\nprint(2)", "2\n"),
        ("print(1)  # 3 (one)\nprint(2)", "1\n2\n", (1,), "print(1)  # 1 (one)\nprint(2)", "2\n"),
        (f"{IMPORTED}print(clock.row)  # [1, 2, 3]\nprint(2)", "[1, 2, 4]\n2\n", (0, 1),
         f"{IMPORTED}print(clock.row)  # [1, 2, 4]\nprint(2)", "2\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "    ", "> "])
def test_the_real_value_stands_where_another_was_typed(code, printed, shown, wanted, below, prefix):
    def page(text: str) -> str:
        lines = f"```python\n{text}\n```".split("\n")
        return "".join(f"{prefix}{line}".rstrip() + "\n" for line in lines)

    assert left(page(code), stream(printed), shown) == (page(wanted), [], below)


def test_what_is_typed_stays_where_its_author_asks_for_that():
    body = "```python\nprint(1)  # 3\nprint(2)\n```\n"
    placed = align([post(body)], default_language="en", languages=("en",)).placed["en"][0]
    run = CellRun(id="cell-1", status=Status.OK, outputs=stream("1\n2\n"), shown=(1,))
    found = unsaid(body, placed, run, keeps=True)
    assert found.edits == () and [output.text for output in found.outputs] == ["1\n2\n"]


@pytest.mark.parametrize(
    ("text", "gone", "below"),
    [
        ("> 0.3333333\n", ["0.3333333"], "0.3333333333\n"),
        ("> 0.4444444\n", [], "0.3333333333\n"),
        ("```console\nat 0x7f00 in 12 ms\n```\n", [], "0.3333333333\n"),
        ("```text\n0.3333333\n```\n", ["0.3333333"], "0.3333333333\n"),
    ],
)
def test_what_stands_below_and_is_right_is_said(text, gone, below):
    body = f"```python\n1 / 3\n```\n\n{text}"
    shown = left(body, (Text(kind=Kind.VALUE, text="0.3333333333\n"),), ())
    assert shown == (body, gone, below)


@pytest.mark.parametrize(
    ("session", "wanted"),
    [
        # A session stays one: an answer that departs gives way where it stands, and nothing is torn off.
        ("import clock\n>>> clock.row\n[1, 2, 3]\n>>> clock.row\n[1, 2, 4]", "import clock\n>>> clock.row\n[1, 2, 4]\n>>> clock.row\n[1, 2, 4]"),
        # It is put right as a whole, or tells of another day; a remark beside an answer is its author's.
        ("import clock\n>>> clock.row\n'now'\n>>> clock.row\n[1, 2, 3]", ""),
        ("import clock\n>>> clock.row\n[1, 2, 3]  # three\n>>> clock.row\n[1, 2, 4]", ""),
        ("import clock\n>>> clock.row\n>>> clock.row\n[1, 2, 4]", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "    ", "> "])
def test_an_answer_stands_below_its_prompt(session, wanted, prefix):
    def block(lines: str) -> str:
        fenced = f"```pycon\n>>> {lines}\n```".split("\n")
        return "\n".join(f"{prefix}{line}" for line in fenced) + "\n"

    row = Text(kind=Kind.VALUE, text="[1, 2, 4]\n")
    lead = "- An item:\n\n" if prefix.isspace() else ""
    page, gone, below = left(lead + block(session), (row, row), (0, 1))
    assert page == lead + block(wanted or session)
    assert not gone and not below


def test_a_session_that_failed_or_is_not_known_is_left_as_it_is():
    body = "```pycon\n>>> import clock\n>>> clock.row\n[1, 2, 3]\n```\n"
    row = Text(kind=Kind.VALUE, text="[1, 2, 4]\n")
    error = Text(kind=Kind.ERROR, text="Traceback\nValueError: no\n")
    assert left(body, (row,), ()) == (body, [], "")
    assert left(body, (row, error), (0,)) == (body, [], "")


@pytest.mark.parametrize(
    ("below", "gone", "shown"),
    [
        ("```text\n2\n```\n", ["2"], "1\n"),
        ("**Output:**\n\n```text\n3 of them\n```\n", [], ""),
        # A fence in another language stands for something else, however like it looks.
        ("Equivalent to:\n\n```json\n2\n```\n", [], "1\n"),
        ("```bash\n$ python one.py 2\n2\n```\n", [], "1\n"),
    ],
)
def test_what_stands_below_a_block_gives_way_where_it_is_an_output(below, gone, shown):
    assert left(f"```python\nprint(1)\n```\n\n{below}", stream("1\n"))[1:] == (gone, shown)


def test_a_figure_stays_beside_what_is_typed():
    figure = Figure(svg="<svg/>", alt="")
    article = align([post("```python\nprint(1)  # 1\n```\n")], default_language="en", languages=("en",))
    run = CellRun(id="cell-1", status=Status.OK, outputs=(*stream("1\n"), figure))
    assert unsaid(article.posts["en"].body, article.placed["en"][0], run).outputs == (figure,)
