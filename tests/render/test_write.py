"""Pages on disk: all of ours, none of the user's."""

import pytest

from hexapla.config.config import load
from hexapla.render import write
from made_pages import pages


@pytest.fixture
def config(new_site):
    return load(new_site({"a.en.md": ""}, languages="en,de"))


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


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_what_is_not_on_disk_as_it_was_written_is_written_pages(config, damage):
    write.write_files(config, pages(config))
    path = config.docs / "de/posts/a.md"
    text = path.read_text()
    path.unlink() if damage == "gone" else path.write_text(text + "edited\n")
    assert write.write_files(config, pages(config)).changed == 1
    assert path.read_text() == text
