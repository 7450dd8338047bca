"""While mkdocs serves: an edit builds the pages that it changes, and they are what a whole build makes of them."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from hexapla.adapters.mkdocs import preview, reloading
from hexapla.adapters.mkdocs.builder import RUN
from hexapla.adapters.mkdocs.writing import Writing
from hexapla.cli.main import main
from hexapla.config.config import load
from hexapla.publish import finish
from served_site import DE, EN, TWO, Served

pytestmark = pytest.mark.slow


def test_an_edit_builds_only_what_it_changes_and_as_a_whole_build_does(served):
    before = served.pages()
    assert "42" in before["posts/one/index.html"] and "42" in before["de/posts/one/index.html"]
    for name in ("posts/one.en.md", "posts/one.de.md"):
        served.edit(name, "6 * 7", "6 * 107")
    served.save()
    after = served.pages()
    assert served.whole == 0
    assert "642" in after["posts/one/index.html"] and "642" in after["de/posts/one/index.html"]
    assert {name for name, text in after.items() if text != before[name]} == {
        "posts/one/index.html",
        "de/posts/one/index.html",
    }
    anew = served.built_anew()
    assert {name for name in after if after[name] != anew.get(name)} == set()


def test_a_home_page_shows_an_edit_of_what_it_quotes(served):
    before = served.pages()
    assert "Begin with" in before["index.html"]
    served.edit("posts/two.en.md", "print(1)", "print(2**20)")
    served.save()
    after = served.pages()
    assert served.whole == 0 and "1048576" in after["index.html"] and "1048576" in after["de/index.html"]
    anew = served.built_anew()
    assert {name for name in after if after[name] != anew.get(name)} == set()


def test_what_is_served_has_its_policy_with_a_place_for_the_server_s_own_script(served):
    page = served.pages()["posts/one/index.html"]
    policy = page.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert f"'nonce-{reloading.NONCE}';" in policy and "'sha256-" in policy


def test_new_words_and_a_new_heading_are_on_their_page_alone(served):
    served.edit("posts/one.en.md", "Hello.", "Good day.\n\n## Another heading")
    served.server.builder()
    assert served.whole == 0
    page = served.pages()["posts/one/index.html"]
    assert "Good day." in page and 'href="#another-heading"' in page
    assert {name: text for name, text in served.pages().items() if "de/" not in name} == {
        name: text for name, text in served.built_anew().items() if "de/" not in name
    }


def test_where_nothing_changes_nothing_is_built(served):
    before = {path: path.stat().st_mtime_ns for path in (served.root / "served").rglob("*.html")}
    (served.root / "posts/one.en.md").touch()
    served.server.builder()
    assert served.whole == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_server_reads_nothing_again_until_something_is_saved(new_site, serve, monkeypatch):
    monkeypatch.setattr(Served, "save", lambda _: None)
    served = serve(new_site({"one.en.md": EN, "one.de.md": DE, "two.en.md": TWO}, languages="en,de"))
    # As mkdocs wakes it, which looks itself now and then.
    served.server.builder.__self__._has_run.clear()
    written = []
    monkeypatch.setattr(Writing, "write", lambda _, config: written.append(config))
    served.server.builder()
    assert not written
    served.edit("posts/one.en.md", "Hello.", "Good day.")
    served.server.builder()
    assert len(written) == 1


def test_what_is_saved_while_the_pages_are_first_written_is_news(new_site):
    site = load(new_site({"one.en.md": EN}))
    shown = preview.Preview()
    shown.begin(site)
    (site.posts / "one.en.md").write_text(EN.replace("Hello.", "Good day."))
    with shown.reading(preview.sources_of(site)) as changed:
        assert changed
    with shown.reading(preview.sources_of(site)) as changed:
        assert not changed


def test_links_that_lead_nowhere_or_in_a_circle_hide_nothing(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below/a.md").write_text("a")
    (tmp_path / "below/circle").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / ".#a.md").symlink_to("nobody@nowhere")
    (tmp_path / "z.md").write_text("z")
    assert {Path(name).name for name in preview._state([tmp_path])} == {"a.md", "z.md"}


WHOLE = {
    "a title": lambda one: one.edit("posts/one.en.md", "title: One", "title: Other"),
    "a new post": lambda one: (one.root / "posts/three.en.md").write_text(TWO.replace("Two", "Three")),
    "the configuration": lambda one: one.edit("mkdocs.yml", "keep_claims: false", "keep_claims: true"),
}


@pytest.mark.parametrize("change", WHOLE)
def test_what_other_pages_show_builds_the_whole_site(served, change):
    served.pages()
    WHOLE[change](served)
    served.server.builder()
    assert served.whole == 1
    served.edit("posts/one.de.md", "Hallo", "Servus")
    served.server.builder()
    assert served.whole == 1 and "Servus" in served.pages()["de/posts/one/index.html"]


def test_what_search_plugins_collect_of_pages_that_are_built_again_is_forgotten():
    class Plugin:
        def __init__(self):
            self.search_index = SimpleNamespace(entries=["of the whole build"], lang=["en"])

    plugins = {"search": Plugin(), "another": SimpleNamespace()}
    index = plugins["search"].search_index
    with preview._collecting_nothing(SimpleNamespace(plugins=plugins)):
        plugins["search"].search_index.entries.append("an edited page")
        assert plugins["search"].search_index.lang == ["en"]
    assert plugins["search"].search_index is index and index.entries == ["of the whole build"]


FAILING = EN.replace("print(6 * 7)  # mine", "answer = 6 / 0").replace(
    "## More", "```python\nanswer + 1\n```\n\n```python\nprint('<b>apart</b>')\n```\n\n## More"
)


def test_an_edited_program_is_marked_as_running_until_it_has_run(served):
    served.edit("posts/one.en.md", "print(6 * 7)", "import time; time.sleep(1000)")
    served.server.builder()
    page = served.sent("posts/one/")
    assert "time.sleep(1000)" in page and "Running …" in page
    assert "Running" not in (served.root / "docs/en/posts/one.md").read_text()
    served.edit("posts/one.en.md", "import time; time.sleep(1000)", "print(6 * 9)")
    served.save()
    page = served.sent("posts/one/")
    assert "Output54" in page and "Running …" not in page and served.whole == 0


def test_only_cells_from_the_edited_one_on_are_marked_as_running(served):
    three = "".join(f"```python\nprint({number}0)\n```\n\n" for number in (1, 2, 3))
    (served.root / "posts/two.en.md").write_text(f"---\ntitle: Two\n---\n\n# Two\n\n{three}")
    served.save()
    served.edit("posts/two.en.md", "print(20)", "__import__('time').sleep(1000)")
    served.server.builder()
    page = served.sent("posts/two/")
    assert "Output10" in page and page.count("Running …") == 2
    served.edit("posts/two.en.md", "__import__('time').sleep(1000)", "print(20)")
    served.save()
    assert "Running …" not in served.sent("posts/two/")


def test_what_failed_is_shown_to_the_author_alone(served):
    (served.root / "posts/one.en.md").write_text(FAILING)
    served.save()
    page = served.sent("posts/one/")
    assert page.startswith("To be mended on this page")
    assert page.count("ZeroDivisionError: division by zero") >= 2
    assert "Waits for answer, which the block in line 11 has not bound." in page
    assert "Output<b>apart</b>" in page
    written = (served.root / "docs/en/posts/one.md").read_text()
    assert "ZeroDivisionError" not in written and "Waits" not in written
    assert "To be mended on this page" not in served.sent("posts/two/")
    (served.root / "posts/one.en.md").write_text(EN)
    served.save()
    page = served.sent("posts/one/")
    assert "Waits" not in page and "To be mended" not in page and "Output42" in page


BROKEN = {
    "front matter": ("posts/one.en.md", "title: One", "title: [One"),
    "mkdocs.yml": ("mkdocs.yml", "plugins:", "plugins: ["),
    "what mkdocs refuses": ("mkdocs.yml", "name: material", "name: nowhere"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_read_keeps_the_last_good_site_and_says_so_until_it_is_mended(served, what):
    name, good, bad = BROKEN[what]
    before = served.pages()
    served.edit(name, good, bad)
    served.server.builder()
    assert served.pages() == before
    for path in ("", "posts/one/", "de/posts/one/"):
        assert served.sent(path).startswith(
            ("This is the last good state", "Zu sehen ist der letzte gültige")
        ), path
    served.server.builder()
    assert "last good state" in served.sent("")
    served.edit(name, bad, good)
    served.server.builder()
    assert "last good state" not in served.sent("") and served.pages() == before


def test_a_new_post_that_cannot_be_read_is_told_of_everywhere_and_keeps_nothing(served):
    (served.root / "posts/three.en.md").write_text("---\ntitle: [a\n---\n")
    served.edit("posts/two.en.md", "print(1)", "print(2)")
    served.save()
    assert "elsewhere in the site" in served.sent("") and "posts/three.en.md:3" in served.sent("")
    assert "Output2" in served.sent("posts/two/")


def test_a_whole_build_that_fails_half_way_leaves_the_site_as_it_was(served, monkeypatch):
    before = served.pages()
    monkeypatch.setattr(finish, "asked", lambda *_: 1 / 0)
    served.edit("posts/one.en.md", "title: One", "title: Other")
    served.server.builder()
    assert served.pages() == before and "division by zero" in served.sent("")
    monkeypatch.undo()
    monkeypatch.setenv(RUN, "1")
    served.server.builder()
    assert "Other" in served.pages()["posts/one/index.html"] and "division" not in served.sent("posts/one/")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("posts/one.en.md", "title: One", "title: Other"), ("posts/one.en.md", "title: One", "title: [One")],
    ids=["a title", "front matter that is none"],
)
def test_an_edit_of_more_than_one_article_s_pages_is_seen_though_it_is_told_of(served, name, old, new):
    served.pages()
    served.edit(name, old, new)
    served.told(name)
    assert served.whole == (new == "title: Other")
    assert ("last good state" in served.sent("")) == (new == "title: [One")
    served.edit(name, new, old)
    served.told(name)
    assert "last good state" not in served.sent("")


def test_a_new_post_that_is_told_of_is_in_the_site(served):
    (served.root / "posts/three.en.md").write_text(TWO.replace("Two", "Three"))
    served.told("posts/three.en.md")
    assert served.whole == 1 and "Three" in served.sent("posts/three/")


I18N = "  - i18n:\n      docs_structure: {}\n      languages:\n        - {{locale: en, name: English, default: true}}\n        - {{locale: de, name: Deutsch}}\n"
OURS = '  - hexapla:\n      pages: ["docs/**/*.md"]\n      preload: []\n'
OWN = "# Sums\n\nHello.\n\n```python\nprint(6 * 7)\n```\n"
OWN_SITES = {
    "one language": (OURS, {"docs/a.md": OWN}, ["a/"]),
    "languages by suffix": (
        I18N.format("suffix") + OURS,
        {"docs/a.md": OWN, "docs/a.de.md": OWN, "docs/index.md": "# Home\n"},
        ["a/", "de/a/"],
    ),
    "beside posts": (
        I18N.format("folder") + OURS + "      posts: posts\n",
        {"docs/en/a.md": OWN, "posts/one.en.md": EN, "docs/en/index.md": "# Home\n"},
        ["a/"],
    ),
}


def own_site(folder: Path, plugins: str, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    file = folder / "mkdocs.yml"
    file.write_text(f"site_name: A\ntheme: {{name: material}}\nplugins:\n{plugins}")
    return file


@pytest.fixture
def serve_own(tmp_path, serve):
    """Return what serves a site that has pages of its own."""
    return lambda plugins, texts: serve(own_site(tmp_path, plugins, texts))


@pytest.mark.parametrize("kind", OWN_SITES)
def test_pages_of_the_site_s_own_are_served_as_posts_are(serve_own, kind):
    plugins, texts, places = OWN_SITES[kind]
    served = serve_own(plugins, texts)
    names = [name for name, text in texts.items() if text == OWN]
    assert [place for place in places if " 42" not in served.sent(place)] == []
    for name in names:
        served.edit(name, "print(6 * 7)", "import time; time.sleep(1000)")
    served.told(*names)
    assert all(
        "Running …" in served.sent(place) or "Wird ausgeführt" in served.sent(place) for place in places
    )
    for name in names:
        served.edit(name, "import time; time.sleep(1000)", "print(6 * 9)")
    served.told(*names)
    served.save()
    assert [place for place in places if " 54" not in served.sent(place)] == [] and served.whole == 0
    for name in names:
        served.edit(name, "print(6 * 9)", "print(6 / 0)")
    served.save()
    assert served.sent(places[0]).startswith("To be mended on this page")
    assert all(served.sent(place).count("ZeroDivisionError") for place in places)
    served.edit("mkdocs.yml", "plugins:", "plugins: [")
    served.server.builder()
    assert served.sent(places[0]).startswith("This is the last good state")
    served.edit("mkdocs.yml", "plugins: [", "plugins:")
    for name in names:
        served.edit(name, "print(6 / 0)", "print(6 * 7)")
    served.save()
    assert all("ZeroDivisionError" not in served.sent(place) for place in places)
    assert " 42" in served.sent(places[0])
    assert all((served.root / name).read_text() == OWN for name in names)


def test_a_page_of_the_site_s_own_shows_what_another_process_records_and_runs_nothing(serve_own, monkeypatch):
    plugins, texts, (place,) = OWN_SITES["one language"]
    monkeypatch.delenv(RUN)
    served = serve_own(plugins, texts | {"snippets/README.md": "What is recorded."})
    assert "no valid record" in served.sent(place) and " 42" not in served.sent(place)
    assert main(["run", "-f", str(served.file)]) == 0
    served.server.builder()
    assert " 42" in served.sent(place) and served.whole == 0


MORE = {
    "a plugin that gathers pages": ("  - tags\n", "", "docs/a.md"),
    "a text that another page may take in": ("", "markdown_extensions: [pymdownx.snippets]\n", "docs/a.md"),
    "a folder that the site has the server watch": ("", "watch: [beside]\n", "beside/b.txt"),
}


@pytest.mark.parametrize("what", MORE)
def test_where_one_page_may_show_what_another_says_the_whole_site_is_built(serve_own, what):
    more_plugins, more, edited = MORE[what]
    plugins, texts, (place,) = OWN_SITES["one language"]
    served = serve_own(f"{more_plugins}{plugins}{more}", texts | {"beside/b.txt": "Hello."})
    served.whole = 0
    served.edit(edited, "Hello.", "Good day.")
    served.server.builder()
    assert served.whole == 1
    assert ("Good day." in served.sent(place)) == (edited == "docs/a.md")
