"""What a post's fences say wrongly, and marks that only other tools read."""

import pytest

from articles_helpers import article, codes, fence, post
from hexapla.model.block import blocks
from hexapla.model.problem import Severity
from hexapla.programs.align.fence_faults import unknown_fixtures

FAULTS = {
    "nothing": (fence("x = 1", "{.python #a}"), []),
    "a word that nobody knows, in a fence of another language": (fence("x", "{.text wrong}"), []),
    "a word that nobody knows": (fence("x = 1", "python notset"), [("unknown-word", 3)]),
    "an id that names no file": (fence("x = 1", "{.python #a/b}"), [("bad-id", 3)]),
    "a long id": (fence("x = 1", f"{{.python #{'a' * 65}}}"), [("bad-id", 3)]),
    "an id twice, but for its case": (
        fence("x = 1", "{.python #a}") + fence("y = 1", "{.python #A}"),
        [("duplicate-id", 6)],
    ),
    "a fence without an end": ("```python\nx = 1\n", [("fence-unclosed", 3)]),
    "a sign that turns the text around": (fence("x = 1\ny = 2  # \u202eabc"), [("bidi-override", 5)]),
    "a line that doctest skips": (fence("x = 1\ny = 1  # doctest: +ELLIPSIS, +SKIP"), [("foreign-mark", 5)]),
    "doctest's other options": (fence("x = 1  # doctest: +ELLIPSIS"), []),
    "a skipped line that is not run": (fence("x = 1  # doctest: +SKIP", "python notest"), []),
    "words that begin like it": (fence("x = 1  # doctest: +SKIPPED"), []),
    "Sybil's skip": ("<!-- skip: next -->\n", []),
    "Sybil's skip with a condition": (
        f"<!--- skip: next if(x) -->\n{fence('x = 1')}",
        [("foreign-mark", 4)],
    ),
    "a kind twice is told once": (
        "<!-- invisible-code: python -->\n\n<!-- invisible-code: python -->\n",
        [("foreign-mark", 3)],
    ),
    "sessions": (
        fence("x = 1", 'python exec="1" source="above" result="text" session="a"')
        + fence("x = 2", 'python exec="1" source="above" result="text" session="b"'),
        [],
    ),
    "code that Sybil hides": ("a\n\n<!-- invisible-code-block: python -->\n", [("foreign-mark", 5)]),
    "a namespace cleared": ("<!-- clear-namespace -->\n", []),
    "a comment of MDX": ("{/* pmd-metadata: notest */}\n", []),
    "such a mark in a block": (fence("<!-- skip: next -->", "html"), []),
    "another comment": ("<!-- skip this -->\n", []),
}


@pytest.mark.parametrize(("text", "wanted"), FAULTS.values(), ids=FAULTS)
def test_faults(text, wanted):
    problems = article(post("en", text)).problems
    assert [(problem.code, problem.line) for problem in problems] == wanted


def test_the_nearest_word_is_named():
    (problem,) = article(post("en", fence("x = 1", "python notst"))).problems
    assert "`notest` is the nearest" in problem.message


@pytest.mark.parametrize(
    ("info", "severity"),
    [
        ("{.python n=1}", Severity.NOTE),
        ("python n=1", Severity.NOTE),
        ('{.python caption="A, b"}', Severity.NOTE),
        ('{.python data-x="1 2"}', Severity.NOTE),
        ("python kernel=python3", Severity.NOTE),
        ("python शब्द=1", Severity.NOTE),
        # A word of ours misspelt, or with a value that it does not take.
        ("python raise=ValueError", Severity.ERROR),
        ("{.python fixtur=gpu}", Severity.ERROR),
        ("python check=clos", Severity.ERROR),
        ("python notest=true", Severity.ERROR),
        ("python hl_lines=all", Severity.ERROR),
        ("python =1", Severity.ERROR),
        ("python n:1", Severity.ERROR),
    ],
)
def test_another_tools_attribute_is_a_note_and_the_block_is_run(info, severity):
    made = article(post("en", fence("x = 1", info)))
    found = {(problem.code, problem.severity) for problem in made.problems}
    assert found == {("unknown-word", severity)}
    assert [cell.code for program in made.programs for cell in program.cells] == ["x = 1\n"]


def test_a_translation_has_its_own_faults():
    found = article(post("en", fence("x = 1")), post("de", fence("x = 1", "python wrong-word")))
    assert codes(found) == ["unknown-word"]


@pytest.mark.parametrize(
    ("info", "message"),
    {
        "of the machine": ("python fixture:gpu", ""),
        "of pytest": ("python fixture:tmp_path", ""),
        "of a conftest": ("python fixture:database", ""),
        "unknown": ("python fixture:zzz", "There is no fixture `zzz`."),
        "nearly known": (
            "python fixture:databas",
            "There is no fixture `databas`. Did you mean `fixture:database`?",
        ),
        "in a block that does not run": ("python notest fixture:zzz", ""),
    }.values(),
)
def test_fixtures(info, message):
    text = post("en", fence("x = 1", info))
    problems = list(unknown_fixtures(text, blocks(text.body), {"database"}))
    assert [problem.message for problem in problems] == ([message] if message else [])
    assert all(problem.line == 3 for problem in problems)


HIDDEN = "&#96;&#96;&#96;python\nx &#61; 1\n&#96;&#96;&#96;\n"
BELOW = {
    "a summary": (f"<details>\n<summary>Code</summary>\n{HIDDEN}</details>\n", 5),
    "a tag with attributes": (f'<div class="a">\n{HIDDEN}</div>\n', 4),
    "text for a reader": (f"<pre>\n{HIDDEN}</pre>\n", 0),
    "a comment": (f"<!-- no -->\n{HIDDEN}", 0),
    "words": (f"Write:\n{HIDDEN}", 0),
    "a blank line": (f"<div>\n\n{HIDDEN}", 0),
    "a tag, and no Python": (f"<div>\n{HIDDEN.replace('python', 'bash')}", 0),
    "nothing": (HIDDEN.replace("&#96;", "`"), 0),
}


@pytest.mark.parametrize(("text", "line"), BELOW.values(), ids=BELOW)
def test_a_fence_in_html_is_told_where_it_stands(text, line):
    told = [problem for problem in article(post("en", text)).problems if problem.code == "fence-hidden"]
    assert [problem.line for problem in told] == ([line] if line else [])


def test_a_hidden_fence_is_not_missing_too():
    hidden = article(
        post("en", fence("x = 1"), fence("y = 2")), post("de", BELOW["a summary"][0], fence("y = 2"))
    )
    assert [problem.code for problem in hidden.problems] == ["fence-hidden"]
    other = article(
        post("en", fence("x = 3"), fence("y = 2")), post("de", BELOW["a summary"][0], fence("y = 2"))
    )
    assert {problem.code for problem in other.problems} == {"fence-hidden", "missing-block"}
