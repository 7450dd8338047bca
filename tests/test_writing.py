"""Pages on disk: all of ours, none of the user's."""

import pytest

import examples
from hexapla import render, writing
from hexapla.config import load
from hexapla.ledger import Ledger, Record, updated


@pytest.fixture
def config(new_site):
    return load(new_site({"a.en.md": ""}, languages="en,de"))


def pages(config, bodies=None):
    one = examples.article(bodies or {"en": "```python\nprint(1)\n```"})
    (program,) = one.programs
    record = updated(Record(), program, examples.run(program, "1\n"))
    return writing.pages(config, [one], {"a": Ledger(records={"": record})})


def test_an_article_gives_a_page_a_language_with_what_can_be_taken_along(config):
    texts = pages(config)
    for language in ("en", "de"):
        folder = {name for name in texts if name.startswith(f"{language}/posts/a.")}
        assert folder == {f"{language}/posts/a.{suffix}" for suffix in ("md", "ipynb", "py")}
    assert f"{render.FIGURES}/{writing.STYLE}" in texts


def test_an_article_without_programs_gives_nothing_to_run(config):
    prose = examples.article({"en": "Only prose."})
    names = writing.pages(config, [prose], {"a": Ledger()})
    assert "en/posts/a.md" in names and "en/posts/a.py" not in names


def test_writing_twice_changes_nothing(config):
    texts = pages(config)
    first = writing.write(config, texts)
    assert (first.changed, first.removed, first.problems) == (len(texts), 0, ())
    again = writing.write(config, texts)
    assert (again.pages, again.changed, again.removed) == (len(texts), 0, 0)


def test_what_nothing_gives_any_more_is_removed_and_the_users_own_stays(config):
    texts = pages(config)
    writing.write(config, texts)
    own = config.docs / "en/posts/own.md"
    own.write_text("# Mine\n")
    gone = {name for name in texts if name.startswith("de/posts/a.")}
    written = writing.write(config, {name: text for name, text in texts.items() if name not in gone})
    assert written.removed == len(gone)
    assert own.read_text() == "# Mine\n"
    assert not (config.docs / "de/posts/a.md").exists()


def test_a_page_of_the_users_own_is_a_problem_and_is_left_alone(config):
    own = config.docs / "en/posts/a.md"
    own.parent.mkdir(parents=True)
    own.write_text("# Mine\n")
    (problem,) = writing.write(config, pages(config)).problems
    assert (problem.path, problem.code) == ("docs/en/posts/a.md", "page-in-the-way")
    assert own.read_text() == "# Mine\n"
