"""Code that fences take from files, as the page shows it."""

import json

import pytest

from articles_helpers import post
from hexapla.storage.snippets import with_snippets
from test_site import hexapla

FILES = {
    "a.py": "x = 1\ny = 2\nz = 3\n",
    "parts.py": "# --8<-- [start:one]\nif x:\n    one = 1\n# --8<-- [end:one]\ntwo = 2\n",
    "inside.py": 'before = 0\n--8<-- "a.py:1:1"\n',
    "part.md": "Now:\n\n```python\nprint(1)\n```\n",
    "shell.md": "Now:\n\n```bash\nls\n```\n",
    "none.bin": b"\xff\xfe\x00",
    "वर्ग.py": "वर्ग = 4\n",
}


@pytest.fixture
def homes(tmp_path):
    folder = tmp_path / "code"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "secret.py").write_text("secret = 1\n")
    (folder / "link.py").symlink_to(tmp_path / "secret.py")
    (folder / "folder.py").mkdir()
    return [folder]


def fence(*lines, info="python", prefix=""):
    return "\n".join(f"{prefix}{line}" for line in (f"```{info}", *lines, "```", "End.")) + "\n"


TAKEN = {
    "a file": (fence('--8<-- "a.py"'), fence("x = 1", "y = 2", "z = 3")),
    "lines of it": (fence('--8<-- "a.py:2:3"'), fence("y = 2", "z = 3")),
    "a section": (fence('--8<-- "parts.py:one"'), fence("if x:", "    one = 1")),
    "a whole file, without its sections' marks": (
        fence('--8<-- "parts.py"'),
        fence("if x:", "    one = 1", "two = 2"),
    ),
    "between other lines, indented": (
        fence("if True:", '    --8<-- "a.py:1:1"', "print(x)"),
        fence("if True:", "    x = 1", "print(x)"),
    ),
    "several": (fence("--8<--", "a.py:1:1", "", "a.py:3:3", "--8<--"), fence("x = 1", "", "z = 3")),
    "with other dashes": (fence("-8<- 'a.py:1:1'"), fence("x = 1")),
    "what takes another one in": (fence('--8<-- "inside.py"'), fence("before = 0", "x = 1")),
    "in a list": (fence('--8<-- "a.py:1:1"', prefix="    "), fence("x = 1", prefix="    ")),
    "a name in Devanagari": (fence('--8<-- "वर्ग.py"'), fence("वर्ग = 4")),
    "two blocks": (
        fence('--8<-- "a.py:1:1"') + fence('--8<-- "a.py:2:2"'),
        fence("x = 1") + fence("y = 2"),
    ),
}
LEFT = {
    "prose": '--8<-- "a.py"\n',
    "another language": fence('--8<-- "a.py"', info="bash"),
    "in a quote, where the site takes nothing in": fence('--8<-- "a.py"', prefix="> "),
    "escaped": fence(';--8<-- "a.py"'),
    "not alone on its line": fence('x = 1  --8<-- "a.py"'),
    "a comparison": fence("x = 8<-1"),
    "a fence without an end": '```python\n--8<-- "a.py"\n',
    "nothing": fence("x = 1"),
}
REFUSED = {
    "gone.py": "there is no file `gone.py` in `code/`.",
    "../secret.py": "there is no file `../secret.py` in `code/`.",
    "/etc/hostname": "there is no file `/etc/hostname` in `code/`.",
    "link.py": "there is no file `link.py` in `code/`.",
    "folder.py": "`folder.py` is no plain file of 4 MB at most.",
    "parts.py:three": "Snippet section 'three' could not be located.",
    "none.bin": "the file is not in the encoding that is set.",
    "https://example.org/a.py": "there is no file `https://example.org/a.py` in `code/`.",
}


@pytest.mark.parametrize(("text", "wanted"), TAKEN.values(), ids=TAKEN)
def test_code_is_taken_in_as_the_site_does(homes, text, wanted):
    before = post("en", text)
    made, problems = with_snippets(before, homes, {})
    assert (made.body, problems) == (before.body.replace(text, wanted), ())
    # Each line still says where it is from, so that what follows is told of at its own line.
    assert len(made.lines) >= made.body.count("\n")
    for end in ("End.", "```python"):
        where, was = made.body.rindex(end), before.body.rindex(end)
        assert made.line_at(where) == before.line_at(was)


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_the_site_does_not_take_in_or_nothing_runs_is_left_alone(homes, text):
    before = post("en", text)
    assert with_snippets(before, homes, {}) == (before, ())


@pytest.mark.parametrize(("name", "why"), REFUSED.items())
def test_what_cannot_be_taken_is_left_out_and_told_of(homes, name, why):
    before = post("en", fence("x = 1", f'--8<-- "{name}"', "y = 2"))
    made, (problem,) = with_snippets(before, homes, {})
    assert "```python\nx = 1\ny = 2\n```" in made.body
    assert (problem.code, problem.message) == (
        "snippet-refused",
        f"The block takes in what cannot be taken: {why}",
    )
    assert problem.line == before.line_at(before.body.index("--8<--"))


def test_sections_lose_their_indentation_where_the_site_says_so(homes):
    (homes[0] / "b.py").write_text("def f():\n    # --8<-- [start:a]\n    x = 1\n    # --8<-- [end:a]\n")
    before = post("en", fence('--8<-- "b.py:a"'))
    bodies = [with_snippets(before, homes, {"dedent_subsections": on})[0].body for on in (True, False)]
    assert ["```python\nx = 1\n```" in bodies[0], "```python\n    x = 1\n```" in bodies[1]] == [True, True]


@pytest.mark.slow
def test_a_site_runs_shows_and_hands_out_the_code_that_a_block_takes_in(new_site, capsys):
    text = '# A\n\n```python\n--8<-- "a.py"\nprint(x + y)\n```\n\n```python\n--8<-- "gone.py"\nz = 3\n```\n'
    file = new_site({"a.en.md": text, "a.de.md": text}, languages="en,de")
    file.write_text(
        file.read_text().replace(
            "  - admonition\n", "  - admonition\n  - pymdownx.snippets: {base_path: code}\n"
        )
    )
    code = file.parent / "code/a.py"
    code.parent.mkdir()
    code.write_text("x = 1\ny = 2\n")
    said = hexapla(capsys, "run", "-f", file)[1]
    recorded = file.parent / "snippets/a/cell-1.out"
    assert recorded.read_text() == "3\n"
    assert "posts/a.en.md:9: E-snippet-refused" in said and "posts/a.de.md:9: E-snippet-refused" in said
    assert "no program was run" in hexapla(capsys, "run", "-f", file)[1]
    hexapla(capsys, "build", "-f", file)
    for language in ("en", "de"):
        pages = file.parent / "docs" / language / "posts"
        assert "x = 1\ny = 2\nprint(x + y)\n" in (pages / "a.md").read_text()
        assert "x = 1\ny = 2\nprint(x + y)\n" in (pages / "a.py").read_text()
        sources = [cell["source"] for cell in json.loads((pages / "a.ipynb").read_text())["cells"]]
        assert "x = 1\ny = 2\nprint(x + y)" in sources
    code.write_text("x = 1\ny = 5\n")
    said = hexapla(capsys, "check", "-f", file)[1]
    assert "E-stale-output" in said and "the code of cell cell-1 changed" in said
    hexapla(capsys, "run", "-f", file)
    assert recorded.read_text() == "6\n"


@pytest.mark.parametrize("line", ['--8<-- "part.md"', '  -8<- "part.md"'])
def test_code_in_a_text_that_is_taken_in_is_not_run_and_that_is_said(homes, line):
    before = post("en", f"One.\n\n{line}\n\n```python\nx = 1\n```\n")
    made, (told,) = with_snippets(before, homes, {})
    assert made == before
    assert (told.code, told.line, str(told.severity)) == (
        "foreign-mark",
        before.lines[before.body.split("\n").index(line)],
        "warning",
    )
    assert (
        told.message
        == f"The code in the text that `{line.strip()}` takes in is not run. Write its blocks here."
    )


@pytest.mark.parametrize(
    "line", ['--8<-- "shell.md"', '--8<-- "gone.md"', ';--8<-- "part.md"', '```text\n--8<-- "part.md"\n```']
)
def test_a_text_without_python_that_is_taken_in_is_no_news(homes, line):
    before = post("en", f"One.\n\n{line}\n")
    assert with_snippets(before, homes, {}) == (before, ())
