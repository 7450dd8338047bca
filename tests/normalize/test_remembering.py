"""Remembering: the same results cold, warm, in parallel and after damage; and nothing heavy where all is known."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from hexapla import scaffold
from hexapla.config.config import Config, load
from hexapla.normalize import remembering
from hexapla.storage import cache as kept
from hexapla.storage import posts_folder

TEXT = "# T {number}\n\ntext\n- a\n  - b\n\n```python\nx = {number}\n```\n"


@pytest.fixture
def site(tmp_path) -> Config:
    scaffold.make_site(tmp_path / "s", ["en"], None)
    config = load(tmp_path / "s" / "mkdocs.yml")
    for number in range(30):
        (config.posts / f"p{number}.en.md").write_text(TEXT.format(number=number))
    return config


def results(config: Config, jobs: int = 1, *, verified: bool = False):
    posts, _ = posts_folder.posts(config)
    return remembering.normalized(
        replace(config, options=replace(config.options, jobs=jobs)), posts, verified=verified
    )


def plain(found):
    return [
        (each.normalized.post.body, tuple(each.normalized.post.lines), each.normalized.problems, each.faults)
        for each in found
    ]


def test_cold_warm_and_parallel_are_the_same(site):
    cold = plain(results(site))
    assert plain(results(site)) == cold
    (site.root / remembering.FILE).unlink()
    assert plain(results(site, jobs=2)) == cold


def test_a_post_is_normalized_once(site, monkeypatch):
    results(site)
    monkeypatch.setattr(remembering, "_one", None)
    assert results(site)


def test_what_was_not_checked_is_checked_once(site, monkeypatch):
    assert {each.faults for each in results(site)} == {None}
    assert {each.faults for each in results(site, verified=True)} == {()}
    monkeypatch.setattr(remembering, "_one", None)
    assert {each.faults for each in results(site, verified=True)} == {()}


def test_only_a_changed_post_is_made_anew(site, monkeypatch):
    results(site)
    (site.posts / "p3.en.md").write_text("# Other\n")
    made = []
    one = remembering._one
    monkeypatch.setattr(
        remembering, "_one", lambda post, **given: made.append(post.path) or one(post, **given)
    )
    results(site)
    assert made == ["posts/p3.en.md"]


def test_what_is_gone_is_forgotten(site):
    results(site)
    for number in range(1, 30):
        (site.posts / f"p{number}.en.md").unlink()
    (site.posts / "p0.en.md").write_text("# Other\n")
    results(site)
    known = json.loads(kept.read(site.root / remembering.FILE))["results"]
    assert len(known) == len(posts_folder.posts(site)[0])


def test_a_damaged_entry_is_made_again(site):
    cold = plain(results(site))
    path = site.root / remembering.FILE
    cache = json.loads(kept.read(path))
    for entry in cache["results"].values():
        del entry["blocks"]
    kept.write(path, json.dumps(cache))
    assert plain(results(site)) == cold


def test_a_folder_that_cannot_be_written_is_no_obstacle(site):
    (site.root / ".hexapla").write_text("a file is in the way")
    assert results(site)


def test_a_function_in_mkdocs_yml_is_no_obstacle(site):
    odd = replace(site, extension_configs={**site.extension_configs, "toc": {"slugify": lambda *_: "x"}})
    assert plain(results(odd, jobs=2)) == plain(results(site))


def test_where_all_is_known_no_parser_is_imported(site):
    results(site)
    code = (
        "import sys; from hexapla.storage import posts_folder; from hexapla.normalize import remembering; from hexapla.config.config import load\n"
        f"config = load(__import__('pathlib').Path({str(site.file)!r}))\n"
        "remembering.normalized(config, posts_folder.posts(config)[0])\n"
        "print([name for name in ('markdown', 'markdown_it', 'pymdownx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
