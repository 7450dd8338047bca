"""Reports: what ran, for machines. JSON, and the JUnit XML that CI systems read."""

import json
from collections.abc import Sequence
from xml.etree import ElementTree

from hexapla.model.output import Kind, Text
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Run, Status, went_well


def runs_as_json(programs: Sequence[Program], runs: Sequence[Run]) -> str:
    """Return one JSON object a program: its cells with place, status, message and seconds."""
    by_name = {program.name: program for program in programs}
    rows = [
        {
            "program": run.program,
            "languages": by_name[run.program].languages,
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
                for cell, ran in zip(by_name[run.program].cells, run.cells, strict=True)
            ],
        }
        for run in runs
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def runs_as_junit(programs: Sequence[Program], runs: Sequence[Run]) -> str:
    """Return a JUnit test suite a program and a test case a cell."""
    by_name = {program.name: program for program in programs}
    suites = ElementTree.Element("testsuites", name="hexapla")
    for run in runs:
        cells = list(zip(by_name[run.program].cells, run.cells, strict=True))
        failed = [ran for cell, ran in cells if _has_failed(cell, ran)]
        suite = ElementTree.SubElement(
            suites,
            "testsuite",
            name=run.program,
            tests=str(len(run.cells)),
            failures=str(len(failed)),
            skipped=str(sum(ran.status in _NOT_TRIED for ran in run.cells)),
            time=f"{run.seconds:.3f}",
        )
        for cell, ran in cells:
            case = ElementTree.SubElement(
                suite, "testcase", classname=run.program, name=ran.id, file=cell.path, line=str(cell.line)
            )
            case.set("time", f"{ran.seconds:.3f}")
            _add_result(case, cell, ran)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


_NOT_TRIED = (Status.SKIPPED, Status.CANNOT_RUN)
"""What says nothing of the code: a machine, a package or a file is lacking."""


def _has_failed(cell: Cell, ran: CellRun) -> bool:
    return ran.status not in _NOT_TRIED and not went_well(cell, ran)


def _add_result(case: ElementTree.Element, cell: Cell, ran: CellRun) -> None:
    if ran.status in _NOT_TRIED:
        ElementTree.SubElement(case, "skipped", message=ran.message)
    elif _has_failed(cell, ran):
        tracebacks = [
            output.text for output in ran.outputs if isinstance(output, Text) and output.kind is Kind.ERROR
        ]
        failure = ElementTree.SubElement(case, "failure", message=ran.message, type=ran.status.value)
        # XML 1.0 has no way to write most control characters.
        text = "".join((*tracebacks, ran.explanation))
        failure.text = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
