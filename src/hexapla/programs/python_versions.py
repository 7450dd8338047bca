"""Python versions: what Pythons of other versions read or write otherwise, made the same here.

A ledger is recorded with one Python and read with another, so a digest must not tell the two apart. What the supported
versions, 3.11 to 3.14, do otherwise stands here. Code that only newer ones can parse differs all the same.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator

_SINCE_UNICODE_14 = (
    "897 cf3 ece 1b4e-1b4f 1b7f 1c89-1c8a 2427-2429 2ffc-2fff 31e4-31e5 31ef a7cb-a7cd a7da-a7dc 105c0-105f3 "
    "10d40-10d65 10d69-10d85 10d8e-10d8f 10ec2-10ec4 10efc-10eff 1123f-11241 11380-11389 1138b 1138e 11390-113b5 "
    "113b7-113c0 113c2 113c5 113c7-113ca 113cc-113d5 113d7-113d8 113e1-113e2 116d0-116e3 11b00-11b09 11bc0-11be1 "
    "11bf0-11bf9 11f00-11f10 11f12-11f3a 11f3e-11f5a 1342f 13439-13455 13460-143fa 16100-16139 16d40-16d79 18cff "
    "1b132 1b155 1cc00-1ccf9 1cd00-1ceb3 1d2c0-1d2d3 1df25-1df2a 1e030-1e06d 1e08f 1e4d0-1e4f9 1e5d0-1e5fa 1e5ff "
    "1f6dc 1f774-1f776 1f77b-1f77f 1f7d9 1f8b2-1f8bb 1f8c0-1f8c1 1fa75-1fa77 1fa87-1fa89 1fa8f 1faad-1faaf "
    "1fabb-1fabf 1fac6 1face-1facf 1fada-1fadc 1fadf 1fae8-1fae9 1faf7-1faf8 1fbcb-1fbef 2b739 2ebf0-2ee5d 31350-323af"
)
"""The characters that came with Unicode 15.0 (Python 3.12), 15.1 (3.13) and 16.0 (3.14), 3.11 has 14.0: those of
category Cn in `unicodedata` of 3.11 and not in that of 3.14."""
_NEWER = re.compile(
    "["
    + "".join(
        "-".join(f"\\U{int(end, 16):08x}" for end in part.split("-")) for part in _SINCE_UNICODE_14.split()
    )
    + "]"
)


def text_literal(text: str) -> str:
    """Return how Python 3.11 writes a text as a literal.

    `repr` leaves a character as it is where its Unicode has it, and escapes it elsewhere.
    """
    written = repr(text)
    return written if written.isascii() else _NEWER.sub(_escaped, written)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def pieces(node: ast.JoinedStr) -> list[str | ast.FormattedValue]:
    """Return an f-string's texts and fields in turns, no text empty and none beside another.

    Python 3.12 has empty texts in formats that hold fields (`f"{x:{width}}"`), and texts of several lines in parts.
    """
    joined: list[str | ast.FormattedValue] = []
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            joined.append(value)
        elif isinstance(value, ast.Constant) and value.value:
            before = str(joined.pop()) if joined and isinstance(joined[-1], str) else ""
            joined.append(before + str(value.value))
    return joined


_MARKS = re.compile(r"^ *+[~^]++ *+(?:\n|\Z)", re.MULTILINE)


def without_marks(traceback: str) -> str:
    """Return a traceback without the lines that mark a part of the line above.

    Which parts are marked is another question for each version: 3.13 marks the brackets of a call, 3.11 marks none.
    """
    return _MARKS.sub("", traceback)


_BEGINNINGS = {getattr(tokenize, name, None) for name in ("FSTRING_START", "TSTRING_START")} - {None}
_ENDS = {getattr(tokenize, name, None) for name in ("FSTRING_END", "TSTRING_END")} - {None}
_WORDS_AND_MARKS = re.compile(r"\w+|[^\w\s]")


def tokens(code: str) -> Iterator[tokenize.TokenInfo]:
    """Yield the tokens of code, for as long as they can be read.

    From Python 3.12 on a sign that no token can hold, such as a full-width bracket, is a part of the name beside it,
    and an f-string is many tokens.

    Raises:
        tokenize.TokenError: they cannot be told apart.
        SyntaxError: so it is, with an indentation that nothing has.
    """
    for token in _with_strings_whole(code, tokenize.generate_tokens(io.StringIO(code).readline)):
        if token.type != tokenize.NAME or token.string.isidentifier():
            yield token
            continue
        row, column = token.start
        for part in _WORDS_AND_MARKS.finditer(token.string):
            kind = tokenize.NAME if part[0].isidentifier() else tokenize.OP
            start, end = (row, column + part.start()), (row, column + part.end())
            yield tokenize.TokenInfo(kind, part[0], start, end, token.line)


def _with_strings_whole(code: str, read: Iterable[tokenize.TokenInfo]) -> Iterator[tokenize.TokenInfo]:
    lines = io.StringIO(code).readlines()
    begun: list[tokenize.TokenInfo] = []
    for token in read:
        if token.type in _BEGINNINGS:
            begun.append(token)
        elif not begun:
            yield token
        elif token.type in _ENDS:
            first = begun.pop()
            if not begun:
                text = _between(lines, first.start, token.end)
                yield tokenize.TokenInfo(tokenize.STRING, text, first.start, token.end, first.line)


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return what stands between two places, each a line from 1 on and a column from 0 on."""
    (first, column), (last, until) = start, end
    if first == last:
        return lines[first - 1][column:until]
    return "".join([lines[first - 1][column:], *lines[first : last - 1], lines[last - 1][:until]])
