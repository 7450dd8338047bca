"""Which pages of a site's own are run, in which language each is, and what is said of the others."""

from dataclasses import replace

import pytest

from hexapla.model.block import blocks
from hexapla.storage.site_pages import SitePages, site_pages


@pytest.fixture
def read(tmp_path):
    """Return what reads files of a site and says, for each page, slug and language, and each problem's path and code."""

    def reading(names, *patterns, languages=("en",), structure="", excluded=""):
        for name in names:
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("Words.\n")
        places = dict.fromkeys(patterns, ("mkdocs.yml", 7))
        pages, problems = site_pages(
            SitePages(
                root=tmp_path / "site",
                docs=tmp_path / "site" / "docs",
                patterns=patterns,
                places=places,
                languages=languages,
                structure=structure,
                excluded=excluded,
            ),
            lambda path: path.name == "generated.md",
        )
        return (
            {page.path: (page.slug, page.language) for page in pages},
            [(problem.path, problem.line, problem.code) for problem in problems],
        )

    return reading


ALL = "docs/**/*.md"


@pytest.mark.parametrize(
    ("structure", "languages", "name", "slug", "language"),
    [
        ("", ("en",), "index.md", "pages.index", "en"),
        ("", ("en",), "a/b/c.md", "pages.a.b.c", "en"),
        ("", ("en",), "de/a.md", "pages.de.a", "en"),
        ("", ("en",), "a.de.md", "pages.a-de-", "en"),
        ("", ("en",), "a b.md", "pages.a-b-", "en"),
        ("", ("en",), "धारा.md", "pages.", "en"),
        ("folder", ("en", "de"), "en/a.md", "pages.a", "en"),
        ("folder", ("en", "de"), "de/a/b.md", "pages.a.b", "de"),
        ("folder", ("en", "de"), "a/de/b.md", "pages.a.de.b", "en"),
        ("folder", ("en", "de"), "index.md", "pages.index", "en"),
        ("folder", ("en", "pt-BR"), "pt-BR/a.md", "pages.a", "pt-BR"),
        ("folder", ("en", "de"), "de/a.en.md", "pages.a-en-", "de"),
        ("suffix", ("en", "de"), "a.md", "pages.a", "en"),
        ("suffix", ("en", "de"), "a.de.md", "pages.a", "de"),
        ("suffix", ("en", "de"), "x/a.de.md", "pages.x.a", "de"),
        ("suffix", ("en", "de"), "v1.10.md", "pages.v1-10-", "en"),
        ("suffix", ("en", "zh-Hant"), "a.zh-Hant.md", "pages.a", "zh-Hant"),
    ],
)
def test_a_pages_place_tells_its_language_and_what_it_is_a_version_of(
    read, structure, languages, name, slug, language
):
    pages, problems = read([f"docs/{name}"], ALL, languages=languages, structure=structure)
    assert problems == []
    (found,) = pages.values()
    assert found[1] == language
    assert found[0] == slug or (slug[-1] in "-." and found[0].startswith(slug))


def test_pages_of_like_names_have_slugs_of_their_own(read):
    pages, _ = read(["docs/a b.md", "docs/a-b.md", "docs/a,b.md", "docs/a/b.md", "docs/a.b.md"], ALL)
    assert len(set(pages.values())) == len(pages) == 5


def test_a_pattern_may_leave_out_what_others_name(read):
    names = ["docs/a.md", "docs/api/b.md", "docs/c.txt", "docs/.hidden/d.md"]
    assert list(read(names, ALL, "!docs/api/**")[0]) == ["docs/a.md"]
    assert list(read(names, "docs/api/*.md", "docs/a.md", "docs/*.md")[0]) == ["docs/a.md", "docs/api/b.md"]


def test_what_mkdocs_leaves_out_and_what_hexapla_wrote_are_no_pages_of_ones_own(read):
    names = ["docs/a.md", "docs/drafts/b.md", "docs/generated.md"]
    assert list(read(names, ALL, excluded="drafts/\n*.txt\n")[0]) == ["docs/a.md"]


def test_what_is_no_page_of_the_site_is_told_of_with_what_to_do(read):
    names = ["README.md", "docs/a.md", "docs/it/b.md", "docs/ml/c.md"]
    pages, problems = read(
        names, ALL, "*.md", "doc/*.md", "!docs/old/*", languages=("en", "de"), structure="folder"
    )
    assert list(pages) == ["docs/a.md"]
    assert problems == [
        ("mkdocs.yml", 7, "no-pages"),
        ("mkdocs.yml", 7, "no-pages"),
        ("README.md", 1, "page-not-built"),
        ("docs/it/b.md", 1, "page-not-built"),
        ("docs/ml/c.md", 1, "page-not-built"),
    ]
    assert read(["docs/a.it.md"], "docs/*.it.md", languages=("en",), structure="suffix")[1] == [
        ("docs/a.it.md", 1, "page-not-built")
    ]


def test_a_fence_that_another_plugin_runs_is_left_to_it(tmp_path):
    (tmp_path / "a.md").write_text(
        '```python\n1\n```\n\n```python exec="on"\n2\n```\n\n- b\n\n    ```{.py exec=1 source="above"}  \n    3\n    ```\n'
        '\n```python exec="off"\n4\n```\n\n```bash exec="on"\nls\n```\n'
    )
    pages = SitePages(root=tmp_path, docs=tmp_path, patterns=("*.md",), languages=("en",))
    (post,), problems = site_pages(pages, lambda path: False)
    assert "notest" not in post.body and problems == []
    (post,), (shared,) = site_pages(replace(pages, execs=True), lambda path: False)
    # `exec="off"` asks not to be run.
    assert [block.code for block in blocks(post.body) if block.directives.runs] == ["1\n"]
    assert (shared.line, shared.code) == (5, "fence-shared") and "1 more of this page" in shared.message


def test_a_link_within_the_site_is_read_and_one_that_leads_out_is_not(read, tmp_path):
    read(["README.md", "docs/a.md"], ALL)
    (tmp_path / "secret.md").write_text("Words.\n")
    (tmp_path / "site/docs/readme.md").symlink_to("../README.md")
    (tmp_path / "site/docs/secret.md").symlink_to(tmp_path / "secret.md")
    pages, problems = read([], ALL)
    assert list(pages) == ["docs/a.md", "docs/readme.md"]
    assert problems == [("docs/secret.md", 1, "post-refused")]


def test_what_cannot_be_read_is_a_problem_of_its_own(read, tmp_path):
    read(["docs/a.md", "docs/b.md"], ALL)
    (tmp_path / "site/docs/b.md").write_bytes(b"\xff\n")
    (tmp_path / "site/docs/c.md").write_text("---\na: b: c\n---\n")
    pages, problems = read([], ALL)
    assert list(pages) == ["docs/a.md"]
    assert problems == [("docs/b.md", 1, "not-utf8"), ("docs/c.md", 2, "front-matter")]


def test_a_block_with_templates_is_run_where_it_is_shown_as_it_stands(tmp_path):
    block = "```python\nf'{{x}}'\n```\n"
    (tmp_path / "a.md").write_text(f"{block}\n{{% raw %}}\n{block}{{% endraw %}}\n\n{block}")
    pages = SitePages(root=tmp_path, docs=tmp_path, patterns=("*.md",), languages=("en",))
    assert site_pages(pages, lambda path: False)[1] == []
    (post,), (shared,) = site_pages(replace(pages, templated=True), lambda path: False)
    assert [block.directives.runs for block in blocks(post.body)] == [False, True, False]
    assert (shared.line, shared.code) == (1, "fence-shared") and "{% raw %}" in shared.hint


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("# A\n\n{* ./docs_src/shop.py hl[3:5] *}\n", "{* ./docs_src/shop.py hl[3:5] *}"),
        ("A\n\n```python\n{!> ../docs_src/shop.py!}\n```\n", "{!> ../docs_src/shop.py!}"),
        ("A\n\n```python\n{!shop.py!}\n```\n", "{!shop.py!}"),
        ('A\n\n```python\n{% include "shop.py" %}\n```\n', '{% include "shop.py" %}'),
        ('A\n\n    {%- include-markdown "shop.py" -%}\n', '{%- include-markdown "shop.py" -%}'),
        ('A\n\n{% include "words.html" %}\n{! words.md !}\n`{* shop.py *}`\n', ""),
    ],
)
def test_files_of_python_that_another_tool_takes_in_are_told_of(text, mark, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(text)
    pages = SitePages(root=tmp_path, docs=tmp_path / "docs", patterns=(ALL,), languages=("en",))
    _, problems = site_pages(pages, lambda path: False)
    said = [(problem.line, problem.code, problem.message) for problem in problems]
    line = text[: text.find(mark)].count("\n") + 1
    assert said == ([(line, "foreign-mark", f"The code that `{mark}` takes in is not run.")] if mark else [])


def test_a_block_that_takes_in_a_file_is_no_code_of_the_page(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(
        "```python\n{!a.py!}\n```\n\n```{.python}\n1\n```\n\n```{.py}\n{!b.py!}\n```\n"
    )
    pages = SitePages(root=tmp_path, docs=tmp_path / "docs", patterns=(ALL,), languages=("en",))
    (page,), _ = site_pages(pages, lambda path: False)
    assert [block.directives.runs for block in blocks(page.body)] == [False, True, False]


def test_a_page_that_takes_in_many_is_told_of_once(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("{* a.py *}\n\n{* b.py *}\n\n{* c.py *}\n")
    pages = SitePages(root=tmp_path, docs=tmp_path / "docs", patterns=(ALL,), languages=("en",))
    (problem,) = site_pages(pages, lambda path: False)[1]
    assert problem.message == "The code that `{* a.py *}` takes in, and 2 more like it, is not run."
