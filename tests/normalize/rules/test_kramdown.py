"""kramdown's attributes and Jekyll's includes: what is left alone first, then what they become."""

import pytest

from hexapla.model.post import Post, parse_post
from hexapla.model.problem import Severity
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.rules.rule import Normalized
from hexapla.normalize.target.dialect import Dialect

SITE = Dialect(repairs_off=frozenset({"title", "heading-levels"}))


def post(body: str) -> Post:
    made = parse_post(
        "posts/a.en.md", f"---\nlayout: post\ntitle: T\n---\n{body}", languages=["en"], default_language="en"
    )
    assert isinstance(made, Post)
    return made


LEFT_ALONE = {
    "attributes in code": "`{: .k}`\n\n```text\n{: .k}\n> q\n{: .prompt-tip }\n```\n",
    "Svelte": "text\n\n`{:else}` and `{:then x}`\n",
    "a format of Python": "It is `{:.2f}` wide.\n",
    "Liquid in code": "`{% include x.html %}`\n\n```html\n{% include image.html src=\"a.png\" %}\n{{ page.title }}\n```\n",
    "a quote": "> text\n",
    "HTML without blank lines": '<div class="x">\n    <b>a</b>\n</div>\n',
}  # fmt: skip
CHANGED = {
    "Chirpy's tip": ("> text\n{: .prompt-tip }\n", "!!! tip\n    text\n"),
    "Chirpy's danger, two lines": ("> a\n> b\n{: .prompt-danger }\n", "!!! caution\n    a\n    b\n"),
    "Minimal Mistakes": ("text *x*\n{: .notice--info}\n\nmore\n", "!!! note\n    text *x*\n\nmore\n"),
    "Just the Docs": ("a\n\ntext\n{: .warning }\n", "a\n\n!!! warning\n    text\n"),
    "another class of a quote": ("> text\n{: .big }\n", "> text\n"),
    "another class of a paragraph": ("text\n{: .lead #x}\n\nmore\n", "text\n\nmore\n"),
    "a list of attributes": ('- a\n- b\n{: .k style="x"}\n', "- a\n- b\n"),
    "a paragraph with Markdown in an aside with Markdown": (
        "<aside markdown=\"1\" class=\"q\">\n  <img src=\"a.png\" alt=\"a\">\n  *said*\n  <p markdown=\"1\" class=\"c\">\n— [x](y.md)\n  </p>\n</aside>\n\nx\n",
        "<aside markdown=\"1\" class=\"q\">\n<img src=\"a.png\" alt=\"a\"> *said*\n\n— [x](y.md)\n\n</aside>\n\nx\n",
    ),
    "a paragraph with Markdown in a row": (
        "<div markdown=\"1\">\ntext\n<p markdown=\"span\">*b*</p>\n<p markdown=\"span\">*c*</p>\n</div>\n",
        "<div markdown=\"1\">\ntext\n\n*b*\n\n\n*c*\n\n</div>\n",
    ),
    "a picture's size": ('![a](b.png){: width="30" .k}\n', '<img src="b.png" alt="a" width="30">\n'),
    "a picture's class": ("![a](b.png){: .center}\n", "![a](b.png)\n"),
    "a link's target": ('[a](b){:target="_blank" rel="x"} c\n', "[a](b) c\n"),
    "a file's name": ('```python\nx\n```\n{: file="a.py" }\n', '```python title="a.py"\nx\n```\n'),
    "a fence's language": ("~~~\nx\n~~~\n{: .language-ruby}\n", "~~~ruby\nx\n~~~\n"),
    "no line numbers": ("```sh\nx\n```\n{: .nolineno }\n\ntext\n", "```sh\nx\n```\n\ntext\n"),
    "contents": ("1. TOC\n{:toc}\n\ntext\n", "\ntext\n"),
    "options": ('{::options parse_block_html="true" /}\n\ntext\n', "\ntext\n"),
    "a comment": ("a\n\n{::comment}\nx\n{:/comment}\n\nb\n", "a\n\n\nb\n"),
    "an include of a figure": ('{% include figure.html path="a/b.png" class="c" caption="D e" %}\n', "![D e](a/b.png)\n"),
    "an include of a video": ('{% include youtube.html id="abc" %}\n', "[https://www.youtube.com/watch?v=abc](https://www.youtube.com/watch?v=abc)\n"),
    "HTML with blank lines": ("<div>\n\n    <p>a</p>\n\n\n    <p>b</p>\n</div>\n", "<div>\n    <p>a</p>\n    <p>b</p>\n</div>\n"),
    "double dollars beside digits": ("32$$\\times$$32\n", '32<span class="arithmatex">&#92;(&#92;times&#92;)</span>32\n'),
}  # fmt: skip


@pytest.mark.parametrize("body", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_none_of_kramdowns_is_left_alone(body):
    result = normalize(post(body), SITE)
    assert result.post.body == body
    assert not result.problems


@pytest.mark.parametrize(("body", "expected"), CHANGED.values(), ids=CHANGED)
def test_what_means_something_is_translated_and_said(body, expected):
    given_post = post(body)
    result = normalize(given_post, SITE)
    assert result.post.body == expected
    assert result.problems
    assert not result.lost
    assert verify(given_post, result, SITE) == ()


MATTER = "date: 2024-03-05\nauthor: Ana Ñ\ntags: [a, b]\ndraft: false\nversion: 2.1\nlong: |\n  a\n  b\n"
FILLED = {
    "a title": ("{{ page.title }}", "T"),
    "a word": ("by {{page.author}}.", "by Ana Ñ."),
    "a list": ("{{ page.tags }}", "a, b"),
    "a number": ("v{{- page.version -}}", "v2.1"),
    "a switch": ("{{ page.draft }}", "false"),
    "a date": ("{{ page.date }}", "2024-03-05"),
    "a date's format": ("{{ page.date | date: '%d.%m.%Y' }}", "05.03.2024"),
    "a date in words": ("{{ page.date | date_to_string }}", "05 Mar 2024"),
    "an address": ("[x](https://a.b/{{ page.version }})", "[x](https://a.b/2.1)"),
}
NOT_FILLED = [
    "{{ page.url }}",
    "{{ page.long }}",
    "{{ page.author | upcase }}",
    "{{ page.date | minus: 1 }}",
    "{{ page.author.name }}",
]


def filled(body: str, name: str = "a.en.md", matter: str = MATTER) -> Normalized:
    head = f"---\nlayout: post\ntitle: T\n{matter}---\n"
    made = parse_post(f"posts/{name}", f"{head}{body}\n", languages=["en"], default_language="en")
    assert isinstance(made, Post)
    return normalize(made, SITE)


@pytest.mark.parametrize(("body", "expected"), FILLED.values(), ids=FILLED)
def test_what_the_front_matter_has_is_filled_in_and_said(body, expected):
    result = filled(body)
    assert result.post.body == f"{expected}\n"
    assert [problem.severity for problem in result.problems] == [Severity.NOTE]


@pytest.mark.parametrize("body", NOT_FILLED)
def test_what_it_lacks_is_reported(body):
    result = filled(body)
    assert "{{ page." in result.post.body.replace("\\", "")
    assert Severity.WARNING in [problem.severity for problem in result.problems]


def test_a_date_may_be_the_names():
    assert filled("{{ page.date }}", "2023-01-02-a.en.md", "").post.body == "2023-01-02\n"


LIQUID = ["{% include x.html %}", "{% if page.x %}", "{% endfor %}", "{{ page.description }}", "{{ site.data.x }}", "{%- assign a = 1 -%}"]  # fmt: skip


@pytest.mark.parametrize("tag", LIQUID)
def test_what_means_nothing_is_reported_with_its_line(tag):
    result = normalize(post(f"text\n\na {tag} b\n"), SITE)
    assert [(problem.code, problem.line, problem.severity) for problem in result.problems][:1] == [
        ("jekyll", 7, "warning")
    ]
    assert tag in result.post.body.replace("\\", "")
