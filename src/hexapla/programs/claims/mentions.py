"""Mentions: what a sentence, a table or a session below a block says is printed. It stays; a wrong one is told of.

Nothing of them can give way to the real output: without its end a sentence says nothing.
"""

import ast
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hexapla.model.article import Article
from hexapla.model.block import Block
from hexapla.model.codes import problem
from hexapla.model.output import Claim, Sureness
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.programs.claims.extent import most_alike
from hexapla.programs.claims.likeness import behind_labels
from hexapla.programs.claims.printed import Printed, Ran
from hexapla.programs.claims.tokens_alike import Likeness
from hexapla.programs.claims.verdict import Verdict, judge
from hexapla.programs.output_labels import is_label, says_output
from hexapla.programs.parse import prepare

_LINES = 4
"""Of how many lines a paragraph is that is read, or fewer."""
_ROWS = 100
"""How many rows of a table are read, and lines of an output compared with a word of a sentence."""
_NO_SENTENCE = re.compile(r"[#|<{:!>]|[-*+] |\d{1,3}[.)] |={3}|-{3}|\*{3}|~{3}|`{3}| {4}")
_SPAN = re.compile(
    r"(?<!`)`([^`]++)`(?!`)|“([^“”\n]++)”|„([^“„\n]++)“|«([^«»\n]++)»|「([^「」\n]++)」|\"([^\"\n]++)\""
    r"|\*\*([^*\n]++)\*\*"
)
"""What a sentence sets apart: code, quotations, bold words."""
_SENTENCE = re.compile(r"[.!?։।॥؟](?=\s)|[。！？]")
_CELL = re.compile(r"(?<!\\)\|")
_PROMPT = re.compile(r"\s*+(?:>>> |In \[\d++\]:)")


def mentions_below(post: Post, block: Block, following: Sequence[Block], until: int) -> tuple[Claim, ...]:
    """Return what sentences, tables and sessions between a block and the next one of Python say is printed.

    `following` has the fences there, and `until` is where that one begins, or the page ends.
    """
    if prepare(block.code).tree is None:
        return ()
    end = following[0].start if following else until
    rows = post.body[block.end : end].split("\n")
    texts = [row.removeprefix(block.prefix) for row in rows]
    first = post.body.count("\n", 0, block.end)
    mentioned = [*_in_sentences(texts), *_in_tables(texts, block.code)]
    for fence in following:
        if _PROMPT.match(fence.code):
            above = fence.line + 1 - first
            mentioned += ((above + row, text, line) for row, text, line in _in_session(fence, block.code))
    return tuple(
        Claim(
            text=text,
            label="",
            line=post.lines[first + row],
            edits=(),
            code_line=code_line,
            sureness=Sureness.POSSIBLE,
        )
        for row, text, code_line in mentioned
    )


def mention_problems(article: Article, cells: Mapping[tuple[str, str], Ran]) -> tuple[Problem, ...]:
    """Return a note for each sentence, row of a table and answer of a session that says what was not printed.

    `cells` is what is recorded, by variant and cell.
    """
    problems: list[Problem] = []
    for language, blocks in article.placed.items():
        program = article.program_of(language)
        codes = {cell.id: cell.code for cell in program.cells} if program else {}
        for placed in blocks:
            record = cells.get((program.variant if program else "", placed.cell))
            if record is None or placed.cell not in codes or not placed.mentions:
                continue
            before = tuple(codes.values())[: [*codes].index(placed.cell)]
            printed = Printed(record.outputs, record.shown, placed.block.code)
            path = article.posts[language].path
            # What is a typed output of its own is told of as that.
            typed = {(claim.line, claim.text) for claim in placed.claims}
            mentions = [claim for claim in placed.mentions if (claim.line, claim.text) not in typed]
            for claim in _contradicted(mentions, printed, placed.block.code, before):
                details = (f"typed:   {claim.text}", *(f"printed: {line}" for line in printed.lines[:_LINES]))
                problems.append(problem("claim-in-words", path, claim.line, _MESSAGE, details=details))
    return tuple(problems)


_MESSAGE = "What is said here to be printed is not what the program prints."


def _contradicted(
    mentions: Iterable[Claim], printed: Printed, code: str, before: tuple[str, ...]
) -> Iterator[Claim]:
    """Yield those of the mentions of which none in the same line is what ran, and one is that but for a slip."""
    by_line: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in mentions:
        by_line[claim.line].append(claim)
    lines = [text for line in printed.lines[:_ROWS] for text in (line, *behind_labels(line))]
    for claims in by_line.values() if lines else ():
        if any(
            most_alike(claim.text, lines) >= Likeness.CLOSE for claim in claims if claim.code_line is None
        ):
            continue
        # A name in a sentence is the code's, and no output of it.
        told = [claim for claim in claims if claim.code_line is not None or claim.text not in code]
        verdicts = [(judge(claim, printed, code, before), claim) for claim in told]
        if not any(verdict in (Verdict.RIGHT, Verdict.CLOSE) for verdict, _ in verdicts):
            yield from [claim for verdict, claim in verdicts if verdict is Verdict.WRONG][:1]


@functools.lru_cache(maxsize=16)
def _statements(code: str) -> Mapping[str, int]:
    """Return the last row of each statement of a block by its code, and by that of what it prints."""
    rows: dict[str, int] = {}
    tree = prepare(code).tree
    for node in tree.body if tree else ():
        row = (node.end_lineno or node.lineno) - 1
        rows.setdefault(ast.unparse(node), row)
        match node:
            case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[value], keywords=[])):
                rows.setdefault(ast.unparse(value), row)
    return rows


_Mention = tuple[int, str, int | None]
"""A row below the block, what it says is printed, and the row of the code that it is about."""


def _in_sentences(rows: Sequence[str]) -> Iterator[_Mention]:
    """Yield the code and the quotations of the paragraph right below a block where it says that they are printed."""
    start = next((at for at, row in enumerate(rows) if row.strip()), len(rows))
    end = next((at for at in range(start, len(rows)) if not rows[at].strip()), len(rows))
    if not 0 < end - start <= _LINES or _NO_SENTENCE.match(rows[start]):
        return
    text = "\n".join(rows[start:end])
    bare = _SPAN.sub(lambda match: "\0" * len(match.group()), text)
    begin = 0
    for stop in (*(match.end() for match in _SENTENCE.finditer(bare)), len(text)):
        words = bare[begin:stop].replace("\0", "")
        spans = [*_SPAN.finditer(text, begin, stop)]
        if spans and says_output(words):
            row = start + text.count("\n", 0, spans[0].start())
            yield from ((row, next(filter(None, span.groups())).strip(), None) for span in spans)
            return
        begin = stop


def _in_tables(rows: Sequence[str], code: str) -> Iterator[_Mention]:
    """Yield what the cells below a label in a table say, by the code beside them, or of the whole block."""
    head = next((at for at, row in enumerate(rows[1:]) if "|" in rows[at] and _is_delimiter(row)), None)
    if head is None:
        return
    titles = _cells(rows[head])
    labels = [at for at, title in enumerate(titles) if is_label(title.strip("*_ "))]
    end = next((at for at in range(head + 2, len(rows)) if "|" not in rows[at]), len(rows))
    for row in range(head + 2, min(end, head + 2 + _ROWS)) if len(labels) == 1 else ():
        cells = _cells(rows[row])
        if len(cells) != len(titles):
            continue
        beside = [_statement(cell, _statements(code)) for at, cell in enumerate(cells) if at != labels[0]]
        known = [line for line in beside if line is not None]
        if known or (not beside and end - head == 3):
            yield row, cells[labels[0]], known[0] if known else None


def _is_delimiter(row: str) -> bool:
    """Return whether a row is the one between the titles of a table and its other rows."""
    return "-" in row and not row.strip("|:- \t")


def _cells(row: str) -> list[str]:
    """Return the cells of a row of a table, without what code is set in."""
    cells = _CELL.split(row.strip().removeprefix("|").removesuffix("|"))
    return [cell.strip().strip("`").replace("\\|", "|").strip() for cell in cells]


def _statement(code: str, statements: Mapping[str, int]) -> int | None:
    """Return the row of the statement that is the same code as a text, whatever its layout."""
    tree = prepare(code).tree if code else None
    return statements.get(ast.unparse(tree)) if tree is not None else None


def _in_session(fence: Block, code: str) -> Iterator[_Mention]:
    """Yield the answers in a session to what the block has, too, each by its row in the session."""
    session = prepare(fence.code)
    for typed in session.typed if session.tree else ():
        asked = (
            [node for node in session.tree.body if node.lineno - 1 == typed.code_line] if session.tree else []
        )
        line = _statements(code).get(ast.unparse(asked[0])) if asked else None
        if line is not None:
            yield typed.first, typed.text, line
