"""What mkdocs reads of a site, for who makes the same pages otherwise."""

import pytest
from mkdocs.exceptions import ConfigurationError

from hexapla.adapters.mkdocs.site_settings import empty_site, head_parted, site_settings


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
