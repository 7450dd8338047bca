"""Encoding: an article's ledger as the files of one folder, and back; its programs as percent scripts, which Python
runs and editors open as notebooks. The same runs always give the same bytes.

Pure: a folder is a mapping from file names to texts.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from hexapla.ledger.digests import FORMAT, sha256_of
from hexapla.ledger.ledger import CellRecord, Ledger, Record
from hexapla.ledger.relocation import modernized
from hexapla.model.errors import LedgerError
from hexapla.model.output import Figure, Kind, Markup, MarkupKind, Output, Text
from hexapla.model.program import Program
from hexapla.model.run import Environment, Failure, Obstacle, Status
from hexapla.programs.parse import lines_inside_strings
from hexapla.translations.freshness import Made, Part

INDEX = "run.json"
_ENDINGS = {MarkupKind.HTML: "html", MarkupKind.MARKDOWN: "md", MarkupKind.LATEX: "tex"}
CANONICAL = "canonical"
"""What run.json calls the program without a variant."""


def encode(ledger: Ledger, programs: Iterable[Program]) -> dict[str, str]:
    """Return the files of an article's ledger by name."""
    files: dict[str, str] = {}
    index: dict[str, Any] = {"format": FORMAT, "programs": {}}
    index["translations"] = {language: _made(made) for language, made in ledger.translations.items()}
    for program in programs:
        record = ledger.record_of(program)
        files[_name("program", program.variant, "py")] = script(program)
        entry = {
            "seed": record.seed,
            "environment": _environment(record.environment),
            "cells": [_cell(cell, program.variant, files) for cell in record.cells],
            "failures": [_cell(cell, program.variant, files) for cell in record.failures],
            "timeout": record.timeout,
        }
        # What is seldom there is left out where it is not.
        seldom = {"failures", "timeout"}
        entries = {key: value for key, value in entry.items() if value or key not in seldom}
        index["programs"][program.variant or CANONICAL] = entries
    files[INDEX] = json.dumps(index, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    return files


def _cell(cell: CellRecord, variant: str, files: dict[str, str]) -> dict[str, Any]:
    """Put a cell's outputs into `files` and return its entry in the index."""
    text, entries, count = "", [], 0
    for output in cell.outputs:
        if isinstance(output, Text):
            text += output.text
            part: dict[str, Any] = {"kind": output.kind.value, "characters": len(output.text)}
            if output.lacks:
                part["lacks"] = output.lacks
            if markup := output.markup:
                count += 1
                name = _name(f"{cell.id}-{count}", variant, _ENDINGS[markup.kind])
                files[name] = markup.source
                part |= {"markup": markup.kind.value, "file": name, "sha256": sha256_of(markup.source)}
            entries.append(part)
        else:
            count += 1
            name = _name(f"{cell.id}-{count}", variant, "svg")
            files[name] = output.svg
            entries.append(
                {"kind": "figure", "file": name, "alt": output.alt, "sha256": sha256_of(output.svg)}
            )
    entry: dict[str, Any] = {
        "id": cell.id,
        "digest": cell.digest,
        "status": cell.status.value,
        "outputs": entries,
    }
    if cell.message:
        entry["message"] = cell.message
    if cell.shown:
        entry["shown"] = list(cell.shown)
    if cell.varies:
        entry["varies"] = True
    if cell.failure:
        entry["failure"] = {key: value for key, value in asdict(cell.failure).items() if value}
    if text:
        name = _name(cell.id, variant, "out")
        files[name] = text
        entry |= {"file": name, "sha256": sha256_of(text)}
    return entry


def decode(files: Mapping[str, str], *, path: str) -> Ledger:
    """Read an article's ledger; `path` is its folder, for messages.

    Raises:
        LedgerError: the format is unknown, or a file is damaged or missing.
    """
    if not files:
        return Ledger()
    if INDEX not in files:
        raise _damaged("is missing", f"{path}/{INDEX}")
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
                "" if name == CANONICAL else _as_name(name): _record(entry, files, path)
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
        environment=_as_environment(environment) if environment else None,
        cells=tuple(_as_cell(cell, files, path) for cell in entry["cells"]),
        failures=tuple(_as_cell(cell, files, path) for cell in entry.get("failures", ())),
        timeout=float(entry.get("timeout", 0.0)),
    )


def _as_environment(entry: Mapping[str, Any]) -> Environment:
    packages = tuple(sorted(entry["packages"].items()))
    return Environment(**{**entry, "packages": packages, "absent": tuple(entry.get("absent", ()))})


def _as_cell(entry: Mapping[str, Any], files: Mapping[str, str], path: str) -> CellRecord:
    return CellRecord(
        id=_as_name(entry["id"]),
        digest=entry["digest"],
        status=_as_status(entry, files[INDEX], path),
        message=entry.get("message", ""),
        shown=tuple(map(int, entry.get("shown", ()))),
        outputs=modernized(tuple(_outputs(entry, files, path)), entry.get("places", ())),
        failure=_as_failure(entry["failure"]) if "failure" in entry else None,
        varies=bool(entry.get("varies")),
    )


def _as_failure(entry: Mapping[str, Any]) -> Failure:
    obstacle = Obstacle(entry["obstacle"]) if "obstacle" in entry else None
    return Failure(**{**entry, "obstacle": obstacle})


def _as_status(entry: Mapping[str, Any], index: str, path: str) -> Status:
    """Return how a cell ended. A word that nobody here knows was written by a newer version."""
    status = entry["status"]
    if status in set(Status):
        return Status(status)
    line = index.count("\n", 0, max(0, index.find(f'"status": {json.dumps(status)}'))) + 1
    raise LedgerError(
        f"Its cell {entry['id']} ended as {status!r}, which this hexapla does not know: "
        "install the version that wrote it, or run `hexapla run --all` to record everything again.",
        path=f"{path}/{INDEX}",
        line=line,
    )


def _as_name(name: str) -> str:
    """Return a name that files have; one that would lead elsewhere is damage, for a ledger may be a stranger's."""
    if not re.fullmatch(r"\w[\w-]*", name):
        raise ValueError(f"{name!r} names no cell and no language")
    return name


def _outputs(cell: Mapping[str, Any], files: Mapping[str, str], path: str) -> Iterator[Output]:
    text = _whole(cell["file"], cell["sha256"], files, path) if "file" in cell else ""
    start = 0
    for entry in cell["outputs"]:
        if entry["kind"] == "figure":
            yield Figure(svg=_whole(entry["file"], entry["sha256"], files, path), alt=entry["alt"])
        else:
            end = start + entry["characters"]
            markup = None
            if "markup" in entry:
                source = _whole(entry["file"], entry["sha256"], files, path)
                markup = Markup(kind=MarkupKind(entry["markup"]), source=source)
            lacks = str(entry.get("lacks", ""))
            yield Text(kind=Kind(entry["kind"]), text=text[start:end], markup=markup, lacks=lacks)
            start = end


def _whole(name: str, sha256: str, files: Mapping[str, str], path: str) -> str:
    """Return a recorded file, or say that it is not what was recorded."""
    text = files.get(name)
    if text is None or sha256_of(text) != sha256:
        raise _damaged("is missing" if text is None else "is not what was recorded", f"{path}/{name}")
    return text


def _damaged(what: str, path: str) -> LedgerError:
    return LedgerError(
        f"It {what}: restore it from git, or run `hexapla run --all` to record it again.", path=path
    )


def _environment(environment: Environment | None) -> dict[str, Any] | None:
    if environment is None:
        return None
    entry = asdict(environment) | {"packages": dict(environment.packages)}
    return {key: value for key, value in entry.items() if value or key != "absent"}


def _name(stem: str, variant: str, suffix: str) -> str:
    return ".".join(part for part in (stem, variant, suffix) if part)


def script(program: Program) -> str:
    """Return a program as a percent script, which Python runs and editors open as a notebook."""
    head = (
        f"# {program.slug}: written by hexapla from {program.cells[0].path if program.cells else 'posts'}\n"
    )
    parts = [head]
    if program.imports:
        parts.append("\n# %% imports\n" + "".join(f"{line.code}\n" for line in program.imports))
    for cell in program.cells:
        words = [f"raises:{cell.raises}"] if cell.raises else []
        words += [f"fixture:{name}" for name in cell.fixtures]
        title = " ".join((cell.id, *words))
        code = cell.code.rstrip("\n")
        parts.append(f"\n# %% {title}\n" + (guarded(code, cell.raises) if cell.raises else code) + "\n")
    return "".join(parts)


def guarded(code: str, name: str) -> str:
    """Show an expected exception instead of ending the script at it; what stands in strings keeps its blanks."""
    inside = lines_inside_strings(code)
    lines = enumerate(code.split("\n"), 1)
    body = "\n".join(line if not line or number in inside else f"    {line}" for number, line in lines)
    return f"try:\n{body}\nexcept {name} as error:\n    print(type(error).__name__, error, sep=': ')"
