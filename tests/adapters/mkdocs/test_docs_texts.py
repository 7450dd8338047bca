"""What pages show of others is told apart from their own texts."""

import pytest

from hexapla.adapters.mkdocs.docs_texts import docs_texts
from hexapla.publish.sources import page_source

FILES = {
    "en/posts/index.md": "---\ntitle: All\n---\n\n-   [A](a.md)\n\n-   [B](b.md)\n\nSaid of A.\n",
    "en/posts/a.md": "---\ntitle: A\ndescription: Long,\n  very long\ndate: 2026-01-02\n---\n\nText.\n",
    "en/index.md": "---\ntitle: Home\n---\n\nText.\n",
    "en/own.md": "# Title\n\nText.\n",
    "en/untitled.md": "---\ntags: [a]\n---\n\n# Title\n",
    "beside.md": "Text.\n",
    "p.svg": "<svg/>",
}
PAGES = ("en/posts/index.md", "en/posts/a.md", "en/index.md", "en/own.md", "en/untitled.md")


@pytest.fixture
def found(tmp_path):
    def find(**changed: str):
        for name, text in (FILES | {key.replace("__", "/"): text for key, text in changed.items()}).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return docs_texts(tmp_path, [page_source(path, (tmp_path / path).read_text()) for path in PAGES])

    return find


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("en/posts/a.md", "Text.", "Other."),
        ("en/posts/a.md", "very long", "short"),
        ("en/posts/a.md", "description: Long,\n  very long\n", ""),
        ("en/index.md", "Text.", "Other.\n\n---\n\nMore."),
        ("en/posts/index.md", "Said of A.", "Said otherwise."),
    ],
)
def test_a_text_is_its_pages_own(found, path, old, new):
    before, after = found(), found(**{path: FILES[path].replace(old, new)})
    assert after.shape == before.shape and after.names == before.names
    assert {name for name in PAGES if not after.same(name, before)} == {path}
    assert after.changed_folders(before) == {path.rpartition("/")[0]}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("en/posts/a.md", "title: A", "title: B"),
        ("en/posts/a.md", "date: 2026", "date: 2025"),
        ("en/posts/index.md", "-   [A](a.md)\n\n-   [B](b.md)", "-   [B](b.md)\n\n-   [A](a.md)"),
        ("en/own.md", "Title", "Other"),
        ("en/untitled.md", "Title", "Other"),
        ("beside.md", "Text.", "Other."),
    ],
)
def test_what_others_show_is_in_the_shape(found, path, old, new):
    assert found().shape != found(**{path: FILES[path].replace(old, new)}).shape


def test_a_file_more_is_another_shape_and_what_a_picture_shows_is_not(found):
    before = found()
    assert found(**{"p.svg": "<svg id='a'/>"}) == before
    more = found(q="")
    assert more.names != before.names and more.shape != before.shape
