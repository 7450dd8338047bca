"""HTML is read by a parser: no regular expression of the package runs over it."""

import ast
import re
from pathlib import Path

import pytest

import hexapla

ROOT = Path(hexapla.__file__).parent
TAG = re.compile(r"<(?:\(?/\??\)?)?(?:[a-z]|\[\^>\]|\\w|\[a-z|!--)", re.IGNORECASE)
"""What an expression has in it that looks for tags; groups with names (`(?P<name>`) are taken out before."""
NAMED = re.compile(r"\(\?P<\w+>|\(\?<[=!]")
MAKE_PAGES = ("render", "publish", "adapters", "cli")
"""Packages that have HTML in their hands. Others read Markdown, in which an author may have typed tags."""


def expressions(path: Path) -> list[str]:
    """Return the texts of a module that are given to `re`."""
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args
    ]
    texts = [part for call in calls for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant)]
    return [text.value for text in texts if isinstance(text.value, str)]


def tags(path: Path) -> list[str]:
    return [text for text in expressions(path) if TAG.search(NAMED.sub("(", text))]


@pytest.mark.parametrize(
    "expression", [r"<[^>]*>", r"<table>", r"</?div\b", r"(<a class=", r"<(?P<end>/?)div\b", r"<!--.*?-->"]
)
def test_what_looks_for_tags_is_known_by_it(expression):
    assert TAG.search(NAMED.sub("(", expression))


@pytest.mark.parametrize(
    "expression", [r"(?P<name>\w+)", r"(?<=a)b", r"(?<!a)b", r"a < b", r"[<&]", r"<\d+>"]
)
def test_what_looks_for_none_is_let_alone(expression):
    assert not TAG.search(NAMED.sub("(", expression))


def test_nothing_that_makes_pages_reads_html_with_expressions():
    modules = {
        path.relative_to(ROOT).as_posix(): path for name in MAKE_PAGES for path in (ROOT / name).rglob("*.py")
    }
    assert modules
    assert {name for name, path in modules.items() if tags(path)} == set()
