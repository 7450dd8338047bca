"""mkdocs.yml with one more plugin, and every other byte as it was."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hexapla.config.plugin_entry import with_plugin

OPTIONS = {"pages": ["docs/**/*.md"]}
ENTRY = '  - hexapla:\n      pages: ["docs/**/*.md"]\n'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # `^` stands where the lines come.
        ("plugins:\n  - search\n^", ""),
        ("plugins:\n  - search # words\n^nav: [a]\n", ""),
        ("plugins:\n  - search\n  - tags:\n      a: 1  # b\n^\n  # - old\n\ntheme: x\n", ""),
        ("plugins:\n  - search\n  - tags:\n^\nnav: []\n", ""),
        ("plugins:\n  - tags:\n      a: |\n        text\n        more\n^nav: []\n", ""),
        ("plugins:\n  - tags: {a: !ENV [A, b], c: !!python/name:no.such.module }\n^x: !relative $docs_dir\n", ""),
        ("plugins:\n  - !ENV A\n^", ""),
        ("plugins:\n  -\n    tags\n^", ""),
        ("# Ünï\nplugins:\n  - search\n^...\n", ""),
        # In other indentation.
        ("plugins:\n- search\n^nav: [a]\n", '- hexapla:\n    pages: ["docs/**/*.md"]\n'),
        ("plugins:\n    -   search\n    -   tags:\n            a: 1\n^", '    - hexapla:\n        pages: ["docs/**/*.md"]\n'),
        # In other forms.
        ("plugins:\n  search: {}\n  tags:\n    a: 1\n^\nx: 1\n", '  hexapla:\n    pages: ["docs/**/*.md"]\n'),
        ("plugins: [search, tags^]\n", ', {hexapla: {pages: ["docs/**/*.md"]}}'),
        ("plugins: [\n  search,\n  tags,^\n]\n", ' {hexapla: {pages: ["docs/**/*.md"]}}'),
        ("plugins: []\n".replace("[]", "[^]"), '{hexapla: {pages: ["docs/**/*.md"]}}'),
        ("plugins: {search: {}^}\n", ', hexapla: {pages: ["docs/**/*.md"]}'),
        # Without any, the one that mkdocs has then.
        ("site_name: a\n^", f"\nplugins:\n  - search\n{ENTRY}"),
        ("site_name: a\nplugins:\n^nav: []\n", f"  - search\n{ENTRY}"),
    ],
)  # fmt: skip
def test_the_plugin_is_listed_and_nothing_else_changes(text, place):
    before, _, after = text.partition("^")
    assert with_plugin(before + after, OPTIONS) == f"{before}{place or ENTRY}{after}"


def test_line_ends_stay():
    text = "plugins:\r\n  - search\r\nnav: []\r\n"
    entry = ENTRY.replace("\n", "\r\n")
    assert with_plugin(text, OPTIONS) == text.replace("search\r\n", f"search\r\n{entry}")


def test_a_last_line_without_an_end_gets_one():
    assert with_plugin("plugins:\n  - search", OPTIONS) == f"plugins:\n  - search\n{ENTRY}"


@pytest.mark.parametrize(
    "text",
    ["{plugins: [search]}", "plugins: *other\n", "a: [", "- a\n", "plugins: search\n", "x: &a [b]\nplugins: *a\n", "x: &a {b: 1}\nplugins:\n  - search: *a\n"],
)  # fmt: skip
def test_where_nobody_can_say_where_it_is_left_to_the_user(text):
    assert with_plugin(text, OPTIONS) is None


NAMES = st.sampled_from(["search", "tags", "blog", "macros"])
VALUES = st.sampled_from(
    [1, "a: b", "two\nlines\n", [1, {"b": None}], {}, {"c": {"d": "e"}}, None, "# no comment"]
)
PLUGINS = st.lists(
    NAMES | st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES), min_size=1, max_size=1), min_size=1
)


@given(PLUGINS, st.sampled_from([False, None]), st.booleans())
def test_whatever_the_layout_the_values_are_the_same_and_one_more(plugins, flow, last):
    values = {"site_name": "a", "plugins": plugins} | ({} if last else {"nav": ["b"]})
    # Each value by itself: a last one that is another's alias is left to the user.
    text = yaml.safe_dump(json.loads(json.dumps(values)), default_flow_style=flow, sort_keys=False)
    written = with_plugin(text, OPTIONS)
    assert written is not None
    assert yaml.safe_load(written) == values | {"plugins": [*plugins, {"hexapla": OPTIONS}]}
