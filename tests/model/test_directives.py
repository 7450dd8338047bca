"""Info strings: every accepted spelling, and the one that pages carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.directives import Check, Directives, directives_of, kept_info, page_info


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
        ("{.python .klasse-ä #zelle_1 raises:torch.Err}",
         Directives(language="python", classes=("klasse-ä",), id="zelle_1", raises="torch.Err")),
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


@pytest.mark.parametrize(
    "word",
    [
        '.a"><script>x</script>', '.a"onclick=x', ".a&b", "#../../x", '#"onclick=x', "#a/b", "#.hidden", "raises:<b>",
        "fixture:../x", 'fixture:"x', 'hl_lines="<b>"', 'linenums="1 x"', "onclick=window.mark=1", "ONCLICK=x",
    ],
)  # fmt: skip
def test_what_is_no_name_is_unknown_and_on_no_page(word):
    read = directives_of(f"{{.python {word} .b}}")
    assert (
        word in read.unknown
        and (read.id, read.raises, read.fixtures) == ("", "", ())
        and read.classes == ("b",)
    )
    assert page_info(read) == "{.python .b}"


def test_a_title_ends_neither_its_quotes_nor_the_fence():
    assert page_info(directives_of("{.python title='a \"b\" `c` <d>'}")) == '{.python title="a ”b” ’c’ <d>"}'


@pytest.mark.parametrize(
    ("info", "kept"),
    [
        ("python", "python"),
        ("python notest", "{.python notest}"),
        ('js session="a"', "js"),
        (
            'python exec="on" result="text" session="a"',
            '{.python .hide-input exec="on" result="text" session="a"}',
        ),
        ("{testcode} a", '{.python session="a"}'),
        ("{python, error=TRUE, echo=FALSE}", "{.python .hide-input error=TRUE echo=FALSE}"),
        ('{python tags="[raises-exception]"}', '{.python tags="[raises-exception]"}'),
    ],
)
def test_how_a_block_runs_is_kept_for_who_reads_it_next(info, kept):
    assert kept_info(info) == kept
    assert not directives_of(info).is_python or directives_of(kept) == directives_of(info)


@given(st.text(st.sampled_from("python notest{}.#=:\"' abcआ中"), max_size=40))
def test_reading_never_fails_and_what_pages_carry_reads_the_same(info):
    once = directives_of(info)
    if not once.unknown and once.language and not once.raises:
        assert directives_of(page_info(once)) == once
