"""Problems: how they are told, and their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.problem import Problem, Severity, in_order


def problem(path="posts/a.md", line=3, code="x", message="It is.", **more):
    return Problem(path=path, line=line, code=code, message=message, **more)


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (problem(), "posts/a.md:3: E-x It is."),
        (problem(hint="Mend it."), "posts/a.md:3: E-x It is. Mend it."),
        (problem(severity=Severity.NOTE), "posts/a.md:3: N-x It is."),
        (problem(details=("- a", "+ b")), "posts/a.md:3: E-x It is.\n    - a\n    + b"),
    ],
)
def test_a_problem_is_told_with_its_place(problem, text):
    assert str(problem) == text


PROBLEMS = st.builds(
    problem, st.sampled_from(["posts/a.md", "posts/b.md"]), st.integers(1, 3), st.sampled_from(["x", "y"])
)


@given(st.lists(PROBLEMS))
def test_order_is_by_place_and_does_not_depend_on_who_found_them_first(problems):
    ordered = in_order(problems)
    assert ordered == in_order(reversed(problems)) == in_order(ordered)
    assert set(ordered) == set(problems) and len(ordered) == len(set(problems))
    assert [(problem.path, problem.line) for problem in ordered] == sorted(
        (problem.path, problem.line) for problem in ordered
    )
