"""Notes on what outputs show that is of no use to readers."""

import pytest

import examples
from hexapla.ledger.remarks import left_out_remarks, remarks
from hexapla.model.output import Kind, Markup, MarkupKind, Text
from hexapla.model.run import CellRun, Failure, Obstacle, Status
from hexapla.programs.align.article import align

SHOWN = {
    "an object's": (
        "net",
        "<__main__.Net object at 0x7f6c5ad0f1c0>\n",
        "<__main__.Net object at 0x7f6c5ad0f1c0>",
    ),
    "a function's": ("f", "<function half at 0x7f6c5ad0f1c0>\n", "<function half at 0x7f6c5ad0f1c0>"),
    "one in hexadecimal": ("hex(id(x))", "'0x7f6c5ad0f1c0'\n", "0x7f6c5ad0f1c0"),
    "a number": ("x.data_ptr()", "140104032256448\n", "140104032256448"),
    "none": ("x", "tensor([0.1234])\n", ""),
    "a number of code without addresses": ("2**47 - 1", "140737488355327\n", ""),
    "a mask": ("id(x); hex(2**32 - 1)", "'0xffffffff'\n", ""),
    "a small number": ("id(x) > 0, 42", "(True, 42)\n", ""),
    "a digest": ("sha", "0x7f6c5ad0f1c07f6c5ad0f1c0\n", ""),
}


def test_less_than_a_notebook_shows_is_a_note_and_an_address_that_nobody_sees_is_none():
    article = examples.article({"en": "```python\nx\n```\n"})
    table = Markup(kind=MarkupKind.HTML, source="<b>1</b>")
    address = "<__main__.Net object at 0x7f6c5ad0f1c0>\n"
    hidden = Text(kind=Kind.VALUE, text=address, markup=table)
    assert not list(remarks(article, {("", "cell-1"): (hidden,)}))
    lacking = Text(kind=Kind.VALUE, text="Chart()\n", lacks="HTML with scripts or controls")
    (told,) = remarks(article, {("", "cell-1"): (lacking, lacking)})
    assert told.code == "value-not-shown" and "HTML with scripts or controls" in told.message


@pytest.mark.parametrize(("code", "text", "address"), SHOWN.values(), ids=SHOWN)
def test_an_address_is_a_note(code, text, address):
    article = examples.article({"en": f"```python\n1\n```\n\n```python\n{code}\n```\n"})
    outputs = {("", "cell-2"): (Text(kind=Kind.VALUE, text=text),)}
    told = list(remarks(article, outputs))
    assert [problem.code for problem in told] == (["address-shown"] if address else [])
    assert all(f"`{address}`" in problem.message and problem.severity.value == "note" for problem in told)
    assert all((problem.path, problem.line) == ("posts/a.en.md", 8) for problem in told)
    assert not list(remarks(article, {}))


WARNED = "cell 1, line 1: DeprecationWarning: old\n  f()\n"


@pytest.mark.parametrize(
    ("code", "kind", "text", "line"),
    [
        ("f()", Kind.STREAM, WARNED, "cell 1, line 1: DeprecationWarning: old"),
        ("f()", Kind.STREAM, "\nINFO:root:began\nINFO:root:went on\n", "INFO:root:began"),
        ("print(rows)", Kind.STREAM, "[<db.Row object at 0x7f00aa>]\n", "[<db.Row object at 0x7f00aa>]"),
        ("route('/')", Kind.VALUE, "<Route '/'>\n", "<Route '/'>"),
        ("f()", Kind.STREAM, f"INFO:root:{'क' * 99}\n", f"INFO:root:{'क' * 70}…"),
        # What is shown, what stands in the block, and what is nothing.
        ("f()", Kind.STREAM, f"{WARNED}1\n", ""),
        ("f()  # 1", Kind.STREAM, f"{WARNED}1\n", ""),
        ("'a text'", Kind.VALUE, "'a text'\n", ""),
        ("f()  # raises `E: no room`", Kind.ERROR, "Traceback (most recent call last):\nE: no room\n", ""),
        ("print()", Kind.STREAM, "\n", ""),
    ],
)
def test_what_a_page_of_the_sites_own_leaves_out_is_a_note(code, kind, text, line):
    article = examples.article({"en": f"```python\n{code}\n```\n"})
    ran = CellRun(id="cell-1", status=Status.OK, outputs=(Text(kind=kind, text=text),))
    told = list(left_out_remarks(article, {("", "cell-1"): ran}))
    assert [(one.code, one.line) for one in told] == ([("output-left-out", 3)] if line else [])
    assert all(f"`{line}`" in one.message for one in told)


@pytest.mark.parametrize(("code", "told"), [("f()", True), ("print(f())  # 2", False)])
def test_what_a_second_run_prints_otherwise_is_left_out_and_typed_outputs_stay(code, told):
    article = align([examples.post(f"```python\n{code}\n```\n")], default_language="en", languages=("en",))
    ran = CellRun(id="cell-1", status=Status.OK, outputs=(Text(kind=Kind.STREAM, text="\n1\n"),), varies=True)
    messages = [one.message for one in left_out_remarks(article, {("", "cell-1"): ran})]
    wanted = "What cell cell-1 of a shows is left out, since a second run prints something else: `1`."
    assert messages == ([wanted] if told else [])


def test_it_is_told_once_for_all_languages_and_not_of_what_a_block_caught():
    article = examples.article({"en": "```python\nf()\n```\n", "de": "```python\nf()  # Ja\n```\n"})
    ran = CellRun(id="cell-1", status=Status.OK, outputs=(Text(kind=Kind.STREAM, text=WARNED),))
    (told,) = left_out_remarks(article, {("", "cell-1"): ran})
    assert told.path == "posts/a.en.md"
    caught = CellRun(
        id="cell-1", status=Status.OK, outputs=ran.outputs, failure=Failure(obstacle=Obstacle.NETWORK)
    )
    assert not list(left_out_remarks(article, {("", "cell-1"): caught}))
    assert not list(left_out_remarks(article, {}))
