"""A page in another language than the reader's."""

import markdown
import pytest

from hexapla.render import fallback

EXTENSIONS = ["attr_list", "md_in_html", "admonition", "tables"]


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("No title.\n", "", "No title.\n"),
        ("Text.\n\n# Not a page's title\n", "", "Text.\n\n# Not a page's title\n"),
        ("## Smaller\n\nText.\n", "", "## Smaller\n\nText.\n"),
        ("# A title\n\nText.\n", "# A title\n", "Text.\n"),
        ("Underlined\n===\n\nText.\n", "Underlined\n===\n", "Text.\n"),
    ],
)
def test_a_title_is_told_from_the_rest(text, title, rest):
    assert fallback.split_title(text) == (title, rest)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Text.\n", "From the &#x2a;front&#x2a; matter"),
        ("# With `code` #\n\nText.\n", "With <code>code</code>"),
        ("# Anchored {#here}\n\nText.\n", "Anchored"),
    ],
)
def test_a_page_says_that_it_stands_in_and_has_its_own_direction(text, title):
    html = markdown.markdown(
        fallback.fallback_page(text, "From the *front* matter", "en", "ar"), extensions=EXTENSIONS
    )
    assert html.startswith(f'<h1 dir="ltr" lang="en">{title}</h1>\n<div class="admonition info">')
    assert "هذه هي النسخة الإنجليزية." in html
    assert html.endswith('<div dir="ltr" lang="en">\n<p>Text.</p>\n</div>')
