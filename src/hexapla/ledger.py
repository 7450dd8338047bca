"""Ledger: the recorded runs of one article as the files of one folder, and why an entry is stale.

Pure: a folder is a mapping from file names to texts. The same runs always give the same bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from hexapla.errors import LedgerError
from hexapla.fingerprint import of_code, reads_docstrings
from hexapla.freshness import Made, Part
from hexapla.outputs import Figure, Kind, Output, Text
from hexapla.percent import script
from hexapla.programs import Cell, Program
from hexapla.run import CellRun, Environment, Run, Status
from hexapla.settings import Settings

FORMAT = 1
INDEX = "run.json"
CANONICAL = "canonical"
"""What run.json calls the program without a variant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRecord:
    """What is recorded of one cell."""

    id: str
    digest: str
    """Chains the cells before it, its code, the seed and the format."""
    status: Status
    message: str = ""
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is recorded of one program: a prefix of its cells, all that ran well."""

    cells: tuple[CellRecord, ...] = ()
    environment: Environment | None = None
    seed: int = 0

    @property
    def made_with(self) -> str:
        """What the outputs were made with, such as `PyTorch 2.13.0`; empty where there are none."""
        if self.environment is None:
            return ""
        torch = dict(self.environment.packages).get("torch", "").split("+")[0]
        return f"PyTorch {torch}" if torch else f"Python {self.environment.python}"

    def cell(self, digest: str) -> CellRecord | None:
        """Return the cell that was recorded with this digest."""
        return next((cell for cell in self.cells if cell.digest == digest), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The recorded runs of one article, by variant; the canonical program's variant is empty."""

    records: Mapping[str, Record] = field(default_factory=dict)
    translations: Mapping[str, Made] = field(default_factory=dict)
    """What each translation was made from, by language."""

    def record_of(self, program: Program) -> Record:
        """Return what is recorded of a program; an empty record where nothing is."""
        return self.records.get(program.variant, Record())


def digests(program: Program) -> tuple[str, ...]:
    """Return the chained digest of each cell: equal digests mean equal outputs are expected."""
    chain = f"hexapla {FORMAT} seed {program.settings.seed}"
    # A later cell may show an earlier one's docstring, so the question is asked of the whole program.
    documented = any(reads_docstrings(cell.code) for cell in program.cells)
    found = []
    for cell in program.cells:
        before = chain if program.settings.shared_state else f"alone {program.settings.seed}"
        chain = _sha("\0".join((before, _key(cell, documented), cell.raises, *_modes(cell))))
        found.append(chain[:32])
    return tuple(found)


def _modes(cell: Cell) -> tuple[str, ...]:
    """Return what else decides how a cell runs."""
    return (*sorted(cell.fixtures), *(["interactive"] if cell.interactive else []))


def _key(cell: Cell, documented: bool) -> str:
    """Return what stays the same while only comments, blanks and docstrings change."""
    marks = of_code(cell.code, docstrings=documented)
    return marks.exact if marks else cell.code


def why_stale(program: Program, record: Record, versions: Mapping[str, str] | None = None) -> str:
    """Return why a program must run, as a clause; empty where its record holds.

    `versions` are those of the packages installed here; a package that isn't installed is no reason.
    """
    if not program.cells:
        return ""
    if not record.cells:
        return "it is new"
    for cell, digest in zip(program.cells, digests(program), strict=True):
        if record.cell(digest) is None:
            return _why_cell(cell, program.settings, record)
    if len(record.cells) > len(program.cells):
        return "it has fewer cells than before"
    for name, was in record.environment.packages if record.environment else ():
        now = (versions or {}).get(name, was)
        if now != was:
            return f"{name} was {was} and is {now}"
    return ""


def _why_cell(cell: Cell, settings: Settings, record: Record) -> str:
    if record.seed != settings.seed:
        return f"the seed was {record.seed} and is {settings.seed}"
    if cell.id not in {known.id for known in record.cells}:
        return f"cell {cell.id} has no record"
    return f"the code of cell {cell.id} changed"


def updated(record: Record, program: Program, run: Run) -> Record:
    """Return the record after a run: what ran well is taken over, what did not keeps what it had.

    A cell that was skipped for want of a GPU or the network keeps an output that is recorded for it.
    """
    cells = []
    for ran, digest in zip(run.cells, digests(program), strict=True):
        old = record.cell(digest)
        if ran.status in (Status.OK, Status.RAISED) and _went_well(program, ran):
            cells.append(
                CellRecord(
                    id=ran.id, digest=digest, status=ran.status, message=ran.message, outputs=ran.outputs
                )
            )
        elif old is not None:
            cells.append(old)
        elif ran.status is Status.SKIPPED:
            continue
        else:
            break
    return Record(cells=tuple(cells), environment=run.environment, seed=program.settings.seed)


def _went_well(program: Program, ran: CellRun) -> bool:
    expected = next(cell.raises for cell in program.cells if cell.id == ran.id)
    return bool(expected) == (ran.status is Status.RAISED)


def encode(ledger: Ledger, programs: Iterable[Program]) -> dict[str, str]:
    """Return the files of an article's ledger by name."""
    files: dict[str, str] = {}
    index: dict[str, Any] = {"format": FORMAT, "programs": {}}
    index["translations"] = {language: _made(made) for language, made in ledger.translations.items()}
    for program in programs:
        record = ledger.record_of(program)
        files[_name("program", program.variant, "py")] = script(program)
        cells = [_cell(cell, program.variant, files) for cell in record.cells]
        index["programs"][program.variant or CANONICAL] = {
            "seed": record.seed,
            "environment": _environment(record.environment),
            "cells": cells,
        }
    files[INDEX] = json.dumps(index, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    return files


def _cell(cell: CellRecord, variant: str, files: dict[str, str]) -> dict[str, Any]:
    """Put a cell's outputs into `files` and return its entry in the index."""
    text, entries, count = "", [], 0
    for output in cell.outputs:
        if isinstance(output, Text):
            text += output.text
            entries.append({"kind": output.kind.value, "characters": len(output.text)})
        else:
            count += 1
            name = _name(f"{cell.id}-{count}", variant, "svg")
            files[name] = output.svg
            entries.append({"kind": "figure", "file": name, "alt": output.alt, "sha256": _sha(output.svg)})
    entry: dict[str, Any] = {
        "id": cell.id,
        "digest": cell.digest,
        "status": cell.status.value,
        "outputs": entries,
    }
    if cell.message:
        entry["message"] = cell.message
    if text:
        name = _name(cell.id, variant, "out")
        files[name] = text
        entry |= {"file": name, "sha256": _sha(text)}
    return entry


def decode(files: Mapping[str, str], *, path: str) -> Ledger:
    """Read an article's ledger; `path` is its folder, for messages.

    Raises:
        LedgerError: the format is unknown, or a file is damaged or missing.
    """
    if INDEX not in files:
        return Ledger()
    try:
        index = json.loads(files[INDEX])
        if index["format"] != FORMAT:
            raise LedgerError(
                f"It has format {index['format']}, and this hexapla knows {FORMAT}: "
                "install the version that wrote it, or run `hexapla run --all` to record everything again.",
                path=f"{path}/{INDEX}",
            )
        return Ledger(
            records={
                "" if name == CANONICAL else name: _record(entry, files, path)
                for name, entry in index["programs"].items()
            },
            translations={
                language: _as_made(made)
                for language, made in index["translations"].items()
                # A layout of before the first release: recorded anew.
                if "own" not in made
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LedgerError(
            f"It is damaged ({type(error).__name__}: {error}): restore it from git, or run `hexapla run --all`.",
            path=f"{path}/{INDEX}",
        ) from error


def _made(made: Made) -> dict[str, list[str]]:
    """Write what a translation was made from: a line a part, so that a change of it can be reviewed."""
    return {
        "blocks": [f"{part.source} {part.own} {part.program}" for part in made.blocks],
        "sections": [f"{part.source} {part.own}" for part in made.sections],
        "edited": list(made.edited),
    }


def _as_made(entry: Mapping[str, Any]) -> Made:
    blocks = (line.split(" ") for line in entry["blocks"])
    parts = (line.split(" ") for line in entry["sections"])
    return Made(
        blocks=tuple(Part(source=source, own=own, program=program) for source, own, program in blocks),
        sections=tuple(Part(source=source, own=own) for source, own in parts),
        edited=tuple(entry["edited"]),
    )


def _record(entry: Mapping[str, Any], files: Mapping[str, str], path: str) -> Record:
    environment = entry["environment"]
    return Record(
        seed=entry["seed"],
        environment=Environment(**environment | {"packages": tuple(sorted(environment["packages"].items()))})
        if environment
        else None,
        cells=tuple(
            CellRecord(
                id=cell["id"],
                digest=cell["digest"],
                status=Status(cell["status"]),
                message=cell.get("message", ""),
                outputs=tuple(_outputs(cell, files, path)),
            )
            for cell in entry["cells"]
        ),
    )


def _outputs(cell: Mapping[str, Any], files: Mapping[str, str], path: str) -> Iterator[Output]:
    text = _whole(cell["file"], cell["sha256"], files, path) if "file" in cell else ""
    start = 0
    for entry in cell["outputs"]:
        if entry["kind"] == "figure":
            yield Figure(svg=_whole(entry["file"], entry["sha256"], files, path), alt=entry["alt"])
        else:
            end = start + entry["characters"]
            yield Text(kind=Kind(entry["kind"]), text=text[start:end])
            start = end


def _whole(name: str, sha256: str, files: Mapping[str, str], path: str) -> str:
    """Return a recorded file, or say that it is not what was recorded."""
    text = files.get(name)
    if text is None or _sha(text) != sha256:
        what = "is missing" if text is None else "is not what was recorded"
        raise LedgerError(
            f"It {what}: restore it from git, or run `hexapla run --all` to record it again.",
            path=f"{path}/{name}",
        )
    return text


def _environment(environment: Environment | None) -> dict[str, Any] | None:
    if environment is None:
        return None
    return asdict(environment) | {"packages": dict(environment.packages)}


def _name(stem: str, variant: str, suffix: str) -> str:
    return ".".join(part for part in (stem, variant, suffix) if part)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
