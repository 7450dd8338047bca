"""The system tells of an edit; mkdocs' own observer is not even started here."""

import sys
import time
from collections.abc import Callable

import pytest
from mkdocs.livereload import LiveReloadServer

from hexapla.adapters.mkdocs import watching

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is asked here")


def wait(until: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not until() and time.monotonic() < deadline:
        time.sleep(0.01)
    return until()


@pytest.fixture
def server(tmp_path):
    with LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path)) as one:
        yield one


EDITS = {
    "a new file": lambda folder: (folder / "new.md").write_text("new"),
    "a file that is written": lambda folder: (folder / "a.md").write_text("other"),
    "a file that an editor puts in its place": lambda folder: (folder / "aside").rename(folder / "a.md"),
    "a file in a folder below": lambda folder: (folder / "below/b.md").write_text("other"),
    "a file that goes": lambda folder: (folder / "a.md").unlink(),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_wakes_the_server(server, tmp_path, edit):
    folder = tmp_path / "posts"
    (folder / "below").mkdir(parents=True)
    for name in ("a.md", "aside", "below/b.md"):
        (folder / name).write_text("text")
    watching.watch(server, [folder])
    assert not server._want_rebuild
    edit(folder)
    assert wait(lambda: server._want_rebuild)


def test_reading_is_no_edit(server, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(watching._Waker, "on_any_event", lambda _, event: seen.append(event))
    (tmp_path / "a.md").write_text("text")
    watching.watch(server, [tmp_path])
    assert (tmp_path / "a.md").read_text() == "text"
    (tmp_path / "last.md").write_text("text")
    assert wait(lambda: any("last" in event.src_path for event in seen))
    assert not [event for event in seen if "a.md" in event.src_path]


def test_where_the_system_tells_of_edits_mkdocs_looks_less_often(server, tmp_path):
    (tmp_path / "posts").mkdir()
    server.watch(str(tmp_path / "posts"))
    assert watching.watch(server, [tmp_path / "posts"])
    server.watch(str(tmp_path))
    assert [emitter.timeout for emitter in server.observer.emitters] == [watching._SELDOM] * 2


def test_where_the_system_tells_nothing_mkdocs_looks_itself(server, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watching.Observer, "start", full)
    assert not watching.watch(server, [tmp_path])
