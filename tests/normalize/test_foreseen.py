"""Foreseen: only what the site surely shows otherwise."""

import pytest

from hexapla.normalize.foreseen import foreseen
from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

SITE = renderer(Dialect())
_CASES = (
    ("text\n- a\n- b\n", [(0, "apart"), (1, "apart")]),
    ("text\n\n- a\n- b\n", []),
    ("# H\n- a\n", []),
    ("> q\n\n- a\n", []),
    ("text\n1. a\n", [(0, "apart"), (1, "apart")]),
    ("- a\n  - b\n", [(0, "printed")]),
    ("- a\n   - b\n", [(0, "printed")]),
    ("- a\n    - b\n", []),
    ("- a\n\t- b\n", []),
    ("- a\n    - b\n      - c\n", [(0, "printed")]),
    ("- a\n    - b\n        - c\n", []),
    ("1. a\n   1. b\n", [(0, "printed")]),
    ("- - a\n", []),
    ("> - a\n>   - b\n", []),
    ("- > a\n  > - b\n", []),
    ("> [!TIP]\n> a\n", [(0, "printed")]),
    ("> [!TIP]\n", []),
    ("text\n- a\n  - b\n", [(0, "apart"), (1, "apart"), (1, "printed")]),
)


@pytest.mark.parametrize(("text", "expected"), _CASES)
def test_what_is_foreseen(text, expected):
    assert list(foreseen(read_as_github(text, SITE), SITE)) == expected


@pytest.mark.parametrize("text", [text for text, expected in _CASES if expected])
def test_the_site_shows_it_otherwise(text):
    assert skeleton(SITE.html(text)) != read_as_github(text, SITE).units


class _Reading:
    """A site that reads all as GitHub does."""

    own: frozenset[str] = frozenset()

    def html(self, text: str, *_: object) -> str:
        from hexapla.normalize.github.parser import _PARSER

        return str(_PARSER.render(text))


def test_nothing_where_the_site_reads_as_github_does():
    text = "text\n- a\n  - b\n"
    assert list(foreseen(read_as_github(text, SITE), _Reading())) == []
