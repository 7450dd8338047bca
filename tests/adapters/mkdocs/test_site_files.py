"""The files of a theme among those of a site."""

from types import SimpleNamespace

from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from hexapla.adapters.mkdocs.site_files import SiteFiles
from hexapla.publish import templates


def test_a_theme_s_files_are_those_that_mkdocs_finds_with_its_icons(tmp_path):
    for path in ("shown/deep/a.css", "shown/.deep/b.css", ".hidden/c.css", "d.js", ".e.js", "dot./f.css"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    theme = Theme("material", custom_dir=str(tmp_path))
    theme.dirs = templates.placed(theme.dirs, str(tmp_path))
    config = SimpleNamespace(theme=theme, site_dir=str(tmp_path / "site"), use_directory_urls=True)
    ours, theirs = Files([]), Files([])
    theirs.add_files_from_theme(theme.get_env(), config)
    SiteFiles(config.site_dir, {}).add_theme(ours, config, Files.add_files_from_theme)
    assert [(file.src_uri, file.src_dir) for file in ours] == [
        (file.src_uri, file.src_dir) for file in theirs
    ]
    own = [file.src_uri for file in ours if file.src_dir == str(tmp_path)]
    assert own == ["d.js", "dot./f.css", "shown/deep/a.css"]
