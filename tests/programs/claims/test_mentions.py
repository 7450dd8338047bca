"""What sentences, tables and sessions below a block say is printed: they stay, and a wrong one is told of."""

import pytest

from articles_helpers import article, fence, post
from claims_helpers import run, settle
from hexapla.programs.claims.mentions import mention_problems
from hexapla.programs.claims.verdict import Verdict

CODE = "print('total', 42)"


def told(code: str, after: str, *, language: str = "en") -> list[tuple[str, int]]:
    found = article(post(language, fence(code) + "\n" + after))
    (placed,) = [one for one in found.placed[language] if one.cell]
    problems = mention_problems(found, {("", placed.cell): run(code)})
    assert {problem.code for problem in problems} <= {"claim-in-words"}
    return [(problem.details[0].removeprefix("typed:").strip(), problem.line) for problem in problems]


SAID = {
    "English": "This prints `{}`.\n",
    "English, quoted": 'This will print "{}" to the console.\n',
    "English, two sentences": "Now run it. The output is `{}`.\n",
    "German": "Das gibt `{}` aus.\n",
    "German, quoted": "Die Ausgabe lautet „{}“.\n",
    "French": "Ce code affiche « {} ».\n",
    "Spanish": "Esto imprime `{}`.\n",
    "Portuguese": "Isto imprime **{}** na tela.\n",
    "Russian": "Программа выведет `{}`.\n",
    "Polish": "Program wypisze `{}`.\n",
    "Turkish": "Bu kod `{}` yazdırır.\n",
    "Chinese": "程序会输出 `{}`。\n",
    "Chinese without blanks": "运行结果为`{}`。\n",
    "Japanese": "これは「{}」と表示します。\n",
    "Korean": "이 코드는 `{}`을 출력합니다.\n",
    "Hindi": "यह `{}` छापता है।\n",
    "Arabic": "هذا يطبع `{}`.\n",
    "Vietnamese": "Đoạn mã này in ra `{}`.\n",
    "code and its value": "`print` shows `{}`.\n",
    "a table": "| code | output |\n|---|---|\n| `print('total', 42)` | `{}` |\n",
    "a table with other layout": "| Ausdruck | Ausgabe |\n|:--|--:|\n| `print( 'total',42 )` | {} |\n",
    "a table of outputs": "| Salida |\n|---|\n| `{}` |\n",
    "a session in a console": "```console\n>>> print('total', 42)\n{}\n```\n",
    "a session in a fence of text": "```text\n>>> print('total', 42)\n{}\n>>> 1 + 1\n2\n```\n",
    "a session of IPython's": "```\nIn [1]: print('total', 42)\n{}\n```\n",
}  # fmt: skip


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_it_is_told_of_where_it_is_wrong_only(said: str) -> None:
    assert told(CODE, said.format("total 42")) == []
    assert [text for text, _ in told(CODE, said.format("total 43"))] == ["total 43"]


@pytest.mark.parametrize("said", ["Ausgabe: `total 43`\n", "출력: `total 43`\n", "Kết quả: `total 43`\n"])
def test_a_typed_output_is_told_of_once(said: str) -> None:
    assert told(CODE, said) == []
    _, (one,) = settle(CODE, said)
    assert one.verdict is Verdict.WRONG


NOTHING_SAID = {
    "in the fence of the next block": '```python notest title="total 43"\nprint(2)\n```\n',
    "at another time": "If it were odd, this would print `total 43`.\n",
    "not at all": "This doesn't print `total 43`.\n",
    "about code": "This prints the value of `total`.\n",
    "about two values, one of them printed": "`print` writes `total 43` on paper, and shows `total 42`.\n",
    "about a name": "The result shows what `x` is.\n",
    "about something else": "This returns `None` where there is no `total`.\n",
    "without a word of printing": "We think of `total 43`.\n",
    "a list": "- This prints `total 43`.\n",
    "a paragraph further down": "So it goes.\n\nThis prints `total 43`.\n",
    "a table without a label": "| a | b |\n|---|---|\n| `total 43` | 1 |\n",
    "a table of other code": "| code | output |\n|---|---|\n| `f(1)` | `total 43` |\n",
    "a table of several rows": "| Output |\n|---|\n| total 43 |\n| total 44 |\n",
    "a session about other things": "```console\n>>> 1 + 1\n3\n```\n",
    "what is drawn": "This prints `0.25`.\n",
}  # fmt: skip


@pytest.mark.parametrize("said", NOTHING_SAID.values(), ids=NOTHING_SAID)
def test_nothing_is_told_of_what_says_nothing(said: str) -> None:
    code = "import random\nprint(random.random())" if "0.25" in said else CODE
    code = "x = (1,)\nprint(type(x).__name__)" if "`x`" in said else code
    assert told(code, said) == []


def test_one_of_several_lines_may_be_meant() -> None:
    assert told("print('a 1')\nprint('b 2')", "This prints `b 2` at last.\n") == []


def test_the_line_of_the_file_is_told() -> None:
    found = article(post("en", fence(CODE), "\nFirst.\n\n```text\n>>> print('total', 42)\ntotal 43\n```\n"))
    (problem,) = mention_problems(found, {("", "cell-1"): run(CODE)})
    assert found.posts["en"].body.split("\n")[problem.line - 1] == "total 43"
    assert problem.details == ("typed:   total 43", "printed: total 42")


def test_nothing_is_told_of_what_did_not_run() -> None:
    assert mention_problems(article(post("en", fence(CODE) + "\nThis prints `total 43`.\n")), {}) == ()


def test_a_table_below_another_block_is_of_that_one_alone():
    first, second, table = (
        "```python\nprint(1)\n```\n",
        "```python\nprint(2)\n```\n",
        "| Output |\n|---|\n| `2` |\n",
    )
    aligned = article(post("en", first, second, table))
    assert [[claim.text for claim in placed.mentions] for placed in aligned.placed["en"]] == [[], ["2"]]
