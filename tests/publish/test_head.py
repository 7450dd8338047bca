"""What a page's head tells search engines and the sites that show links."""

import json
from dataclasses import replace

import pytest

from hexapla.publish.addresses import Addresses
from hexapla.publish.head import Head, Picture, head, locale
from hexapla.publish.sources import page_source

WHERE = Addresses(default_language="en", site_url="https://example.org/")
TEXT = '---\ntitle: "A & \\"B\\""\ndescription: It says "no" <b>\ndate: 2026-01-02\ntags: [x, "y & z"]\n---\n'
OWN = page_source("de/posts/a.md", TEXT)
ORIGINAL = page_source("en/posts/a.md", TEXT)
VERSIONS = {"en": ORIGINAL, "de": OWN}


def told(described: Head) -> dict[str, list[str]]:
    properties: dict[str, list[str]] = {}
    for name, value in described.properties:
        properties.setdefault(name, []).append(value)
    return properties


def test_an_article_says_all_that_is_known_of_it():
    described = head(OWN, VERSIONS, WHERE, site="Site")
    assert told(described) == {
        "og:site_name": ["Site"],
        "og:type": ["article"],
        "og:title": ['A & "B"'],
        "og:description": ['It says "no" <b>'],
        "og:locale": ["de_DE"],
        "og:locale:alternate": ["en_US"],
        "og:url": ["https://example.org/de/posts/a/"],
        "article:published_time": ["2026-01-02"],
        "article:tag": ["x", "y & z"],
    }
    assert described.description == 'It says "no" <b>' and described.card == "summary"
    assert "<" not in described.posting
    posting = json.loads(described.posting)
    assert posting["headline"] == 'A & "B"' and posting["inLanguage"] == "de"
    assert posting["datePublished"] == "2026-01-02" and posting["description"] == 'It says "no" <b>'


def test_a_page_that_stands_in_tells_of_the_one_that_it_shows():
    described = told(head(replace(OWN, language="hi", original="en"), VERSIONS, WHERE, site="Site"))
    assert described["og:locale"] == ["en_US"] and described["og:url"] == ["https://example.org/posts/a/"]


def test_a_page_that_is_no_article_is_part_of_a_website():
    home = page_source("de/index.md", "---\ntitle: Start\n---\n")
    described = head(home, {"de": home}, WHERE, site="Site")
    assert told(described)["og:type"] == ["website"] and not described.posting
    assert "article:tag" not in told(described) and not described.description


def test_a_site_without_an_address_names_none():
    described = head(OWN, VERSIONS, Addresses(default_language="en"), site="Site")
    assert "og:url" not in told(described) and not described.posting and told(described)["og:title"]


def test_a_picture_comes_with_its_size_and_words():
    picture = Picture(address="https://example.org/a.png", words="A", width=1200, height=630)
    described = head(OWN, VERSIONS, WHERE, site="Site", picture=picture)
    properties = told(described)
    assert properties["og:image"] == ["https://example.org/a.png"] and properties["og:image:width"] == [
        "1200"
    ]
    assert properties["og:image:alt"] == ["A"] and described.card == "summary_large_image"


def test_a_picture_of_unknown_size_says_none():
    picture = Picture(address="https://example.org/a.png", words="A")
    assert "og:image:width" not in told(head(OWN, VERSIONS, WHERE, site="Site", picture=picture))


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", "en_US"), ("de", "de_DE"), ("hi", "hi_IN"), ("ar", "ar_EG"), ("zh", "zh_CN"), ("pt-BR", "pt_BR"),
        ("zh-TW", "zh_TW"), ("zh-Hant", "zh_TW"), ("xx-nothing", "xx_nothing"),
    ],
)  # fmt: skip
def test_a_language_is_named_with_a_territory(language, named):
    assert locale(language) == named


@pytest.mark.parametrize(
    ("image", "path"),
    [
        ("image: /assets/a.png", "/assets/a.png"),
        ("image: {path: /assets/a.png, alt: A}", "/assets/a.png"),
        ("image: {other: 1}", ""),
        ("image: 3", ""),
        ("title: A", ""),
    ],
)
def test_an_image_is_read_as_blogs_write_it(image, path):
    assert page_source("en/posts/a.md", f"---\n{image}\n---\n").image == path
