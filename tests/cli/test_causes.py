"""Problems counted by what is behind them."""

import pytest

from hexapla.cli.causes import causes_of
from hexapla.model.problem import Problem, Severity
from hexapla.model.run import Obstacle


def problem(
    code: str, path: str = "posts/a.en.md", severity: Severity = Severity.WARNING, **fields
) -> Problem:
    return Problem(path=path, line=1, code=code, message="It is.", severity=severity, **fields)


def unknown(name: str, path: str = "posts/a.en.md") -> Problem:
    return problem("cannot-run", path, cause=Obstacle.NAME, subject=name)


SENTENCES = {
    "a name": ([unknown("x")], ["1 × a name that the page never defines: `x`, in 1 article"]),
    "names, the most frequent first": (
        [unknown("x", "a.md"), unknown("y", "b.md"), unknown("y", "b.md"), unknown("z")],
        ["4 × a name that the page never defines: `y`, `x`, `z`, in 3 articles"],
    ),
    "many names": (
        [unknown(name) for name in "fbcdea"],
        ["6 × a name that the page never defines: `a`, `b`, `c`, `d` …, in 1 article"],
    ),
    "an exception": (
        [problem("cell-raised", cause="ValueError"), problem("cell-raised", cause="ValueError")],
        ["2 × a block that raises `ValueError`, in 1 article"],
    ),
    "a code alone": (
        [problem("cell-timeout", cause="timeout")], ["1 × cell-timeout (A cell ran longer than it may), in 1 article"],
    ),
    "a code that nobody knows": ([problem("new-code")], ["1 × new-code, in 1 article"]),
    "none": ([], []),
}  # fmt: skip


@pytest.mark.parametrize(("problems", "said"), SENTENCES.values(), ids=SENTENCES)
def test_a_cause_is_a_line(problems, said):
    assert [str(cause) for cause in causes_of(problems)] == said


def test_false_outputs_come_first_then_the_most():
    error = Severity.ERROR
    problems = [
        *[problem("cannot-run", cause=Obstacle.FILE)] * 9,
        *[problem("cell-raised", severity=error, cause="TypeError")] * 2,
        *[problem("cell-raised", severity=error, cause="ValueError")] * 3,
        *[problem("not-reached", severity=Severity.NOTE)] * 20,
        problem("drift-text", severity=error),
        *[problem("claim-wrong", severity=error)] * 2,
    ]
    told = [(cause.code, cause.count) for cause in causes_of(problems)]
    assert told == [
        ("claim-wrong", 2), ("drift-text", 1), ("cell-raised", 3), ("cell-raised", 2), ("cannot-run", 9), ("not-reached", 20),
    ]  # fmt: skip


def test_an_article_counts_once_in_all_its_languages():
    problems = [problem("claim-wrong", f"posts/a.{language}.md") for language in ("en", "de")]
    (cause,) = causes_of(problems, lambda path: path.split(".")[0])
    assert (cause.count, cause.articles) == (2, 1)
