"""Untranslated: marks of other tools that have no equal here. Readers would see most of them: who wrote each is told.

Which marks those are stands in `untranslated.toml`.
"""

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from hexapla.model.problem import Severity
from hexapla.normalize.github.formulas import formula_spans
from hexapla.normalize.github.outline import Fence, Spans, outline
from hexapla.normalize.rules.code import outside
from hexapla.normalize.rules.rule import Changes, Draft, Remark

_IN_CODE = re.compile(
    r"(?://|#|--|%|;|/\*|<!--)[ \t]*(?:highlight-(?:line|next-line|range|start|end)\b[^\n]*|\[!code [^\]\n]+\][^\n]*)"
    r"|^[ \t]*\{\{#(?:include|playground|rustdoc_include|template|title)\b[^{}\n]*\}\}",
    re.M,
)
"""What Docusaurus, VitePress and mdBook read in code."""
_IN_HTML = re.compile(
    r"<!--[ \t]*@include:[^\n<>]*+>|<!--#(?:config|echo|exec|if|include|set)\b[^\n<>]*+>"
    r"|<!\[CDATA\[[^\n]*?(?:\]\]>|(?=\n|\Z))"
    r"|<script\b[^<>\n]*\b(?:setup\b|context=)[^<>\n]*>"
    r"|<style\b[^<>\n]*\b(?:module|scoped)\b[^<>\n]*>"
)
"""What VitePress, Svelte and web servers read in comments, as a script and as styles."""

_UNSEEN = ("<!", "<?", "<script", "<style")
"""What begins so a browser hides up to the first `>`."""
_HIDDEN = re.compile(r"^[ \t]*# [^\n]+$", re.M)
"""A line of Rust that mdBook runs and does not show."""


_BRACKETED = re.compile(r"\\\[(?:(?!\n\n|\\[\[\]]).)*+\\\]|\\\((?:(?!\n\n|\\[()]).)*+\\\)", re.DOTALL)
"""A formula in LaTeX' brackets, which another rule writes in dollars."""
_PART = "mark"
"""The part of a pattern that is told of, where it is not all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMark:
    """What means nothing here: the table says what its fields are."""

    what: str
    sign: str
    expression: str
    extension: str = ""
    beside_code: bool = False
    beside: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What is looked for where its sign is: compiled then, for most texts have few signs."""
        return _compiled(self.expression)

    def is_of(self, extension: str) -> bool:
        """Whether a Markdown extension reads it."""
        return extension.startswith(self.extension)


@functools.cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.M)


@functools.cache
def marks() -> tuple[ToldMark, ...]:
    """Return the marks that mean nothing here, in the order in which they are looked for."""
    table = resources.files(__package__).joinpath("untranslated.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(table)["marks"]
    return tuple(ToldMark(expression=row.pop("pattern"), **row) for row in rows)


def untranslated(draft: Draft, changes: Changes) -> Iterator[Remark]:
    """Yield what to say of marks that have no equal, but for those that were changed."""
    text = draft.text
    lines = f"\n{text}"
    formulas: Spans | None = None
    told = bytearray(len(text))  # Of two marks at one place, the first is told of.
    for mark in marks():
        if mark.sign not in lines or (mark.extension and any(map(mark.is_of, draft.extensions))):
            continue
        for match in outside(mark.pattern, text, inline=mark.beside_code):
            if formulas is None:
                bracketed = (formula.span() for formula in _BRACKETED.finditer(text))
                formulas = Spans((*formula_spans(text), *bracketed))
            start, end = match.span(_PART if _PART in mark.pattern.groupindex else 0)
            is_link = match[0].startswith("[") and f"\n{match[0]}:" in text
            is_known = is_link or told[start] or changes.meet(start)
            if not is_known and not formulas.meet(start, end):
                told[start:end] = b"\1" * (end - start)
                is_sure = not mark.beside or re.search(mark.beside, text, re.M)
                yield _told(text, start, end, mark.what, Severity.WARNING if is_sure else Severity.NOTE)
    signs = ("highlight-", "[!code", "{{#", "```rust", "~~~rust")
    fences = outline(text).fences if any(sign in text for sign in signs) else ()
    yield from _in_code(text, fences)
    if any(sign in text for sign in ("@include", "<!--#", "<![CDATA[", "<script", "<style")):
        code = Spans([(fence.start, fence.end) for fence in outline(text).fences])
        for match in _IN_HTML.finditer(text):
            if not code.meet(*match.span()):
                yield _told(text, *match.span(), "an instruction of VitePress', Svelte's or a web server's")


def _in_code(text: str, fences: tuple[Fence, ...]) -> Iterator[Remark]:
    """Yield what to say of fences in which another tool reads marks, once each."""
    for fence in fences:
        if match := _IN_CODE.search(text, fence.body, fence.end):
            yield _told(text, *match.span(), "a mark of another tool's in code")
        elif fence.info.startswith("rust") and (match := _HIDDEN.search(text, fence.body, fence.end)):
            yield _told(text, *match.span(), "a line that mdBook hides")


def _told(text: str, start: int, end: int, what: str, severity: Severity = Severity.WARNING) -> Remark:
    written = text[start:end]
    shown = " ".join(written.split())
    is_hidden = written.startswith(_UNSEEN) and written.find(">") == len(written) - 1
    seen = "don't see it" if is_hidden else "see it as it is"
    return Remark(
        offset=start,
        message=f"`{shown[:60]}` is {what}, and means nothing on the page: readers {seen}.",
        severity=severity,
        hint="Write what it stands for, or put it in backticks.",
    )
