"""Pelican's settings are read, not run, and its patterns of addresses are Jekyll's in other words."""

import pytest

from hexapla.blogs.pelican import as_of_jekyll, pelican_settings


def test_what_is_written_out_is_read_and_nothing_is_run(tmp_path):
    ran = tmp_path / "ran"
    text = (
        "import os\nSITENAME = 'A' + 'B'\nPATH = 'content'\nSITEURL = os.environ['URL']\nx.y = 1\n"
        f"PAGES = ['a', 2]\nopen({str(ran)!r}, 'w')\nPATH = 'posts'\n"
    )
    assert pelican_settings(text) == {"PATH": "posts", "PAGES": ["a", 2]}
    assert not ran.exists()


@pytest.mark.parametrize("text", ["a = (", "a = '\0'", f"a = {'(' * 5_000}1", f"a = {'-' * 100_000}1"])
def test_what_is_no_python_is_told_of(text):
    with pytest.raises(ValueError, match=r"."):
        pelican_settings(text)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{slug}.html", "/:slug.html"),
        ("posts/{date:%Y}/{date:%b}/{date:%d}/{slug}/", "/posts/:year/:short_month/:day/:slug/"),
        ("{date:%Y-%m-%d}/{slug}", "/:year-:month-:day/:slug"),
        ("/{lang}/{date:%j}", "/:lang/:y_day"),
        ("{date:%q}/{slug}", "/:unknown/:slug"),
        ("{slug", "/{slug"),
    ],
)
def test_a_pattern_is_jekylls_in_other_words(pattern, expected):
    assert as_of_jekyll(pattern) == expected
