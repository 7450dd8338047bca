"""Problems: how they are told, and their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.problem import Problem, Severity, harmless, in_order


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "a ::b # c ## [d] \u0928\u094d\u200d \u00e9 \u4e2d",
            "a ::b # c ## [d] \u0928\u094d\u200d \u00e9 \u4e2d",
        ),
        ("\tif x:", "\tif x:"),
        ("::error::x", "\\::error::x"),
        (" \t ::error::x", " \t \\::error::x"),
        ("a ##[error]b ##vso[c]", "a #\\#[error]b #\\#vso[c]"),
        ("a\n::error::x\r\x1b[31m", "a\\n::error::x\\r\\x1b[31m"),
        ("a\u2028\u2029\x85\0", "a\\u2028\\u2029\\x85\\x00"),
        ("\udcff", "\\udcff"),
        ("a\u202eb\u2066c\u2069\u202c", "a\\u202eb\\u2066c\\u2069\\u202c"),
        ("\u200f\u0627 \u061c\u200e", "\u200f\u0627 \u061c\u200e"),
    ],
)
def test_no_log_obeys_what_is_told(text, shown):
    assert harmless(text) == shown
    assert str(problem(message=f"{text}.")) == f"posts/a.md:3: E-x {harmless(f'x{text}')[1:]}."


def test_each_line_of_the_details_is_indented_and_obeyed_by_nobody():
    told = str(problem(details=("a\n::error::x", "  ::b")))
    assert told == "posts/a.md:3: E-x It is.\n    a\n    \\::error::x\n      \\::b"


@given(st.text(st.characters(codec=None)), st.lists(st.text()))
def test_a_message_is_one_line_whatever_it_says(message, details):
    lines = str(problem(message=message, details=tuple(details))).splitlines()
    assert len(lines) == 1 + sum(text.count("\n") + 1 for text in details)
    assert not any(line.lstrip().startswith("::") for line in lines)


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
