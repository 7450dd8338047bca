"""Digests: by what a cell is found again in the ledger, and all that must be equal for equal outputs to be expected."""

import hashlib
from collections.abc import Iterator

from hexapla.model.branches import branches
from hexapla.model.program import Cell, Program
from hexapla.model.settings import OnError
from hexapla.programs.fingerprint import fingerprint_of, reads_docstrings

FORMAT = 1


def digests(program: Program) -> tuple[str, ...]:
    """Return the chained digest of each cell: equal digests mean equal outputs are expected."""
    parts = branches(program)
    # A later cell may show an earlier one's docstring, so the question is asked of the whole program.
    documented = any(reads_docstrings(cell.code) for cell in program.cells)
    known = {
        cell.id: digest
        for part in parts
        for cell, digest in zip(part.program.cells, _chained(part.program, documented), strict=True)
        if cell.id in part.own
    }
    return tuple(known[cell.id] for cell in program.cells)


def _chained(program: Program, documented: bool) -> Iterator[str]:
    """Yield the digests of the cells of a program without tabs."""
    stops = " stop" if program.settings.on_error is OnError.STOP else ""
    chain = f"hexapla {FORMAT} seed {program.settings.seed}{stops}"
    if program.imports:
        chain += "".join(f" import {line.code}" for line in program.imports)
    chain += "".join(f" file {file.name} {file.digest}" for file in program.files)
    alone = f"alone {program.settings.seed}" + (chain if program.imports or program.files else "")
    for cell in program.cells:
        is_alone = program.is_alone(cell)
        before = alone if is_alone else chain
        digest = sha256_of("\0".join((before, _key(cell, documented), cell.raises, *_modes(cell))))
        # What one that is alone draws at random, those that are not no longer draw.
        chain = f"{chain} {digest}" if is_alone else digest
        yield digest[:32]


def import_digests(program: Program) -> tuple[str, ...]:
    """Return the digest of each line that a program begins with."""
    return tuple(sha256_of(f"import {line.code}")[:32] for line in program.imports)


def digested_cells(program: Program | None) -> tuple[tuple[Cell, str], ...]:
    """Return a program's cells, each with the digest by which it is recorded."""
    return tuple(zip(program.cells, digests(program), strict=True)) if program else ()


def _modes(cell: Cell) -> tuple[str, ...]:
    """Return what else decides how a cell runs."""
    session = [f"session {cell.session}"] if cell.session else []
    return (*sorted(cell.fixtures), *(["interactive"] if cell.interactive else []), *session)


def _key(cell: Cell, documented: bool) -> str:
    """Return what stays the same while only comments, blanks and docstrings change."""
    if cell.key and not documented:
        return cell.key
    marks = fingerprint_of(cell.code, docstrings=documented)
    return marks.exact if marks else cell.code


def sha256_of(text: str) -> str:
    """Return the digest that the ledger keeps of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
