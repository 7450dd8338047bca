"""Unread: what is a mark to another tool and that neither GitHub nor the site reads, wherever it stands.

Rules know the marks of tools by their names. This looks at what is left once all rules are done: signs in text, tags
that are no HTML, Markdown in raw HTML. What a rule has told of is not told of again.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from hexapla.model.problem import Problem, Severity
from hexapla.normalize.github.parser import Chunk, read_as_github
from hexapla.normalize.rules.rule import Source
from hexapla.normalize.target.renderer import Renderer
from hexapla.normalize.target.tags import NAMES, TOKEN

_LITERAL = frozenset({"code", "math", "pre", "script", "style", "svg", "textarea", "xmp"})
"""What is inside of these is no Markdown, or not HTML's alone."""
_SIGN = re.compile(
    r"(?<![\w$\\^{])\{\{(?![<%]?\s*[/}])[^{}\n]{0,60}|\{%(?!-?\s*(?:end|/))[^{}\n]{1,60}"
    r"|(?<![^\s]):::+(?=[\s\w{]|$)[^\n]{0,40}"
    r"|<[A-Za-z][\w.]*+(?=\s[^<>]*=[{\"'])|^[ \t]*<[A-Za-z][\w.-]*+$|=\{[{\"'`]"
    r"|!?\[[^\[\]\n]++\]\((?=\S|$)"
    r"|\[\^\w[\w -]*+\](?![(\[{+*?])|!\[\[[^\[\]\n]+\]\]|\[!(?:CAUTION|IMPORTANT|NOTE|TIP|WARNING)\]"
    r"|\*\*(?<!\w\*\*)(?=\S)[^*\n]++\*\*|\*\*(?<=[^\s\d!-/:-@\[-`{-~]\*\*)(?=\s)|`{3,}|~~(?<!~~~)(?=\S)[^~\n]++~~(?!~)"
    r"|(?<!\S)===[+!]?[ ]\"[^\"\n]+\"|(?<!\S)(?:!!!|\?\?\?\+?)[ ][a-z]+(?:[ ]\"[^\"\n]*\")?$"
    r"|\{(?:\#[A-Za-z]|\.[A-Za-z]|:[ ]?[.#])[^{}\n]*\}"
    r"|:(?<![\w:/.)\]]:)[a-z][a-z0-9_+-]++:(?![\w:/`])",
    re.M,
)
"""What nobody writes who means just that. A pair of braces in a formula is none: what stands before it tells."""
_MARKDOWN = re.compile(
    r"!?\[[^\[\]]{1,200}\]\([^()\s]+\)|\*\*(?=\S)[^*\n]*\S\*\*|^[ \t]*(?:\#{1,6}[ ]+\S[^\n]*|```[^\n]*|~~~[^\n]*)",
    re.M,
)
_REACH = 6
"""So many lines below the beginning of a component its attributes mostly stand."""
_HINT = "Write what it stands for, or put it in backticks."
_PARTED = "Put blank lines above and below it, or write it in HTML."


def unread(source: Source, site: Renderer, path: str, told: Sequence[Problem]) -> Iterator[Problem]:
    """Yield a warning for each mark that nothing reads, but for those of which `told` tells."""
    reference = read_as_github(source.text, site)
    said: dict[int, str] = {}
    for problem in told:
        if problem.severity is not Severity.NOTE:
            said[problem.line] = f"{said.get(problem.line, '')}\n{problem.message}"
    given: set[tuple[int, str]] = set()
    for chunk in reference.chunks:
        for line, mark, what, hint in _placed(chunk, reference.lines):
            number = source.number(line)
            # The beginning of a mark, or a part of it, is told of by its line or one above.
            is_begin = len(mark) < 4 or mark.startswith("=") or mark.endswith("](")
            is_told = (
                any(at in said for at in range(number - _REACH, number + 1))
                if is_begin
                else mark[:20] in said.get(number, "")
            )
            if (number, mark) not in given and not is_told:
                given.add((number, mark))
                yield Problem(
                    path=path,
                    line=number,
                    code="normalize-unread",
                    message=f"`{_short(mark)}` {what}",
                    hint=hint,
                    severity=Severity.WARNING,
                )


def _placed(chunk: Chunk, lines: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    """Yield the marks of a block with their lines; what its author has escaped is written otherwise, and is meant."""
    text, at, line = "", 0, chunk.start
    missing: set[str] = set()
    for mark, what, hint in _marks(chunk):
        text = text or "\n".join(lines[chunk.start : chunk.end])
        first = mark.partition("\n")[0]
        found = -1 if first in missing else text.find(first, at)
        if found < 0:
            missing.add(first)
            continue
        line += text.count("\n", at, found)
        at = found
        yield line, first, what, hint


def _short(mark: str) -> str:
    written = " ".join(mark.split())
    return f"{written[:60]}…" if len(written) > 61 else written


def _marks(chunk: Chunk) -> Iterator[tuple[str, str, str]]:
    """Yield the marks of a block: the mark, what is said of it, and what to do."""
    if chunk.kind == "own_open":
        return
    literal: list[str] = []
    for token in _flat(chunk.tokens):
        if token.type == "text" and not literal:
            yield from _signs(token.content)
        elif token.type in ("html_inline", "html_block"):
            yield from _in_html(token, literal)


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from _flat(token.children) if token.children else (token,)


def _signs(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _SIGN.finditer(text):
        yield match[0], "is read by neither GitHub nor the site: readers see it as it is.", _HINT


def _in_html(token: Token, literal: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what is no HTML in HTML; `literal` are the open tags in which nothing is read."""
    for piece in TOKEN.finditer(token.content):
        tag = (piece["tag"] or "").lower()
        if not tag:
            is_text = not piece[0].startswith("<") and token.type == "html_block" and not literal
            if is_text and (match := _MARKDOWN.search(piece[0])):
                yield (
                    match[0].strip(),
                    "stands in HTML, where Markdown is not read: readers see it as it is.",
                    _PARTED,
                )
            elif is_text:
                yield from _signs(piece[0])
        elif tag in _LITERAL:
            if not piece["close"] and not piece["rest"].rstrip().endswith("/"):
                literal.append(tag)
            elif piece["close"] and tag in literal:
                del literal[literal.index(tag) :]
        elif not literal and not piece["close"] and tag not in NAMES:
            yield piece[0], "is no HTML: readers do not see it.", _HINT
        elif "={" in piece["rest"]:
            yield piece[0], "is JSX, and no HTML: readers do not see it as its author does.", _HINT
