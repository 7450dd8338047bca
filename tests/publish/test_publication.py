"""A site while its pages are made: what frames are told, and what pages have used."""

from pathlib import Path

import pytest

from hexapla.publish import fonts
from hexapla.publish.content import Content
from hexapla.publish.policy import PLACE

URL = "https://site.example"


def test_a_file_is_the_page_of_its_language_or_one_that_is_lent(publication):
    site = publication({"en/posts/a.md": "---\ntitle: A\n---\n"})
    assert site.source("en/posts/a.md", "en").original == ""
    lent = site.source("en/posts/a.md", "de")
    assert (lent.language, lent.original, lent.title) == ("de", "en", "A")


def test_a_page_of_another_plugin_has_a_frame_that_says_nothing_of_it(publication):
    frame = publication({}).frame("tags.md", "de", Content(html=""))
    assert (frame.language, frame.index, frame.policy) == ("de", "de/", PLACE)
    assert not frame.alternates and not frame.canonical and not frame.head.properties


@pytest.mark.parametrize(
    ("policy", "place"), [("", ""), ("script-src 'self'", PLACE)], ids=["none", "a policy"]
)
def test_a_page_has_a_place_for_its_policy_where_there_is_one(publication, policy, place):
    site = publication({"en/a.md": ""}, policy=policy)
    assert site.frame("en/a.md", "en", Content(html="")).policy == place
    assert site.frame_of_missing("de").policy == place


def test_what_pages_are_set_in_is_noted(publication):
    site = publication({"zh/a.md": "", "de/a.md": ""})
    frame = site.frame("zh/a.md", "zh", Content(html=""))
    html, letters = site.rendered(f'<meta content="{PLACE}">汉字 and more', frame)
    assert html == "<meta content=\"script-src 'self'\">汉字 and more"
    assert letters == {"han-400.woff2": frozenset(map(ord, "汉字"))}
    han = next(face for face in fonts.TYPEFACES if face.family == "Hexapla Han")
    assert site.letters == {han: set(map(ord, "汉字"))}
    site.frame("de/a.md", "de", Content(html="", formulas=frozenset({120})))
    assert site.letters[fonts.MATH] == {120}
    assert site.sheets == {(("zh",), False), (("de",), True)}


@pytest.mark.parametrize(
    ("image", "url", "address"),
    [
        ("https://a.example/a.png", URL, "https://a.example/a.png"),
        ("/assets/ä.png", URL, f"{URL}/assets/%C3%A4.png"),
        ("/assets/none.png", URL, f"{URL}/assets/hexapla/cards/en/a.png"),
        ("", URL, f"{URL}/assets/hexapla/cards/en/a.png"),
        ("", "", ""),
        ("/assets/ä.png", "", ""),
    ],
)
def test_an_article_is_shown_with_its_author_s_picture_or_a_card(publication, tmp_path, image, url, address):
    picture = tmp_path / "built" / "assets" / "ä.png"
    picture.parent.mkdir(parents=True)
    picture.touch()
    site = publication({"en/posts/a.md": f"---\ntitle: A\nimage: {image}\n---\n"}, url=url)
    properties = dict(site.frame("en/posts/a.md", "en", Content(html="")).head.properties)
    assert properties.get("og:image", "") == address
    assert Path(tmp_path / "built/assets/hexapla/cards/en/a.png").is_file() == ("cards" in address)


def test_a_home_page_with_a_title_has_a_card_and_other_pages_have_none(publication):
    site = publication({"de/index.md": "---\ntitle: A\n---\n", "de/b.md": "---\ntitle: B\n---\n"}, url=URL)
    home, other = (
        dict(site.frame(f"de/{name}.md", "de", Content(html="")).head.properties) for name in ("index", "b")
    )
    assert home["og:image"] == f"{URL}/assets/hexapla/cards/de/index.png" and "og:image" not in other


def test_content_is_worded_for_the_file_s_language(publication):
    site = publication({"de/posts/a.md": "---\nhexapla_original: en\n---\n"})
    html = (
        '<div class="admonition note"><p class="admonition-title">Note</p></div>'
        '<h2>A<a class="headerlink" href="#a" title="Permanent link">¶</a></h2><a href="../../en/posts/b.md">b</a>'
    )
    shown = site.content(html, "de/posts/a.md", "de").html
    assert (
        ">Note</p>" in shown and "Link zu diesem Abschnitt" in shown and 'href="../../../posts/b/"' in shown
    )


def test_a_page_with_diagrams_loads_what_draws_them_and_the_site_gets_it(publication):
    site = publication({"en/a.md": "", "en/b.md": ""})
    drawing = site.content('<pre class="mermaid"><code>graph TD</code></pre>', "en/a.md", "de")
    assert drawing.diagrams and 'data-called="Diagram"' in drawing.html
    assert not site.frame("en/b.md", "en", Content(html="")).diagrams
    assert not site.has_diagrams
    assert site.frame("en/a.md", "en", drawing).diagrams and site.has_diagrams
    # A page that another plugin made may have some, too.
    assert site.frame("tags.md", "en", drawing).diagrams


def test_a_section_is_also_reached_by_the_id_of_its_original(publication):
    translated = "---\n# Written by hexapla from posts/a.en.md; edit that, not this page.\nhexapla_translates: de\n---\n## Start\n"
    shown = "---\n# Written by hexapla from posts/a.de.md; edit that, not this page.\nhexapla_original: de\n---\n## Anfang\n"
    site = publication({"en/posts/a.md": translated, "de/posts/a.md": "## Anfang\n", "zh/posts/a.md": shown})
    html = {
        "en": '<h2 id="start">Start</h2>',
        "de": '<h2 id="anfang">Anfang</h2>',
        "zh": '<h2 id="anfang">Anfang</h2>',
    }
    for language, id_ in (("en", "anfang"), ("de", "start"), ("zh", "start")):
        # Readers of a language without a version come by the links of the default one.
        assert f'id="{id_}"' in site.content(html[language], f"{language}/posts/a.md", language).html


def test_what_a_template_brings_is_on_the_page_too(publication):
    site = publication({"en/index.md": "[x](#features)\n"})
    site.content('<a href="#features">x</a>', "en/index.md", "en")
    assert len(list(site.dead_links())) == 1
    site.folder.mkdir()
    (site.folder / "index.html").write_text('<body><section id="features">')
    assert list(site.dead_links()) == []
