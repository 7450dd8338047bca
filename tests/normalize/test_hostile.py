"""Text that nobody writes costs no more than its length asks for."""

import time
from collections.abc import Callable
from functools import partial

import pytest

from hexapla.model.post import Post
from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.normalize import normalize
from hexapla.normalize.repairs import RULES
from hexapla.normalize.rules import jekyll
from hexapla.normalize.rules.rule import Draft
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

pytestmark = pytest.mark.cost

SIZE = 100_000
UNITS = [
    *"1, [(\"'a`<*_$|#>:={-\n",
    "` ",
    "<!--",
    "<pre>",
    "<script>",
    "<h1>",
    "![",
    "\\(",
    "\n\\[",
    "> a\n",
    "- a\n",
    "``\n",
    "# a\n",
    "**",
    "{{ page.a",
    "{% comment %}\n",
    "{% raw %}",
    "{: .a}\n",
    "```\n",
]
BEGUN = ["# ", "{: ", "{:.a", "$$", "`", "<h1 ", "{% include a", "\\[", "- "]


def texts() -> dict[str, str]:
    repeated = {repr(unit): unit * (SIZE // len(unit)) for unit in UNITS}
    begun = {repr(begin + unit): begin + unit * SIZE for begin in BEGUN for unit in (" ", "a", ".a")}
    glued = "````\n" + "x````\n" * (SIZE // 6)
    return repeated | begun | {"fences that end lines of code": f"{glued[: SIZE - 5]}````\n"}


def spent(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


@pytest.mark.parametrize("text", texts().values(), ids=texts())
def test_each_repair_is_linear(text):
    draft = Draft(text=text[:SIZE], front_matter={"layout": "post", "title": "A"})
    for name, rule in RULES:
        assert spent(partial(rule, draft)) < 2, name


def test_attributes_of_many_classes_are_read_once():
    draft = Draft(text=f"text\n{{:{'.a' * 60}\n", front_matter={})
    assert not jekyll.translated(draft).edits


MIXED = """## Part\n\nSome text with *marks*, `code` and [a link](b.md).\nSteps:\n- a\n  - b\n    ```py\n    x\n    ```\n
**注意：**后 costs $5, or $6.\n| a | b |\n|---|---|\n| 1 | `2` |\n
> [!TIP]\n> text[^1]\n\n<details>\n<summary>S</summary>\n\n1. a\n\n</details>\n\n:::note\nx\n:::\n\nTerm\n: Definition\n
"""
OF_POSTS = {
    "mixed writing": MIXED,
    "notes of another tool's": ":::note\nx\n:::\n\n",
    "components": '<Tab a="b">\nx\n</Tab>\n\n',
    "fences": "```py\nx\n```\n\n",
    "fences in lists": "- a\n  ```py\n  x\n  ```\n",
    "nested lists": "- a\n  - b\n    - c\n",
    "rows of a table": "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "paragraphs of HTML": "<p>a\n",
}


@pytest.mark.parametrize("unit", OF_POSTS.values(), ids=OF_POSTS)
def test_a_post_of_thrice_the_length_costs_thrice_as_much(unit):
    def once(size: int) -> float:
        body = unit * (size // len(unit)) + "\n\n[^1]: n\n"
        post = Post(
            path="posts/a.md", slug="a", language="en", title="T", body=body,
            lines=range(1, body.count("\n") + 1), front_matter={"title": "T"},
        )  # fmt: skip
        return spent(lambda: normalize(post, Dialect()))

    once(1_000)
    assert once(60_000) < 4.5 * once(20_000) + 0.5


def test_elements_in_one_another_are_compared_however_deep():
    body = "<details>\n\n" * 2_000 + "text\n\n" + "</details>\n\n" * 2_000
    site = renderer(Dialect())
    assert skeleton(site.html(body)) == read_as_github(body, site).units


OF_GITHUB = [
    "://",
    "[http://a ",
    "<div>\n\n",
    "<!--",
    "<textarea><b>",
    "- <pre>\n",
    "$$a",
    "$a",
    "a@",
    "www.",
]


@pytest.mark.parametrize("unit", OF_GITHUB)
def test_reading_is_linear(unit):
    short, long = (unit * (size // len(unit)) for size in (8_000, 32_000))
    few = spent(partial(read_as_github, short))
    # Once, a collection of garbage falls into it; each text is another one.
    many = min(spent(partial(read_as_github, long + " " * times)) for times in range(3))
    assert many < 8 * few + 0.3
