"""One article never stops the site: whatever goes wrong with it costs its own page."""

import itertools
import json
import re
import subprocess
import sys

import pytest

from hexapla import checks, site
from hexapla.cli.main import main
from hexapla.config.config import load
from hexapla.ledger import findings, folder
from hexapla.model.article import Article
from hexapla.normalize import normalize as normalizing
from hexapla.render import article_page, coverage_page
from hexapla.render import articles as linked

GOOD = "---\ntitle: Good\n---\n\nA text.\n\n```python\nprint(6 * 7)\n```\n"
EXTENSION = """
from markdown import Extension
from markdown.preprocessors import Preprocessor

class Fails(Preprocessor):
    def run(self, lines):
        if any("on a page" in line for line in lines):
            raise ValueError("'<li>' is not in list")
        return lines

class FailsExtension(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Fails(md), "fails", 100)

def makeExtension(**options):
    return FailsExtension(**options)
"""
POSTS = {
    "good.en.md": GOOD,
    "page.en.md": GOOD.replace("print(6 * 7)", "print('<on a ' 'page>')"),
    "damaged.en.md": GOOD,
}


def said(capsys) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_all_other_pages_are_built(new_site, capfd, monkeypatch):
    file = new_site(POSTS, languages="en")
    (file.parent / "fails_here.py").write_text(EXTENSION)
    monkeypatch.syspath_prepend(file.parent)
    monkeypatch.setenv("PYTHONPATH", str(file.parent))
    assert main(["run", "-f", str(file)]) == 0
    file.write_text(file.read_text().replace("  - admonition\n", "  - admonition\n  - fails_here\n"))
    (file.parent / "snippets/damaged/run.json").write_text('{"format": 1, "programs": {"canonical": {')
    capfd.readouterr()

    assert main(["build", "-f", str(file)]) == 1

    told = said(capfd)
    assert "posts/damaged.en.md:1: E-ledger-damaged snippets/damaged/run.json: It" in told
    assert "en/posts/page.md:1: E-internal-error" in told
    (traceback,) = (path.read_text() for path in (file.parent / ".hexapla/crashes").iterdir())
    assert "not in list" in traceback and "fails_here.py" in traceback
    pages = {path.parent.name for path in (file.parent / "site/posts").glob("*/index.html")}
    assert pages == {"good", "page"}
    assert "42" in (file.parent / "site/posts/good/index.html").read_text()
    # Where only the builder cannot make a page, its reader has what was written.
    assert "&lt;on a page&gt;" in (file.parent / "site/posts/page/index.html").read_text()
    listed = (file.parent / "site/posts/index.html").read_text()
    assert "good/" in listed and "damaged/" not in listed


@pytest.mark.parametrize(
    ("module", "name"), [(normalizing, "normalize"), (linked, "align"), (article_page, "article_page")]
)
def test_an_exception_of_ours_is_a_problem_of_the_article(new_site, capsys, monkeypatch, module, name):
    works = getattr(module, name)

    def fails(first, *others, **named):
        posts = (
            first.posts.values()
            if isinstance(first, Article)
            else first
            if isinstance(first, list)
            else [first]
        )
        if any(post.slug == "odd" for post in posts):
            raise RecursionError("maximum recursion depth exceeded")
        return works(first, *others, **named)

    file = new_site({"good.en.md": GOOD, "odd.en.md": GOOD, "odd.de.md": GOOD}, languages="en,de")
    assert main(["run", "-f", str(file)]) == 0
    monkeypatch.setattr(module, name, fails)
    (file.parent / "posts/more.en.md").write_text(GOOD)
    (file.parent / "posts/odd.en.md").write_text(GOOD.replace("A text", "Another text"))
    capsys.readouterr()
    assert main(["pages", "-f", str(file)]) == 1
    assert re.search(r"posts/odd\.(en|de)\.md:1: E-internal-error", said(capsys))
    assert not (file.parent / "docs/en/posts/odd.md").exists()
    for language in ("en", "de"):
        assert (file.parent / f"docs/{language}/posts/more.md").is_file()
        assert "odd" not in (file.parent / f"docs/{language}/posts/index.md").read_text()
    # Its record stays.
    assert main(["run", "--prune", "-f", str(file)]) in (0, 1)
    assert (file.parent / "snippets/odd/run.json").is_file()


SENTENCES = ("The loop prints this output:", "So this is what you get:", "The `dim` gives:", "**Output:**")


def test_a_sentence_that_announces_an_output_stays_above_the_real_one(new_site):
    cases = list(itertools.product(SENTENCES, ("", "\n", "\n\nMore.\n"), ("42", "43")))
    posts = {
        f"a{number}.en.md": f"{GOOD}\n{sentence}\n\n```\n{typed}\n```{after}"
        for number, (sentence, after, typed) in enumerate(cases)
    }
    file = new_site(posts, languages="en")
    main(["run", "-f", str(file)])
    main(["pages", "-f", str(file)])
    for number, (sentence, *_) in enumerate(cases):
        body = (file.parent / f"docs/en/posts/a{number}.md").read_text().partition("print(6 * 7)\n```\n")[2]
        assert body.count("\n42\n") == 1 and "43" not in body
        assert (sentence in body) != ("Output" in sentence)
        assert "Output" in sentence or body.index(sentence) < body.index("\n42\n")


FAILS = """---
title: Fails
---

```python
print("before")
print(nowhere)
```

```python
import json
bound = json.loads("{")
```

```python
bound
```

```python
print("after")
```
"""


@pytest.mark.parametrize("shown", [False, True])
def test_what_failed_stands_alone_unless_readers_are_to_see_errors(new_site, shown):
    post = FAILS.replace("title:", "show_errors: true\ntitle:") if shown else FAILS
    file = new_site({"a.en.md": post, "a.de.md": post}, languages="en,de,hi")
    main(["run", "-f", str(file)])
    main(["pages", "-f", str(file)])
    for language in ("en", "de", "hi"):
        page = (file.parent / f"docs/{language}/posts/a.md").read_text()
        assert "hexapla-missing" not in page and page.count("notest}") == 3
        assert ".output title" in page and "\nafter\n" in page
        assert page.count(".error") == 2 * shown
        assert ("\nbefore\n" in page) is ("NameError: name 'nowhere' is not defined" in page) is shown
        assert ("  cell 2, line 2, in <module>\n    bound = json.loads" in page) is shown
        assert ("  ⋮ json\n" in page) is shown and "lib/python" not in page
        assert "```{.python notest}\nbound\n```\n\n```python\nprint" in page
    notebook = json.loads((file.parent / "docs/en/posts/a.ipynb").read_text())
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert ["raises-exception" in cell["metadata"].get("tags", ()) for cell in code] == [
        True,
        True,
        True,
        False,
    ]
    script = file.parent / "docs/en/posts/a.py"
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("before\nNameError: ") and ran.stdout.endswith("\nafter\n")


def test_what_words_announce_is_no_test_of_a_page(new_site):
    post = "This fails:\n\n```python\n1 / 0\n```\n\nThis does not:\n\n```python\nprint(1)\n```\n"
    file = new_site({"a.en.md": post}, languages="en")
    assert main(["run", "-f", str(file)]) == 0
    main(["pages", "-f", str(file)])
    page = (file.parent / "docs/en/posts/a.md").read_text()
    assert (
        "```{.python notest}\n1 / 0" in page and "ZeroDivisionError" in page and "```python\nprint(1)" in page
    )
    assert '"raises-exception"' in (file.parent / "docs/en/posts/a.ipynb").read_text()
    script = file.parent / "docs/en/posts/a.py"
    assert subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True
    ).stdout.endswith("\n1\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("show_errors: maybe\n", "`show_errors` is 'maybe', and takes true or false."),
        ("execute: {show_errors: 3}\n", "`execute: show_errors` is 3, and takes true or false."),
        ("execute: {show_errors: true}\n", ""),
    ],
)
def test_a_setting_that_is_none_is_told(new_site, capsys, text, told):
    file = new_site({"a.en.md": FAILS.replace("title:", f"{text}title:")}, languages="en")
    main(["pages", "-f", str(file)])
    assert told in said(capsys)
    main(["run", "-f", str(file)])
    main(["pages", "-f", str(file)])
    assert (".error" in (file.parent / "docs/en/posts/a.md").read_text()) is (not told)


@pytest.mark.parametrize(
    ("module", "function"),
    [
        (checks, "problems_of"),
        (folder, "record_run"),
        (findings, "recorded_failures"),
        (coverage_page, "coverage_rows"),
    ],
)
def test_what_comes_after_goes_on_with_the_others(new_site, capsys, monkeypatch, module, function):
    """Wherever an exception stops one article, the others are run, recorded, told of and shown."""
    works = getattr(module, function)

    def fails(*values, **named):
        if any(getattr(value, "slug", "") == "odd" for value in values):
            raise KeyError("odd")
        return works(*values, **named)

    file = new_site({"good.en.md": GOOD, "odd.en.md": GOOD, "last.en.md": GOOD}, languages="en")
    monkeypatch.setattr(module, function, fails)
    main(["run", "-f", str(file)])
    assert main(["pages", "-f", str(file)]) in (0, 1)
    main(["check", "-f", str(file)])
    if function != "coverage_rows":
        assert "posts/odd.en.md:1: E-internal-error" in said(capsys)
    for slug in ("good", "last"):
        assert "42" in (file.parent / f"docs/en/posts/{slug}.md").read_text()
    assert len(site.account(site.read(load(file)))) == 3 - (function == "coverage_rows")
