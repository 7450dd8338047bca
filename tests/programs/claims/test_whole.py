"""A claim is whole: the page's code is the post's without its claims, none of which leaves a part behind."""

import ast
import itertools
import tokenize
from collections.abc import Sequence
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles_helpers import article, fence, post
from hexapla.model.block import blocks, splice
from hexapla.model.output import Kind, Text
from hexapla.model.run import CellRun, Status
from hexapla.programs.claims.verdict import KEPT, Verdict, settled
from hexapla.programs.parse import prepare

STATEMENTS = {
    "print(7)": ["7"],
    "print('total', 12)": ["total 12"],
    "print('the', 'end is near')": ["the end is near"],
    "print([1.5, 2.5])": ["[1.5, 2.5]"],
    "print('tensor([[1, 2],\\n        [3, 4]])')": ["tensor([[1, 2],", "        [3, 4]])"],
    "print({'a': 1, 'b': [2, 3]})": ["{'a': 1, 'b': [2, 3]}"],
    "for i in range(3):\n    print('step', i)": ["step 0", "step 1", "step 2"],
    "for i in range(2):\n    print(i)": ["0", "1"],
    "greet('Ann')": ["Hello Ann,", "how are you?"],
    "print()": [""],
}
SILENT = ("x = 1", "def f():\n    return 2", "import math")
NOTES = (
    "see above",
    "the next one",
    "1. first",
    "a remark, no more",
    "TODO",
    "x is 1",
    "出力ではない",
    "एक टिप्पणी",
)
FORMS = (
    "none",
    "beside",
    "below",
    "labelled below",
    "label beside",
    "below a blank line",
    "marked",
    "arrows",
    "dollars",
    "a label without its colon",
    "a drawn label",
)

statement = st.tuples(
    st.sampled_from([*STATEMENTS, *SILENT]), st.sampled_from(FORMS), st.sampled_from(("", *NOTES))
)


def typed(shown: Sequence[str], form: str) -> tuple[str, list[str]]:
    """Return what an author types beside a statement and below it."""
    lines = [f"# {line}" for line in shown]
    match form:
        case "beside":
            return f"  {lines[0]}", lines[1:]
        case "below":
            return "", lines
        case "labelled below":
            return "", ["# Output:", *lines]
        case "label beside":
            return "  # Ausgabe:", lines
        case "marked":
            return "", [f"# >> {line}" for line in shown]
        case "arrows":
            return "", [f"# ↳ {line}" for line in shown]
        case "dollars":
            return "", [f"# $ {line}" for line in shown]
        case "a label without its colon":
            return "", ["# Output", *lines]
        case "a drawn label":
            return "", ["# ---- Ausgabe ----", *lines]
        case "below a blank line":
            return "", ["", *lines]
    return "", []


def comments(code: str) -> list[str]:
    tokens = tokenize.generate_tokens(StringIO(code).readline)
    return [token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT]


@settings(max_examples=150, deadline=None)
@given(st.lists(statement, min_size=1, max_size=6))
def test_a_right_claim_goes_as_a_whole_and_nothing_else_does(parts):
    rows, outputs, shown, notes, claims = [], "", [], [], 0
    for code, form, note in parts:
        said = STATEMENTS.get(code, [])
        form = form if said and said != [""] else "none"
        beside, below = typed(said, form)
        rows += [f"{code}{beside}", *below]
        rows += ["", f"# {note}"] if note else [""]
        notes += [note] if note else []
        claims += form != "none"
        outputs += "".join(f"{line}\n" for line in said)
        shown.append(outputs.count("\n"))
    source = "\n".join(rows) + "\n"
    found = article(post("en", fence(source.rstrip("\n"))))
    placed = found.placed["en"][0]
    texts = (Text(kind=Kind.STREAM, text=outputs),) if outputs else ()
    cell = CellRun(id="cell-1", status=Status.OK, outputs=texts, shown=tuple(shown[:-1]))
    told = settled(placed.claims, cell, code=placed.block.code)
    left = blocks(splice(found.posts["en"].body, [edit for one in told for edit in one.claim.edits]))[0].code
    assert ast.dump(ast.parse(left)) == ast.dump(ast.parse(source))
    assert comments(left) == notes
    assert {one.verdict for one in told} <= {Verdict.RIGHT, Verdict.CLOSE}
    assert len(told) == claims


BELOW = {
    "a fence": "```{tag}\n{text}\n```\n",
    "a fence under a label": "**{label}:**\n\n```{tag}\n{text}\n```\n",
    "a fence under a label of a list": "- {label}:\n\n  ```{tag}\n{deep}\n  ```\n",
    "a longer fence": "~~~~{tag}\n{text}\n~~~~\n",
    "indented": "{indented}\n",
    "indented under a label": "{label}:\n\n{indented}\n",
    "a quote": "> **{label}:**\n{quoted}\n",
    "preformatted": "<pre>\n{text}\n</pre>\n",
    "a fold": "<details><summary>{label}</summary>\n\n```{tag}\n{text}\n```\n\n</details>\n",
    "a container": "::: output\n{text}\n:::\n",
    "a session": "```console\n$ python run.py\n{text}\n```\n",
    "an admonition": '!!! example "{label}"\n\n    ```{tag}\n{indented}\n    ```\n',
}
FILLED = {
    "a fold": "<details><summary>{label}</summary> </details>",
    "an admonition": '!!! example "{label}"',
}
"""What stays where the real output takes the place of a fence in a container."""
PRINTING = [code for code, said in STATEMENTS.items() if said != [""]]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(PRINTING), min_size=1, max_size=4),
    st.sampled_from([*BELOW]),
    st.sampled_from(("", "text", "sh", "console", "python out")),
    st.sampled_from(("Output", "Ausgabe", "输出", "आउटपुट")),
    st.sampled_from(("", "Let's run it.\n\n")),
)
def test_what_stands_below_goes_as_a_whole_and_a_sentence_stays(codes, form, tag, label, sentence):
    shown = [line for code in codes for line in STATEMENTS[code]]
    code, text = "\n".join(codes), "\n".join(shown)
    deep, indented, quoted = ("\n".join(f"{mark}{line}" for line in shown) for mark in ("  ", "    ", "> "))
    below = BELOW[form].format(tag=tag, text=text, label=label, deep=deep, indented=indented, quoted=quoted)
    left, told = without_claims(code, codes, f"{sentence}{below}\nThe end.\n")
    assert {one.verdict for one in told} <= {Verdict.RIGHT, Verdict.CLOSE} and len(told) == 1
    assert ast.dump(ast.parse(blocks(left)[0].code)) == ast.dump(ast.parse(code))
    around = FILLED.get(form, "").format(label=label)
    assert left[blocks(left)[0].end :].split() == f"{sentence}{around} The end.".split()


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(PRINTING), min_size=1, max_size=3),
    st.sampled_from(("'''", '"""')),
    st.sampled_from(("", "Output:", "Ausgabe:", "输出：")),
)
def test_a_string_goes_as_a_whole(codes, quotes, label):
    shown = [line for code in codes for line in STATEMENTS[code]]
    code = "\n".join(codes)
    typed = "\n".join([quotes, *([label] if label else []), *shown, quotes])
    left, told = without_claims(f"{code}\n\n{typed}", codes, "")
    assert [one.verdict in (Verdict.RIGHT, Verdict.CLOSE) for one in told] == [True]
    assert blocks(left)[0].code.strip() == code


def without_claims(code, codes, below):
    """Return a body without what is claimed in and below a block that holds some statements."""
    lines = [line for code in codes for line in STATEMENTS[code]]
    shown = itertools.accumulate(len(STATEMENTS[code]) for code in codes)
    found = article(post("en", fence(code) + "\n" + below))
    placed = found.placed["en"][0]
    texts = (Text(kind=Kind.STREAM, text="".join(f"{line}\n" for line in lines)),)
    cell = CellRun(id="cell-1", status=Status.OK, outputs=texts, shown=tuple(shown))
    told = settled(placed.claims, cell, code=placed.block.code)
    edits = [edit for one in told if one.verdict not in KEPT for edit in one.claim.edits]
    return splice(found.posts["en"].body, edits), told


words = st.text(alphabet="ab 1.[](){}'#:=>-,\n…出", max_size=30)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["print(x)", "x", "for i in x:\n    print(i)", "x = 1"]), words, words), max_size=5),
    st.lists(st.tuples(st.sampled_from(Kind), words.filter(bool)), max_size=3),
    st.lists(st.integers(0, 9), max_size=6),
    words,
)  # fmt: skip
def test_whatever_is_taken_out_the_program_stays(parts, outputs, shown, below):
    rows = []
    for code, beside, under in parts:
        rows.append(f"{code}  # {' '.join(beside.split())}" if beside else code)
        rows += [f"# {line}" if line else "" for line in under.split("\n")]
    source = "\n".join(rows)
    text = "\n".join(line for line in below.split("\n") if "```" not in line)
    found = article(post("en", fence(source) + f"\n```\n{text}\n```\n\nThe end.\n"))
    placed = found.placed["en"][0]
    texts = tuple(Text(kind=kind, text=text) for kind, text in outputs)
    cell = CellRun(id="cell-1", status=Status.OK, outputs=texts, shown=tuple(sorted(shown)))
    told = settled(placed.claims, cell, code=placed.block.code)
    edits = [edit for one in told if one.verdict not in KEPT for edit in one.claim.edits]
    body = splice(found.posts["en"].body, edits)
    left = prepare(blocks(body)[0].code).tree
    before = prepare(placed.block.code).tree
    assert left is not None and before is not None
    assert ast.dump(left) == ast.dump(before)
    assert body.endswith("The end.\n")


def test_calls_of_its_own_functions_that_a_block_has_in_comments_stay():
    code = "def f(a, *, b):\n    print(a, b)\n\nf(1, b=2)\nf(1, b=3)\n\n# WRONG\n# f(a=1, c=2)  → TypeError\n# f(1, 2, 3)    → TypeError"
    found = article(post("en", fence(code))).placed["en"][0]
    texts = (Text(kind=Kind.STREAM, text="1 2\n1 3\n"),)
    cell = CellRun(id="cell-1", status=Status.OK, outputs=texts, shown=(0, 1))
    assert not settled(found.claims, cell, code=code)
