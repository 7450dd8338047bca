"""Every block is accounted for: in the table, under the floor, on the page and on the badge."""

import json
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from hexapla.cli.main import main
from hexapla.render import coverage_page
from hexapla.render.coverage_page import CoverageRow, Fate

POST = """---
title: A
---

```python
x = 1 + 1
x
```

```python notest
launch()
```

```bash
pip install torch
```
"""


@pytest.fixture
def floor(new_site):
    """Return what makes a site with a floor, its programs run."""

    def make(posts, value):
        file = new_site(posts, languages="en,de")
        file.write_text(
            file.read_text().replace("      preload: []\n", f"      preload: []\n      coverage: {value}\n")
        )
        main(["run", "-f", str(file)])
        return file

    return make


def told(capsys, *arguments) -> tuple[int, str]:
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def test_blocks_are_counted_by_article_language_and_state(floor, capsys):
    file = floor({"a.en.md": POST, "a.de.md": POST.replace("1 + 1", "1 + 2")}, 0)
    status, said = told(capsys, "coverage", "--json", "-f", file)
    assert json.loads(said) == [
        {"article": "a", "language": "en", "ran": 1, "notest": 1, "unknown": 0, "other": 1},
        {"article": "a", "language": "de", "ran": 0, "notest": 1, "unknown": 1, "other": 1},
    ]
    status, said = told(capsys, "coverage", "-f", file)
    assert status == 0 and "posts/a.de.md:5: unknown: it is Python, and was not run." in said


def test_code_of_a_page_that_nothing_reads_is_not_run_and_a_notebook_without_code_is_nothing(
    new_site, capsys
):
    file = new_site({"a.en.md": POST})
    docs = file.parent / "docs"
    file.write_text(
        file.read_text().replace("      posts: posts", '      pages: ["docs/*.md"]\n      posts: posts')
    )
    (docs / "own.md").write_text("# Own\n\n    >>> 1\n    1\n\n```\n>>> 2\n2\n```\n\n```bash\nls\n```\n")
    (docs / "quote.md").write_text("# Quote\n\n>>> He says\n")
    (docs / "empty.ipynb").write_text('{"cells": [{"cell_type": "markdown", "source": "Text"}]}')
    told(capsys, "run", "-f", file)
    _, said = told(capsys, "coverage", "-f", file)
    assert "docs/own.md:3: unknown" in said and "docs/own.md:6: unknown" in said
    rows = [" ".join(line.split("│")[1:-1]).split() for line in said.split("\n") if "│" in line]
    assert ["pages.own", "en", "0", "0", "1", "2", "0%"] in rows
    assert not any("quote" in " ".join(row) or "empty" in " ".join(row) for row in rows)


def test_a_floor_that_is_not_reached_fails_the_check(floor, capsys):
    file = floor({"a.en.md": POST}, 0.6)
    status, said = told(capsys, "check", "-f", file)
    assert status == 1
    message = "E-coverage 50% of the Python blocks ran, and `coverage:` asks for 60%."
    row = file.read_text().split("\n").index("      coverage: 0.6") + 1
    assert f"mkdocs.yml:{row}: {message}" in said
    status, said = told(capsys, "coverage", "-f", file)
    assert status == 1 and message in said
    file.write_text(file.read_text().replace("coverage: 0.6", "coverage: 0.5"))
    assert told(capsys, "check", "-f", file)[0] == 0


def git(folder, *words):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def test_a_floor_may_only_rise(floor, capsys, monkeypatch):
    monkeypatch.delenv("GITHUB_BASE_REF", raising=False)
    file = floor({"a.en.md": POST}, 0.5)
    folder = file.parent

    def says(value):
        text = re.sub(
            r"      coverage: .*\n", f"      coverage: {value}\n" if value else "", file.read_text()
        )
        file.write_text(text)
        status, said = told(capsys, "check", "-f", file)
        assert status == ("E-coverage" in said)
        return [line for line in said.split("\n") if "-coverage-lowered" in line]

    # Nothing is said where there is no git, or nothing in it.
    assert not says(0.4)
    git(folder, "init", "-q", "-b", "main")
    assert not says(0.3)
    says(0.5)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    (line,) = says(0.4)
    assert "`coverage:` asks for 40%, and asked for 50% in HEAD; it may only rise." in line
    assert not says(0.5)
    # Committed, it is told of once more: the checkout of a pull request has it as its parent.
    says(0.4)
    git(folder, "commit", "-qam", "two")
    assert "50% in HEAD^" in says(0.4)[0]
    git(folder, "commit", "-qm", "three", "--allow-empty")
    assert not says(0.4)
    # Where the branch left the main one.
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD~2")
    git(folder, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    assert "asked for 50% in " in says(0.4)[0]
    git(folder, "update-ref", "refs/remotes/origin/target", "HEAD")
    monkeypatch.setenv("GITHUB_BASE_REF", "target")
    assert not says(0.4)
    # Taken out altogether.
    assert "asks for 0%, and asked for 40% in HEAD" in says(None)[0]


def test_a_stale_block_is_unknown(floor, capsys):
    file = floor({"a.en.md": POST}, 0.5)
    post = file.parent / "posts/a.en.md"
    post.write_text(post.read_text().replace("1 + 1", "1 + 3"))
    status, said = told(capsys, "check", "-f", file)
    assert status == 1 and "E-coverage 0%" in said and "posts/a.en.md:5" in said


def test_an_article_that_is_not_executed_says_so_on_purpose(floor, capsys):
    file = floor({"a.en.md": POST.replace("title: A", "title: A\nexecute: false")}, 0)
    assert json.loads(told(capsys, "coverage", "--json", "-f", file)[1]) == [
        {"article": "a", "language": "en", "ran": 0, "notest": 2, "unknown": 0, "other": 1}
    ]


def test_the_page_and_the_badge_are_written_where_there_is_a_floor(floor, capsys):
    file = floor({"a.en.md": POST}, 0.5)
    told(capsys, "pages", "-f", file)
    page = (file.parent / "docs/de/posts/coverage.md").read_text()
    assert (
        "title: Jeder Block" in page
        and "search:\n  exclude: true\n" in page
        and "kein Lauf bekannt" not in page
    )
    assert "| Artikel | ausgeführt | absichtlich nicht ausgeführt | kein Python | unbekannt | % |" in page
    assert '| <bdi lang="en">English</bdi> | 1 | 1 | 1 | 0 | 50\xa0% |' in page
    assert "| **Insgesamt** | 1 | 1 | 1 | 0 | 50\xa0% |" in page
    badge = ElementTree.parse(file.parent / "docs" / coverage_page.BADGE)
    assert "50%" in "".join(badge.getroot().itertext())
    english = (file.parent / "docs/en/posts/coverage.md").read_text()
    assert f"![Every block: 50%](../../{coverage_page.BADGE})" in english and coverage_page.BADGE not in page
    file.write_text(file.read_text().replace("coverage: 0.5", "coverage: 0"))
    told(capsys, "pages", "-f", file)
    assert not (file.parent / "docs/de/posts/coverage.md").exists()
    assert not (file.parent / "docs" / coverage_page.BADGE).exists()


def test_the_page_lists_what_is_unknown(floor, capsys):
    file = floor({"a.en.md": POST, "a.de.md": POST.replace("1 + 1", "1 + 2")}, 0.1)
    told(capsys, "pages", "-f", file)
    page = (file.parent / "docs/de/posts/coverage.md").read_text()
    assert page.endswith("\n## Blöcke, von denen kein Lauf bekannt ist\n\n- `posts/a.de.md:5`\n")


def test_the_page_leads_to_the_very_version_that_was_counted(floor, capsys):
    """A reader's own version has other lines."""
    german = POST.replace("title: A", "title: Ä [*]").replace("```bash", "Worte.\n\n```bash")
    file = floor({"a.en.md": POST, "a.de.md": german}, 0.1)
    told(capsys, "pages", "-f", file)
    page = (file.parent / "docs/de/posts/coverage.md").read_text()
    assert '| <bdi lang="en"><a href="../../en/posts/a.md" hreflang="en">A</a></bdi> | 1 |' in page
    assert '| <bdi lang="de">[Ä &#x5b;&#x2a;&#x5d;](../posts/a.md)</bdi> | 1 |' in page


def test_a_notebook_among_the_posts_is_code_that_was_not_run(floor, capsys):
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": "1 + 1"}]
    file = floor({"a.en.md": POST, "tour.ipynb": json.dumps({"cells": cells, "metadata": {}})}, 0.5)
    status, said = told(capsys, "coverage", "-f", file)
    assert status == 1 and "posts/tour.ipynb cell 1: unknown: it is Python, and was not run." in said
    assert "33.3% of the Python blocks ran, and `coverage:` asks for 50%." in said
    told(capsys, "pages", "-f", file)
    page = (file.parent / "docs/en/posts/coverage.md").read_text()
    assert "| `posts/tour.ipynb` | 0 | 0 | 0 | 1 | 0% |" in page


@pytest.mark.parametrize("value", ["-1", "2", "yes", "'95 %'", "[1]"])
def test_a_floor_is_a_number_from_0_to_1(new_site, capsys, value):
    file = new_site({"a.en.md": POST})
    file.write_text(file.read_text().replace("preload: []", f"coverage: {value}"))
    status, said = told(capsys, "check", "-f", file)
    assert status == 2 and "`coverage` must be a number from 0 to 1" in said


@pytest.mark.parametrize(
    ("ran", "unknown", "shown"), [(0, 0, "100%"), (1, 0, "100%"), (1999, 1, "99.9%"), (2, 1, "66.6%")]
)
def test_a_share_is_rounded_down(ran, unknown, shown):
    assert coverage_page.share_text(coverage_page.share({Fate.RAN: ran, Fate.UNKNOWN: unknown})) == shown


def test_only_some_of_many_unknown_blocks_are_named():
    places = tuple(f"posts/a.en.md:{line}" for line in range(30))
    row = CoverageRow(article="a", language="en", title="A", counts={Fate.UNKNOWN: 30}, unknown=places)
    (problem,) = coverage_page.below_floor([row], 0.1, path="mkdocs.yml")
    assert problem.details[-1] == "… and 10 more" and len(problem.details) == 21
    (problem,) = coverage_page.below_floor([replace(row, unknown=places[:20])], 0.1, path="mkdocs.yml")
    assert problem.details == places[:20]


@pytest.mark.parametrize(
    ("share", "colour"),
    [(1.0, "1a7f37"), (0.95, "1a7f37"), (0.9, "9a6700"), (0.8, "9a6700"), (0.5, "cf222e")],
)
def test_the_badge_is_green_from_95_percent_and_red_below_80(share, colour):
    assert f'fill="#{colour}"' in coverage_page.coverage_badge(share).text


@pytest.mark.parametrize("share", [0.5, 0.9, 1.0])
def test_the_badge_can_be_read(share):
    text = coverage_page.coverage_badge(share).text
    for colour in re.findall(r"#[0-9a-f]{6}", text):
        assert 1.05 / (_luminance(colour) + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2, "relative luminance")."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
