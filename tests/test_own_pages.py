"""mkdocs sites as their authors have them: hexapla joins, and all that their readers see besides is outputs.

A case is a folder `tests/own_pages/<case>/`, a site without hexapla, and in `expected.txt` by which lines its built
pages differ with it; `pytest tests/test_own_pages.py --rewrite-sites` writes that, to be reviewed in git.
"""

import difflib
import logging
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from hexapla.cli.main import main
from hexapla.storage import files

SITES = Path(__file__).parent / "own_pages"
SHOWN = {
    "alone": ("Of the site itself.", "<h1 id=\"basket\">Basket", "Return what something costs.", 'class="mermaid"', 'class="tabbed-set', "md-tag"),
    "blog": ("md-post__meta",),
}  # fmt: skip
"""What plugins, extensions and templates of a case make, with hexapla as without."""
CASES = sorted(path.name for path in SITES.iterdir() if path.is_dir())
OURS = (".hexapla", "snippets", "site")


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Return what copies a case and returns its folder."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)

    def copied(case: str) -> Path:
        folder = tmp_path / case
        shutil.copytree(SITES / case, folder, ignore=shutil.ignore_patterns("expected.txt"))
        monkeypatch.chdir(folder)  # as mkdocs is called there; mkdocstrings asks for it
        return folder

    return copied


def joined(folder: Path) -> Path:
    """Add hexapla to a site, for programs that start at once; return its mkdocs.yml."""
    file = folder / "mkdocs.yml"
    assert main(["init", str(folder)]) == 0
    entry, with_preload = 'pages: ["docs/**/*.md"]', 'pages: ["docs/**/*.md"], preload: []'
    text = file.read_text()
    indent = text[: text.index(entry)].rpartition("\n")[2]
    new = with_preload if indent.strip() else f"{entry}\n{indent}preload: []"
    file.write_text(text.replace(entry, new))
    return file


def built(file: Path) -> dict[str, list[str]]:
    """Build a site as plain mkdocs does; return the lines of its pages."""
    config = load_config(str(file))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    folder = file.parent / "site"
    return {
        path.relative_to(folder).as_posix(): path.read_text().splitlines()
        for path in sorted(folder.rglob("*.html"))
    }


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a site's author."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in OURS
    }


def differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> str:
    """Return by which lines pages differ, for people to read."""
    said = []
    for name in sorted(before.keys() | after.keys()):
        lines = difflib.unified_diff(before.get(name, []), after.get(name, []), lineterm="", n=0)
        said += [f"{name}\n", *(f"  {line}\n" for line in lines if not line.startswith(("---", "+++", "@@")))]
        # mkdocs' own themes write when they were built.
        said = [line for line in said if "Build Date" not in line]
    return "".join(said)


@pytest.mark.parametrize("case", CASES)
def test_readers_see_outputs_besides_and_nothing_else_changes(case, site, request, capsys):
    folder = site(case)
    before = built(folder / "mkdocs.yml")
    file = joined(folder)
    mine = contents(folder)
    main(["run", "-f", str(file)])
    after = built(file)
    assert contents(folder) == mine, "nothing but records and the site is written"
    pages = "\n".join(line for lines in after.values() for line in lines)
    assert [words for words in SHOWN.get(case, ()) if words not in pages] == []
    said, expected = differences(before, after), SITES / case / "expected.txt"
    if request.config.getoption("--rewrite-sites"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", ["alone", "blog", "literate"])
def test_init_changes_the_list_of_plugins_alone_and_once(case, site, capsys):
    folder = site(case)
    before = contents(folder)
    assert main(["init", str(folder)]) == 0 and "Nothing else is changed" in capsys.readouterr().out
    after = contents(folder)
    text = after.pop("mkdocs.yml").decode()
    lines = difflib.ndiff(before.pop("mkdocs.yml").decode().splitlines(), text.splitlines())
    assert "hexapla" in "".join(line for line in lines if line[0] == "+") and before == after
    assert main(["init"]) == 0 and "nothing is changed" in capsys.readouterr().out
    assert (folder / "mkdocs.yml").read_text() == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "There is no mkdocs.yml in this folder"),
        ("site_name: a\nplugins: &names [search]\nx: *names\ny: {\n", "not YAML"),
        ("x: &names [search]\nplugins: *names\n", '  - hexapla:\n      pages: ["docs/**/*.md"]'),
    ],
)
def test_where_hexapla_cannot_be_added_the_next_step_is_said(text, words, tmp_path, capsys):
    if text is not None:
        (tmp_path / "mkdocs.yml").write_text(text)
    assert main(["init", str(tmp_path)]) == 2
    assert words in capsys.readouterr().err
    assert text is None or (tmp_path / "mkdocs.yml").read_text() == text


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            "docs/conf.py",
            "Sphinx ({0}/docs/conf.py), and hexapla is no part of that. `hexapla test {0}/docs`",
        ),
        (
            "zensical.toml",
            "Zensical ({0}/zensical.toml), and hexapla is no part of that. `hexapla test {0}/docs`",
        ),
        ("_quarto.yml", "Quarto ({0}/_quarto.yml), and"),
        ("_config.yml", "Jekyll's: `hexapla import {0} my-site`"),
        ("mkdocs-online.yml", "but `mkdocs-online.yml`: `hexapla init -f NAME`"),
        ("setup.py", "make a new site with `hexapla new`"),
    ],
)
def test_a_site_of_another_builder_is_known_by_its_file_and_the_command_for_it_is_said(
    file, words, tmp_path, capsys
):
    (tmp_path / "docs").mkdir()
    (tmp_path / file).touch()
    assert main(["init", str(tmp_path)]) == 2
    assert words.format(tmp_path) in capsys.readouterr().err


def test_an_mkdocs_yml_of_somebody_elses_is_left_alone(site, monkeypatch, capsys):
    folder = site("blog")
    before = contents(folder)
    monkeypatch.setattr(files, "is_writable", lambda path: False)
    assert main(["init", str(folder)]) == 2
    said = capsys.readouterr().err
    assert "not yours to write" in said and '- hexapla:\n      pages: ["docs/**/*.md"]' in said
    assert contents(folder) == before


def test_an_mkdocs_yml_of_another_name_is_given(site, capsys):
    folder = site("blog")
    (folder / "mkdocs.yml").rename(folder / "online.yml")
    assert main(["init", "-f", str(folder / "online.yml")]) == 0
    assert "hexapla" in (folder / "online.yml").read_text() and "build -f" in capsys.readouterr().out


def test_a_link_stays_one_and_what_it_leads_to_is_changed(tmp_path):
    (tmp_path / "one.yml").write_text("site_name: a\nplugins:\n  - search\n")
    (tmp_path / "mkdocs.yml").symlink_to("one.yml")
    assert main(["init", str(tmp_path)]) == 0
    assert (tmp_path / "mkdocs.yml").is_symlink() and "hexapla" in (tmp_path / "one.yml").read_text()


def test_plugins_that_are_inherited_are_listed_where_they_are(tmp_path, capsys):
    (tmp_path / "base.yml").write_text("plugins:\n  - search\n")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: a\n")
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/licence.md").write_text("Words of the site's own.\n")
    assert main(["init", str(tmp_path)]) == 0 and "base.yml" in capsys.readouterr().out
    assert (tmp_path / "mkdocs.yml").read_text() == "INHERIT: base.yml\nsite_name: a\n"
    assert "snippets: recorded-outputs" in (tmp_path / "base.yml").read_text()
    assert main(["init", str(tmp_path)]) == 0 and "nothing is changed" in capsys.readouterr().out


@pytest.mark.slow
def test_every_verb_knows_pages(site, capsys):
    folder = site("alone")
    file = str(joined(folder))
    assert main(["check", "-f", file]) == 1 and "E-stale-output" in capsys.readouterr().err
    assert main(["build", "-f", file]) == 1
    said = capsys.readouterr().err
    assert "docs/index.md:62: E-cell-raised" in said
    assert "docs/guide/more.md:10: E-claim-wrong" in said
    text = (folder / "docs/index.md").read_text()
    (folder / "docs/index.md").write_text(text.replace('raise ValueError("announced by nobody")', "x = 1"))
    more = folder / "docs/guide/more.md"
    more.write_text(more.read_text().replace("7\n", "6\n"))
    assert main(["run", "-f", file]) == 0
    for verb in ("check", "test", "coverage", "status", "build", "pages"):
        assert main([verb, "-f", file]) == 0, capsys.readouterr()
    assert not (folder / "docs/posts").exists() and not (folder / "docs/assets").exists()


def test_a_translation_of_a_page_is_proved_against_it(site, capsys):
    folder = site("suffixes")
    file = str(joined(folder))
    assert main(["run", "-f", file]) == 0
    translation = folder / "docs/index.en.md"
    translation.write_text(translation.read_text().replace("len(words)", "len(words) - 1"))
    capsys.readouterr()
    assert main(["check", "-f", file]) == 1
    assert "docs/index.en.md:3: E-value-changed" in capsys.readouterr().err
    assert main(["fix", "--edited", "--write", "-f", file]) == 0 and main(["check", "-f", file]) == 0


def test_blocks_that_fail_are_marked_so_that_the_sites_markdown_still_reads_them(site, capsys):
    folder = site("alone")
    file = joined(folder)
    assert main(["run", "-f", str(file)]) == 1
    assert main(["fix", "--notest", "--write", "-f", str(file)]) == 0
    assert "```{.python .notest}\nraise" in (folder / "docs/index.md").read_text()
    assert "raise" in "".join(built(file)["index.html"]).partition('class="notest highlight"')[2]


def test_a_page_with_line_ends_of_windows_shows_the_same(site, capsys):
    folder = site("literate")
    file = joined(folder)
    assert main(["run", "-f", str(file)]) == 0
    before, page = built(file)["code.html"], folder / "docs/code.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert built(file)["code.html"] == before and any("1024" in line for line in before)
    assert main(["check", "-f", str(file)]) == 0


def test_what_each_reader_gets_otherwise_is_not_shown(site, capsys):
    folder = site("literate")
    page = folder / "docs/code.md"
    code = "import random\nprint(random.random())\n```\n\n```python\nprint({'tea', 'milk', 'पानी', '茶', 'شاي'})\n```\n"
    page.write_text(
        f"{page.read_text()}\n\n```python\n{code}\n```python\nrandom.seed(1)\nprint(random.random())\n```\n"
    )
    file = joined(folder)
    assert main(["run", "-f", str(file)]) == 0
    capsys.readouterr()
    assert main(["check", "-f", str(file)]) == 0
    assert capsys.readouterr().err.count("a second run prints something else") == 2
    shown = "".join(built(file)["code.html"])
    assert "0.134364" in shown and "0.844421" not in shown and "{&#39;" not in shown.partition("1024")[2]
    assert main(["test", "-f", str(file)]) == 0, capsys.readouterr()


def test_posts_and_pages_stand_side_by_side(new_site, capsys):
    file = new_site(
        {"a.en.md": "---\ntitle: A\n---\n\n```python\nprint('of a post')\n```\n"}, languages="en,de"
    )
    guide = file.parent / "docs/de/guide.md"
    guide.write_text("# Führer\n\n```python\nprint('einer Seite')\n```\n")
    file.write_text(
        file.read_text().replace("      posts: posts", '      pages: ["docs/**/*.md"]\n      posts: posts')
    )
    assert main(["build", "-f", str(file)]) == 0, capsys.readouterr()
    assert (
        "einer Seite"
        in (file.parent / "site/de/guide/index.html").read_text().partition(" output highlight")[2]
    )
    assert "of a post" in (file.parent / "site/posts/a/index.html").read_text()
    assert guide.read_text().count("Seite") == 1
    assert sorted(path.name for path in (file.parent / "snippets").iterdir() if path.is_dir()) == [
        "a",
        "pages.guide",
    ]
    assert main(["build", "-f", str(file)]) == 0 and "up to date" in capsys.readouterr().out
