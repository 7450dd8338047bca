"""Text that nobody writes costs no more than its length asks for."""

import time
from collections.abc import Callable
from functools import partial

import pytest

from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.repairs import RULES
from hexapla.normalize.rules import jekyll
from hexapla.normalize.rules.rule import Draft

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
    return repeated | begun


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
    few, many = spent(partial(read_as_github, short)), spent(partial(read_as_github, long))
    assert many < 8 * few + 0.3
