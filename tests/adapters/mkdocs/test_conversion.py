"""A link that is no address ends no page, and stays as it is."""

from pathlib import Path

import pytest
from mkdocs.config.base import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs.conversion import _leave_invalid_addresses, _look_for_ids_in_tags


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("[x](http://[x)", '<a href="http://[x">x</a>'),
        ("<http://[y>", '<a href="http://[y">http://[y</a>'),
        ("[other](other.md)", '<a href="other/">other</a>'),
        ("[x](https://a.example/[x])", '<a href="https://a.example/[x]">x</a>'),
    ],
)
def test_a_page_with_a_link_that_is_no_address_is_rendered(tmp_path, text, content):
    _leave_invalid_addresses()
    _leave_invalid_addresses()
    assert rendered(tmp_path, text).content == f"<p>{content}</p>"


@pytest.mark.parametrize(
    ("text", "ids"), [('<b id="a">\nx</b>', {"a"}), ("<a\nname=b>", {"b"}), ("a & b", set()), ("x", set())]
)
def test_the_ids_in_tags_are_known(tmp_path, text, ids):
    _look_for_ids_in_tags()
    _look_for_ids_in_tags()
    assert rendered(tmp_path, text).present_anchor_ids == ids


def rendered(folder: Path, text: str) -> Page:
    docs = folder / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(text)
    (docs / "other.md").write_text("# Other\n")
    (folder / "mkdocs.yml").write_text("site_name: A\n")
    config = load_config(str(folder / "mkdocs.yml"))
    files = get_files(config)
    page = Page(None, files.src_uris["index.md"], config)
    page.read_source(config)
    page.render(config, files)
    return page
