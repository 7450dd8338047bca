"""What the terminal is told: what is new, once."""

import logging

import pytest

from hexapla.adapters.mkdocs import telling
from hexapla.model.problem import Problem, Severity


def problem(line: int = 3, **more) -> Problem:
    given = {"path": "posts/one.en.md", "code": "wrong", "message": f"As line {line - 1} says."} | more
    return Problem(line=line, **given)


def told(caplog, *saves) -> list[list[str]]:
    caplog.set_level(logging.INFO)
    one = telling.Telling()
    lines = []
    for problems in saves:
        caplog.clear()
        one.tell(problems)
        lines.append([record.getMessage() for record in caplog.records])
    return lines


def test_a_problem_is_told_once_wherever_it_has_moved(caplog):
    first, *later = told(caplog, [problem()], [problem()], [problem(line=30)])
    assert first == ["posts/one.en.md:3: E-wrong As line 2 says."] and later == [[], []]


def test_what_is_new_and_what_is_gone_is_told(caplog):
    other = problem(code="other")
    saves = told(caplog, [problem(), other], [other, problem(path="posts/two.en.md")], [], [problem()])
    assert saves[1:] == [
        ["posts/two.en.md:3: E-wrong As line 2 says.", "1 problem is mended."],
        ["2 problems are mended."],
        ["posts/one.en.md:3: E-wrong As line 2 says."],
    ]


def test_the_same_twice_in_one_post_is_two(caplog):
    assert [len(lines) for lines in told(caplog, [problem()], [problem(), problem(line=9)])] == [1, 1]


def test_a_note_is_no_warning(caplog):
    told(caplog, [problem(severity=Severity.NOTE), problem()])
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING"]


@pytest.fixture
def loggers():
    names = (*telling._OF_EACH_LANGUAGE, "mkdocs.livereload", "mkdocs")
    known = [logging.getLogger(name) for name in names]
    before = [(logger.level, list(logger.filters)) for logger in known]
    for logger in known:
        # As where no site has been served before.
        logger.setLevel(logging.NOTSET)
        logger.filters.clear()
    yield known
    for logger, (level, filters) in zip(known, before, strict=True):
        logger.setLevel(level)
        logger.filters[:] = filters


def test_mkdocs_does_not_say_the_same_of_each_build(caplog, loggers):
    loggers[-1].setLevel(logging.INFO)
    for _ in range(2):
        telling.say_less()
    for logger in loggers[:2]:
        logger.info("Overriding 'en' config")
        logger.warning("A warning")
    for words in (
        "Detected file changes",
        "Reloading browsers",
        "Browser connected: http://a",
        "Serving on http://a",
    ):
        loggers[2].info("[12:00:00] %s", words)
    assert caplog.messages == ["A warning", "A warning", "[12:00:00] Serving on http://a"]


def test_who_asks_for_all_gets_all(caplog, loggers):
    loggers[-1].setLevel(logging.DEBUG)
    telling.say_less()
    loggers[2].info("[12:00:00] Reloading browsers")
    assert caplog.messages == ["[12:00:00] Reloading browsers"]
