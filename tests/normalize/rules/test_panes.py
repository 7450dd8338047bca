"""Docsy's tabs: code is a fence of its language, whatever stands in it; Markdown stays Markdown."""

import pytest

from examples import post
from hexapla.model.problem import Severity
from hexapla.normalize.github.outline import outline
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.target.dialect import NEEDED, Dialect

SITE = Dialect(extensions=(*NEEDED, "pymdownx.tabbed"), configs=NEEDED)
TOML = "[params]\na = 1\n\n# x\n[[params.versions]]\n  b = 2"
CODE = {
    "a tab's language": ("", ' lang="toml"', f"\n{TOML}\n", ("toml", TOML)),
    "the pane's language": (" lang=toml", "", f"\n{TOML}\n", ("toml", TOML)),
    "a tab's language in a pane of another": (' lang="sh"', " lang='toml'", f"\n{TOML}\n", ("toml", TOML)),
    "no language": ("", "", "\n# नमस्ते 世界\n", ("", "# नमस्ते 世界")),
    "a language that is none": ("", ' lang="a `b`"', "\nx\n", ("", "x")),
    "on the marks' line": ("", " lang=py", "x = 1", ("py", "x = 1")),
    "blank lines around": ("", " lang=py", " \n\n  x\ny\n\n", ("py", "  x\ny")),
    "code in a pane of text": (" text=true", " text=false lang=py", "\nx = 1\n", ("py", "x = 1")),
    "backticks inside": ("", " lang=js", "\na = `x ```` y`\n", ("js", "a = `x ```` y`")),
    "components and braces inside": ("", " lang=jsx", "\n<Tab a={{ b }}>\n</Tab>\n", ("jsx", "<Tab a={{ b }}>\n</Tab>")),
    "an address": ("", ' header="a/b" lang=sh', "\nls /\n", ("sh", "ls /")),
}  # fmt: skip
TEXT = {
    "text by the tab": ("", " text=true", "<", "\nA *word*.\n"),
    "text by the pane": (' text="true"', " lang=en", "<", "\nA *word*.\n"),
    "percent": ("", "", "%", "\nA *word*.\n"),
}


def pane(said: str, tab: str, body: str, sign: str = "<") -> str:
    end = ">" if sign == "<" else sign
    one = f'{{{{{sign} tab header="T"{tab} {end}}}}}{body}{{{{{sign} /tab {end}}}}}'
    return f"A.\n\n{{{{< tabpane{said} >}}}}\n{one}\n{{{{< /tabpane >}}}}\n\nB.\n"


def written(body: str, site: Dialect = SITE) -> str:
    given = post(body, title="T")
    done = normalize(given, site)
    assert verify(given, done, site) == () and not done.lost
    assert {problem.severity for problem in done.problems} <= {Severity.NOTE}
    return done.post.body


def code_of(body: str) -> list[tuple[str, str]]:
    return [(fence.info, fence.code.rstrip("\n")) for fence in outline(body).fences]


@pytest.mark.parametrize("site", [SITE, Dialect()], ids=["with tabs", "without tabs"])
@pytest.mark.parametrize(("said", "tab", "body", "code"), CODE.values(), ids=CODE)
def test_what_a_tab_holds_is_code(said, tab, body, code, site):
    made = written(pane(said, tab, body), site)
    assert code_of(made) == [code]
    assert ('=== "' in made) == (site is SITE) and "tabpane" not in made


@pytest.mark.parametrize(("said", "tab", "sign", "body"), TEXT.values(), ids=TEXT)
def test_text_stays_markdown(said, tab, sign, body):
    made = written(pane(said, tab, body, sign))
    assert '=== "T"\n\n    A *word*.\n' in made and code_of(made) == []


@pytest.mark.parametrize(
    "fence", ["```sh\nls\n```", "~~~sh\nls\n~~~", "{{< highlight sh >}}\nls\n{{< /highlight >}}"]
)
def test_a_tab_that_holds_a_fence_stays_as_it_is(fence):
    assert code_of(written(pane(" lang=py", "", f"\n{fence}\n"))) == [("sh", "ls")]


def test_each_tab_of_each_pane_is_in_its_own_language():
    tabs = "".join(
        f'{{{{< tab header="{name}" lang="{name}" >}}}}\n{name} = 1\n{{{{< /tab >}}}}\n'
        for name in ("a", "b")
    )
    made = written(f"{{{{< tabpane >}}}}\n{tabs}{{{{< /tabpane >}}}}\n\n" * 2)
    assert code_of(made) == [("a", "a = 1"), ("b", "b = 1")] * 2


def test_a_tab_may_be_indented_for_looks():
    body = '{{< tabpane >}}\n  {{< tab header="T" lang="py" >}}\ndef f():\n    x\n\n    y\n  {{< /tab >}}\n{{< /tabpane >}}\n'
    assert code_of(written(body)) == [("py", "def f():\n    x\n\n    y")]


def test_a_tab_in_an_item_is_indented_as_the_item():
    inside = pane("", " lang=py", "\nx\n\n    y\n").removeprefix("A.\n\n").removesuffix("\n\nB.\n")
    body = "1. a\n\n" + "\n".join(f"   {line}" if line else "" for line in inside.split("\n")) + "\n"
    assert code_of(written(body)) == [("py", "x\n\n    y")]


def test_what_is_written_as_code_already_stays():
    body = "```text\n" + pane("", " lang=py", "\nx\n") + "```\n"
    assert written(body) == body
