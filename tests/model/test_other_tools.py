"""What other tools' words mean: behind a fence's language and at the head of its code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexapla.model.block import blocks
from hexapla.model.other_tools import options_in


def read(info: str, code: str = "x = 1\n"):
    (block,) = (one for one in blocks(f"```{info}\n{code}```\n") if one.directives.is_python)
    return block.directives


def said(directives) -> str:
    """Return what differs from a plain block of Python, in words."""
    return " ".join(
        (
            *(["notest"] if directives.notest else []),
            *(["may-raise"] if directives.may_raise else []),
            *(["alone"] if directives.alone and not directives.session else []),
            *directives.classes,
            *(f"fixture:{name}" for name in directives.fixtures),
            *([f"session:{directives.session}"] if directives.session else []),
            *(f"unread:{kind}" for kind in directives.unread),
            *(f"unknown:{word}" for word in directives.unknown),
        )
    )


MARKUP = "unread:output that markdown-exec would read as Markdown or HTML"
INFOS = {
    # What is ours stays ours, misspelt words too.
    "python": "",
    "python notest": "notest",
    "python notset": "unknown:notset",
    "{python notset}": "unknown:notset",
    "python retry:3": "unknown:retry:3",
    "python n=1": "unknown:n=1",
    # MyST, Jupyter, Sphinx.
    "{code-cell}": "",
    "{code-cell} ipython3": "",
    "{jupyter-execute}": "",
    "{code-block} python": "",
    "{testcode}": "",
    "{testcode} shapes": "session:shapes",
    "{testcode} default": "",
    "{testsetup} *": "",
    # Quarto and R Markdown.
    "{python}": "",
    "{python, echo=FALSE}": "hide-input",
    "{python plot, echo=FALSE, fig.height=5, out.width='80%'}": "hide-input",
    "{python plot}": "",
    "{python eval=FALSE}": "notest",
    "{python, eval=F}": "notest",
    '{python plot, echo = FALSE, eval =TRUE, fig.cap = "a = b, c"}': "hide-input",
    '{.python title="eval = FALSE"}': "",
    "{python, eval=TRUE, error=TRUE}": "may-raise",
    "{python, include=FALSE}": "hide-input hide-output",
    "{python, results='hide', warning=FALSE}": "hide-output",
    "{python, eval=is_html()}": "unread:`eval` that is no true or false",
    "{{python}}": "notest",
    "python,ignore": "notest",
    # markdown-exec.
    'python exec="on" source="above" session="a" result="text" idprefix=""': "session:a",
    'python exec="1"': f"alone hide-input {MARKUP}",
    'python exec="yes" html="yes" source="tabbed-left" tabs="A|B"': f"alone {MARKUP}",
    'pycon exec="1" source="console"': "alone",
    'python exec="off"': "notest",
    # pytest-examples, rustdoc and others.
    'python test="skip" lint="skip"': "notest",
    "python skip": "notest",
    "python no-run": "notest",
}


@pytest.mark.parametrize(("info", "means"), INFOS.items(), ids=INFOS)
def test_words_behind_the_language(info, means):
    assert said(read(info)) == means


@pytest.mark.parametrize(
    "info", ["{code-cell} coconut", "{code-block} bash", "code-cell", "{r, eval=FALSE}", "{note}", "{eval} x"]
)
def test_what_is_no_python_stays_none(info):
    (block,) = blocks(f"```{info}\nx\n```\n")
    assert not block.directives.is_python


HEADS = {
    "": (0, ""),
    "# | eval: false\n": (0, ""),
    "#: eval: false\n": (0, ""),
    "x[1:2]\n": (0, ""),
    "#| eval: false\n": (1, "notest"),
    "#| label: fig-a\n#| fig-cap: 'A: b'\n#| echo: false\n": (3, "hide-input"),
    "#| echo: fenced\n": (1, ""),
    "#| error: true\n#| output: false\n": (2, "may-raise hide-output"),
    "#| eval: !expr x > 1\n": (1, "unread:`eval` that is no true or false"),
    "#| tags: [hide-input]\n": (1, "hide-input"),
    ":tags: [raises-exception, hide-output]\n": (1, "may-raise hide-output"),
    ":tags: [skip-execution]\n:name: a\n": (2, "notest"),
    "---\ntags:\n  - hide-input\n  - skip-execution\nmystnb:\n  image:\n    width: 1\n---\n": (
        8,
        "notest hide-input",
    ),
    '---\ntags: ["remove-cell"]\n---\n': (3, "hide-input hide-output"),
    ":raises: ValueError\n:hide-code:\n": (2, "may-raise hide-input"),
    ":raises:\n:hide-output:\n": (2, "may-raise hide-output"),
    "---\nnever closed\n": (0, ""),
}


@pytest.mark.parametrize(("head", "means"), HEADS.items(), ids=[repr(head) for head in HEADS])
def test_options_at_the_head_of_the_code(head, means):
    assert options_in(f"{head}x = 1\n")[0] == means[0]
    assert said(read("{code-cell} python", f"{head}x = 1\n")) == means[1]


@given(st.text(alphabet="#|: \n-tags[]eval,false'\"x=1<!>{}", max_size=60))
def test_nothing_raises_and_no_byte_is_lost(text):
    count, _ = options_in(text)
    assert 0 <= count <= text.count("\n") + 1
    for block in blocks(f"{text}\n```{{python}}\n{text}\n```\n"):
        assert isinstance(block.directives.unread, tuple)
