"""The pages that the list of very many articles leads to."""

import re
from dataclasses import replace
from datetime import date
from posixpath import join, normpath

import pytest

from examples import described
from hexapla.render import lists, paging
from hexapla.render.catalog import catalog_of
from hexapla.render.items import date_and_topics
from hexapla.render.lists import list_page
from hexapla.render.paged_lists import paged_lists

COUNT = 12


@pytest.fixture
def few_are_many(monkeypatch):
    monkeypatch.setattr(paging, "PAGED", 3)
    monkeypatch.setattr(paging, "EACH", 2)


def catalog(count: int = COUNT):
    """Return a catalog of articles in three years, with a topic each and one that all have, and seven series."""
    made = []
    for number in range(count):
        day = date(2020 + number % 3, 1, 1 + number) if number else None
        one = described(f"a{number:02}", day, en=["all", f"t{number:02}"], ar=["الكل", f"م{number:02}"])
        post = one.posts["en"]
        front_matter = {**post.front_matter, "series": f"S{number % 7}", "order": number}
        made.append(
            replace(one, posts={**one.posts, "en": replace(post, front_matter=front_matter)}, original="en")
        )
    return catalog_of(made)


def links_of(path: str, text: str) -> set[str]:
    """Return the files that a page's Markdown leads to."""
    found = re.findall(r"\]\(([^)#]+\.md)(?:#[^)]*)?\)", text)
    return {normpath(join(path.rpartition("/")[0], link)) for link in found}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_link_of_these_pages_leads_to_one_and_every_page_is_led_to(few_are_many, monkeypatch, language):
    for name, value in {"TOPICS": 2, "SERIES_SHOWN": 2}.items():
        monkeypatch.setattr(f"hexapla.render.lists.{name}", value)
        monkeypatch.setattr(f"hexapla.render.paged_lists.{name}", value)
    whole = catalog()
    first = list_page(whole, language)
    pages = {page.path: page.text for page in (first, *paged_lists(whole, language))}
    articles = {f"{language}/posts/{slug}.md" for slug in whole.articles}
    series = {f"{language}/posts/series/{one.key}/index.md" for one in whole.series}
    led_to = set().union(*(links_of(path, text) for path, text in pages.items()))
    assert led_to == {*pages, *articles, *series}
    # What links to what grows nowhere: no page names more than some.
    assert max(text.count("-   [") for path, text in pages.items() if path != first.path) < 4


def test_what_reads_the_list_finds_the_order_of_all_and_every_series(few_are_many, monkeypatch):
    for module in ("lists", "paged_lists"):
        monkeypatch.setattr(f"hexapla.render.{module}.SERIES_SHOWN", 2)
    whole = catalog()
    text = list_page(whole, "en").text
    others = {page.path.removeprefix("en/posts/"): page.text for page in paged_lists(whole, "en")}
    every = lists.complete(text, dict(reversed(others.items())))
    assert [*lists.order_in(every)] == [*whole.articles]
    found = lists.series_in(every)
    assert found == {f"series/{one.key}/index.md": one.slugs for one in whole.series}
    assert len(lists.series_in(text)) == 2
    assert all(lists.is_led_to(place) for place in others)


def test_an_article_more_changes_no_older_page(few_are_many):
    # Of topics that there are: a new one moves those that stand on as many articles.
    before, after = (
        {page.path: page.text for page in paged_lists(catalog(count), "en") if "/topics/t" not in page.path}
        for count in (26, 27)
    )
    changed = {path for path in after if after[path] != before.get(path) and "/lists/topics/" not in path}
    # Its year, and the topic that all have.
    assert changed == {"en/posts/lists/2022/index.md", "en/posts/topics/all/index.md"}


def test_few_articles_stand_on_one_page():
    whole = catalog()
    assert [*paged_lists(whole, "en")] == []
    text = list_page(whole, "en").text
    assert "](lists/" not in text and "](topics/" not in text and "(index.md#topic-all)" in text


def test_topics_of_articles_lead_to_pages_of_their_own(few_are_many):
    whole = catalog()
    line = date_and_topics(whole.articles["a01"], "ar", whole.topics)
    assert "[الكل](topics/all/index.md){ .hexapla-topic }" in line


def test_pages_lead_to_the_ones_before_and_after_them(few_are_many):
    pages = {page.path: page.text for page in paged_lists(catalog(), "ar")}
    first, last = pages["ar/posts/lists/2022/index.md"], pages["ar/posts/lists/undated/index.md"]
    assert "title: المقالات · '2022'" in first or "title: المقالات · 2022" in first
    assert "rel=prev" not in first and "](../../lists/2022/1/index.md){ rel=next }" in first
    assert "rel=next" not in last and "[كل المقالات](../../index.md){ .hexapla-more }" in last
