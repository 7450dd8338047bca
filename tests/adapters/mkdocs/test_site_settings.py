"""What mkdocs reads of a site, for who makes the same pages otherwise."""

import pytest
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import get_files, set_exclusions

from hexapla.adapters.mkdocs.site_settings import empty_site, head_parted, is_excluded, site_settings


def test_a_site_s_settings_are_read_with_their_plugins(new_site, monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    file = new_site({"one.en.md": "---\ntitle: One\n---\n\nText.\n"}, languages="en,de")
    settings = site_settings(file)
    assert {"hexapla", "i18n"} <= set(settings.plugins) and settings.theme.name == "material"


def test_what_is_no_file_is_said(tmp_path):
    with pytest.raises(ConfigurationError, match=r"none\.yml"):
        site_settings(tmp_path / "none.yml")


def test_the_values_above_a_page_are_apart_from_its_text():
    assert head_parted("---\ntitle: Größe\n---\n\n# Text\n") == ("# Text\n", {"title": "Größe"})
    assert head_parted("# Text\n") == ("# Text\n", {})


def test_a_site_is_taken_out_of_its_folder_but_for_what_is_hidden(tmp_path):
    for name in ("a.html", "b/c.html", ".nojekyll", ".git/HEAD"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    empty_site(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", ".nojekyll"]


FILES = (
    "index.md",
    "cups.psd",
    "tea/cups.psd",
    ".well-known/tea.txt",
    ".hidden",
    "templates/a.html",
    "tea/templates/a.html",
)


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        ("", {".well-known/tea.txt", ".hidden", "templates/a.html"}),
        ("*.psd\n!/tea/cups.psd\n", {"cups.psd", ".well-known/tea.txt", ".hidden", "templates/a.html"}),
        ("!.well-known\n!/templates/\n", {".hidden"}),
    ],
)
def test_what_is_excluded_is_what_mkdocs_excludes(tmp_path, rules, left):
    for name in FILES:
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text("x")
    said = "".join(f"  {line}\n" for line in rules.splitlines())
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: x\nplugins: []\n{'exclude_docs: |' if rules else ''}\n{said}"
    )
    settings = site_settings(tmp_path / "mkdocs.yml")
    found = get_files(settings)
    set_exclusions(found, settings)
    assert {file.src_uri for file in found if file.inclusion.is_excluded()} == left
    assert {name for name in FILES if is_excluded(settings, name)} == left


def test_a_hook_is_named_as_a_plugin_is(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "hook.py").write_text("")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: []\nhooks: [hook.py]\n")
    assert [*site_settings(tmp_path / "mkdocs.yml").plugins] == ["hook.py"]
