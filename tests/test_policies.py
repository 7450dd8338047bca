"""What may differ between versions, from the front matter to the page; and which programs run for it, once each."""

import json

import pytest

from hexapla.cli.main import main


def told(capsys, *arguments) -> tuple[int, str]:
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def post(language: str, *cells: str, **front_matter: str) -> str:
    head = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
    body = "\n".join(f"Text {number}.\n\n```python\n{cell}\n```\n" for number, cell in enumerate(cells))
    return f"---\ntitle: A\nlang: {language}\n{head}---\n\n{body}"


PREFIX = "x = 2\nprint(x)"
POSTS = {
    "en": post("en", PREFIX, 'print("the value is", x)'),
    "de": post("de", f"{PREFIX}  # gleich", 'print("der Wert ist", x)'),
    "fr": post("fr", PREFIX, 'print("la valeur est", x)'),
    "es": post("es", PREFIX, 'print("the value is", x)  # igual'),
}


@pytest.fixture
def ran(new_site, capsys, tmp_path):
    """Return what runs a site's posts and gives what ran, the folder, and what was said."""

    def run(posts: dict[str, str], site: str = ""):
        file = new_site(
            {f"a.{language}.md": text for language, text in posts.items()}, languages="en,de,es,fr"
        )
        if site:
            file.write_text(
                file.read_text().replace("      preload: []\n", f"      preload: []\n      {site}\n")
            )
        _, said = told(capsys, "run", "-f", file, "--json", tmp_path / "ran.json")
        told(capsys, "pages", "-f", file)
        return json.loads((tmp_path / "ran.json").read_text())["programs"], file.parent, said

    return run


def page(folder, language: str) -> str:
    return (folder / f"docs/{language}/posts/a.md").read_text()


def test_each_distinct_program_runs_once_and_a_shared_prefix_is_no_reason_for_another(ran, capsys):
    programs, folder, _ = ran(POSTS)
    # The French and the German program begin alike, as the English does: that is not a program of its own.
    assert {one["program"]: one["languages"] for one in programs} == {
        "a": ["en", "es"], "a.de": ["de"], "a.fr": ["fr"],
    }  # fmt: skip
    for language, words in (
        ("en", "the value is 2"),
        ("es", "the value is 2"),
        ("de", "der Wert ist 2"),
        ("fr", "la valeur est 2"),
    ):
        assert f"\n{words}\n" in page(folder, language)
    assert "no program was run" in told(capsys, "run", "-f", folder / "mkdocs.yml")[1]


def test_equal_translated_strings_share_a_variant(ran):
    posts = {**POSTS, "fr": POSTS["de"].replace("lang: de", "lang: fr")}
    programs, folder, _ = ran(posts)
    assert {one["program"]: one["languages"] for one in programs} == {"a": ["en", "es"], "a.de": ["de", "fr"]}
    assert "\nder Wert ist 2\n" in page(folder, "fr")


FREEZE = {
    "in the original": ("strings: freeze", None, ""),
    "in the translation": (None, "strings: freeze", ""),
    "in mkdocs.yml": (None, None, "strings: freeze"),
}


@pytest.mark.parametrize(("original", "translation", "site"), FREEZE.values(), ids=FREEZE)
def test_frozen_strings_make_no_variant_and_are_an_error(ran, original, translation, site):
    english = POSTS["en"].replace("lang: en", f"lang: en\n{original}" if original else "lang: en")
    german = POSTS["de"].replace("lang: de", f"lang: de\n{translation}" if translation else "lang: de")
    programs, folder, said = ran({"en": english, "de": german}, site)
    assert [one["program"] for one in programs] == ["a"]
    assert ": E-strings-frozen " in said and "posts/a.de.md:" in said
    assert "der Wert ist 2" not in page(folder, "de") and "the value is 2" not in page(folder, "de")
    assert "Dieser Block gehört nicht zum ausgeführten Programm." in page(folder, "de")


def test_the_front_matter_goes_before_the_site(ran):
    english = POSTS["en"].replace("lang: en", "lang: en\nstrings: variant")
    programs, _, said = ran({"en": english, "de": POSTS["de"]}, "strings: freeze")
    assert {one["program"] for one in programs} == {"a", "a.de"} and "strings-frozen" not in said


def test_canonical_output_is_shown_and_said(ran):
    english = POSTS["en"].replace("lang: en", "lang: en\nstrings: canonical-output")
    programs, folder, said = ran({"en": english, "de": POSTS["de"]})
    assert [one["program"] for one in programs] == ["a"]
    german = page(folder, "de")
    assert 'print("der Wert ist", x)' in german and "\nthe value is 2\n" in german
    assert "Ausgegeben vom Programm des Originals" in german
    assert "Ausgegeben vom Programm des Originals" not in page(folder, "en")
    assert ": E-" not in said


NAMES = ("total = 20 + 1\nprint(total)", "summe = 20 + 1\nprint(summe)")


def test_renamed_names_are_an_error_unless_they_are_allowed(ran):
    programs, folder, said = ran({"en": post("en", NAMES[0]), "de": post("de", NAMES[1])})
    assert [one["program"] for one in programs] == ["a"]
    assert "E-identifier-renamed" in said and "\n21\n" not in page(folder, "de")


def test_allowed_names_make_a_program_of_their_own(ran):
    programs, folder, said = ran({"en": post("en", NAMES[0], rename="allow"), "de": post("de", NAMES[1])})
    assert sorted(one["program"] for one in programs) == ["a", "a.de"]
    assert ": E-" not in said and "\n21\n" in page(folder, "de")
    assert "summe = 20 + 1" in (folder / "snippets/a/program.de.py").read_text()


def test_an_adapted_version_is_run_as_it_is(ran):
    german = post("de", "y = 40\nprint(y + 2)", 'print("anders")', relation="adapted")
    programs, folder, said = ran({"en": POSTS["en"], "de": german, "es": POSTS["es"]})
    assert {one["program"]: one["languages"] for one in programs} == {"a": ["en", "es"], "a.de": ["de"]}
    assert ": E-" not in said and ": W-" not in said
    assert "\n42\n" in page(folder, "de") and "\nanders\n" in page(folder, "de")


def test_an_adaptation_that_does_not_say_so_is_an_error(ran):
    german = post("de", "y = 40\nprint(y + 2)", 'print("anders", y)')
    programs, folder, said = ran({"en": POSTS["en"], "de": german})
    assert [one["program"] for one in programs] == ["a"]
    assert ": E-" in said and "\n42\n" not in page(folder, "de")
