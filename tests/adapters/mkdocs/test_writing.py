"""What a server writes of posts that are edited, and what is news to it."""

import pytest

from hexapla.adapters.mkdocs import rest
from hexapla.adapters.mkdocs.builder import RUN
from hexapla.adapters.mkdocs.writing import Writing

pytestmark = pytest.mark.slow


def test_what_the_build_itself_wrote_is_no_news(served, monkeypatch):
    served.edit("posts/one.en.md", "6 * 7", "6 * 207")
    served.server._visible_epoch = served.server._wanted_epoch
    served.server.builder()
    assert served.server._wanted_epoch > served.server._visible_epoch  # browsers load the page anew
    served.save()
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


def test_after_a_build_that_failed_the_next_one_tries_again(served, monkeypatch):
    def fail(*_):
        raise RuntimeError("no disk")

    with monkeypatch.context() as patch:
        patch.setattr(Writing, "write", fail)
        served.edit("posts/one.en.md", "Hello.", "Good day.")
        served.server.builder()
        assert "no disk" in served.sent("posts/one/") and "Hello." in served.sent("posts/one/")
    served.server.builder()
    assert "Good day." in served.sent("posts/one/") and "no disk" not in served.sent("posts/one/")


@pytest.fixture
def articles_alone(served, monkeypatch):
    """Return a served site where reading all posts is a failure, and the rest of the pages is somebody else's matter."""
    monkeypatch.setattr(Writing, "write", lambda *_: pytest.fail("one article was edited"))
    monkeypatch.setattr(rest.Rest, "begin", lambda _: None)
    return served


def test_of_an_edit_that_is_told_of_only_its_article_is_read(articles_alone, monkeypatch):
    served = articles_alone
    for name in ("posts/one.en.md", "posts/one.de.md"):
        served.edit(name, "6 * 7", "6 * 107")
    served.edit("posts/one.en.md", "Hello.", "Good day.")
    served.told("posts/one.en.md", "posts/one.de.md")
    page = served.sent("posts/one/")
    assert "Good day." in page and "Running …" in page and "Wird ausgeführt" in served.sent("de/posts/one/")
    served.save()
    assert "Output642" in served.sent("posts/one/") and "Ausgabe642" in served.sent("de/posts/one/")
    written = {name: text for name, text in served.pages().items() if "posts/one" in name}
    monkeypatch.undo()
    monkeypatch.setenv(RUN, "1")
    anew = served.built_anew()
    assert served.whole == 0 and written == {name: anew[name] for name in written} and len(written) == 2


def test_what_it_wrote_itself_and_what_an_editor_leaves_is_no_news(articles_alone):
    served = articles_alone
    served.edit("posts/two.en.md", "print(1)", "print(2) # other")
    served.told("posts/two.en.md", "posts/.two.en.md.swp")
    served.save()
    before = {path: path.stat().st_mtime_ns for path in (served.root / "served").rglob("*.html")}
    served.told("docs/en/posts/two.md", "posts/4913")
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_what_another_process_writes_of_other_pages_is_built(served, monkeypatch, caplog):
    monkeypatch.setattr(Writing, "write", lambda *_: pytest.fail("one article was edited"))
    served.edit("posts/two.en.md", "# Two", "# Two\n\nWords that the list of articles has.")
    served.told("posts/two.en.md")
    process = served.server.builder.__self__._rest.process
    assert process.wait(120) == 0
    names = [path.relative_to(served.root).as_posix() for path in served.root.glob("docs/*/posts/*.md")]
    served.sent("posts/")
    with caplog.at_level("INFO", "mkdocs.plugins.hexapla"):
        caplog.clear()
        served.told(*names)
    # Browsers load anew, and nobody is told twice.
    assert served.server._wanted_epoch > served.server._visible_epoch
    assert not [line for line in caplog.messages if "Reloading" in line]
    assert "Words that the list" in served.sent("posts/") and served.whole == 0
