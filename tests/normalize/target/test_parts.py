"""Texts that are shown together are shown as if each stood alone."""

import pytest

from hexapla.normalize.target import parts as module
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.parts import apart, parts, together
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

SITE = renderer(Dialect())
TEXTS = [
    "a *b*",
    "> q",
    "> r",
    "- a\n\n    b",
    "1. c",
    "    code",
    "| a |\n|---|\n| 1 |",
    "!!! note\n    a",
    "",
    "# H\ntext",
    "text[^1]",
]
SWALLOWING = ["```\ncode", "<details>\n<summary>s</summary>", "<!-- a", "<pre>"]


def alone(text: str) -> tuple[object, ...]:
    return tuple(unit for unit in skeleton(SITE.html(text)) if unit[0] != "footnote")


@pytest.mark.parametrize("extra", ["x", *SWALLOWING])
def test_each_is_shown_as_if_it_stood_alone(extra: str) -> None:
    texts = [*TEXTS, extra, *TEXTS]
    assert list(parts(texts, SITE.html)) == [alone(text) for text in texts]


def test_what_is_shown_together_is_told_apart():
    assert apart(skeleton(SITE.html(together(TEXTS)))) == [alone(text) for text in TEXTS]


def test_few_pages_are_made_of_many_texts():
    shown: list[str] = []

    def show(text: str) -> str:
        shown.append(text)
        return SITE.html(text)

    texts = [f"> a {number}" for number in range(3 * module.TOGETHER)]
    assert [unit for (unit,) in parts(texts, show)] == [skeleton(SITE.html(text))[0] for text in texts]
    assert len(shown) == 3
