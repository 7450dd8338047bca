"""Notes on what outputs show that is of no use to readers."""

import pytest

import examples
from hexapla.ledger.remarks import remarks
from hexapla.model.output import Kind, Markup, MarkupKind, Text

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
