"""While mkdocs serves: an edit builds the pages that it changes, and they are what a whole build makes of them."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from hexapla.adapters.mkdocs import preview, serving
from hexapla.adapters.mkdocs.builder import RUN
from hexapla.adapters.mkdocs.writing import Writing

EN = "---\ntitle: One\ndate: 2026-01-01\n---\n\n# One\n\nHello.\n\n```python\nprint(6 * 7)  # mine\n```\n\n## More\n\n[two](two.en.md)\n"
DE = (
    EN.replace("title: One", "title: Eins")
    .replace("# One", "# Eins")
    .replace("Hello", "Hallo")
    .replace("mine", "meins")
)
TWO = "---\ntitle: Two\ndate: 2026-01-02\n---\n\n# Two\n\n```python\nprint(1)\n```\n"


class Served:
    """A site as `hexapla serve` has it, whose server builds when it is told to."""

    def __init__(self, file: Path) -> None:
        self.file, self.root, self.whole = file, file.parent, 0
        self.config = self._config("served")
        self.config.plugins.on_startup(command="serve", dirty=False)
        build(self.config, serve_url="http://127.0.0.1:8000/")
        server = LiveReloadServer(self._build, "127.0.0.1", 0, str(self.root / "served"))
        server.watch(self.config.docs_dir)
        self.server = self.config.plugins.on_serve(server, config=self.config, builder=self._build)

    def _config(self, site: str):
        config = load_config(str(self.file), site_dir=str(self.root / site))
        config.site_url = "http://127.0.0.1:8000/"
        return config

    def _build(self) -> None:
        self.whole += 1
        build(self._config("served"), serve_url="http://127.0.0.1:8000/")

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def pages(self, site: str = "served") -> dict[str, str]:
        folder = self.root / site
        return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.html")}

    def built_anew(self) -> dict[str, str]:
        """Return the pages of a whole build of the same sources."""
        shutil.rmtree(self.root / "anew", ignore_errors=True)
        config = self._config("anew")
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
        return self.pages("anew")


@pytest.fixture
def served(new_site, monkeypatch):
    monkeypatch.setenv(RUN, "1")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    one = Served(new_site({"one.en.md": EN, "one.de.md": DE, "two.en.md": TWO}, languages="en,de"))
    yield one
    one.config.plugins.on_shutdown()


def test_an_edit_builds_only_what_it_changes_and_as_a_whole_build_does(served):
    before = served.pages()
    assert "42" in before["posts/one/index.html"] and "42" in before["de/posts/one/index.html"]
    for name in ("posts/one.en.md", "posts/one.de.md"):
        served.edit(name, "6 * 7", "6 * 107")
    served.server.builder()
    after = served.pages()
    assert served.whole == 0
    assert "642" in after["posts/one/index.html"] and "642" in after["de/posts/one/index.html"]
    assert {name for name, text in after.items() if text != before[name]} == {
        "posts/one/index.html",
        "de/posts/one/index.html",
    }
    anew = served.built_anew()
    assert {name for name in after if after[name] != anew.get(name)} == set()


def test_what_is_served_has_its_policy_with_a_place_for_the_server_s_own_script(served):
    page = served.pages()["posts/one/index.html"]
    policy = page.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert f"'nonce-{serving.NONCE}';" in policy and "'sha256-" in policy


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


def test_what_the_build_itself_wrote_is_no_news(served, monkeypatch):
    served.edit("posts/one.en.md", "6 * 7", "6 * 207")
    served.server._wanted_epoch += 1
    served.server.builder()
    assert served.server._wanted_epoch != served.server._visible_epoch  # browsers load the page anew
    monkeypatch.setattr(Writing, "write", lambda *_: pytest.fail("there is nothing to write"))
    served.server.builder()
    assert served.server._wanted_epoch == served.server._visible_epoch


def test_what_is_saved_while_a_build_reads_is_built_next(served, monkeypatch):
    write = Writing.write

    def and_save(self, config):
        write(self, config)
        monkeypatch.setattr(Writing, "write", write)
        served.edit("posts/one.en.md", "Good day.", "Good evening.")

    monkeypatch.setattr(Writing, "write", and_save)
    served.edit("posts/one.en.md", "Hello.", "Good day.")
    served.server.builder()
    assert "Good day." in served.pages()["posts/one/index.html"]
    served.server.builder()
    assert served.whole == 0 and "Good evening." in served.pages()["posts/one/index.html"]


def test_links_that_lead_nowhere_or_in_a_circle_hide_nothing(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below/a.md").write_text("a")
    (tmp_path / "below/circle").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / ".#a.md").symlink_to("nobody@nowhere")
    (tmp_path / "z.md").write_text("z")
    assert {Path(name).name for name in preview._state([tmp_path])} == {"a.md", "z.md"}


def test_after_a_build_that_failed_the_next_one_tries_again(served, monkeypatch):
    def fail(*_):
        raise RuntimeError("no disk")

    with monkeypatch.context() as patch:
        patch.setattr(Writing, "write", fail)
        served.edit("posts/one.en.md", "Hello.", "Good day.")
        with pytest.raises(RuntimeError):
            served.server.builder()
    served.server.builder()
    assert "Good day." in served.pages()["posts/one/index.html"]


WHOLE = {
    "a title": lambda one: one.edit("posts/one.en.md", "title: One", "title: Other"),
    "a new post": lambda one: (one.root / "posts/three.en.md").write_text(TWO.replace("Two", "Three")),
    "the configuration": lambda one: one.edit("mkdocs.yml", "keep_claims: false", "keep_claims: true"),
}


@pytest.mark.parametrize("change", WHOLE)
def test_what_other_pages_show_builds_the_whole_site(served, change):
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
