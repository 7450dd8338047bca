"""Each cause of a difference, in a real post and by the command: article, cell, places, three lines, what to do."""

import itertools
import json
import re
import subprocess

import pytest

from hexapla.cli.main import main

ENGLISH = """---
title: Training
---

Intro.

```python {#data}
import torch
x = torch.ones(2, 3)
name = b"cat"
path = "data/train.csv"
```

Then:

```python
for epoch in range(3):
    loss = (x ** 2).sum()  # the loss
    print(f"loss {loss:.2f}")
links = [print]
links[0](x.shape)
```

Last:

```python
print(x.mean())
```

End.
"""
FRENCH = (
    ENGLISH.replace("Intro", "Pour commencer").replace("# the loss", "# la perte").replace("Then", "Puis")
    .replace("Last", "Enfin").replace("End", "Fin")
)  # fmt: skip

CAUSES = {
    "a lost block": ("```python\nprint(x.mean())\n```\n", "", "missing-block", "cell-3", ["- print(x.mean())"]),
    "a path": (
        "data/train.csv", "donnees/train.csv", "symbol-string-changed", "data",
        ["- path = 'data/train.csv'", "+ path = 'donnees/train.csv'"],
    ),
    "a keyword": (
        "for epoch in", "pour epoch dans", "keyword-translated", "cell-2",
        ["- for epoch in range(3):", "+ pour epoch dans range(3):"],
    ),
    "a name": ("loss =", "perte =", "identifier-renamed", "cell-2", None),
    "a method": (".sum()", ".somme()", "api-renamed", "cell-2", None),
    "bytes": ('b"cat"', 'b"chat"', "bytes-changed", "data", ["- name = b'cat'", "+ name = b'chat'"]),
    "a number": ("range(3)", "range(30)", "number-changed", "cell-2", None),
    "an operator": ("x ** 2", "x * 2", "operator-changed", "cell-2", None),
    "a dropped line": ("links = [print]\n", "", "lines-dropped", "cell-2", ["- links = [print]"]),
    "a lost closing fence": ('train.csv"\n```\n', 'train.csv"\n', "fence-damage", "data", None),
    "a placeholder": (
        "torch.ones(2, 3)", "@@CODE_3@@", "leaked-placeholder", "data",
        ["- x = torch.ones(2, 3)", "+ x = @@CODE_3@@"],
    ),
    "a link": (
        "links[0](x.shape)", "links[0](../fr/x.shape)", "link-rewritten", "cell-2",
        ["- links[0](x.shape)", "+ links[0](../fr/x.shape)"],
    ),
    "prose": (
        "links = [", "Ici on affiche la forme\nlinks = [", "prose-in-code", "cell-2", ["+ Ici on affiche la forme"],
    ),
    "typographic quotes": ('(f"loss {loss:.2f}")', "(f«loss {loss:.2f}»)", "typographic-character", "cell-2", None),
}  # fmt: skip
LINES = {"data": 7, "cell-2": 16, "cell-3": 26}
"""Where each cell's fence stands in the original."""


def told(capsys, *arguments) -> tuple[int, str]:
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


@pytest.mark.parametrize(("before", "after", "code", "cell", "diff"), CAUSES.values(), ids=CAUSES)
def test_a_difference_is_told_with_its_cause(new_site, capsys, before, after, code, cell, diff):
    assert before in FRENCH
    file = new_site({"t.en.md": ENGLISH, "t.fr.md": FRENCH.replace(before, after, 1)}, languages="en,fr")
    status, said = told(capsys, "check", "-f", file)
    line = next(line for line in said.splitlines() if f"-{code} " in line)
    assert status == 1 and re.match(rf"posts/t\.fr\.md:\d+: E-{code} ", line)
    assert f"cell `{cell}` of `t` (posts/t.en.md:{LINES[cell]})" in line
    below = said.partition(f"{line}\n")[2].splitlines()
    lines = [text.strip() for text in itertools.takewhile(lambda text: text.startswith("    "), below)]
    assert 1 <= len(lines) <= 3 and all(text[0] in "-+" for text in lines)
    assert diff is None or lines == diff
    if code != "missing-block":
        assert "`hexapla fix` shows which of these it can repair, and how." in said


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("print(x.mean())\n```", "print(x.mean())```", "N-glued-fence"),
        ("mean())\n```", "mean())", "E-unclosed-fence"),
    ],
)
def test_a_fence_that_the_page_repairs_is_told_too(new_site, capsys, before, after, code):
    file = new_site({"t.en.md": ENGLISH, "t.fr.md": FRENCH.replace(before, after)}, languages="en,fr")
    assert re.search(rf"posts/t\.fr\.md:2[67]: {code} ", told(capsys, "check", "-f", file)[1])


def test_an_older_version_is_told_with_its_commit(new_site, capsys):
    file = new_site({"t.en.md": ENGLISH, "t.fr.md": FRENCH}, languages="en,fr")

    def git(*words: str) -> str:
        command = ["git", "-C", str(file.parent), "-c", "user.name=a", "-c", "user.email=a@b.c", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")
    (file.parent / "posts/t.en.md").write_text(ENGLISH.replace("range(3)", "range(5)"))
    said = told(capsys, "check", "-f", file)[1]
    place = "the cell `cell-2` of `t` (posts/t.en.md:16)"
    assert (
        f"posts/t.fr.md:16: W-stale-block This is {place} as it was in {git('rev-parse', '--short', 'HEAD')}."
        in said
    )
    assert "    - for epoch in range(5):\n    + for epoch in range(3):\n" in said


def test_machines_read_the_same(new_site, capsys):
    file = new_site(
        {"t.en.md": ENGLISH, "t.fr.md": FRENCH.replace("range(3)", "range(30)")}, languages="en,fr"
    )
    problems = json.loads(told(capsys, "check", "--format", "json", "-f", file)[1])["problems"]
    (one,) = [problem for problem in problems if problem["code"] == "number-changed"]
    assert (one["path"], one["line"], len(one["details"])) == ("posts/t.fr.md", 16, 2)
    github = told(capsys, "check", "--format", "github", "-f", file)[1].splitlines()
    assert sum("title=number-changed::" in line and "%0A- for epoch" in line for line in github) == 1
    sarif = json.loads(told(capsys, "check", "--format", "sarif", "-f", file)[1])
    assert "number-changed" in {result["ruleId"] for result in sarif["runs"][0]["results"]}
