"""Which files of an old blog are no posts, by their paths alone; what the whole tree makes of them is in `test_tree`."""

from pathlib import Path

import pytest

from hexapla.blogs.generator import PLAIN, Generator
from hexapla.blogs.left_out import IS_LIST, why_left

OWN = "the old generator's own, or excluded by its configuration"
ABOUT = "about the repository, not posts"


def reason(root: Path, name: str, **said) -> str:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x", encoding="utf-8")
    return why_left(Generator(root=root, **{"kind": "Hugo", **said}), file)


@pytest.mark.parametrize(
    ("name", "said", "wanted"),
    [
        ("content/_index.de.md", {}, IS_LIST),
        ("content/404.md", {}, IS_LIST),
        ("content/posts/404.md", {}, ""),
        ("public/a.md", {}, OWN),
        ("public/a.md", {"kind": PLAIN}, ""),
        ("themes/a.md", {"kind": PLAIN}, OWN),
        ("notes/a.md", {"excluded": ("notes",)}, OWN),
        ("notes/a.md", {"excluded": ("notes/a.md",)}, OWN),
        ("notes/b.md", {"excluded": ("notes/a.md",)}, ""),
        ("README.md", {}, ABOUT),
        ("README.md", {"kind": PLAIN}, ""),
        ("license.hi.md", {"kind": PLAIN}, ABOUT),
        ("content/license.md", {}, ""),
        ("docs/a.md", {"folders": {"content": ""}}, "outside of Hugo's folders of content"),
        ("content/लेख.md", {"folders": {"content": ""}}, ""),
    ],
)
def test_a_path_says_why_its_file_is_no_post(tmp_path, name, said, wanted):
    assert reason(tmp_path, name, **said) == wanted


def test_a_link_is_left_out_wherever_it_leads(tmp_path):
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert why_left(Generator(kind=PLAIN, root=tmp_path), tmp_path / "b.md") == "links to other files"
