"""What other tools read in comments above a fence, and how far each comment counts."""

import pytest

from hexapla.model.block import blocks
from hexapla.model.other_tools import Wish
from hexapla.model.tool_comments import ToolComments


def said(asked: Wish, words: str) -> str:
    """Return what is asked of a block, in words."""
    return " ".join(
        (
            *(["notest"] if asked.notest else []),
            *(["may-raise"] if asked.may_raise else []),
            *(f"fixture:{name}" for name in asked.fixtures),
            *([f"session:{asked.session}"] if asked.session else []),
            *(f"unread:{kind}" for kind in asked.unread),
            *([words] if words else []),
        )
    )


ABOVE = {
    "<!-- A remark: skip this part -->\n": "",
    "<!-- skip: next -->\n": "notest",
    "<!--- skip: next \"needs a server\" -->\n\nText.\n\n": "notest",
    "<!-- skip: next if(1 > 2, reason=\"x\") -->\n": "unread:Sybil's `skip` with `if`",
    "<!-- skip: start -->\n\nText.\n\n": "notest",
    "<!-- skip: start -->\n\n<!-- skip: end -->\n": "",
    "<!--pytest.mark.skip-->\n\n": "notest",
    "<!--pytest-codeblocks:skip-->\n": "notest",
    "<!--pytest.mark.skip-->\n\nText.\n\n": "",
    "<!--pytest.mark.skipif(True, reason='')-->\n": "unread:`skipif` in a comment",
    "<!--pytest.mark.xfail(raises=ValueError)-->\n": "may-raise",
    "<!--pytest-codeblocks:cont-->\n": "",
    "<!--pytest-codeblocks:expect-error-->\n": "may-raise",
    "<!--pytest-codeblocks:skipfile-->\n\n# A\n\n": "notest",
    "<!--phmdoctest-skip-->\n": "notest",
    "<!--- clear-namespace -->\n\nText.\n\n": "session:clear-namespace-1",
    "<!-- clear-namespace -->\n<!-- clear-namespace -->\n": "session:clear-namespace-2",
    "<!-- clear-namespaces -->\n": "",
    "% skip: next\n\n": "notest",
    "Of a hundred\n100 % skip: next\n": "",
    "% clear-namespace\n": "session:clear-namespace-1",
    "<!-- name: test_a -->\n": "",
    "<!-- name: test_a; mark: skip(reason=\"x\") -->\n": "notest",
    "<!--\n    name: test_a;\n    fixtures: tmp_path,\n              capsys\n-->\n": "fixture:tmp_path fixture:capsys",
    "{/* pmd-metadata: notest fixture:gpu */}\n": "notest fixture:gpu",
}  # fmt: skip


@pytest.mark.parametrize(("before", "means"), ABOVE.items(), ids=[repr(text) for text in ABOVE])
def test_comments_above_a_fence(before, means):
    assert said(*ToolComments().above(before)) == means


def test_a_comment_is_of_the_next_block_of_python_and_a_pair_of_all_between():
    text = "<!-- skip: next -->\n```python\n1\n```\n```python\n2\n```\n<!-- skip: start -->\n```python\n3\n```\n```python\n4\n```\n<!-- skip: end -->\n```python\n5\n```\n"
    assert [block.directives.notest for block in blocks(text)] == [True, False, True, True, False]


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("<!--\n```python\nx\n```\n-->\n```python\ny\n```\n", "y"),
        ("<!-- Later:\n\n```python\nx\n```\n\n```python\ny\n```\n\n-->\n```python\nz\n```\n", "z"),
        ("<!-- a --> b\n<!-- c\n\n```python\nx\n```\n--> <!-- d -->\n```python\ny\n```\n", "y"),
        # What no browser takes for one, or what nothing ends.
        ("<!-- a -->\n```python\nx\n```\n<!-- b -->\n```python\ny\n```\n", "xy"),
        ("`<!--` begins it, and\n\n```python\nx\n```\n\n`-->` ends it.\n", "x"),
        ("<!--\n\n```python\nx\n```\n", "x"),
        ("an arrow -->\n```python\nx\n```\n", "x"),
    ],
)
def test_what_stands_in_a_comment_is_no_part_of_the_page(text, run):
    assert "".join(block.code[0] for block in blocks(text) if block.directives.runs) == run
