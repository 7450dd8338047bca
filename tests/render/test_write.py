"""Pages on disk: all of ours, none of the user's."""

import pytest

import examples
from hexapla.config.config import load
from hexapla.ledger.ledger import Ledger, Record, updated_record
from hexapla.render import article_files, write
from hexapla.storage.cache import of_site


@pytest.fixture
def config(new_site):
    return load(new_site({"a.en.md": ""}, languages="en,de"))


def pages(config, bodies=None):
    one = examples.article(bodies or {"en": "```python\nprint(1)\n```"})
    (program,) = one.programs
    record = updated_record(Record(), program, examples.run(program, "1\n"))
    return article_files.article_files(
        config, [one], {"a": Ledger(records={"": record})}, of_site(config.root)
    )[0]


def test_writing_twice_changes_nothing(config):
    texts = pages(config)
    first = write.write_files(config, texts)
    assert (first.changed, first.removed, first.problems) == (len(texts), 0, ())
    again = write.write_files(config, texts)
    assert (again.pages, again.changed, again.removed) == (len(texts), 0, 0)


def test_what_nothing_gives_any_more_is_removed_and_the_users_own_stays(config):
    texts = pages(config)
    write.write_files(config, texts)
    own = config.docs / "en/posts/own.md"
    own.write_text("# Mine\n")
    gone = {name for name in texts if name.startswith("de/posts/a.")}
    written = write.write_files(config, {name: text for name, text in texts.items() if name not in gone})
    assert written.removed == len(gone)
    assert own.read_text() == "# Mine\n"
    assert not (config.docs / "de/posts/a.md").exists()


def test_a_page_of_the_users_own_is_a_problem_and_is_left_alone(config):
    own = config.docs / "en/posts/a.md"
    own.parent.mkdir(parents=True)
    own.write_text("# Mine\n")
    (problem,) = write.write_files(config, pages(config)).problems
    assert (problem.path, problem.code) == ("docs/en/posts/a.md", "page-in-the-way")
    assert own.read_text() == "# Mine\n"


def again(config, output="1\n"):
    one = examples.article({"en": "```python\nprint(1)\n```"})
    (program,) = one.programs
    record = updated_record(Record(), program, examples.run(program, output))
    return article_files.article_files(
        config, [one], {"a": Ledger(records={"": record})}, of_site(config.root)
    )[0]


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_what_is_not_on_disk_as_it_was_written_is_written_again(config, damage):
    write.write_files(config, again(config))
    path = config.docs / "de/posts/a.md"
    text = path.read_text()
    path.unlink() if damage == "gone" else path.write_text(text + "edited\n")
    assert write.write_files(config, again(config)).changed == 1
    assert path.read_text() == text
