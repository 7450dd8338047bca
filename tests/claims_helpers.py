"""Runs a block as the runner does, in this process, and settles what its author typed: for tests and the benchmark."""

import ast
import contextlib
import io
import sys
from unittest import mock

from articles_helpers import article, fence, post
from hexapla.model.block import splice
from hexapla.model.output import Kind, Text
from hexapla.model.run import CellRun, Status
from hexapla.programs.claims.printing import shows_nothing
from hexapla.programs.claims.verdict import KEPT, Settled, settled
from hexapla.programs.parse import prepare


def run(code: str, *, interactive: bool = False, names: dict[str, object] | None = None) -> CellRun:
    """Return what each statement of a block prints, and the value of its last expression; `interactive`, of each.

    `names` is what blocks before it have bound, and has in the end what it binds.
    """
    prepared = prepare(code)
    assert prepared.tree is not None
    body = prepared.tree.body
    names = {} if names is None else names
    names["__name__"] = "__main__"
    outputs: list[Text] = []
    shown: list[int] = []
    # A block may read from another keyboard: the tests after it do not.
    with mock.patch("sys.stdin", sys.stdin):
        words = len(body) > 1 and isinstance(getattr(getattr(body[-1], "value", None), "value", None), str)
        last = len(body) - (2 if words else 1)
        for place, node in enumerate(body):
            said, value = io.StringIO(), None
            with contextlib.redirect_stdout(said):
                if isinstance(node, ast.Expr) and (interactive or place == last):
                    value = eval(compile(ast.Expression(node.value), "block", "eval"), names)
                else:
                    exec(compile(ast.Module([node], []), "block", "exec"), names)
            if said.getvalue():
                outputs.append(Text(kind=Kind.STREAM, text=said.getvalue()))
            if value is not None:
                outputs.append(Text(kind=Kind.VALUE, text=f"{value!r}\n"))
            shown.append(sum(output.text.count("\n") for output in outputs))
    # As the runner does: before statements that show nothing, it asks none.
    known = () if all(map(shows_nothing, body[:-1])) else tuple(shown[:-1])
    return CellRun(id="cell-1", status=Status.OK, outputs=tuple(outputs), shown=known)


def settle(code: str, after: str = "") -> tuple[str, tuple[Settled, ...]]:
    """Return what is left of a post's body without its claims, and the claims of its first block."""
    found = article(post("en", fence(code) + "\n" + after))
    placed = found.placed["en"][0]
    (cell,) = (cell for cell in found.programs[0].cells if cell.id == placed.cell)
    claims = settled(placed.claims, run(code, interactive=cell.interactive), code=placed.block.code)
    edits = [edit for one in claims if one.verdict not in KEPT for edit in one.claim.edits]
    return splice(found.posts["en"].body, edits), claims
