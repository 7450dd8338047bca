"""The site's page of how translations stand, in each language: as Markdown, and as a reader sees it."""

import dataclasses
import re

import pytest

from hexapla.cli.main import main
from hexapla.ledger.status import ArticleStatus, Behind, Outputs, PartKind, VersionStatus
from hexapla.render.labels import StatusLabels, languages_with_words, status_labels
from hexapla.render.status_page import place_of, status_page, status_pages
from hexapla.translations.freshness import State

POST = "---\ntitle: A | `x` [y](z.md) <b>\nexecute: false\n---\n\nWords.\n\n```python\nx = 1\n```\n"
NAMES = {"en": "English", "de": "Deutsch", "ar": "العربية", "zh": "中文"}


def shown(language: str, **german) -> str:
    """Return the page about one article in English, with a German version that stands as told."""
    fresh = VersionStatus(state=State.CURRENT, outputs=Outputs.VERIFIED, made_with="PyTorch 2.13.0")
    gone = VersionStatus(state=None)
    row = ArticleStatus(
        article="a", original="en", reason="it is", titles={"en": "A", "de": "Ä"},
        languages={"en": fresh, "de": dataclasses.replace(fresh, **german), "ar": gone, "zh": gone},
    )  # fmt: skip
    return status_page([row], language, NAMES).text


@pytest.mark.parametrize("language", languages_with_words())
def test_every_language_that_has_labels_has_the_words_of_this_page(language):
    for field in dataclasses.fields(StatusLabels):
        said = getattr(status_labels(language), field.name)
        places = {"since": ["commit"], "block": ["number"], "section": ["title"]}.get(field.name, [])
        assert said.strip() and re.findall(r"{(\w+)}", said) == places, field.name
        if language not in ("en", "pt-PT"):
            same = said == getattr(status_labels("en"), field.name)
            # The French word for a text is the English one, and so on.
            assert not same or field.name in ("original", "block", "article", "missing"), (field.name, said)


def test_of_very_many_articles_each_year_has_pages_and_the_first_leads_to_them():
    behind = Behind(kind=PartKind.BLOCK, state=State.CODE_STALE, number=1, name="", place="posts/a.de.md:6")
    fresh = VersionStatus(state=State.CURRENT)
    rows = [
        ArticleStatus(
            article=slug, original="en", reason="it is", titles={"en": slug, "ar": slug},
            languages={"en": fresh, "ar": VersionStatus(state=State.CODE_STALE, behind=(behind,)) if slug == "a" else fresh},
        ) for slug in "abc"
    ]  # fmt: skip
    names = {code: NAMES[code] for code in ("en", "ar")}
    places = {"a": "translations/2025/1", "b": "translations/2025", "c": "translations/undated"}
    pages = {page.path: page.text for page in status_pages(rows, "ar", names, places)}
    first, second, old, undated = pages.values()
    assert [*pages] == ["ar/translations.md", *(f"ar/{places[slug]}/index.md" for slug in "bac")]
    assert '<a href="translations/2025/index.md">2025</a>' in first and "translations/2025/1" not in first
    assert "محدَّث" in first or "✓" in first
    assert 'id="behind-a-ar"' in old and 'id="behind-a-ar"' not in second + undated + first
    assert '<a href="../../../posts/a.md">' in old and 'href="../../../../en/posts/a.md"' in old
    assert "](../../translations/2025/1/index.md){ rel=next }" in second and "rel=next" not in undated
    assert place_of(places["a"]) == "translations/2025/1/index.md" and place_of(None) == "translations.md"


def test_what_is_behind_in_the_readers_own_language_comes_first():
    behind = Behind(kind=PartKind.BLOCK, state=State.CODE_STALE, number=1, name="", place="posts/a.de.md:6")
    version = VersionStatus(state=State.CODE_STALE, behind=(behind,))
    row = ArticleStatus(
        article="a", original="en", reason="it is", titles={"en": "A", "de": "Ä", "ar": "أ"},
        languages={"en": VersionStatus(state=State.CURRENT), "de": version, "ar": version},
    )  # fmt: skip
    names = {code: NAMES[code] for code in ("en", "de", "ar")}
    for language, other in (("de", "ar"), ("ar", "de")):
        behind_of = status_page([row], language, names).text.partition("\n## ")[2]
        assert behind_of.index(f'<bdi lang="{language}">') < behind_of.index(f'<bdi lang="{other}">')


def test_a_regional_tag_has_the_nearest_words():
    assert (
        status_labels("pt-BR") == status_labels("pt")
        and status_labels("xx") == status_labels("en")
        and status_labels("zh-HK") == status_labels("zh-TW")
    )


def test_a_cell_says_its_state_in_words_and_leads_to_the_page():
    text = shown("de")
    assert 'id="how-each-stands">Der Stand jedes Artikels in jeder Sprache</p>' in text
    assert '<th role="rowheader" scope="row"><bdi lang="de"><a href="posts/a.md">Ä</a></bdi></th>' in text
    assert '</span>&nbsp;<a href="../en/posts/a.md" hreflang="en">Original</a></td>' in text
    assert '</span>&nbsp;<a href="posts/a.md">aktuell</a></td>' in text
    assert "</span>&nbsp;nicht übersetzt</td>" in text
    assert ">PyTorch 2.13.0</td>" in text
    assert "Alle Übersetzungen sind auf dem Stand ihres Originals." in text
    assert "(Ausgaben veraltet)" in shown("de", outputs=Outputs.STALE)


BEHIND = {
    "code, since a commit": (
        Behind(kind=PartKind.BLOCK, state=State.CODE_STALE, number=2, name="slope", place="p:1", commit="abc1234"),
        "Block 2 (`slope`): enthält ein anderes Programm als das Original, seit `abc1234`",
        "代码块 2 (`slope`)：程序与原文不同（自 `abc1234` 起）",
        "الكتلة 2 (`slope`): برنامجها يختلف عن برنامج الأصل، منذ `abc1234`",
    ),
    "prose": (
        Behind(kind=PartKind.SECTION, state=State.COMMENTS_STALE, number=1, name="Why_not", place="p:1"),
        "Abschnitt „<bdi>Why&#x5f;not</bdi>“: wurde im Original geändert",
        "“<bdi>Why&#x5f;not</bdi>”一节：原文已改动",
        "القسم «<bdi>Why&#x5f;not</bdi>»: حدث تغيير في الأصل",
    ),
    "prose above the first heading": (
        Behind(kind=PartKind.SECTION, state=State.INCOMPLETE, number=1, name="", place="p:1"),
        "Der Text über der ersten Überschrift: fehlt hier",
        "第一个标题之前的文字：此处缺失",
        "النص الذي يسبق العنوان الأول: لا مقابل لذلك هنا",
    ),
    "what the original lacks": (
        Behind(kind=PartKind.BLOCK, state=State.AHEAD, number=3, name="", place="p:1", gone=True),
        "Block 3: steht nicht im Original",
        "代码块 3：原文中没有",
        "الكتلة 3: بلا مقابل في الأصل",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("behind", "german", "chinese", "arabic"), BEHIND.values(), ids=BEHIND)
def test_what_is_behind_is_told_in_the_readers_language(behind, german, chinese, arabic):
    for language, sentence in (("de", german), ("zh", chinese), ("ar", arabic)):
        text = shown(language, state=behind.state, behind=(behind,))
        assert f"    - {sentence}\n" in text
        assert (
            status_labels(language).of(behind.state) in text and status_labels(language).nothing not in text
        )


def test_the_page_comes_with_the_pages_and_goes_when_it_is_not_wanted(new_site, capsys):
    file = new_site({"a.en.md": POST}, languages="en,de,zh")
    german = file.parent / "docs/de/translations.md"
    main(["pages", "-f", str(file)])
    assert "title: Übersetzungen" in german.read_text()
    # A title's marks are its characters here, not markup, and no link of it leads anywhere.
    assert "](z.md)" not in german.read_text()
    assert "翻译状态" in (file.parent / "docs/zh/translations.md").read_text()
    main(["pages", "-f", str(file)])
    assert "0 written, 0 removed" in capsys.readouterr().out
    file.write_text(
        file.read_text().replace("      preload: []\n", "      preload: []\n      status: false\n")
    )
    main(["pages", "-f", str(file)])
    assert not german.exists()
    file.write_text(file.read_text().replace("status: false", "status: 0"))
    assert main(["pages", "-f", str(file)]) == 2


def test_a_page_of_the_users_own_stays_and_is_no_problem(new_site, capsys):
    file = new_site({"a.en.md": POST}, languages="en,de")
    mine = file.parent / "docs/de/translations.md"
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("# Meine\n")
    assert main(["pages", "-f", str(file)]) == 0
    assert mine.read_text() == "# Meine\n"
    assert (file.parent / "docs/en/translations.md").exists()


def test_a_site_in_one_language_needs_no_such_page(new_site):
    file = new_site({"a.en.md": POST}, languages="en")
    main(["pages", "-f", str(file)])
    assert not (file.parent / "docs/en/translations.md").exists()
