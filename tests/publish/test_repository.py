"""Where a page is edited, and a mistake reported."""

import pytest

from hexapla.publish.repository import Repository

HUB = "https://github.com/us/site"


@pytest.mark.parametrize(
    ("address", "edit_uri", "docs", "edited", "reported"),
    [
        (HUB, "edit/main/docs/", "docs", f"{HUB}/edit/main/posts/a.en.md", f"{HUB}/issues/new?title=posts/a.en.md"),
        (f"{HUB}/", "blob/main/sub/docs", "docs", f"{HUB}/blob/main/sub/posts/a.en.md", f"{HUB}/issues/new?title=posts/a.en.md"),
        ("https://gitlab.com/us/site", "edit/main/docs/", "docs", "https://gitlab.com/us/site/edit/main/posts/a.en.md", "https://gitlab.com/us/site/-/issues/new?issue%5Btitle%5D=posts/a.en.md"),
        ("https://git.example/us/site", "_edit/docs/", "docs", "https://git.example/us/site/_edit/posts/a.en.md", ""),
        # An address of its own, elsewhere than the repository.
        (HUB, "https://edit.example/site/docs/", "docs", "https://edit.example/site/posts/a.en.md", f"{HUB}/issues/new?title=posts/a.en.md"),
        # Where the folder is another than mkdocs', nobody knows where posts are.
        (HUB, "edit/main/pages/", "docs", "", f"{HUB}/issues/new?title=posts/a.en.md"),
        (HUB, "edit/main/mydocs/", "docs", "", f"{HUB}/issues/new?title=posts/a.en.md"),
        (HUB, "", "docs", "", f"{HUB}/issues/new?title=posts/a.en.md"),
        ("", "", "docs", "", ""),
        (None, None, "docs", "", ""),
    ],
)  # fmt: skip
def test_a_post_has_its_addresses(address, edit_uri, docs, edited, reported):
    repository = Repository.of(address, edit_uri, docs)
    assert repository.edited_at("posts/a.en.md") == edited
    assert repository.reported_at("posts/a.en.md") == reported


def test_names_are_written_as_addresses_are():
    assert (
        Repository.of(HUB, "edit/main/docs/", "docs")
        .edited_at("posts/学 习.md")
        .endswith("/posts/%E5%AD%A6%20%E4%B9%A0.md")
    )


def test_what_is_known_stands_behind_its_word():
    both = Repository.of(HUB, "edit/main/docs/", "docs").mending(
        "posts/a.en.md", edit="Edit", report="Report"
    )
    assert [word for word, _ in both] == ["Edit", "Report"]
    only = Repository.of(HUB, "", "docs").mending("posts/a.en.md", edit="Edit", report="Report")
    assert only == (("Report", f"{HUB}/issues/new?title=posts/a.en.md"),)
    assert Repository.of(HUB, "edit/main/docs/", "docs").mending("", edit="Edit", report="Report") == ()
