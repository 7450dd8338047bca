"""A page is kept only where a build from nothing would make the same: shown by random edits of a whole site."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from examples import run
from hexapla import checks, running, site
from hexapla.adapters.mkdocs import kept_languages, navigation, near
from hexapla.adapters.mkdocs.builder import KEEP, PAGES_WRITTEN
from hexapla.config.config import FALLBACKS, load
from hexapla.publish.policy import PLACE
from hexapla.render import paging

STEPS = int(os.environ.get("HEXAPLA_STEPS", "0")) or 6
"""How many edits are compared; `HEXAPLA_STEPS=2000` for a night of them."""
LANGUAGES = ("en", "de", "zh")
WORDS = {"en": "word", "de": "Wort", "zh": "词语"}
OWN = {
    "en/about.md": "---\nimage: de/later.svg\n---\n\n# About\n\n[first](posts/a.md) [gone](posts/nowhere.md#x) <a href='posts/b/#part'>raw</a>\n",
    "en/guide/index.md": "---\ntitle: Guide\n---\n\n![p](../../assets/p.svg)\n\n## Part\n",
    "en/guide/more.md": "No title of its own, [home](../index.md).\n",
    "de/about.md": "# Über\n\n[a](posts/a.md)\n\n```mermaid\ngraph TD\n```\n",
    "de/later.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "assets/p.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


class Blog:
    """A site that is edited at random, and built both ways."""

    def __init__(self, file: Path, seed: int) -> None:
        self.file, self.root, self.chance, self.number = file, file.parent, random.Random(seed), 0
        text = file.read_text().replace(
            "# site_url: https://example.org/", "site_url: https://example.org/blog/"
        )
        file.write_text(text.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n"))
        for name, content in OWN.items():
            (self.root / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / "docs" / name).write_text(content)
        (self.root / "overrides").mkdir()
        for slug in "abcd":
            self.add(slug)

    def new(self, language: str = "en") -> str:
        self.number += 1
        return f"{WORDS[language]} {self.number}"

    def add(self, slug: str) -> None:
        languages = self.chance.sample(LANGUAGES, self.chance.randint(1, 3))
        for language in languages:
            other = self.chance.choice("abcdef")
            (self.root / "posts" / f"{slug}.{language}.md").write_text(
                f"---\ntitle: {self.new(language)}\ndate: {self.chance.choice([2025, 2026])}-01-{self.chance.randint(10, 28)}\ntags: [{other}]\n---\n\n"
                f"# {self.new(language)}\n\n{self.new(language)}\n\n```python\nprint({ord(slug)})\n```\n\n"
                f"## {self.new(language)}\n\n[other]({other}.{language}.md#part) and $x^2$\n"
            )

    def post(self) -> Path:
        return self.chance.choice(sorted((self.root / "posts").glob("*.md")))

    def replace(self, path: Path, old: str, new: str) -> None:
        path.write_text(path.read_text().replace(old, new, 1))

    # What may happen to a site between two builds.

    def text(self) -> None:
        path = self.post()
        path.write_text(f"{path.read_text()}\n{self.new(path.suffixes[0][1:])}\n")

    def beginning(self) -> None:
        path = self.post()
        self.replace(path, "\n```python", f"\n{self.new(path.suffixes[0][1:])}\n\n```python")

    def own_text(self) -> None:
        path = self.root / "docs/en/guide/index.md"
        path.write_text(
            f"{path.read_text()}\n{self.new()} [a](../posts/a.md#{self.chance.choice(['part', 'gone'])})\n"
        )

    def title(self) -> None:
        self.replace(self.post(), "title: ", f"title: {self.number}")

    def heading(self) -> None:
        self.replace(self.post(), "\n## ", f"\n## {self.new()}\n\n## ")

    def code(self) -> None:
        self.number += 1
        slug = self.post().name[0]
        for path in (self.root / "posts").glob(f"{slug}.*.md"):
            self.replace(path, "print(", f"print({self.number} + ")
        read = site.read(load(self.file))
        stale = checks.stale(read)
        ran = [run(item.program, *(f"{self.number}\n" for _ in item.program.cells)) for item in stale]
        running.run(read, stale, lambda _: iter(ran))

    def more(self) -> None:
        self.add(self.chance.choice("abcdef"))

    def rename(self) -> None:
        path = self.post()
        path.rename(path.with_name(f"{self.chance.choice('abcdef')}.{path.suffixes[0][1:]}.md"))

    def delete(self) -> None:
        if len(list((self.root / "posts").glob("*.md"))) > 2:
            self.post().unlink()

    def configuration(self) -> None:
        self.replace(self.file, 'site_name: "', f'site_name: "{self.number} ')

    def fallback(self) -> None:
        lines = [line for line in self.file.read_text().split("\n") if "fallback: " not in line]
        text = "\n".join(lines).replace("keep_claims:", "fallback: page\n      keep_claims:", 1)
        self.file.write_text(text.replace("fallback: page", f"fallback: {self.chance.choice(FALLBACKS)}"))

    def series(self) -> None:
        self.replace(self.post(), "tags: ", f"series: {self.chance.choice('xy')}\ntags: ")

    def template(self) -> None:
        block = (
            "{% extends 'base.html' %}{% block footer %}"
            + f"{self.new()} {{{{ page.title }}}}"
            + "{% endblock %}"
        )
        (self.root / "overrides/main.html").write_text(block)

    def own_page(self) -> None:
        name = self.chance.choice(
            ["en/about.md", "en/guide/more.md", "de/about.md", "de/new.md", "en/guide/b.md"]
        )
        (self.root / "docs" / name).write_text(f"# {self.new()}\n\n[a](posts/a.md) ![p](../assets/p.svg)\n")

    def own_page_gone(self) -> None:
        for name in self.chance.sample(["de/about.md", "de/new.md", "en/guide/b.md"], 1):
            (self.root / "docs" / name).unlink(missing_ok=True)

    def file_beside(self) -> None:
        (self.root / "docs/assets/p.svg").write_text(
            f"<svg xmlns='http://www.w3.org/2000/svg' id='i{self.number}'/>"
        )

    def damaged_cache(self) -> None:
        for path in (self.root / ".hexapla/cache").glob("site-pages*"):
            path.write_bytes(path.read_bytes()[:-3])

    def no_cache(self) -> None:
        shutil.rmtree(self.root / ".hexapla", ignore_errors=True)

    def damaged_site(self) -> None:
        page = self.chance.choice(sorted((self.root / "site").rglob("*.html")))
        self.chance.choice([page.unlink, lambda: page.write_text("lies"), page.touch])()

    def nothing(self) -> None:
        pass

    def built(self, folder: str) -> dict[str, bytes]:
        """Build the site into a folder, and return its files."""
        config = load_config(str(self.file), site_dir=str(self.root / folder))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        place = PLACE.encode()
        found = {
            path.relative_to(self.root / folder).as_posix(): path.read_bytes()
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file()
        }
        assert not [name for name, content in found.items() if place in content]
        return found


EDITS: list[Callable[[Blog], None]] = [
    Blog.text, Blog.text, Blog.beginning, Blog.own_text, Blog.title, Blog.heading, Blog.code, Blog.more, Blog.rename, Blog.delete, Blog.configuration,
    Blog.template, Blog.own_page, Blog.own_page_gone, Blog.file_beside, Blog.damaged_cache, Blog.no_cache,
    Blog.damaged_site, Blog.nothing, Blog.fallback, Blog.series, Blog.series,
]  # fmt: skip


@pytest.fixture
def blog(new_site, monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv(PAGES_WRITTEN, "1")
    monkeypatch.setattr(near, "ALL", 2)
    monkeypatch.setattr(near, "NEAR", 1)
    return Blog(new_site({}, languages=",".join(LANGUAGES)), seed=int(os.environ.get("HEXAPLA_SEED", "19")))


@pytest.mark.slow
@pytest.mark.parametrize("paged", [False, True])
def test_whatever_is_edited_the_site_is_that_of_a_build_from_nothing(blog, monkeypatch, paged):
    if paged:
        # Now more and now fewer than stand on one page.
        monkeypatch.setattr(paging, "PAGED", 3)
        monkeypatch.setattr(paging, "EACH", 1)
    for step in range(STEPS):
        edit = blog.chance.choice(EDITS) if step else Blog.code
        edit(blog)
        site.pages(site.read(load(blog.file)))
        monkeypatch.setenv(KEEP, "1")
        monkeypatch.setattr(kept_languages, "WORTH_A_PROCESS", blog.chance.choice([1, 20]))
        here = blog.built("site")
        monkeypatch.delenv(KEEP)
        anew = blog.built("anew")
        wrong = sorted(name for name in here.keys() | anew.keys() if here.get(name) != anew.get(name))
        assert wrong == [], f"step {step}, {edit.__name__}"


@pytest.mark.slow
def test_processes_of_their_own_make_the_same_site_as_one_that_makes_all(new_site, monkeypatch):
    # Nothing that a process chose for itself may reach a page by way of what is kept.
    monkeypatch.delenv(PAGES_WRITTEN, raising=False)
    blog = Blog(new_site({}, languages=",".join(LANGUAGES)), seed=7)

    def made(*, kept: bool) -> dict[str, bytes]:
        if not kept:
            shutil.rmtree(blog.root / ".hexapla")
            shutil.rmtree(blog.root / "site")
        command = [sys.executable, "-m", "hexapla.cli", "build", "-q", "-f", str(blog.file)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert "Traceback" not in done.stderr, done.stderr
        return {
            path.relative_to(blog.root / "site").as_posix(): path.read_bytes()
            for path in (blog.root / "site").rglob("*")
            if path.is_file()
        }

    (blog.root / "site").mkdir()
    (blog.root / ".hexapla").mkdir(exist_ok=True)
    made(kept=False)
    for edit in (Blog.title, Blog.template):
        edit(blog)
        here, anew = made(kept=True), made(kept=False)
        assert len(here) > 40
        assert [name for name in here.keys() | anew.keys() if here.get(name) != anew.get(name)] == [], (
            edit.__name__
        )


def test_only_what_an_edit_changes_is_written(blog, monkeypatch):
    monkeypatch.setenv(KEEP, "1")

    def states() -> dict[str, int]:
        site.pages(site.read(load(blog.file)))
        blog.built("site")
        kept = [*(blog.root / "site").rglob("index.html"), *(blog.root / "site").rglob("*.md")]
        return {str(path): path.stat().st_mtime_ns for path in kept}

    for path in (blog.root / "posts").glob("*.md"):
        path.unlink()
    for slug in "ab":
        (blog.root / "posts" / f"{slug}.en.md").write_text(f"---\ntitle: {slug}\n---\n\n# {slug}\n\nText.\n")
    before = states()
    blog.replace(blog.root / "posts/a.en.md", "Text.", "Text.\n\nMore.")
    after = states()
    written = {
        Path(name).relative_to(blog.root / "site").as_posix() for name in after if after[name] != before[name]
    }
    places = [f"{folder}posts/a" for folder in ("", "de/", "zh/")]
    assert written == {f"{place}{end}" for place in places for end in ("/index.html", ".md")}
    assert before.keys() == after.keys()


def test_a_translation_is_written_where_a_section_of_its_original_has_another_name(blog, monkeypatch):
    monkeypatch.setenv(KEEP, "1")
    texts = {
        "en": "Text.\n\n## Part\n\nMore.\n",
        "de": "Wort.\n\n## Teil\n\nMehr.\n",
        "zh": "词。\n\n## 节\n\n多。\n",
    }
    for path in (blog.root / "posts").glob("*.md"):
        path.unlink()
    for language, text in texts.items():
        matter = "title: T\n" if language == "en" else "title: T\ntranslates: en\n"
        (blog.root / "posts" / f"a.{language}.md").write_text(f"---\n{matter}---\n\n{text}")

    def written() -> set[str]:
        before = {path: path.stat().st_mtime_ns for path in pages}
        site.pages(site.read(load(blog.file)))
        blog.built("site")
        return {path.parts[-4] for path in pages if before[path] != path.stat().st_mtime_ns}

    pages: list[Path] = []
    written()
    pages = sorted((blog.root / "site").glob("**/posts/a/index.html"))
    blog.replace(blog.root / "posts/a.en.md", "More.", "Less.")
    assert written() == {"site"}
    blog.replace(blog.root / "posts/a.en.md", "## Part", "## Chapter")
    assert written() == {"site", "de", "zh"}


def test_where_only_a_text_changed_no_other_page_is_looked_at(blog, monkeypatch):
    monkeypatch.setenv(KEEP, "1")
    for path in (blog.root / "posts").glob("*.md"):
        path.unlink()
    for slug in "abc":
        (blog.root / "posts" / f"{slug}.en.md").write_text(f"---\ntitle: {slug}\n---\n\nSaid.\n\nText.\n")
    asked = []
    lead_on = navigation.lead_on
    monkeypatch.setattr(
        navigation,
        "lead_on",
        lambda text, page, config: asked.append(page.url) or lead_on(text, page, config),
    )

    def looked_at() -> set[str]:
        asked.clear()
        site.pages(site.read(load(blog.file)))
        blog.built("site")
        return {*asked}

    assert len(looked_at()) > 20
    assert looked_at() == set()
    blog.replace(blog.root / "posts/a.en.md", "Text.", "More.")
    # Of what is in a list, and of the first article in it, home pages show something.
    assert looked_at() == {f"{folder}{page}" for folder in ("", "de/", "zh/") for page in ("", "posts/a/")}
    blog.replace(blog.root / "posts/a.en.md", "Said.", "Otherwise.")
    lists = {f"{folder}{page}" for folder in ("", "de/", "zh/") for page in ("", "posts/", "posts/a/")}
    assert looked_at() == lists
    blog.replace(blog.root / "posts/a.en.md", "title: a", "title: z")
    assert len(looked_at()) > 20


def test_a_language_that_no_edit_reached_is_taken_over_as_a_whole(blog, monkeypatch, caplog):
    for path in (blog.root / "posts").glob("*.md"):
        path.unlink()
    for language in LANGUAGES:
        (blog.root / "posts" / f"a.{language}.md").write_text(
            f"---\ntitle: T\nicon: none/such\n---\n\n$x^2$\n\n[gone](b.{language}.md) {WORDS[language]}\n"
        )
    arranged: list[str] = []
    arrange = navigation.arrange_navigation
    monkeypatch.setattr(
        navigation,
        "arrange_navigation",
        lambda nav, config: arranged.append(config.plugins["i18n"].current_language) or arrange(nav, config),
    )

    def built(folder: str, *, keep: bool) -> tuple[dict[str, bytes], list[str]]:
        monkeypatch.setenv(KEEP, "1") if keep else monkeypatch.delenv(KEEP, raising=False)
        arranged.clear()
        caplog.clear()
        site.pages(site.read(load(blog.file)))
        return blog.built(folder), sorted(one.getMessage() for one in caplog.records if one.levelno > 20)

    built("site", keep=True)
    assert arranged == ["en", "de", "zh"]
    first, said = built("site", keep=True)
    assert arranged == ["en"]
    blog.replace(blog.root / "posts/a.de.md", "Wort", "Wörter")
    second = built("site", keep=True)
    assert arranged == ["en", "de"]
    assert second == built("anew", keep=False)
    assert second[1] == said
    assert "zh/posts/a.md: the theme has no icon `none/such`." in said
    page = "de/posts/a/index.html"
    assert first[page] != second[0][page]
    (blog.root / "site/zh/posts/a/index.html").touch()
    built("site", keep=True)
    assert arranged == ["en", "zh"]
    (blog.root / "docs/assets/p.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' id='other'/>")
    assert built("site", keep=True) == built("anew", keep=False)


@pytest.mark.slow
def test_languages_are_built_beside_each_other(blog, monkeypatch, caplog):
    (blog.root / "docs/en/about.md").write_text("# About\n")  # It shows what lies in a language's folder.
    for path in (blog.root / "posts").glob("*.md"):
        path.unlink()
    for language in LANGUAGES:
        (blog.root / "posts" / f"a.{language}.md").write_text(
            f"---\ntitle: T\nicon: none/such\n---\n\n## Part\n\n$x^2$\n\n[gone](b.{language}.md) {WORDS[language]}\n"
        )
    (blog.root / "posts/b.de.md").write_text("---\ntitle: B\n---\n\n## Teil\n\nWort\n")
    site.pages(site.read(load(blog.file)))
    here: list[str] = []
    arrange = navigation.arrange_navigation
    monkeypatch.setattr(
        navigation,
        "arrange_navigation",
        lambda nav, config: here.append(config.plugins["i18n"].current_language) or arrange(nav, config),
    )

    def built(folder: str) -> tuple[dict[str, bytes], list[str]]:
        here.clear()
        caplog.clear()
        return blog.built(folder), [one.getMessage() for one in caplog.records if one.levelno > 20]

    alone = built("alone")
    monkeypatch.setenv(KEEP, "1")
    monkeypatch.setattr(kept_languages, "WORTH_A_PROCESS", 1)
    assert built("site") == alone
    assert here == ["en"]
    # What was built apart is known as what was built here.
    assert built("site") == alone

    # Where a copy of this process fails, the language is built here, and then its neighbours are the same.
    monkeypatch.setattr(
        kept_languages.Forked, "result", lambda forked: os.waitpid(forked._process, 0)[0] and None
    )
    # The index of the search stays: Pagefind does not write the same bytes each time.
    (blog.root / ".hexapla/cache/site-pages.msgpack").unlink()
    assert built("site") == alone
    assert here == ["en", "de", "zh"]


@pytest.mark.slow
def test_a_language_that_shows_something_of_another_is_built_behind_that(blog, monkeypatch):
    (blog.root / "posts/e.de.md").write_text("---\ntitle: E\n---\n\n## Teil\n")
    (blog.root / "posts/e.zh.md").write_text("---\ntitle: E\ntranslates: de\n---\n\n## 节\n")
    site.pages(site.read(load(blog.file)))
    events: list[str] = []
    begin, end = kept_languages.Forked.__init__, kept_languages.Forked.result
    monkeypatch.setattr(
        kept_languages.Forked, "__init__", lambda *given: events.append("begun") or begin(*given)
    )
    monkeypatch.setattr(kept_languages.Forked, "result", lambda forked: events.append("taken") or end(forked))
    monkeypatch.setattr(kept_languages, "WORTH_A_PROCESS", 1)
    monkeypatch.setenv(KEEP, "1")
    blog.built("site")
    assert events == ["begun", "taken", "begun", "taken"]
