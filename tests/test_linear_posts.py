"""A post costs what its length asks for, whatever it is made of, to normalize and to make a page of.

Twice the text takes twice the time of the processor; each text here was once a case of which it took four times as much.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest
from markdown import Markdown

from hexapla.model.post import Post, document
from hexapla.normalize.normalize import normalize
from hexapla.normalize.target.dialect import NEEDED, Dialect
from hexapla.normalize.target.linear import linear
from hexapla.normalize.target.renderer import Renderer

pytestmark = pytest.mark.cost

MARKDOWN = Markdown(extensions=list(NEEDED), extension_configs=NEEDED)
linear(MARKDOWN)
SIZE = 15_000
TEXTS = {
    "marks of one note": lambda size: "a[^1] b\n\n" * (size // 9) + "[^1]: n\n",
    "formulas without blank lines": lambda size: "text\n$$\na\n$$\nmore\n" * (size // 18),
    "tags with Markdown that nothing closes": lambda size: '<div markdown="1">\n\na\n\n' * (size // 23),
    "tags that nothing closes": lambda size: "<b>a " * (size // 5),
    "emphasis in emphasis": lambda size: "*a " * (size // 6) + "b* " * (size // 6),
}


def spent(body: str) -> float:
    started = time.process_time()
    post = document("posts/a.md", body, slug="a", language="en")
    assert isinstance(post, Post)
    page = normalize(post, Dialect())
    MARKDOWN.reset().convert(page.post.body)
    return time.process_time() - started


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_twice_the_text_costs_twice_as_much(text: Callable[[int], str]) -> None:
    spent(text(1_000))
    assert spent(text(4 * SIZE)) < 2.6 * spent(text(2 * SIZE)) + 0.1


@pytest.mark.parametrize(
    "unit",
    ["!!! note\n    a {0}\n\n", ":::note\na {0}\n:::\n\n", "> a {0}\n\n"],
    ids=["of the site", "foreign", "quotes"],
)
def test_containers_are_rendered_many_at_once(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    html = Renderer.html

    def counted(self: Renderer, text: str, *args: Any, **options: Any) -> str:
        rendered.append(text)
        return html(self, text, *args, **options)

    monkeypatch.setattr(Renderer, "html", counted)
    post = document("posts/a.md", "".join(map(unit.format, range(400))), slug="a", language="en")
    assert isinstance(post, Post)
    assert not normalize(post, Dialect()).lost
    assert len(rendered) < 60


def test_marks_of_a_note_have_the_names_that_python_markdown_gives_them():
    theirs = Markdown(extensions=["footnotes"])
    ours = Markdown(extensions=["footnotes"])
    linear(ours)
    for text in ("[^a] [^a] [^b] [^a] [^b]\n\n[^a]: A[^b]\n\n[^b]: B\n", "[^a] [^a]\n\n[^a]: A\n"):
        page = ours.reset().convert(text)
        assert page == theirs.reset().convert(text)
        assert 'id="fnref2:a"' in page
