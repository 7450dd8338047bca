"""Outputs that stand below a block in no fence: each is found, taken out whole where it is right, and told where not."""

import pytest

from articles_helpers import article, fence, post
from claims_helpers import settle
from hexapla.programs.claims.verdict import KEPT

CODE = "print('total', 42)"

FORMS = {
    "an item of a list": "- Ergebnis: `{}`\n",
    "an item of a list, its label in bold": "* **Вывод:** `{}`\n",
    "an item of several lines": "1. Output:\n\n   `{}`\n",
    "a label and code": "**Salida:** `{}`\n",
    "a label and words": "Sortie : {}\n",
    "a label and words below": "输出：\n{}\n",
    "a label and code below": "**出力**\n\n`{}`\n",
    "a label and a break": "Output:<br>\n{}\n",
    "a label with emoji": "📤 **Output:**\n\n    {}\n",
    "a notebook's number": "Out[3]: {}\n",
    "a notebook's number in bold": "**Out[3]:**\n\n    {}\n",
    "a gallery's label": "Out:\n\n    {}\n",
    "code alone": "`{}`\n",
    "code behind an arrow": "→ `{}`\n",
    "a sentence, then code": "Let's run it.\n\n`{}`\n",
    "a lead-in, then words": "The program gives this output:\n\n> {}\n",
    "a quote": "> {}\n",
    "a quote of code": "> `{}`\n",
    "a quote with a label": "> **Ausgabe:** {}\n",
    "a quote with a label above": "> **आउटपुट:**\n> {}\n",
    "an alert": "> [!NOTE]\n> الناتج: `{}`\n",
    "indented": "    {}\n",
    "a comment of HTML, then code": "<!-- out -->\n`{}`\n",
    "preformatted": "<pre><code>{}</code></pre>\n",
    "preformatted in a fold": "<details>\n<summary>Show output</summary>\n<pre>{}</pre>\n</details>\n",
    "code in a fold": "<details><summary>Lösung</summary>\n\n`{}`\n\n</details>\n",
    "an element of its class": '<div class="output stream">\n{}\n</div>\n',
    "elements in one another": '<div class="output"><div><pre>{}</pre></div></div>\n',
    "HTML's own": "<output>{}</output>\n",
    "a container": "::: output\n{}\n:::\n",
    "a container with classes": "::: {{.cell-output .stdout}}\n    {}\n:::\n",
    "a shortcode": "{{{{< output >}}}}\n{}\n{{{{< /output >}}}}\n",
    "an admonition in a script with marks": '!!! example "आउटपुट"\n    {}\n',
    "an admonition": '!!! success "Ausgabe"\n    {}\n',
    "in italics": "*Output*: `{}`\n",
    "an arrow": "➡️ {}\n",
    "a definition": "Output\n: {}\n",
    "a paragraph of HTML": '<p class="output">{}</p>\n',
    "code in HTML": "<code>{}</code>\n",
    "a label in HTML": "<b>Output:</b> <code>{}</code>\n",
    "a highlighted element": '<div class="highlight"><pre>{}</pre></div>\n',
    "a component": '<Accordion title="Output">\n{}\n</Accordion>\n',
    "a block of pymdownx": "/// details | Ausgabe\n{}\n///\n",
    "a hint with a label": '{{% hint style="info" %}}\nSortie : {}\n{{% endhint %}}\n',
    "a container with a label": ":::note\nOutput: `{}`\n:::\n",
    "a spoiler": ">! {}\n",
    "items under a label": "Output:\n- `{}`\n",
    "a formula": "Output: ${}$\n",
    "in bold": "Output: **{}**\n",
    "a quote in bold": "> **{}**\n",
    "a label in brackets": "【実行結果】 {}\n",
    "a label of several words": "Salida por pantalla: `{}`\n",
    "a fence of a shell": "```sh\n    {}\n```\n",
    "a fence of a traceback": "```pytb\n{}\n```\n",
    "a fence that is coloured, under a heading": "### Output\n\n```markdown\n{}\n```\n",
    "a fence of data under a label": "**Resultado:**\n\n```csv\n{}\n```\n",
    "a command and lines around it": "```\n---\n{}\n---\n```\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_right_one_goes_whole(form: str) -> None:
    left, (one,) = settle(CODE, form.format("total 42") + "\nMore words.\n")
    assert one.verdict in ("right", "close")
    between = left.split(f"{CODE}\n```\n", 1)[1]
    assert between.strip() in ("More words.", "### Output\n\nMore words.", "Let's run it.\n\nMore words.", "The program gives this output:\n\nMore words.",
                               "<!-- out -->\n\nMore words.")  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_an_altered_one_is_told_of(form: str) -> None:
    _, (one,) = settle(CODE, form.format("total 43") + "\nMore words.\n")
    assert one.verdict == "wrong"


NO_OUTPUT = {
    "a list": "- first\n- second\n",
    "a list of code": "- `total`\n- `42`\n",
    "a command": "```sh\npython total.py\n```\n",
    "a file of data": "And in the file `total.json`:\n\n```json\n{\"total\": 43}\n```\n",
    "a program of another language": "```js\nconsole.log('total', 43)\n```\n",
    "a quote of somebody": "> It is never too late.\n",
    "a label before words": "**Result:** it works as it should.\n",
    "a name of a file": "`total.py`\n",
    "a step in bold": "**total 43**\n",
    "a sentence": "The total is what counts.\n",
    "a fold": "<details>\n<summary>Why?</summary>\nBecause it is a sum.\n</details>\n",
    "an element of another class": '<div class="note">total 43</div>\n',
    "a container of another name": "::: warning\ntotal 43\n:::\n",
    "a shortcode of another name": "{{< youtube total >}}\n",
    "a fold that is not closed": "<details>\n<summary>Output</summary>\ntotal 42\n",
    "a heading": "## total 43\n",
    "a formula alone": "$total = 43$\n",
    "a component of another name": '<Note title="Mind">\ntotal 43\n</Note>\n',
    "a definition of a word": "Total\n: 43 of them\n",
    "items": "1. total 43\n2. total 44\n",
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), [("42", "43"), ("[1, 'b']", "[1, 'd']"), ("1\n> 2", "1\n> 3")])
def test_a_quote_of_nothing_but_values_is_an_output(right: str, wrong: str) -> None:
    code = "\n".join(f"print({value})" for value in right.split("\n> "))
    verdicts = [settle(code, f"> {text}\n\nMore words.\n")[1][0].verdict for text in (right, wrong)]
    assert verdicts == ["right", "wrong"]


@pytest.mark.parametrize("after", NO_OUTPUT.values(), ids=NO_OUTPUT)
def test_what_is_no_output_stays(after: str) -> None:
    left, told = settle(CODE, after)
    assert left == article(post("en", fence(CODE) + "\n" + after)).posts["en"].body
    assert {one.verdict for one in told} <= KEPT


def test_an_output_of_several_lines_keeps_its_lines() -> None:
    _, (one,) = settle("print('a')\nprint('b')", "**Output:**\n> a\n> b\n")
    assert (one.claim.text, one.verdict, one.claim.label) == ("a\nb", "right", "Output")


def test_a_block_in_a_quote_has_its_output_there() -> None:
    found = article(post("en", "> ```python\n> print(7)\n> ```\n>\n> Output: `8`\n\n`8`\n"))
    (claim,) = found.placed["en"][0].claims
    assert claim.text == "8"
