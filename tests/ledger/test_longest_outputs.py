"""Whatever a program prints, up to the limit of an output, is recorded, compared and rendered in a second."""

import random
import string
import time
from dataclasses import replace

import pytest

import examples
from hexapla.ledger.comparison import differences
from hexapla.ledger.encoding import decode, encode
from hexapla.ledger.ledger import Ledger, Record, updated_record
from hexapla.model.directives import Check
from hexapla.model.output import Output
from hexapla.model.program import Program
from hexapla.model.run import Limits
from hexapla.render.labels import labels
from hexapla.render.outputs import cell_outputs

pytestmark = pytest.mark.cost

SIZE = Limits().output
TEXTS = {
    "digits": "1", "numbers in a list": "1, ", "fractions": "0.5 ", "commas": "1,", "blanks": " ", "brackets": "[(", "quotes": "\"'",
    "letters": "a", "signs": "+-", "points": ".", "exponents": "1e", "empty lines": "\n", "short lines": "1\n", "addresses": "0xff",
    "progress bars": "00:00<00:00, 1", "dates": "2026-01-01 00:00", "folders": "/tmp/a ", "shapes": "shape 1\n",
    "lines of the cell": "cell 1, line 1: x\n  f()\n", "lines of the cell in a line": "cell 1, line 1: x ",
    "names of the post": "posts/a.en.md ",
}  # fmt: skip
CHOSEN = random.Random(0)
LONG = {name: (unit * SIZE)[:SIZE] for name, unit in TEXTS.items()} | {
    "hexadecimal": "".join(CHOSEN.choices(string.hexdigits, k=SIZE)),
    "mixed": "".join(CHOSEN.choices(string.printable, k=SIZE)),
}
PROGRAM = examples.program("f()\n")
MOVED = replace(PROGRAM, cells=(replace(PROGRAM.cells[0], code="#\nf()\n"),))


def recorded(program: Program, text: str) -> Record:
    """Return what is read back after a run that printed a text."""
    ledger = Ledger(records={"": updated_record(Record(), program, examples.run(program, text))})
    return decode(encode(ledger, [program]), path="snippets/a").record_of(MOVED)


def through(text: str) -> tuple[Output, ...]:
    """Take a text the whole way: recorded, compared, moved and rendered."""
    cell = recorded(PROGRAM, text).cells[0]
    other = tuple(replace(output, text=f"!{text[1:]}") for output in cell.outputs)
    for outputs in (cell.outputs, other):
        differences(cell.outputs, outputs, Check.CLOSE, same_machine=False)
    shown = cell_outputs(cell, slug="a", variant="", language="en", words=labels("en"), label="", hide=False)
    assert shown
    return cell.outputs


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_longest_output_takes_no_second(text: str) -> None:
    costs = []
    # What else the machine does costs time as well: the best of three counts.
    while len(costs) < 3 and min(costs, default=1) >= 1:
        start = time.process_time()
        (output,) = through(text)
        costs.append(time.process_time() - start)
    assert min(costs) < 1
    assert output.text == text.replace("line 1: x\n  f()\n", "line 2: x\n  f()\n")
