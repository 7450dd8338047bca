"""What a page may load and run: what templates wrote, and nothing that content brought."""

import base64
import hashlib
import re

import pytest
from jinja2 import Environment

from hexapla.publish.policy import DEFAULT, PLACE, InlineCode, allowing, loading, sealed

META = f'<meta http-equiv="Content-Security-Policy" content="{PLACE}">'
POLICY = "script-src 'self' {scripts}; style-src 'self' {styles}"


def rendered(template: str, **values: str) -> str:
    return Environment(extensions=[InlineCode]).from_string(META + template).render(values)


def hashed(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    "template",
    [
        "<p>No code.</p>",
        '<script src="a.js"></script>',
        '<script async src="{{ a }}"></script>',
        '<script id="__config" type="application/json">{"a": 1}</script>',
        '<script type="application/ld+json">{}</script>',
        "<script>never closed",
        "never opened</script>",
        "{{ a }}",
    ],
)
def test_what_is_no_inline_code_has_no_hash(template):
    before = Environment().from_string(template).render(a="<script>a()</script>")
    html = sealed(rendered(template, a="<script>a()</script>"), POLICY)
    assert html == META.replace(PLACE, "script-src 'self'; style-src 'self'") + before


@pytest.mark.parametrize(
    ("template", "scripts", "styles"),
    [
        ("<script>a()</script>", ["a()"], []),
        ("<style>a{}</style>", [], ["a{}"]),
        ('<script>a("{{ a }}")</script><script>b()</script>', ['a("")', "b()"], []),
        ("<script>a()</script><script>a()</script>", ["a()"], []),
        (
            "{% if a %}{% else %}<script>{% for n in 'xy' %}{{ n }};{% endfor %}</script>{% endif %}",
            ["x;y;"],
            [],
        ),
        ("<script>w('<script>')</script>", ["w('<script>')"], []),
        ("{% macro m(x) %}<script>{{ x }}</script>{% endmacro %}{{ m(1) }}{{ m(2) }}", ["1", "2"], []),
        ("{% if a %}<script>{% else %}<script async>{% endif %}ü()</script>", ["ü()"], []),
    ],
)
def test_inline_code_of_a_template_has_its_hash(template, scripts, styles):
    html = sealed(rendered(template), POLICY)
    policy = "; ".join(
        " ".join((name, "'self'", *map(hashed, codes)))
        for name, codes in (("script-src", scripts), ("style-src", styles))
    )
    assert html.startswith(META.replace(PLACE, policy))
    assert "b-script" not in html and "e-style" not in html


def test_what_content_brings_into_a_template_has_none():
    html = sealed(rendered("<script>mine()</script>{{ a }}", a="<script>theirs()</script>"), POLICY)
    assert hashed("mine()") in html and hashed("theirs()") not in html


LOADS = "script-src {loaded} {scripts}"


def test_who_may_load_the_site_s_files_has_no_nonce():
    html = sealed(rendered('<script src="a.js"></script>{{ a }}', a="<p>"), LOADS, trusted=True)
    assert html == META.replace(PLACE, "script-src 'self'") + '<script src="a.js"></script><p>'


def test_a_page_of_posts_loads_what_its_templates_load():
    template = '<script async src="a.js"></script>{{ a }}<script>b()</script>{{ c }}'
    before = rendered(template, a='<script src="a.txt"></script>', c=loading("<script src='c.js'>"))
    html = sealed(before, LOADS, trusted=False)
    nonces = re.findall(r"nonce=.([^\"]+)\"", html)
    assert re.findall(r"<script[^>]*>", html) == [
        f'<script nonce="{nonces[0]}" async src="a.js">', '<script src="a.txt">', "<script>",
        f"<script nonce=\"{nonces[0]}\" src='c.js'>",
    ]  # fmt: skip
    assert f"script-src 'nonce-{nonces[0]}' {hashed('b()')}" in html
    assert html == sealed(before, LOADS, trusted=False)


def test_who_knows_the_nonce_of_a_page_and_writes_it_into_that_changes_it():
    template, known = '<script src="a.js"></script>{{ a }}', "x"
    for _ in range(3):
        html = sealed(rendered(template, a=f'<script src="a.txt" nonce="{known}">'), LOADS, trusted=False)
        (nonce,) = re.findall(r"'nonce-([^']+)'", html)
        assert nonce != known
        known = nonce


def test_a_policy_is_one_attribute():
    html = sealed(META, """default-src 'self' "& """)
    assert html == META.replace(PLACE, "default-src 'self' &quot;&amp;")


def test_a_page_whose_template_has_no_place_for_it_keeps_its_text():
    assert sealed("<p>a</p>", POLICY) == "<p>a</p>"


def test_what_mkdocs_yml_asks_for_is_added_to_the_default():
    assert allowing({}) == allowing({"script-src": []}) == DEFAULT
    policy = allowing({"script-src": ["https://a.example"], "font-src": ["https://b.example"] * 2})
    assert "script-src {loaded} {scripts} https://a.example;" in policy
    assert policy.endswith("; font-src 'self' https://b.example")
