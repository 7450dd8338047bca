"""A site's own templates: which of them may show on one page what another says."""

import pytest

from hexapla.adapters.mkdocs.own_templates import far_reaching


@pytest.mark.parametrize(
    "text",
    [
        "{% extends 'base.html' %}{% block footer %}{{ page.title }} {{ page.content }}{% endblock %}",
        "{{ config.site_name }}{{ page.meta.date }}{{ hexapla.frame }}",
        "No expression: pages, nav, next_page.",
    ],
)
def test_what_shows_its_own_page(tmp_path, text):
    (tmp_path / "main.html").write_text(text)
    assert far_reaching([tmp_path]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "{% for item in pages %}{{ item.page.title }}{% endfor %}",
        "{{ nav.homepage.title }}",
        "{{ page.next_page.content }}",
        "{{ page['previous_page'].title }}",
        "{{ page.parent|map(attribute='children')|list }}",
        "{% set before = page|attr('previous_page') %}",
        "{{ build_date_utc }}",
        "{% not jinja",
    ],
)
def test_what_may_show_another(tmp_path, text):
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials/foot.html").write_text(text)
    (tmp_path / "main.html").write_text("{{ page.title }}")
    assert far_reaching([tmp_path]) == "partials/foot.html"
