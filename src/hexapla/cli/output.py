"""Output: what commands say in the terminal or to machines, and the status that they end with."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from hexapla import __version__
from hexapla.cli.causes import ProblemGroup, causes_of
from hexapla.model.codes import ALL, section
from hexapla.model.problem import Problem, Severity

CLEAN, PROBLEMS, CANNOT = 0, 1, 2
"""Exit statuses: nothing to say, problems or drift, the command cannot go on."""


def report_problems(
    problems: Sequence[Problem],
    form: str = "text",
    *,
    notes: bool = False,
    root: Path | None = None,
    causes: Sequence[ProblemGroup] | None = None,
) -> None:
    """Print problems; to standard output where a machine reads them.

    `root` is the folder that paths are relative to: CI knows files from where the command runs. `causes` are those of
    the problems, where they are known by article.
    """
    if form == "json":
        click.echo(problems_as_json(problems, causes), nl=False)
        return
    if form in ("github", "sarif") and root is not None:
        problems = [
            replace(problem, path=Path(os.path.relpath(root / problem.path)).as_posix())
            for problem in problems
        ]
    if form != "text":
        click.echo(FORMATS[form](problems), nl=False)
        return
    printed = [problem for problem in problems if notes or problem.severity is not Severity.NOTE]
    unprinted = len(problems) - len(printed)
    click.echo("".join(f"{problem}\n" for problem in printed), err=True, nl=False)
    if unprinted:
        click.echo(f"{count(unprinted, 'note')}: `hexapla check` shows them.", err=True)


def exit_status(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Return the status that a command ends with: under `strict`, warnings count as errors do."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return PROBLEMS if any(problem.severity in failing for problem in problems) else CLEAN


def say(line: str) -> None:
    """Tell the user what happens, beside what the command was asked for."""
    click.echo(line, err=True)


def ask(question: str) -> bool:
    """Ask the user, where one sits there; False in CI and wherever nobody can answer."""
    attended = sys.stdin.isatty() and sys.stderr.isatty() and not os.environ.get("CI")
    return attended and click.confirm(question, default=False, err=True)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the singular or the plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def path_from_here(path: Path) -> str:
    """Return a path as the user would type it from where the command runs."""
    path = path.absolute()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


_CODES = {code.word: code for code in ALL}


def problems_as_json(problems: Sequence[Problem], causes: Sequence[ProblemGroup] | None = None) -> str:
    """Return a JSON object: all problems, and the groups that have a cause in common, as the text ends with them."""
    groups = causes_of(problems) if causes is None else causes
    told = {
        "problems": [asdict(problem) for problem in problems],
        "groups": [asdict(cause) | {"sentence": str(cause)} for cause in groups],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def problems_as_github(problems: Sequence[Problem]) -> str:
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


def problems_as_sarif(problems: Sequence[Problem]) -> str:
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
    "json": problems_as_json,
    "github": problems_as_github,
    "sarif": problems_as_sarif,
}
"""By the name that `--format` takes."""
