"""Reports: what a command found and ran, for machines.

The exit status follows from the same problems as every report: it is 1 just where each of them holds an error.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hexapla import __version__
from hexapla.cli import output
from hexapla.cli.causes import ProblemGroup, causes_of
from hexapla.model.codes import ALL, section
from hexapla.model.problem import Problem, Severity

if TYPE_CHECKING:
    from hexapla.model.program import Program
    from hexapla.model.run import Run

_CODES = {code.word: code for code in ALL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a command found, and what it ran."""

    problems: Sequence[Problem]
    programs: Sequence[Program] = ()
    """Those that `runs` are of, at least."""
    runs: Sequence[Run] = ()
    root: Path | None = None
    """The folder that the problems' paths are relative to, where it is not this one."""
    causes: Sequence[ProblemGroup] | None = None
    """What is behind the problems, where that is known by article."""

    @property
    def status(self) -> int:
        """The exit status: 1 where there is an error."""
        errors = (problem for problem in self.problems if problem.severity is Severity.ERROR)
        return output.PROBLEMS if any(errors) else output.CLEAN

    def path(self, path: str) -> str:
        """Return a problem's path as it is from where the command runs: so CI knows its files."""
        return Path(os.path.relpath(self.root / path)).as_posix() if self.root else path


def as_json(report: Report) -> str:
    """Return a JSON object: all problems, the groups that have a cause in common, and what ran.

    Its shape is that of `templates/report.schema.json`.
    """
    groups = causes_of(report.problems) if report.causes is None else report.causes
    told = {
        "problems": [asdict(problem) for problem in report.problems],
        "groups": [asdict(cause) | {"sentence": str(cause)} for cause in groups],
        "programs": list(_programs(report)),
    }
    return _encodable(json.dumps(told, ensure_ascii=False, indent=2)) + "\n"


def _encodable(text: str) -> str:
    """Return a text in which what is no character, such as half of one that a program printed, is a `?`."""
    return text.encode("utf-8", "replace").decode()


def _programs(report: Report) -> Iterator[dict[str, Any]]:
    by_name = {program.name: program for program in report.programs}
    for run in report.runs:
        program = by_name[run.program]
        yield {
            "program": run.program,
            "languages": program.languages,
            "seconds": round(run.seconds, 3),
            "cells": [
                {
                    "id": ran.id,
                    "path": cell.path,
                    "line": cell.line,
                    "status": ran.status.value,
                    "message": ran.message,
                    "seconds": round(ran.seconds, 3),
                }
                for cell, ran in zip(program.cells, run.cells, strict=True)
            ],
        }


def as_github(report: Report) -> str:
    """Return workflow commands, a line a problem (GitHub Docs, "Workflow commands", `::error file=…`)."""
    return _encodable("".join(f"{_command(problem, report)}\n" for problem in report.problems))


def _command(problem: Problem, report: Report) -> str:
    kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}[problem.severity]
    path = _property(report.path(problem.path))
    place = f"file={path},line={problem.line},title={_property(problem.code)}"
    return f"::{kind} {place}::{_data(_text(problem))}"


def _text(problem: Problem) -> str:
    return "\n".join((f"{problem.message} {problem.hint}".strip(), *problem.details))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(report: Report) -> str:
    """Return a SARIF 2.1.0 log (OASIS standard), which code scanning reads."""
    words = sorted({problem.code for problem in report.problems})
    driver = {"name": "hexapla", "version": __version__, "rules": [_rule(word) for word in words]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, words.index(problem.code), report) for problem in report.problems],
    }
    log = {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [run]}
    return _encodable(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _rule(word: str) -> dict[str, Any]:
    """Return what is known of a code, as its reader sees it beside each result."""
    code = _CODES.get(word)
    if code is None:
        return {"id": word}
    return {
        "id": word,
        "shortDescription": {"text": code.meaning},
        "help": {"text": f"{code.hint}\n\nExample: {code.example}", "markdown": section(code)},
        "defaultConfiguration": {"level": code.severity.value},
    }


def _result(problem: Problem, rule: int, report: Report) -> dict[str, Any]:
    # A path is a URI reference there: blanks and letters of other scripts are percent-encoded (section 3.4.3).
    uri = quote(os.fsencode(report.path(problem.path)))
    place = {"artifactLocation": {"uri": uri}, "region": {"startLine": problem.line}}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity.value,
        "message": {"text": _text(problem)},
        "locations": [{"physicalLocation": place}],
    }


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""By the name that `--format` takes."""
