"""Text as Markdown that shows just that text."""

from html import unescape

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hexapla.config.config import load
from hexapla.render.page_model import plain
from hexapla.storage.files import template


@pytest.fixture(scope="module")
def renderer(tmp_path_factory):
    """Return the renderer of a new site."""
    folder = tmp_path_factory.mktemp("site")
    languages = '        - {locale: "en", name: English, default: true, build: true}'
    text = template("mkdocs.yml")
    for name, value in (
        ("name", "A"),
        ("default", "en"),
        ("dark", "d"),
        ("light", "l"),
        ("languages", languages),
    ):
        text = text.replace(f"${name}", value)
    (folder / "mkdocs.yml").write_text(text)
    config = load(folder / "mkdocs.yml")
    assert yaml.safe_load("a: 1")
    return markdown.Markdown(
        extensions=list(config.extensions), extension_configs=dict(config.extension_configs)
    )


SIGNS = st.text(alphabet=st.sampled_from("ab 1.)(*_`~$#+->|!\\[]{}<&:\"'अ中"), max_size=12)


@given(SIGNS)
def test_a_title_stays_what_it_is_in_a_link(renderer, text):
    text = f"x{text}"
    html = renderer.reset().convert(f"- [{plain(text)}](a.md)\n")
    inside = html.partition('<a href="a.md">')[2].partition("</a>")[0]
    assert " ".join(unescape(inside).split()) == " ".join(text.split())


@given(SIGNS)
def test_a_description_stays_what_it_is_in_a_paragraph(renderer, text):
    html = renderer.reset().convert(f"-   x\n\n    {plain(text)}\n") if text.strip() else ""
    inside = html.rpartition("<p>")[2].partition("</p>")[0]
    assert " ".join(unescape(inside).split()) == " ".join(text.split())
