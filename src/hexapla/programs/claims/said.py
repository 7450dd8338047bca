"""Said: what a block's own text already says of its outputs, so that its readers need not be shown it again."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from hexapla.model.output import Claim, Kind, Output, Text
from hexapla.programs.claims.printed import Ran
from hexapla.programs.claims.verdict import Verdict, settled
from hexapla.programs.parse import prepare
from hexapla.programs.tokens import token_texts

_TRUE = frozenset({Verdict.RIGHT, Verdict.CLOSE})
_UNSURE = frozenset({Verdict.UNDECIDED, Verdict.ELSEWHERE})
"""What is not the output to the letter, and may say all of it but an address, or a line that goes on."""
_SIGN = re.compile(r"[^\W_]|[-+.](?=\d)")
_LINK = re.compile(r"https?://[^\s'\"]++")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]++")
_NAMELESS = re.compile(r"<[\w.]++ object at 0x[0-9a-fA-F]++>\s*+\Z")
"""How Python shows an object that has no text of its own (`object.__repr__`)."""
_SCOPES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def is_said(code: str, claims: Sequence[Claim], cell: Ran) -> bool:
    """Return whether all that a cell showed stands in its author's text, however it is laid out and quoted.

    In typed outputs, or in strings below a statement, as pytest-examples writes outputs of several lines.
    """
    results = settled(claims, cell, code=code)
    verdicts = {result.verdict for result in results}
    if not verdicts <= _TRUE | _UNSURE:
        return False
    lines = "".join(output.text for output in cell.outputs if isinstance(output, Text)).splitlines()
    printed = "".join(map(_signs, lines))
    typed = [
        result.claim.text
        for result in results
        # What nothing but its place tells to be an output need be none.
        if result.verdict is not Verdict.UNDECIDED or _signs(result.claim.text) in printed
    ]
    claimed = "".join(map(_signs, typed))
    strings = [text for text in _strings(code) if _signs(text) not in claimed]
    if not lines or not all(isinstance(output, Text) for output in cell.outputs) or not (typed or strings):
        return False
    if _hold_the_same(lines, [*typed, *strings], _signs):
        return True
    # What stands in a set has no order.
    return verdicts <= _TRUE and not strings and _hold_the_same(lines, typed, _sorted_signs)


def with_news(code: str, outputs: Iterable[Output]) -> tuple[Output, ...]:
    """Return a block's outputs without a value that tells nothing.

    That is one which the last expression spells out, a number, a text or a dictionary: who wrote such a block for
    readers, and not for hexapla, has said all that there is to see; and an object's address.
    """
    return tuple(
        output
        for output in outputs
        if not (isinstance(output, Text) and output.kind is Kind.VALUE and _is_no_news(code, output.text))
    )


def _is_no_news(code: str, value: str) -> bool:
    if _NAMELESS.match(value):
        return True
    prepared = prepare(code)
    last = prepared.tree.body[-1] if prepared.tree and prepared.tree.body else None
    if prepared.interactive or not isinstance(last, ast.Expr) or not _is_literal(last.value):
        return False
    texts = token_texts(ast.get_source_segment(prepared.code, last) or "")
    return texts is not None and _signs("".join(texts)) == _signs(value)


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return False
    return True


def _strings(code: str) -> Iterator[str]:
    """Yield the strings that are statements, in a block that is no prompt; none that says what a scope is for."""
    prepared = prepare(code)
    if prepared.tree is None or prepared.interactive:
        return
    nodes = tuple(ast.walk(prepared.tree))
    described = {id(node.body[0]) for node in nodes if isinstance(node, _SCOPES) and node.body}
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and id(node) not in described:
            value = node.value.value
            if isinstance(value, str):
                yield value


def _hold_the_same(lines: Sequence[str], typed: Sequence[str], signs: Callable[[str], str]) -> bool:
    """Return whether lines hold what others do, each of which stands in them as a whole.

    Who types what goes on over several lines may leave out some that go on, such as where to read more of an error:
    they begin with blanks, and there are fewer of them than of those that are typed.
    """
    texts = list(map(signs, typed))
    whole = "".join(texts)
    kept = [line for line in lines if not line[:1].isspace() or signs(line) in whole]
    left = "".join(map(signs, kept))
    for text in texts:
        if text not in left:
            return False
        left = left.replace(text, "", 1)
    return not left and len(lines) - len(kept) < len(kept)


def _signs(text: str) -> str:
    """Return what is compared of a text: no quotes, no objects' addresses, of a link no version."""
    plain = _LINK.sub(lambda link: "".join(filter(str.isalpha, link.group())), _ADDRESS.sub("", text))
    return "".join(_SIGN.findall(plain))


def _sorted_signs(text: str) -> str:
    """Return the same of a text whose words may stand in another order."""
    return "".join(sorted(map(_signs, text.split()))) if "{" in text else _signs(text)
