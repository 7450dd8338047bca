"""What users of other tools expect, as a table: each row is run, and the page “Coming from …” is made of it."""

from collections.abc import Iterator
from dataclasses import dataclass

TICKS = "```"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One behaviour that a tool documents, in our words, and a text that shows what happens here."""

    peer: str
    feature: str
    """What its documentation calls it."""
    same: bool
    here: str
    """What hexapla does; where it differs, why."""
    text: str
    """A Markdown file."""
    says: tuple[str, ...] = ()
    """What `hexapla test` tells of it, as `line: code`; nothing where it passes."""


def fence(code: str, info: str = "python") -> str:
    return f"{TICKS}{info}\n{code}\n{TICKS}\n"


def prompt(code: str, info: str = "pycon") -> str:
    return fence(code, info)


D, M, P, S = "doctest", "pytest-markdown-docs", "pytest-examples", "Sybil"
BOOM = "1 / 0"

ROWS = (
    Row(peer=D, feature="an example and what it prints", same=True, text=prompt(">>> 6 * 7\n42"),
        here="A block with prompts runs as written there, and every typed output is compared."),
    Row(peer=D, feature="an output that is wrong", same=True, text=prompt(">>> 6 * 7\n41"), says=("3: claim-wrong",),
        here="It fails, with both texts, at the line of the output."),
    Row(peer=D, feature="several examples in a row", same=True, says=("3: claim-wrong",),
        text=prompt(">>> 1 + 1\n3\n>>> x = 3\n>>> x\n3"),
        here="Each is compared with its own output; the examples of a file share one namespace."),
    Row(peer=D, feature="`ELLIPSIS`", same=True,
        text=prompt(">>> print(list(range(20)))  # doctest: +ELLIPSIS\n[0, 1, ..., 18, 19]"),
        here="`...` stands for anything, with the option and without it."),
    Row(peer=D, feature="`NORMALIZE_WHITESPACE`", same=True,
        text=prompt(">>> print(list(range(4)))\n[0,    1,\n 2, 3]"),
        here="Blanks and line ends between words never matter in a typed output."),
    Row(peer=D, feature="`<BLANKLINE>`", same=True, text=prompt(">>> print('a\\n\\nb')\na\n<BLANKLINE>\nb"),
        here="It is an empty line of the output."),
    Row(peer=D, feature="`+NUMBER` (of pytest)", same=True, text=prompt(">>> 2 / 3\n0.667"),
        here="A number may be typed with fewer digits, rounded; no option is needed."),
    Row(peer=D, feature="`+NUMBER`, a wrong digit", same=True, text=prompt(">>> 2 / 3\n0.65"),
        says=("3: claim-wrong",), here="What the digits cannot be rounded or cut from fails."),
    Row(peer=D, feature="`SKIP`", same=False, says=("2: foreign-mark", "2: cell-raised"),
        text=prompt(f">>> {BOOM}  # doctest: +SKIP\n>>> 1 + 1\n2"),
        here="The line runs, and a warning says so: a reader cannot see such a comment's effect. `notest` in the "
        "fence leaves the whole block out, on the page too."),
    Row(peer=D, feature="a traceback as the output", same=False, says=("2: announced-error",),
        text=prompt(">>> int('x')\nTraceback (most recent call last):\n  ...\nValueError: ..."),
        here="A typed traceback announces the exception, and a note says so; `raises:ValueError` in the fence has its "
        "kind checked, too. The real traceback is shown on the page."),
    Row(peer=D, feature="a traceback, announced", same=True,
        text=prompt(">>> int('x')\nTraceback (most recent call last):\nValueError: invalid literal for int() with base "
                    "10: 'x'", "pycon raises:ValueError"),
        here="Only the last line of a typed traceback is compared, not its frames."),
    Row(peer=D, feature="`IGNORE_EXCEPTION_DETAIL`", same=False, says=("3: claim-elsewhere",),
        text=prompt(">>> int('x')  # doctest: +IGNORE_EXCEPTION_DETAIL\nTraceback (most recent call last):\n"
                    "ValueError: other words", "pycon raises:ValueError"),
        here="A typed message is compared. `raises:` checks the kind alone: leave the traceback out, or write `...`."),
    Row(peer=D, feature="`True` for `1`", same=False, text=prompt(">>> 1\nTrue"), says=("3: claim-undecided",),
        here="A note says that the program prints something else; with doctest's `DONT_ACCEPT_TRUE_FOR_1` it fails."),
    Row(peer=D, feature="prompts outside of a fence", same=False, text=">>> 1 + 1\n3\n",
        here="It is a quote in Markdown, and no code: only fences run. `hexapla coverage` counts it as not run."),

    Row(peer=M, feature="`notest`", same=True, text=fence(BOOM, "python notest"),
        here="The block is shown and not run; it is counted in the account of all blocks."),
    Row(peer=M, feature="the braces of superfences", same=True, text=fence(BOOM, "{.python notest}"),
        here="All spellings are read, and pages carry this one."),
    Row(peer=M, feature="`continuation`", same=True, text=fence("x = 1") + "\n" + fence("assert x == 1", "python continuation"),
        here="The block goes on with the names of those before it, which run once and not again for each."),
    Row(peer=M, feature="no `continuation`", same=False, text=fence("x = 1") + "\n" + fence("assert x == 1"),
        here="The blocks of a file are one program, as the cells of a notebook; pages carry `continuation` for "
        "pytest-markdown-docs. `execute: {shared_state: false}` keeps them apart."),
    Row(peer=M, feature="an assertion that fails", same=True, text=fence("x = 1\nassert x == 2"),
        says=("2: cell-raised",), here="It fails, with the values of both sides, and the traceback names its line."),
    Row(peer=M, feature="`fixture:name`", same=True, text=fence("name", "python fixture:name"),
        here="`pytest --hexapla` binds the value that the conftest.py's fixture returns, and tears it down after the "
        "program. It must be data, since the program has a process of its own; `hexapla test` skips the block. "
        "Autouse fixtures are not used: they act on pytest's process."),
    Row(peer=M, feature="`retry:3`", same=False, text=fence("x = 1", "python retry:3"), says=("1: unknown-word",),
        here="Refused: a block that needs a second try shows its reader something that need not happen. "
        "`check=shape` and `check=skip` are for outputs that vary."),
    Row(peer=M, feature="`runner:name`", same=False, text=fence("x = 1", "python runner:mine"),
        says=("1: unknown-word",), here="Refused: there is one runner, a sandbox, whose output is what pages show."),
    Row(peer=M, feature="options in an MDX comment", same=True, text="{/* pmd-metadata: notest */}\n" + fence(BOOM),
        here="They are read as if they stood in the fence."),
    Row(peer=M, feature="`await` at the top level", same=True, text=fence("import asyncio\nawait asyncio.sleep(0)"),
        here="It works without a plugin."),
    Row(peer=M, feature="code in an admonition or a tab", same=False, says=("4: cell-raised",),
        text='!!! note\n\n    ```python\n    1 / 0\n    ```\n',
        here="It runs. pytest-markdown-docs itself sees no fence there; on our pages it does, since they are written "
        "so that it can."),
    Row(peer=M, feature="fences of docstrings", same=False, text="# No Python file is read\n",
        here="hexapla reads Markdown only: leave docstrings to pytest-markdown-docs."),

    Row(peer=P, feature="`#>` after a print", same=True, text=fence("print(6 * 7)\n#> 42"),
        here="It is compared with what is printed."),
    Row(peer=P, feature="`#>` that is wrong", same=True, text=fence("print(6 * 7)\n#> 41"), says=("3: claim-wrong",),
        here="It fails, with both texts."),
    Row(peer=P, feature="`#>` over several lines", same=True, text=fence("print('one thing\\nand another')\n#> one thing\n#> and another"),
        here="The lines together are one output."),
    Row(peer=P, feature="`--update-examples`", same=False, text=fence("print(6 * 7)"),
        here="`hexapla test --update` writes an output as a block of its own below the code, under a mark, and changes "
        "nothing else: a copied block holds no outputs, and a long output stays readable."),
    Row(peer=P, feature="settings in the fence (`test=\"skip\"`)", same=True, text=fence(BOOM, 'python test="skip"'),
        here="It is `notest`; settings of linters mean nothing here."),
    Row(peer=P, feature="linting with ruff or black", same=False, text=fence("x=1"),
        here="Not done: a translation's code is compared as a program, and its layout is its author's."),

    Row(peer=S, feature="one namespace for a document", same=True, text=fence("x = 1") + "\n" + fence("assert x == 1"),
        here="So it is here."),
    Row(peer=S, feature="`skip: next`", same=True, text="<!--- skip: next -->\n\n" + fence(BOOM),
        here="The next block of Python is `notest`."),
    Row(peer=S, feature="`skip: start` and `skip: end`", same=True,
        text="<!--- skip: start -->\n\n" + fence(BOOM) + "\n<!--- skip: end -->\n",
        here="As above, for all blocks between them; `execute: false` in the front matter leaves a whole article out."),
    Row(peer=S, feature="`skip: next if(…)`", same=False, says=("3: foreign-mark", "4: cell-raised"),
        text="<!--- skip: next if(True) -->\n\n" + fence(BOOM),
        here="A warning, and the block runs: a condition is not read. `fixture:` asks for what a machine may lack."),
    Row(peer=S, feature="`invisible-code-block`", same=False, says=("1: foreign-mark", "6: cannot-run"),
        text="<!--- invisible-code-block: python\nx = 41\n-->\n\n" + fence("print(x)"),
        here="A warning: readers who copy the page need that code too. `.hide-input` folds a block."),
    Row(peer=S, feature="`clear-namespace`", same=True, says=("8: cannot-run",),
        text=fence("x = 1") + "\n<!--- clear-namespace -->\n\n" + fence("print(x)"),
        here="The blocks below begin with an empty namespace."),
    Row(peer=S, feature="line numbers of the document", same=True, text="Text.\n\n" + fence("x = 1\n1 / 0"),
        says=("4: cell-raised",), here="Tracebacks and problems name the file's own lines."),
    Row(peer=S, feature="an expected exception", same=False, text=fence("int('x')", "python raises:ValueError"),
        here="Said in the fence, `raises:ValueError`; its real traceback is the output."),
    Row(peer=S, feature="code of other languages", same=True, text=fence("exit 1", "bash"),
        here="Nothing but Python is run; other blocks are counted."),
)  # fmt: skip

E, J, Y, Q, G = "markdown-exec", "mkdocs-jupyter", "MyST-NB", "Quarto", "sphinx-gallery"
PLAIN = fence("1 + 1")

BUILDERS = (
    Row(peer=E, feature='`exec="on"`', same=True, text=fence("print(6 * 7)", 'python exec="on" source="above" result="text"'),
        here="The block runs; so does every Python block without it, unless `notest` stands in the fence."),
    Row(peer=E, feature='`source="above"`', same=True, text=fence("6 * 7", 'python exec="on" source="above"'),
        says=("1: foreign-mark",),
        here="The code, and the output below it. `.hide-input` folds code; output that would be read as Markdown or HTML is "
        'shown as the text that it is, with a warning: say `result="text"`.'),
    Row(peer=E, feature="`session`", same=True, says=("10: cannot-run",),
        text="\n".join(fence(code, 'python exec="on" source="above" result="text"' + session) for code, session in (
            ("x = 1", ' session="a"'), ("print(x)", ' session="a"'), ("print(x)", ""))),
        here="Blocks of one session share a namespace within a page; a block without one has a namespace of its own."),
    Row(peer=E, feature="sessions across pages", same=False, text=PLAIN,
        here="Each page is a program of its own, which runs when it has changed: its sessions are too."),
    Row(peer=E, feature="the build runs the code", same=False, text=PLAIN,
        here="`hexapla build` does, once; `mkdocs build` shows what is recorded in `snippets/`, and runs nothing."),
    Row(peer=J, feature="notebooks as pages", same=False, text=PLAIN,
        here="Pages are Markdown, whose changes a reviewer can read; each article's page has a notebook to download, with its outputs."),
    Row(peer=J, feature="`execute: true`", same=False, text=PLAIN,
        here="Only what has changed is run, in a sandbox, and recorded; no kernel is started."),
    Row(peer=J, feature="magics", same=False, text=fence("%matplotlib inline\n1 + 1"), says=("2: magic",),
        here="They are shown and not run, with a note. Figures of matplotlib need none."),
    Row(peer=J, feature="the last value", same=True, text=fence("[1, 2]"),
        here="The value of a block's last line is shown, tables of pandas as tables."),
    Row(peer=Y, feature="`{code-cell}`", same=True, text=fence("1 + 1", "{code-cell} python"),
        here="It runs, and the page shows it as a block of Python."),
    Row(peer=Y, feature="`:tags: [skip-execution]`", same=True, text=fence(f":tags: [skip-execution]\n{BOOM}", "{code-cell} python") + "\n" + PLAIN,
        here="The block is shown and not run."),
    Row(peer=Y, feature="`:tags: [raises-exception]`", same=True, text=fence(f":tags: [raises-exception]\n{BOOM}", "{code-cell} python"),
        says=("2: announced-error",), here="The traceback is shown. `raises:ValueError` has its kind checked, too."),
    Row(peer=Y, feature="`{jupyter-execute}` with `:raises:`", same=True, says=("2: announced-error",),
        text=fence(f":raises: ZeroDivisionError\n{BOOM}", "{jupyter-execute}"), here="It runs, and may fail; `:hide-code:` folds the code."),
    Row(peer=Y, feature="`:::{code-cell}`, `.. code-block::`", same=False, says=("1: foreign-mark",),
        text=f":::{{code-cell}} python\n{BOOM}\n:::\n\n" + PLAIN,
        here="A warning, and it is counted as not run: neither mkdocs nor GitHub shows it as code. Write it in a fence of backticks."),
    Row(peer=Y, feature="`glue`", same=False, says=("2: cannot-run",),
        text=fence('from myst_nb import glue\nglue("a", 1)') + "\n" + PLAIN,
        here="There is none: a value is shown below the block that makes it."),
    Row(peer=Q, feature="`{python}`", same=True, text=fence("1 + 1", "{python}"), here="It runs, in a post and in a `.qmd`."),
    Row(peer=Q, feature="the option `eval: false`", same=True, text=fence(f"#| eval: false\n{BOOM}", "{python}") + "\n" + PLAIN,
        here="The block is shown and not run."),
    Row(peer=Q, feature="the option `error: true`", same=True, text=fence(f"#| error: true\n{BOOM}", "{python}"),
        says=("2: announced-error",), here="The traceback is shown."),
    Row(peer=Q, feature="`execute:` of a page", same=True, says=("12: announced-error",),
        text="---\nexecute:\n  eval: false\n  error: true\n---\n\n" + fence(BOOM, "{python}") + "\n" + fence(f"#| eval: true\n{BOOM}", "{python}"),
        here="Its `eval`, `error`, `echo`, `output` and `include` are of each block that does not say otherwise itself."),
    Row(peer=Q, feature="`freeze: auto`", same=True, text=PLAIN,
        here="Always: a program is run when its code, or a package that it imports, has changed."),
    Row(peer=Q, feature="translations", same=False, text=PLAIN,
        here="Each is proved to hold its original's program, and shows the outputs of one run."),
    Row(peer=G, feature="examples as Python files", same=False, text=PLAIN,
        here="A post is Markdown with blocks; its page has the program to download, as a script and as a notebook."),
    Row(peer=G, feature="figures", same=True, text=PLAIN,
        here="Figures of matplotlib that a block leaves open stand below it, as SVG, with a text for those who do not see them."),
    Row(peer=G, feature="a gallery of thumbnails", same=False, text=PLAIN,
        here="A list of articles with their descriptions, by date and by topic."),
    Row(peer=G, feature="an example that fails", same=False, says=("2: cell-raised",), text=fence(BOOM),
        here="The build goes on and ends with status 1; the block, and those that need it, have no output, and all else has its page."),
)  # fmt: skip
"""Of tools that build pages, where a row says what Markdown alone can show."""

HEAD = """---
title: "Coming from doctest, pytest-markdown-docs, pytest-examples or Sybil"
description: "What their users expect, what hexapla does the same, what it does otherwise, and why."
order: 9
---

# Coming from …

What users of other tools expect, and what happens here. Every row is one of our tests: a text is run with
`hexapla test`, and does what the row says. *Same* means that nothing needs to be changed.

[Testing](testing.md) says how to run the tests.
"""


BUILDERS_HEAD = """---
title: "Coming from markdown-exec, notebooks, MyST, Quarto or sphinx-gallery"
description: "What users of other tools that run code for pages expect, and what happens here."
order: 10
---

# Coming from notebooks and builders

What users of other tools that run code for pages expect, and what happens here. Each text that a row is about is run by
one of our tests. [Coming from …](coming-from.md) is the same for tools that test.
"""


def page() -> str:
    """Return the page about tools that test, made of the table."""
    return HEAD + "".join(_tables(ROWS))


def page_of_builders() -> str:
    """Return the page about tools that build pages."""
    return BUILDERS_HEAD + "".join(_tables(BUILDERS))


def _tables(rows: tuple[Row, ...]) -> Iterator[str]:
    for peer in dict.fromkeys(row.peer for row in rows):
        yield f"\n## {peer}\n\n| there | | here |\n|---|---|---|\n"
        for row in (row for row in rows if row.peer == peer):
            yield f"| {row.feature} | {'same' if row.same else '**differs**'} | {row.here} |\n"
