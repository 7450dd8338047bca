"""Info strings: every accepted spelling, and the one that pages carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.directives import Check, Directives, directives_of, page_info


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("", Directives()),
        ("python", Directives(language="python")),
        ("Python", Directives(language="python")),
        ("python notest", Directives(language="python", notest=True)),
        ("python {notest}", Directives(language="python", notest=True)),
        ("{python notest}", Directives(language="python", notest=True)),
        ("{.python .notest}", Directives(language="python", notest=True)),
        ("{ .python notest raises:ValueError }", Directives(language="python", notest=True, raises="ValueError")),
        ("python fixture:gpu fixture:slow", Directives(language="python", fixtures=("gpu", "slow"))),
        ("{.python #model check=exact}", Directives(language="python", id="model", check=Check.EXACT)),
        ('py title="a b" linenums=1', Directives(language="py", attributes=(("title", "a b"), ("linenums", "1")))),
        ("{.python .hide-input}", Directives(language="python", classes=("hide-input",))),
        ("python continuation", Directives(language="python")),
        ("python notset", Directives(language="python", unknown=("notset",))),
        ("python check=nearly", Directives(language="python", unknown=("check=nearly",))),
        ("{.text .output}", Directives(language="text", classes=("output",))),
    ],
)  # fmt: skip
def test_spellings(info, expected):
    assert directives_of(info) == expected


@pytest.mark.parametrize(
    ("info", "continuation", "page"),
    [
        ("python", False, "python"),
        ("python", True, "{.python continuation}"),
        ("python notest", True, "{.python notest}"),
        ("python raises:ValueError", True, "{.python notest raises:ValueError}"),
        ("{python #a .hide-input title='x'}", True, '{.python continuation #a .hide-input title="x"}'),
    ],
)
def test_pages_carry_one_spelling(info, continuation, page):
    assert page_info(directives_of(info), continuation=continuation) == page


@given(st.text(st.sampled_from("python notest{}.#=:\"' abcआ中"), max_size=40))
def test_reading_never_fails_and_what_pages_carry_reads_the_same(info):
    once = directives_of(info)
    if not once.unknown and once.language and not once.raises:
        assert directives_of(page_info(once)) == once
