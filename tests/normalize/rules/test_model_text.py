"""Repairs, rule by rule: what is left alone first, then what is changed."""

import pytest

from hexapla.model.post import Post
from hexapla.model.settings import REPAIRS
from hexapla.normalize.normalize import normalize
from hexapla.normalize.repairs import RULES
from hexapla.normalize.rules import headings, model_text
from hexapla.normalize.rules.rule import Draft, Source
from hexapla.normalize.target.dialect import Dialect

LEFT_ALONE = [
    pytest.param(headings.emphasis, "## **Bold**\n", id="balanced"),
    pytest.param(headings.emphasis, "## Power `a**b`\n", id="stars in code"),
    pytest.param(headings.emphasis, "```\n## **x\n```\n", id="a comment in a fence"),
    pytest.param(headings.empty, "# A\n\ntext\n\n## B\n\ntext\n", id="a last heading with text"),
    pytest.param(headings.emphasis, "### Arguments (*args & **kwargs)\n", id="Python's keyword arguments"),
    pytest.param(headings.emphasis, "### **kwargs explained\n", id="keyword arguments at the start"),
    pytest.param(headings.emphasis, "### Power **\n", id="an operator"),
    pytest.param(headings.emphasis, "## A {/**a-b*/}\n", id="stars in a comment"),
    pytest.param(headings.empty, "# A\n", id="the only heading"),
    pytest.param(headings.empty, "# A\n\ntext\n\n### Keep learning, stay awesome 🤗\n", id="a farewell"),
    pytest.param(headings.empty, "# A\n\ntext\n\n## ¡Hasta pronto!\n", id="a farewell in Spanish"),
    pytest.param(headings.empty, "# A\n\ntext\n\n## B[^1]\n", id="a last heading that has a footnote"),
    pytest.param(headings.title, "# A\n\n## B\n", id="the title is the H1"),
    pytest.param(headings.title, "text\n\n## B\n", id="no heading at the start"),
    pytest.param(headings.title, "## A\n\na\n\n## B\n\nb\n", id="the first of equal sections"),
    pytest.param(headings.title, "### A\n\na\n\n## B\n\n### C\n", id="a section below the next one's level"),
    pytest.param(headings.title, "importance: 1\n\n# A\n\n## B\n", id="the only H1 after some text"),
    pytest.param(headings.title, "## Contents\n\n- a\n\n# A\n\n## B\n", id="the only H1 after the contents"),
    pytest.param(headings.title, "<h1>A</h1>\n\ntext\n\n## B\n", id="an H1 in raw HTML"),
    pytest.param(headings.levels, "# A\n\n## B\n\n### C\n\n## D\n", id="no gap"),
    pytest.param(model_text.unclosed, "```python\nx\n```\n", id="closed"),
    *(
        pytest.param(model_text.wrapped, text, id=name)
        for name, text in {
            "an example at the start": "```markdown\n# A\n```\n\nSo a heading is written.\n",
            "an example at the start, and one below": "```md\n# A\n```\n\nB\n\n```python\nx\n```\n",
            "two examples": "```markdown\n# A\n```\n\n```markdown\n# B\n```\n",
            "an example below a text": "A heading:\n\n```markdown\n# A\n```\n",
            "an example at the end": "# A\n\nHere is the markdown.\n\n```markdown\n# B\n```\n",
            "a fence without a word": "```\n# A\n```\n",
        }.items()
    ),
    pytest.param(model_text.enclosed, "- ```python\n  x\n  ```\n\ntext\n", id="closed in its item"),
    pytest.param(model_text.enclosed, "- ```python\n  x\n", id="open in its item, down to the end"),
    pytest.param(model_text.glued, '```python\nprint("```")\n```\n', id="backticks in a string"),
    pytest.param(
        model_text.chatter, "Sure, this is a post.\n\ntext\n\nmore\n", id="a post that begins with Sure"
    ),
    pytest.param(model_text.chatter, "# A\n\ntext\n\nmore\n", id="nothing said"),
    pytest.param(
        model_text.chatter,
        "# A\n\ntext\n\n如果你需要统一管理设置，推荐使用全局配置。\n",
        id="advice to the reader",
    ),
    pytest.param(model_text.chatter, "# A\n\ntext\n\n参考になれば幸いです。\n", id="an author's politeness"),
    pytest.param(
        model_text.chatter, "# A\n\ntext\n\nLet me know if you find a bug!\n", id="an author's request"
    ),
    pytest.param(model_text.wrapped, "# A\n\n```markdown\n# B\n```\n", id="a Markdown example"),
    pytest.param(model_text.wrapped, "```markdown\n# B\n```\n\ntext\n", id="an example that comes first"),
    pytest.param(model_text.wrapped, "```python\n# B\n```\n", id="a post that is code"),
]


@pytest.mark.parametrize(("rule", "text"), LEFT_ALONE)
def test_what_is_right_is_left_alone(rule, text):
    assert not rule(Draft(text=text, front_matter={})).edits


CHANGED = [
    pytest.param(headings.emphasis, "## **`x`\n", "## `x`\n", id="an opening without its closing"),
    pytest.param(headings.emphasis, "## **a** b**\n", "## **a** b\n", id="a closing without its opening"),
    pytest.param(headings.emphasis, "## 1. **A\n", "## 1. A\n", id="an opening after a number"),
    pytest.param(headings.empty, "# A\n\ntext\n\n## 🎯 B\n", "# A\n\ntext\n", id="an emoji before a name"),
    pytest.param(
        headings.empty, "# A\n\ntext\n\n# Example 1", "# A\n\ntext\n", id="a last heading with nothing"
    ),
    pytest.param(headings.empty, "# A\n\n##\n\ntext\n", "# A\n\ntext\n", id="a heading without a text"),
    pytest.param(headings.title, "## A\n\ntext\n", "# A\n\ntext\n", id="the first heading is the title"),
    pytest.param(
        headings.title,
        "<h1>A</h1>\n\n# B\n\n## C\n",
        "<h1>A</h1>\n\n## B\n\n### C\n",
        id="an H1 below one in raw HTML",
    ),
    pytest.param(
        headings.title, "text\n\n# A\n\n# B\n", "text\n\n# A\n\n## B\n", id="two H1 after some text"
    ),
    pytest.param(headings.title, "# A\n\n# B\n\n## C\n", "# A\n\n## B\n\n### C\n", id="two H1"),
    pytest.param(headings.levels, "# A\n\n### B\n\n### C\n", "# A\n\n## B\n\n## C\n", id="a level skipped"),
    pytest.param(headings.levels, "### B\n", "## B\n", id="under the title of the front matter"),
    pytest.param(model_text.unclosed, "```python\nx\n", "```python\nx\n```\n", id="open at the end"),
    pytest.param(
        model_text.enclosed,
        "1. ```python\n   x\ntext\n",
        "1. ```python\n   x\n   ```\ntext\n",
        id="closed by the end of its item",
    ),
    pytest.param(
        model_text.enclosed,
        "1. a\n\n   ```r\nlist(\n  b\n\n)\n   ```\n\n   c\n",
        "1. a\n\n   ```r\n   list(\n     b\n\n   )\n   ```\n\n   c\n",
        id="code at the margin, closed in its item",
    ),
    pytest.param(
        model_text.enclosed,
        "- ```\nx\n\n> ```\n",
        "- ```\n  ```\nx\n\n> ```\n",
        id="code at the margin, closed elsewhere",
    ),
    pytest.param(
        model_text.enclosed, "> ~~~\n> x\n\ny\n", "> ~~~\n> x\n> ~~~\n\ny\n", id="by the end of its quote"
    ),
    pytest.param(
        model_text.glued, "```python\nx = 1```\n\ntext\n", "```python\nx = 1\n```\n\ntext\n", id="glued"
    ),
    pytest.param(model_text.chatter, "Sure! Here it is:\n\n# A\n\ntext\n", "# A\n\ntext\n", id="before"),
    pytest.param(
        model_text.chatter,
        "# A\n\ntext\n\n---\n\nI hope this helps!\n",
        "# A\n\ntext\n",
        id="after, with its rule",
    ),
    pytest.param(
        model_text.chatter,
        "# A\n\ntext\n\nWould you like me to translate it?\n",
        "# A\n\ntext\n",
        id="an offer",
    ),
    pytest.param(model_text.wrapped, "```markdown\n# A\n\ntext\n```\n", "# A\n\ntext\n", id="wrapped"),
    pytest.param(
        model_text.wrapped,
        "```markdown\nA\n\n```python\nx\n```\n\n- b\n  ```sh\n  y\n  ```\n```\n\n",
        "A\n\n```python\nx\n```\n\n- b\n  ```sh\n  y\n  ```\n",
        id="wrapped, with fences inside",
    ),
    pytest.param(
        model_text.wrapped,
        "~~~ md\n# A\n\n```python\nx\n```\n~~~",
        "# A\n\n```python\nx\n```\n",
        id="wrapped in tildes",
    ),
    pytest.param(
        model_text.wrapped,
        "```markdown\n# A\n\n```python\nx\n```\n",
        "# A\n\n```python\nx\n```\n",
        id="in a wrapper that nothing closes",
    ),
    pytest.param(
        model_text.wrapped,
        "```markdown\n# A\n\n```python\nx\n```\n\nB\n",
        "# A\n\n```python\nx\n```\n\nB\n",
        id="in a wrapper that nothing closes, with text at the end",
    ),
    pytest.param(
        model_text.wrapped,
        "```mdx\n---\ntitle: A\n---\n# A\n\n```js\nx\n```\n```\n",
        "# A\n\n```js\nx\n```\n",
        id="wrapped, with front matter of its own",
    ),
    *(
        pytest.param(
            model_text.wrapped,
            f"{said}\n\n```markdown\n# A\n\n```python\nx\n```\n```\n\n{after}",
            "# A\n\n```python\nx\n```\n",
            id=said,
        )
        for said, after in {
            "Here is the translation:": "",
            "Sure! Here is the translated post:": "Let me know if you need changes!\n",
            "Hier ist die Übersetzung:": "Soll ich noch etwas ändern?\n",
            "Aquí tienes la traducción:": "",
            "Voici la traduction :": "N'hésitez pas à demander.\n",
            "यहाँ हिंदी अनुवाद है:": "",
            "这是翻译后的文章：": "希望这对你有帮助。\n",
            "翻訳は以下の通りです。": "",
            "다음은 번역입니다:": "",
            "إليك الترجمة:": "",
            "Вот перевод:": "",
            "Aqui está a tradução:": "",
            "Ecco la traduzione:": "Spero che aiuti!\n",
        }.items()
    ),
    pytest.param(
        model_text.wrapped,
        "```markdown\n# A\n\n```python\nx\n```\n```\n\nNote: the code is as it was.\n",
        "# A\n\n```python\nx\n```\n\n\nNote: the code is as it was.\n",
        id="wrapped, with a text below that stays",
    ),
]


@pytest.mark.parametrize(("rule", "text", "expected"), CHANGED)
def test_what_is_wrong_is_repaired_once_and_said(rule, text, expected):
    repair = rule(Draft(text=text, front_matter={}))
    source = Source(text=text, numbers=tuple(range(1, text.count("\n") + 2))).edited(repair.edits)
    assert source.text == expected
    assert repair.remarks
    assert not rule(Draft(text=source.text, front_matter={})).edits


def test_the_settings_know_each_rule_by_its_name():
    assert {name for name, _ in RULES} == set(REPAIRS)


NAMES = {rule: name for name, rule in RULES}


@pytest.mark.parametrize(("rule", "text", "expected"), CHANGED)
def test_each_rule_can_be_switched_off(rule, text, expected):
    name = NAMES[rule]
    written = Post(path="posts/a.md", slug="a", language="en", title="", body=text, lines=range(1, 99))
    others = frozenset(REPAIRS) - {name}
    on, off = (normalize(written, Dialect(repairs_off=names)) for names in (others, others | {name}))
    assert name in [problem.code for problem in on.problems]
    assert name not in [problem.code for problem in off.problems]


TITLES = {
    "the H1": ("# A `b`\n\ntext\n", "A b"),
    "an H1 in raw HTML": ('<h1 align="center">A <b>B</b></h1>\n\n# C\n', "A B"),
    "the only H1 below a section": ("## A\n\na\n\n# B\n\nb\n", "B"),
    "none of equal sections": ("## A\n\na\n\n## B\n\nb\n", ""),
}


@pytest.mark.parametrize(("body", "title"), TITLES.values(), ids=TITLES)
def test_a_post_without_a_title_gets_that_of_its_heading(body, title):
    untitled = Post(path="posts/a.md", slug="a", language="en", title="", body=body, lines=range(1, 9))
    normalized = normalize(untitled, Dialect())
    assert normalized.post.title == title
    said = [problem for problem in normalized.problems if "no title" in problem.message]
    assert len(said) == (not title)
    assert not normalize(untitled, Dialect(repairs_off=frozenset({"title"}))).problems


def test_the_title_repeated_lower_becomes_the_h1():
    draft = Draft(text="## The *Title*\n\ntext\n", front_matter={"title": "The Title"})
    assert (
        Source(text=draft.text, numbers=(1, 2, 3))
        .edited(headings.title(draft).edits)
        .text.startswith("# The")
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [("**`torch.nn.Parameter`**", "torch.nn.Parameter"), ("A & B", "A & B"), ("a_b", "a_b")],
)
def test_a_plain_title(markdown, expected):
    assert headings.text_of(markdown) == expected
