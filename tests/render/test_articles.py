"""An article that is remembered is the one that would be made."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexapla import checks, running, site
from hexapla.config.config import Config, load
from hexapla.ledger import folder
from hexapla.normalize.normalize import normalize
from hexapla.normalize.target.dialect import dialect_of
from hexapla.render import articles
from hexapla.render.articles import Assembly
from hexapla.storage import cache, posts_folder

ROOT = Path(__file__).resolve().parents[2]
EN = "# A\n\n```python\n# one\nx = 1\nprint(x)\n```\n\n**Output:**\n\n```\n1\n```\n\n[b](b.en.md) [p](p.png)\n\n```python\nprint('a')\n```\n"
DE = EN.replace("# one", "# eins").replace("'a'", "'ä'").replace(".en", ".de")


@pytest.fixture
def config(new_site) -> Config:
    return load(
        new_site({"a.en.md": EN, "a.de.md": DE, "b.en.md": "# B\n\n```python\n1 +\n```\n"}, languages="en,de")
    )


def assembled(config: Config) -> list[Assembly]:
    remembered = cache.of_site(config.root)
    posts, _ = posts_folder.posts(config.posts_folder)
    ledgers = {post.slug: folder.read_ledger(config, post.slug) for post in posts}
    results = [normalize(post, dialect_of(config)) for post in posts]
    return articles.assemble(config, [result.post for result in results], ledgers, remembered)[0]


def fresh(config: Config) -> list[Assembly]:
    shutil.rmtree(config.root / cache.FOLDER, ignore_errors=True)
    return assembled(config)


@pytest.fixture
def made(monkeypatch):
    """Return the slugs of the articles that are made."""
    slugs = []
    assembly = articles._assembly

    def note(config, versions, known, older):
        slugs.append(versions.posts[0].slug)
        return assembly(config, versions, known, older)

    monkeypatch.setattr(articles, "_assembly", note)
    return slugs


def test_a_remembered_article_is_the_same(config, made):
    cold = assembled(config)
    assert [assembly.article.slug for assembly in cold] == ["a", "b"]
    assert len(cold[0].article.programs) == 2 and cold[0].article.placed["de"][0].claims
    assert assembled(config) == cold
    assert made == ["a", "b"]


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["posts", "../shared/seeds"])
def test_so_it_is_for_real_posts(new_site, folder, made):
    if not (ROOT / folder).is_dir():
        pytest.skip("The seeds lie beside the project, and are not there.")
    config = load(new_site(ROOT / folder, languages="en,de,es,fr,hi,ar,zh"))
    cold = assembled(config)
    assert sum(len(assembly.article.posts) for assembly in cold) >= 5
    made.clear()
    assert assembled(config) == cold
    assert made == []


def _edited(text: str, place: float, what: str) -> str:
    lines = text.split("\n")
    index = int(place * len(lines))
    changed = {
        "gone": [],
        "twice": lines[index : index + 1] * 2,
        "comment": [lines[index] + "  # a comment"],
        "other": [lines[index].replace("x", "y").replace("1", "2")],
        "fence": ["```", lines[index]],
        "matter": [lines[index]],
    }[what]
    head = "---\nstrings: freeze\n---\n" if what == "matter" else ""
    return head + "\n".join([*lines[:index], *changed, *lines[index + 1 :]])


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a.en.md", "a.de.md", "b.en.md"]),
            st.floats(0, 1, exclude_max=True),
            st.sampled_from(["gone", "twice", "comment", "other", "fence", "matter"]),
        ),
        max_size=4,
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_edits_it_is_what_would_be_made(config, edits):
    for name, text in (("a.en.md", EN), ("a.de.md", DE), ("b.en.md", "# B\n")):
        (config.posts / name).write_text(text)
    assembled(config)
    for name, place, what in edits:
        path = config.posts / name
        path.write_text(_edited(path.read_text(), place, what))
    remembered = assembled(config)
    assert remembered == assembled(config) == fresh(config)


def test_only_a_changed_article_is_made_again(config, made):
    assembled(config)
    made.clear()
    (config.posts / "b.en.md").write_text("# B, again\n")
    assembled(config)
    assembled(config)
    assert made == ["b"]


def test_a_post_that_comes_or_goes_makes_only_those_again_that_link_to_it(config, made):
    assembled(config)
    made.clear()
    (config.posts / "c.en.md").write_text("# C\n")
    assembled(config)
    (config.posts / "c.en.md").unlink()
    assembled(config)
    assert made == ["c"]
    (config.posts / "b.en.md").unlink()
    assembled(config)
    assert made == ["c", "a"]


def test_a_link_is_followed_anew_where_a_file_comes_or_goes(config):
    before = assembled(config)[0]
    assert before.assets == () and [problem.code for problem in before.problems] == ["broken-link"] * 2
    (config.posts / "p.png").write_bytes(b"")
    after = assembled(config)[0]
    assert after.assets == ("posts/p.png",) * 2 and after.problems == ()
    assert assembled(config)[0] == after
    (config.posts / "p.png").unlink()
    assert assembled(config)[0] == before


def test_a_link_is_followed_anew_where_a_post_goes(config):
    assert "](b.md)" in assembled(config)[0].article.posts["en"].body
    (config.posts / "b.en.md").unlink()
    assert "](b.md)" not in assembled(config)[0].article.posts["en"].body


def test_another_setting_is_another_article(config):
    assembled(config)
    file = config.file
    file.write_text(file.read_text().replace("execute: {seed: 0", "execute: {seed: 7"))
    (article, _) = (assembly.article for assembly in assembled(load(file)))
    assert {program.settings.seed for program in article.programs} == {7}


def commit(config: Config) -> None:
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(config.root), *command], check=True)


def test_a_commit_that_decides_is_seen(config, made):
    """The translation departs from the original: whether it is what that once was, only older texts tell."""
    (config.posts / "a.en.md").write_text(EN.replace("x = 1", "x = 41"))
    (config.posts / "a.de.md").write_text(DE.replace("x = 1", "x = 40"))
    codes = [problem.code for problem in assembled(config)[0].article.problems]
    assert "stale-block" not in codes
    (config.posts / "a.en.md").write_text(EN.replace("x = 1", "x = 40"))
    commit(config)
    (config.posts / "a.en.md").write_text(EN.replace("x = 1", "x = 41"))
    cold = assembled(config)
    assert "stale-block" in [problem.code for problem in cold[0].article.problems]
    made.clear()
    assert assembled(config) == cold
    assert made == []


def test_a_damaged_cache_is_made_again(config):
    cold = assembled(config)
    path = config.root / cache.FOLDER / "articles.msgpack"
    for damage in (b"", b"\0" * 99, path.read_bytes()[:-1], path.read_bytes().replace(b"print", b"print_")):
        path.write_bytes(damage)
        assert assembled(config) == cold
    shutil.rmtree(config.root / ".hexapla")
    assert assembled(config) == cold


BUILD = """
import sys
from pathlib import Path
from hexapla import running, site
from hexapla.config.config import load
read = site.read(load(Path(sys.argv[1])))
site.pages(read)
print(ascii(read.articles))
"""


@pytest.mark.slow
def test_several_builds_at_once_are_each_right(config):
    command = [sys.executable, "-c", BUILD, str(config.file)]
    alone = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = {path: path.read_bytes() for path in config.docs.rglob("*.md")}
    shutil.rmtree(config.root / ".hexapla")
    shutil.rmtree(config.docs / "en" / "posts")
    several = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(5)]
    assert {process.communicate()[0] for process in several} == {alone}
    assert {path: path.read_bytes() for path in config.docs.rglob("*.md")} == pages
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == alone


def test_a_folder_that_cannot_be_written_is_no_obstacle(config):
    cold = assembled(config)
    shutil.rmtree(config.root / ".hexapla")
    (config.root / ".hexapla").write_text("a file is in the way")
    assert assembled(config) == cold


NOTHING_STALE = """
import sys
# What measures coverage is loaded before us, and what it needs with it.
before = set(sys.modules)
from pathlib import Path
from hexapla import checks, running, site
from hexapla.config.config import load
from hexapla.execution.client import ForkServer
ForkServer.__enter__ = None
read = site.read(load(Path(sys.argv[1])))
read = running.run(read, checks.stale(read), running.runner(read.config.options))
print(site.pages(site.remember(read)).changed)
heavy = "torch", "numpy", "markdown", "markdown_it", "pymdownx", "mkdocs", "rich", "packaging", "multiprocessing"
print([name for name in heavy if name in sys.modules and name not in before])
"""


def test_a_build_with_nothing_stale_runs_nothing_and_loads_nothing_heavy(config):
    (config.posts / "b.en.md").unlink()
    read = site.read(config)
    site.remember(running.run(read, checks.stale(read), running.runner(config.options)))
    site.pages(site.read(config))
    done = subprocess.run(
        [sys.executable, "-c", NOTHING_STALE, str(config.file)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "0\n[]\n"


@pytest.mark.parametrize(
    ("options", "may"),
    [
        (None, True),
        ("", False),
        (": {base_path: .}", False),
        (": {base_path: [includes, ..]}", False),
        (": {base_path: includes, restrict_base_path: false}", False),
        (": {base_path: includes}", True),
        (": {base_path: [includes, docs/parts]}", True),
    ],
)
def test_posts_take_files_in_from_folders_of_their_own_only(config, options, may):
    if options is not None:
        text = config.file.read_text()
        config.file.write_text(
            text.replace("  - admonition\n", f"  - admonition\n  - pymdownx.snippets{options}\n")
        )
    (config.posts / "a.en.md").write_text('# A\n\n--8<-- "mkdocs.yml"\n')
    assembly = assembled(load(config.file))[0]
    assert ("--8<--" in assembly.article.posts["en"].body) is may
    assert ("link-refused" in {problem.code for problem in assembly.problems}) is not may
