"""Metadata: lines at a post's top that are front matter, and texts that only look like it."""

import pytest

from hexapla.blogs.front_matter import with_fences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title: A\nDate: 2024-01-02\n\ntext\n", '---\ntitle: "A"\ndate: 2024-01-02\n---\n\ntext\n'),
        ("title: A\ntags: a; b\ntext\n", '---\ntitle: "A"\ntags: ["a", "b"]\n---\ntext\n'),
        ('Title: A "b"\nAuthors: Ä, B\n\n', '---\ntitle: "A \\"b\\""\nauthor: "Ä, B"\n---\n\n'),
        ("Title: A\nDate: Thu 28 June 2012\n\n", '---\ntitle: "A"\ndate: "Thu 28 June 2012"\n---\n\n'),
        ("Title: A\nModified: 2024/1/2 03:04\n\n", '---\ntitle: "A"\nupdated: 2024-01-02\n---\n\n'),
        ("Title: A\nSlug:\nLang: fr\n\n", '---\ntitle: "A"\nlang: "fr"\n---\n\n'),
        ("Title: A\nLang: fr\nTranslation: true\n", '---\ntitle: "A"\nlang: "fr"\ntranslated: true\n---\n'),
        ("Title: A\nSummary: b\n\tc\n\n", '---\ntitle: "A"\ndescription: "b c"\n---\n\n'),
    ],
)
def test_metadata_is_front_matter(text, expected):
    assert with_fences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Title: A\n\ntext\n",
        "Note: this\nDate: 2024-01-02\n\n",
        "---\ntitle: A\ndate: 2024-01-02\n---\n",
        "# Title: A\nDate: x\n",
        "\nTitle: A\nDate: x\n",
        "Title:A\nDate: x\n",
        "http://a.b\nTitle: A\nDate: x\n",
    ],
)
def test_what_is_no_metadata_stays(text):
    assert with_fences(text) == text
