"""Titles of alerts in the page's language."""

import markdown
import pytest

from hexapla.publish.alerts import with_titles


def page(text: str) -> str:
    return markdown.markdown(text, extensions=["admonition", "attr_list"])


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "Title"\n    x',
        '!!! note ""\n    x',
        "!!! danger\n    x",
        "> Note",
        "`<p>Note</p>`",
        '!!! warning "Note"\n    x',
    ],
)
def test_what_has_a_title_of_its_own_or_is_no_alert_is_left_alone(text):
    assert with_titles(page(text), "de") == page(text)


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "!!! note\n    x", "Note"),
        ("de", "!!! note\n    x", "Hinweis"),
        ("de", "!!! caution end\n    x", "Vorsicht"),
        ("zh", "!!! tip\n    x", "提示"),
        ("zh-TW", "!!! note\n    x", "說明"),
        ("ar", "!!! warning\n    x", "تحذير"),
        ("pt-BR", "!!! important\n    x", "Importante"),
        ("xx", "!!! note\n    x", "Note"),
    ],
)
def test_a_title_is_in_the_language_of_the_page(language, text, title):
    assert f'<p class="admonition-title">{title}</p>' in with_titles(page(text), language)
