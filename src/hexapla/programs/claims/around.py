"""Around: whether a page says, beside a block, what that shows: in its comments, in the text below, in the next fence.

Authors print outputs in many ways that are no typed output to be checked: after "prints the following code:" in a fence
of Python, behind "prints:" in a comment somewhere above, in a sentence. Whoever reads it need not be told again.
"""

import ast
import itertools
import re

from hexapla.model.article import Placed
from hexapla.model.block import blocks
from hexapla.model.output import Kind, Output, Text
from hexapla.programs.claims.said import signs
from hexapla.programs.parse import prepare
from hexapla.programs.sequences import agreement

_FEWEST = 8
"""Bytes of an output's signs that are no chance: a sign of Han, or of Devanagari, says as much as three of Latin."""
_ALIKE = 0.6
"""What of a fence's text is an output of another version."""
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_COLONS = (":", "\N{FULLWIDTH COLON}")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMMENT = re.compile(r"#(?P<words>[^\n]*+)")
_MODULE = re.compile(r"\A(?:[a-z_]\w*+\.)++")


def is_said_around(body: str, placed: Placed, output: Output) -> bool:
    """Return whether the page, whose text is `body`, says around a block what it shows."""
    if not isinstance(output, Text):
        return False
    text = _message(output.text) if output.kind is Kind.ERROR else output.text
    lines = [line for line in map(signs, text.splitlines()) if line]
    whole = "".join(lines)
    if len(whole.encode()) < _FEWEST:
        return False
    remarks = [signs(match["words"]) for match in _COMMENT.finditer(placed.block.code)]
    if output.kind is Kind.ERROR and any(agreement(lines[0], one, least=_ALIKE) for one in remarks):
        return True
    comments = "".join(remarks)
    prose, fence = _below(body, placed)
    if prose.rstrip().endswith(_COLONS) and _is_definition(text) and _is_definition(fence):
        # Printed code is shown behind a colon, whatever a name is bound to by now.
        return True
    prose, fence = signs(prose), signs(fence)
    return (
        any(all(line in said for line in lines) for said in (comments, prose))
        or agreement(whole, fence, least=_ALIKE) >= _ALIKE
    )


def _below(body: str, placed: Placed) -> tuple[str, str]:
    """Return the text between a block and the next one of its section, and that block's code."""
    end = placed.block.end
    following = next((block for block in blocks(body) if block.start >= end), None)
    prose = body[end : following.start if following else len(body)]
    if heading := _HEADING.search(prose):
        return prose[: heading.start()], ""
    return prose, following.code if following else ""


def _is_definition(text: str) -> bool:
    """Return whether a text is code that defines something, and nothing else."""
    tree = prepare(text).tree
    return tree is not None and bool(tree.body) and all(isinstance(node, _DEFINITIONS) for node in tree.body)


def _message(traceback: str) -> str:
    """Return what the last exception of a traceback says."""
    lines = traceback.rpartition("Traceback (most recent call last):\n")[2].split("\n")
    said = "\n".join(itertools.dropwhile(lambda line: line.startswith(" "), lines))
    return _MODULE.sub("", said)
