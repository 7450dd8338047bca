"""Formats: problems as machines read them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from hexapla import __version__
from hexapla.model.codes import ALL, section
from hexapla.model.problem import Problem, Severity

_CODES = {code.word: code for code in ALL}


def as_json(problems: Sequence[Problem]) -> str:
    """Return a JSON array, an object a problem."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Sequence[Problem]) -> str:
    """Return workflow commands, a line a problem (GitHub Docs, "Workflow commands", `::error file=…`)."""
    return "".join(f"{_command(problem)}\n" for problem in problems)


def _command(problem: Problem) -> str:
    kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}[problem.severity]
    text = "\n".join((f"{problem.message} {problem.hint}".strip(), *problem.details))
    place = f"file={_property(problem.path)},line={problem.line},title={_property(problem.code)}"
    return f"::{kind} {place}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(problems: Sequence[Problem]) -> str:
    """Return a SARIF 2.1.0 log (OASIS standard), which code scanning reads."""
    words = sorted({problem.code for problem in problems})
    driver = {"name": "hexapla", "version": __version__, "rules": [_rule(word) for word in words]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, words.index(problem.code)) for problem in problems],
    }
    log = {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


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


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    text = "\n".join((f"{problem.message} {problem.hint}".strip(), *problem.details))
    # A path is a URI reference there: blanks and letters of other scripts are percent-encoded (section 3.4.3).
    place = {"artifactLocation": {"uri": quote(problem.path)}, "region": {"startLine": problem.line}}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity.value,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""By the name that `--format` takes."""
