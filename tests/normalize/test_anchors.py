"""What links may lead to: posts by every way to name them, and sections in every language."""

import pytest

from hexapla.normalize.anchors import Known, anchors_of, in_version, slug_of

KNOWN = Known(slugs=frozenset({"a", "b"}), languages=("en", "de", "zh-Hant"), aliases={"hant": "zh-Hant"})
ENGLISH = anchors_of(
    '<h2 id="first">First</h2><h2 id="part">Part</h2><h2 id="part_1">Part</h2><p id="note">x</p>'
)
GERMAN = anchors_of('<h2 id="erster">Erster</h2><h2 id="teil">Teil</h2><h2 id="teil_1">Teil</h2>')
TITLED = anchors_of(
    '<h1 id="titel">Titel</h1><h2 id="erster">Erster</h2><h2 id="teil">Teil</h2><h2 id="teil_1">Teil</h2>'
)
SHORT = anchors_of('<h2 id="teil">Teil</h2>')


def test_github_numbers_headings_with_one_text_from_one_on():
    assert [anchor.github for anchor in ENGLISH.sections] == ["first", "part", "part-1"]


def test_headings_anywhere_are_sections_and_their_permalinks_no_text():
    html = '<ul><li><h3>See <code>x</code><a class="headerlink" href="#x">¶</a></h3></li></ul><h2>第二部分</h2><a name="old"></a>'
    anchors = anchors_of(html)
    assert [(anchor.level, anchor.id) for anchor in anchors.sections] == [(3, "see-x"), (2, "第二部分")]
    assert anchors.has("old") and not anchors.has("other")


@pytest.mark.parametrize(
    ("fragment", "shown", "written"),
    [
        ("first", ENGLISH, "first"),
        ("First", ENGLISH, "first"),
        ("part-1", ENGLISH, "part_1"),
        ("note", ENGLISH, "note"),
        ("top", GERMAN, "top"),
        ("first", GERMAN, "erster"),
        ("part-1", GERMAN, "teil_1"),
        ("teil", ENGLISH, "part"),
        ("%C3%A4", GERMAN, None),
        ("gone", GERMAN, None),
        ("first", SHORT, None),
        # A title may be the text's own in one version, and the page's in the other.
        ("first", TITLED, "erster"),
        ("part-1", TITLED, "teil_1"),
        ("titel", ENGLISH, None),
        # What the browser alone reads leads to the page's top, or to the section before it.
        (":~:text=x", GERMAN, ":~:text=x"),
    ],
)
def test_a_section_is_found_by_the_id_that_it_has_in_any_language(fragment, shown, written):
    assert in_version(fragment, shown, iter([ENGLISH, GERMAN, TITLED])) == written


@pytest.mark.parametrize(
    ("target", "slug"),
    [
        ("a.md", "a"),
        ("a.de.md", "a"),
        ("a.hant.md", "a"),
        ("../x/2025-01-02-a-de.md", "a"),
        ("/2025/01/02/a.html", "a"),
        ("/notes/a/", "a"),
        ("a/index.html", "a"),
        ("../a/index.de.md", "a"),
        ("../a/README.md", "a"),
        ("index.md", "c"),
        ("a.markdown", "a"),
        ("a.png", ""),
        ("2016-08-13-a.b-0.14.0.md", "a-b-0-14-0"),
        ("a.tar.gz", ""),
    ],
)
def test_a_post_is_named_by_its_file_its_folder_or_its_address(target, slug):
    assert slug_of(target, KNOWN, "posts/c/index.de.md") == slug
