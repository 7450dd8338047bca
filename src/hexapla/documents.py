"""Document: any Markdown file as a test, without a site: no posts, no ledger, no mkdocs.yml.

Its outputs stand in the file itself, each in a fence under `MARK`. Only what stands under the mark is ever written.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hexapla.ledger import findings
from hexapla.ledger.comparison import differences
from hexapla.ledger.remarks import remarks
from hexapla.ledger.tracebacks import without_library_frames
from hexapla.model import post as posts
from hexapla.model.article import Article
from hexapla.model.block import Block, blocks, fence_for
from hexapla.model.errors import ConfigError
from hexapla.model.output import Kind, Text
from hexapla.model.problem import Problem, Severity, in_order
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Options, Run, went_well
from hexapla.model.settings import Settings
from hexapla.programs.align import article as articles
from hexapla.programs.claims.verdict import Verdict, problems_of, settled, verdicts
from hexapla.programs.successors import end_with_successors
from hexapla.storage import files
from hexapla.storage.attachments import told_how, with_files

MARK = "<!-- hexapla:output -->"
"""Stands on the line above a fence that holds an output; hexapla writes both."""
_WAY = "`--files {name}`, or `files: [{name}]` in the front matter,"
_NOT_RUN: Mapping[str, CellRun] = {}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One Markdown file, read."""

    path: Path
    text: str
    """As it is in the file, line ends included."""
    article: Article

    @property
    def program(self) -> Program | None:
        """What the file's Python blocks do; None where there is nothing to run."""
        return next(iter(self.article.programs), None)

    @property
    def name(self) -> str:
        """The name of its program; empty where there is nothing to run."""
        return self.program.name if self.program else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """Where a cell's output stands, or belongs, by lines of the file from 0."""

    cell: Cell
    start: int
    end: int
    """Past the last line of what stands there now; equal to `start` where nothing does."""
    prefix: str
    text: str | None
    """The output that stands there; None where there is none."""


def read_documents(
    paths: Sequence[Path], settings: Settings, brought: Sequence[str] = ()
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Read Markdown files, and those below folders; what cannot be read is a problem.

    `brought` are the files beside each that its program may read, besides those that its front matter names.

    Raises:
        ConfigError: there is no such file or folder, or no Markdown in any of them.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(_files(paths)):
        document = _document(path, settings)
        if isinstance(document, Problem):
            problems.append(document)
            continue
        article, refused = with_files(document.article, Path(), brought)
        documents.append(replace(document, article=article))
        problems += (*article.problems, *refused, *_astray(document))
    return tuple(documents), in_order(problems)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    empty = True
    for path in paths:
        if not path.exists():
            raise ConfigError("There is no such file or folder: correct its name.", path=str(path))
        if not path.is_dir() and not path.is_file():
            raise ConfigError("It is neither a file nor a folder: name one.", path=str(path))
        for file in files.posts_below(path) if path.is_dir() else (path,):
            empty = False
            yield file
    if empty:
        raise ConfigError("There is no Markdown in it: name a `.md` file, or its folder.", path=str(paths[0]))


def _document(path: Path, settings: Settings) -> Document | Problem:
    name = path.as_posix()
    try:
        text = path.read_bytes().decode("utf-8")
        plain = files.read_post(path)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Problem(
            path=name, line=line, code="not-utf8", message="It is not UTF-8.", hint="Save the file as UTF-8."
        )
    post = posts.document(name, plain)
    if isinstance(post, Problem):
        return post
    article = articles.align(
        [post], default_language=post.language, languages=(post.language,), defaults=settings
    )
    return Document(path=path, text=text, article=article)


def run_options(*, jobs: int | None, sandbox: str = "auto", fixtures: Sequence[str] = ()) -> Options:
    """Return how to run without a site."""
    return Options(jobs=jobs or os.cpu_count() or 1, sandbox=sandbox, fixtures=tuple(fixtures))


def problems_of_run(document: Document, run: Run, *, outputs: bool = True) -> tuple[Problem, ...]:
    """Return what is wrong: cells that failed, and (with `outputs`) outputs that the program does not print."""
    program = document.program
    if program is None:
        return ()
    problems = [told_how(problem, Path(), _WAY) for problem in findings.failures(program, run)]
    ran = _ran_well(program, run)
    for slot in _slots(document) if outputs else ():
        done = ran.get(slot.cell.id)
        if slot.text is None or done is None:
            continue
        # A file may have a traceback whose frames of libraries stand there one by one.
        error = any(isinstance(output, Text) and output.kind is Kind.ERROR for output in done.outputs)
        stands = without_library_frames(slot.text) if error else slot.text
        before, after = (
            [Text(kind=Kind.STREAM, text=text)] if text else [] for text in (stands, _text_of(done))
        )
        for difference in differences(before, after, check=slot.cell.check, same_machine=False):
            problems.append(_departs(slot, difference.message, document))
    marked = [(slot.start, slot.end) for slot in _slots(document) if slot.text is not None]
    printed = {(program.variant, name): done for name, done in ran.items()}
    problems += remarks(document.article, {key: done.outputs for key, done in printed.items()})
    for claim in problems_of(document.article, printed, verdicts(document.article, printed)):
        if not any(start < claim.line <= end for start, end in marked):
            problems.append(claim)
    return in_order(problems)


def with_outputs(document: Document, run: Run) -> str:
    """Return the file with the outputs that its cells showed; a cell that did not run well keeps what it has."""
    lines = _LINE.findall(document.text)
    ran = _ran_well(document.program, run) if document.program else {}
    for slot in reversed(tuple(_slots(document, ran))):
        done = ran.get(slot.cell.id)
        if done and (slot.text or "").rstrip("\n") != _text_of(done).rstrip("\n"):
            lines[slot.start : slot.end] = _lines_of(slot, _text_of(done), lines)
    return "".join(lines)


def _ran_well(program: Program, run: Run) -> dict[str, CellRun]:
    """Return the cells by id that did what their author announced, so that their outputs count."""
    return {
        cell.id: done for cell, done in zip(program.cells, run.cells, strict=True) if went_well(cell, done)
    }


def _slots(document: Document, ran: Mapping[str, CellRun] = _NOT_RUN) -> Iterator[_Slot]:
    """Yield the place of each cell's output, in order; `ran` has what the cells did, which tells typed outputs."""
    program, (post,) = document.program, document.article.posts.values()
    cells = {cell.id: cell for cell in program.cells} if program else {}
    head = post.lines[0] - 1 if post.lines else 0
    after = {block.line: block for block in blocks(post.body)}
    rows = post.body.split("\n")
    for placed in document.article.placed[post.language]:
        if placed.cell not in cells or not placed.block.closed:
            continue
        end = placed.block.line + _height(post.body, placed.block)
        end += _height_of(post.body[placed.block.end : end_with_successors(post.body, placed.block)])
        start = head + end
        at = _next_row(rows, end)
        # A formatter puts an empty line below the mark.
        block = after.get(_next_row(rows, at + 1))
        if _is_mark(rows, at) and block is not None:
            last = head + block.line + _height(post.body, block)
            yield _Slot(
                cell=cells[placed.cell], start=start, end=last, prefix=placed.block.prefix, text=block.code
            )
        elif not any(
            one.verdict is not Verdict.UNDECIDED
            for one in settled(placed.claims, ran.get(placed.cell), code=placed.block.code)
        ):
            # What the author typed is checked, and stays.
            yield _Slot(
                cell=cells[placed.cell], start=start, end=start, prefix=placed.block.prefix, text=None
            )


def _next_row(rows: Sequence[str], start: int) -> int:
    """Return the first row from `start` that has something in it."""
    return next((row for row in range(start, len(rows)) if rows[row].lstrip(" \t>")), len(rows))


def _is_mark(rows: Sequence[str], row: int) -> bool:
    return row < len(rows) and rows[row].lstrip(" \t>").rstrip() == MARK


def _astray(document: Document) -> Iterator[Problem]:
    """Yield the outputs that hexapla wrote and that belong to no cell: nothing compares them."""
    (post,) = document.article.posts.values()
    rows, first = post.body.split("\n"), (post.lines[0] if post.lines else 1)
    code = {
        row
        for block in blocks(post.body)
        for row in range(block.line, block.line + _height(post.body, block))
    }
    of_cells = {_next_row(rows, slot.start - first + 1) for slot in _slots(document) if slot.text is not None}
    for row in range(len(rows)):
        if _is_mark(rows, row) and row not in code | of_cells:
            yield Problem(
                path=document.path.as_posix(),
                line=first + row,
                code="output-astray",
                message="This output is compared with nothing: it stands below no block that runs.",
                hint="Remove it, or move it right below its block.",
                severity=Severity.WARNING,
            )


def _height(body: str, block: Block) -> int:
    """Return how many lines a block takes, its fences included."""
    return len(body[block.start : block.end].rstrip("\n").split("\n"))


def _height_of(text: str) -> int:
    """Return how many lines a text takes, the last of which may have no end."""
    return text.count("\n") + bool(text and not text.endswith("\n"))


def _text_of(done: CellRun) -> str:
    """Return what a cell showed as text; figures have no place in a file of text."""
    text = "".join(
        without_library_frames(output.text) if output.kind is Kind.ERROR else output.text
        for output in done.outputs
        if isinstance(output, Text)
    )
    return text if not text or text.endswith("\n") else f"{text}\n"


def _lines_of(slot: _Slot, text: str, lines: Sequence[str]) -> list[str]:
    """Return the lines that an output takes, with the line ends that the fence above has."""
    if not text:
        return []
    above = lines[slot.start - 1]
    end = above[len(above.rstrip("\r\n")) :]
    if not end:
        end = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    mark = fence_for(text)
    written = ["", MARK, f"{mark}text", *text.rstrip("\n").split("\n"), mark]
    first = [end] if above and not above.endswith(("\r", "\n")) else []
    return first + [
        f"{slot.prefix}{line}".rstrip(" \t") + end if not line else f"{slot.prefix}{line}{end}"
        for line in written
    ]


def _departs(slot: _Slot, message: str, document: Document) -> Problem:
    return Problem(
        path=document.path.as_posix(),
        line=slot.end,
        code="output-differs",
        message=f"The output of cell {slot.cell.id} departs from what it shows now: {message}.",
        hint="`hexapla test --update` writes what it shows now.",
    )


def unwritable(document: Document) -> Problem:
    """Return the problem of a file whose outputs are to be written, and which is not the user's to write."""
    return Problem(
        path=document.path.as_posix(),
        line=1,
        code="not-writable",
        message="The file is not yours to write, so its outputs stay as they are.",
        hint="Have its owner run the command, or give yourself the right to write it.",
    )


def programs_of(documents: Iterable[Document]) -> list[Program]:
    """Return what there is to run."""
    return [document.program for document in documents if document.program and document.program.cells]
