"""Python-Markdown's own words in the language of the page."""

import markdown
import pytest
from markdown.extensions.toc import TocExtension

from hexapla.publish.content_words import word
from publish_trees import done


def worded(html: str, language: str, shown: str) -> str:
    return done(html, lambda _, content: word(content, language, shown))[0]


def page(text: str) -> str:
    return markdown.markdown(
        text, extensions=["admonition", "attr_list", "footnotes", TocExtension(permalink=True)]
    )


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "Title"\n    x',
        '!!! note ""\n    x',
        "!!! danger\n    x",
        "> Note",
        "`<p>Note</p>`",
        '`<a class="headerlink" href="#a" title="Permanent link">`',
        '<a href="#a" title="Permanent link">Permanent link</a>',
        '!!! warning "Note"\n    x',
    ],
)
def test_what_has_a_title_of_its_own_or_is_no_alert_is_left_alone(text):
    assert worded(page(text), "de", "de") == done(page(text), lambda *_: None)[0]


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
    assert f'<p class="admonition-title">{title}</p>' in worded(page(text), language, language)


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "# A", "Link to this section"),
        ("de", "# A\n\n## B", "Link zu diesem Abschnitt"),
        ("ar", "# A", "رابط إلى هذا القسم"),
        ("hi", "x[^a]\n\n[^a]: Words.", "पाठ में फ़ुटनोट 1 पर वापस जाएँ"),
        ("zh-HK", "x[^a]\n\n[^a]: Words.", "返回正文中的註腳 1"),
    ],
)
def test_what_stands_under_the_pointer_is_in_the_language_of_the_reader(language, text, title):
    html = worded(page(text), language, "en")
    assert f'title="{title}">' in html
    assert "Permanent link" not in html and "Jump back" not in html


def test_a_page_that_stands_in_for_a_translation_keeps_the_titles_of_its_text():
    html = worded(page("# A\n\n!!! note\n    x"), "hi", "de")
    assert ">Hinweis</p>" in html and 'title="इस अनुभाग का लिंक"' in html


OURS = """<p class="hexapla-ran">Run</p><details class="hexapla-fold"><summary>Output</summary></details>
<div class="text output highlight"><span class="filename">Value</span><pre><code>1</code></pre></div>"""


@pytest.mark.parametrize("language", ["de", "en", "pt-BR", "fa"])
def test_words_in_the_readers_language_are_left_alone(language):
    assert worded(OURS, language, language) == done(OURS, lambda *_: None)[0]


@pytest.mark.parametrize("language", ["sw", "ps"])
def test_borrowed_words_say_in_which_language_they_are(language):
    html = worded(OURS, language, "de")
    assert '<p class="hexapla-ran" lang="en" dir="ltr">' in html
    assert '<summary lang="en" dir="ltr">' in html and '<span class="filename" lang="en" dir="ltr">' in html
    assert html.count("lang=") == 3, "nothing of the author's"
