"""JUnit: a report as the XML that CI systems read, in the form that Jenkins and pytest agree on (`junit-10.xsd`).

Each cell that ran is a test case; each error is a failure, of the cell that it stands in or of a case of its own.
"""

from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree

from hexapla.cli.reports import Report
from hexapla.model.output import Kind, Text
from hexapla.model.problem import Problem, Severity
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Run, Status

_NOT_TRIED = (Status.SKIPPED, Status.CANNOT_RUN, Status.NOT_REACHED)
"""What says nothing of the code: a machine, a package, a file or an earlier cell is lacking."""


def as_junit(report: Report) -> str:
    """Return a test suite a program, and one a file for what is wrong with no cell."""
    by_name = {program.name: program for program in report.programs}
    suites = ElementTree.Element("testsuites", name="hexapla")
    left = dict.fromkeys(report.problems)
    for run in report.runs:
        _add_program(suites, by_name[run.program], run, left, report)
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in left:
        if problem.severity is Severity.ERROR:
            by_path[problem.path].append(problem)
    for path, problems in by_path.items():
        suite = _suite(suites, report.path(path), tests=len(problems), failures=len(problems))
        for problem in problems:
            case = _case(suite, path, f"{problem.code}, line {problem.line}")
            _add_failure(case, problem, report)
    for count in ("tests", "failures", "errors"):
        suites.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _add_program(
    suites: ElementTree.Element, program: Program, run: Run, left: dict[Problem, None], report: Report
) -> None:
    """Add a suite for a program; what stands in one of its cells is taken out of `left`."""
    suite = _suite(suites, program.name, tests=len(run.cells), time=run.seconds)
    failed = skipped = 0
    for cell, ran in zip(program.cells, run.cells, strict=True):
        case = _case(suite, program.name, ran.id, time=ran.seconds)
        problems = [problem for problem in left if _stands_in(cell, problem)]
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        for problem in problems:
            del left[problem]
        for problem in errors:
            _add_failure(case, problem, report, traceback=_traceback(ran))
        failed += bool(errors)
        if not errors and ran.status in _NOT_TRIED:
            skipped += 1
            ElementTree.SubElement(case, "skipped", message=_shown(ran.message))
        told = "".join(f"{problem}\n" for problem in problems if problem not in errors)
        if told:
            ElementTree.SubElement(case, "system-out").text = _shown(told)
    suite.set("failures", str(failed))
    suite.set("skipped", str(skipped))


def _stands_in(cell: Cell, problem: Problem) -> bool:
    """Return whether a problem is told of a cell: at one of its lines, or at its fence."""
    return problem.path == cell.path and -1 <= problem.line - cell.line < max(1, cell.code.count("\n"))


def _suite(
    suites: ElementTree.Element, name: str, *, tests: int, failures: int = 0, time: float = 0.0
) -> ElementTree.Element:
    counts = {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": "0"}
    return ElementTree.SubElement(
        suites, "testsuite", {"name": _shown(name), **counts, "time": f"{time:.3f}"}
    )


def _case(suite: ElementTree.Element, group: str, name: str, *, time: float = 0.0) -> ElementTree.Element:
    told = {"classname": _shown(group), "name": _shown(name), "time": f"{time:.3f}"}
    return ElementTree.SubElement(suite, "testcase", told)


def _add_failure(case: ElementTree.Element, problem: Problem, report: Report, *, traceback: str = "") -> None:
    message = f"{problem.message} {problem.hint}".strip()
    failure = ElementTree.SubElement(case, "failure", message=_shown(message), type=problem.code)
    # The form has no place for a file and a line: they stand where a reader looks for them.
    place = f"{report.path(problem.path)}:{problem.line}"
    failure.text = _shown("\n".join((f"{place}: {problem.code}: {message}", *problem.details, traceback)))


def _traceback(ran: CellRun) -> str:
    """Return the whole traceback of a cell that failed, of which a problem shows the end."""
    texts: Sequence[str] = [
        part.text for part in ran.outputs if isinstance(part, Text) and part.kind is Kind.ERROR
    ]
    return "".join((*texts, ran.explanation))


def _shown(text: str) -> str:
    """Return a text without the characters that XML 1.0 has no way to write (its production 2, `Char`)."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff"
    )
