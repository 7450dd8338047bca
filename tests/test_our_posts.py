"""Our own posts: every version is the same lesson, and is set as its language sets prose."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from hexapla import checks, site
from hexapla.config.config import load
from hexapla.model.block import blocks
from hexapla.model.post import Post
from hexapla.model.problem import Severity
from hexapla.render.lists import SERIES_MARKER
from hexapla.translations.freshness import State, freshness

ROOT = Path(__file__).resolve().parent.parent
OURS = site.read(load(ROOT / "mkdocs.yml"))
LESSONS = [article for article in OURS.articles if article.posts[article.original].path.startswith("posts/")]
"""The articles that are no pages of the manual."""
ARTICLES = {article.slug: article for article in LESSONS}
EVERYWHERE = ("en", "de", "es", "fr", "hi")
IN_SOME = ("ar", "zh")
COLUMNS = 80
"""So many fit beside the lists of articles and headings in a window 1,280 px wide."""
TRANSLATIONS = [
    pytest.param(article, language, id=f"{article.slug}-{language}")
    for article in LESSONS
    for language in article.posts
    if language != article.original
]
POSTS = [
    pytest.param(post, language, id=f"{article.slug}-{language}")
    for article in LESSONS
    for language, post in article.posts.items()
]


def test_the_site_has_these_languages_each_with_its_own_pages():
    assert OURS.config.codes == (*EVERYWHERE, *IN_SOME)
    for language in OURS.config.codes:
        home = (ROOT / "docs" / language / "index.md").read_text(encoding="utf-8")
        about = (ROOT / "docs" / language / "about.md").read_text(encoding="utf-8")
        assert SERIES_MARKER in home
        assert about.count("\n## ") == 3
        assert all(page.startswith('---\ntitle: "') and "\ndescription: " in page for page in (home, about))


def test_every_article_is_in_five_languages_and_two_are_in_all():
    for article in LESSONS:
        assert set(EVERYWHERE) <= set(article.posts), article.slug
    whole = {slug for slug, article in ARTICLES.items() if set(article.posts) == set(OURS.config.codes)}
    assert whole == {"parameter", "broadcasting"}


def test_nothing_is_wrong_or_stale():
    assert [str(one) for one in OURS.problems if one.severity is not Severity.NOTE] == []
    assert [one.program.name for one in checks.stale(OURS)] == []
    assert checks.claims(OURS).problems == ()


@pytest.mark.parametrize(("article", "language"), TRANSLATIONS)
def test_a_translation_holds_the_program_of_its_original(article, language):
    cells = [placed.cell for placed in article.placed[language] if placed.cell]
    assert cells == [placed.cell for placed in article.placed[article.original] if placed.cell]
    made = OURS.ledgers[article.slug].translations.get(language)
    assert made is not None and freshness(article, language, made).state is State.CURRENT


@pytest.mark.parametrize(("article", "language"), TRANSLATIONS)
def test_comments_are_translated(article, language):
    original = _comments(article.posts[article.original])
    own = _comments(article.posts[language])
    assert len(own) == len(original)
    assert [one for one in original if len(one.split()) > 2 and one in own] == []


def _comments(post: Post) -> list[str]:
    found = re.compile(r'# (.*)$|"""(.*)"""', re.MULTILINE)
    return [match[1] or match[2] for block in blocks(post.body) for match in found.finditer(block.code)]


STRUCTURE = {
    "headings": r"^#+ ",
    "admonitions": r"^!!! \w+ ",
    "rows": r"^\|",
    "steps": r"^\d\. ",
    "formulas": r"\$\$[^$]+\$\$|\$[^$\n]+\$",
    "links": r"\]\(",
}


@pytest.mark.parametrize(("article", "language"), TRANSLATIONS)
def test_a_translation_is_built_as_its_original_is(article, language):
    def counted(post: Post) -> dict[str, int]:
        prose = _without_fences(post)
        return {name: len(re.findall(mark, prose, re.MULTILINE)) for name, mark in STRUCTURE.items()}

    assert counted(article.posts[language]) == counted(article.posts[article.original])


@pytest.mark.parametrize(("post", "language"), POSTS)
def test_a_post_is_a_lesson_that_its_list_can_show(post, language):
    assert post.title and len(post.front_matter["tags"]) >= 2 and post.published
    assert 30 <= len(post.front_matter["description"]) <= 200
    assert not post.body.lstrip().startswith(("#", "```")), "It begins by saying what it is about."
    assert len(re.findall(r"^## ", post.body, re.MULTILINE)) >= 4
    assert not post.body.rstrip().endswith("```"), "It ends by saying what was learned."


@pytest.mark.parametrize(("post", "language"), POSTS)
def test_code_is_read_without_scrolling(post, language):
    lines = [line for block in blocks(post.body) for line in block.code.splitlines()]
    assert [line for line in lines if cell_len(line) > COLUMNS] == []


@pytest.mark.parametrize("language", EVERYWHERE[1:])
@pytest.mark.parametrize("name", ["testing", "coming-from"])
def test_the_pages_about_tests_say_the_same_in_five_languages(name, language):
    """Row by row and block by block: the same code, and where nothing changes for a reader, that is said."""
    english, own = (
        (ROOT / "docs" / code / f"manual/{name}.md").read_text(encoding="utf-8") for code in ("en", language)
    )
    assert _skeleton(own) == _skeleton(english)


def _skeleton(text: str) -> list[object]:
    """Return the blocks of code without their comments, and the code and links of each row and section."""
    body = text.partition("\n---\n")[2]
    shown = [
        [re.sub(r"  #.*|title=.*", "", line) for line in block.splitlines() if not line.startswith("# ")]
        for block in FENCE.findall(body)
    ]
    marks = re.compile(r"`[^`\n]+`|\]\([^)]*\)|\*\*")
    rows = [sorted(marks.findall(row)) for row in re.findall(r"^\|.*", body, re.MULTILINE)]
    sections = [set(marks.findall(section)) for section in re.split(r"^#+ ", FENCE.sub("", body), flags=re.M)]
    return [shown, rows, sections]


FENCE = re.compile(r"^(?:`{3,}).*?^`{3,}$(?!\n```)", re.MULTILINE | re.DOTALL)


SET_WRONG = {
    "en": {"a straight quote": r"['\"]", "a space before punctuation": r"[ \u00a0\u202f][,.;:!?]"},
    "de": {"an English or straight quote": r"['\"]|”", "a space before punctuation": r"\s[,.;:!?]"},
    "es": {"a straight quote": r"['\"]", "a question that nothing opens": r"^[^¿\n]*\?"},
    "fr": {
        "a straight quote": r"['\"]",
        "no space, or a plain one, before punctuation": r"(?<![\u00a0\u202f])[;:!?»]|«(?![\u00a0\u202f])",
    },
    "hi": {"a straight quote": r"['\"]", "a full stop": r"[\u0900-\u097f]\.", "a gap": r"\s[,;:!?।]"},
    "ar": {"Latin punctuation": r"[\u0600-\u06ff][,;?]", "a straight quote": r"['\"]", "a gap": r" [،؛؟:.]"},
    "zh": {
        "half-width punctuation": r"[\u4e00-\u9fff][,.;:!?()]|[,.;:!?()][\u4e00-\u9fff]",
        "a straight quote": r"['\"]",
        "Latin that touches Chinese": r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]",
        "a line's end that would become a blank": r"[\u3000-\u9fff\uff00-\uffef]\n[\u3000-\u9fff\uff00-\uffef]",
    },
}


def _without_fences(post: Post) -> str:
    text = post.body
    for block in reversed(blocks(text)):
        text = text[: block.start] + text[block.end :]
    return text


def _prose(text: str) -> str:
    """Return a page's words alone: no code, formulas, markers and front matter, but its title and description."""
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    words = "\n\n".join(re.findall(r'^(?:title|description): "(.*)"$', head, re.MULTILINE))
    body = re.sub(r"^( *)```.*?^\1```$", "§", body, flags=re.MULTILINE | re.DOTALL)
    body = re.sub(r"\]\([^)\n]*\)", "]", body)
    body = re.sub(r"`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$", "§", body, flags=re.DOTALL)
    body = re.sub(r'^(?:!!!|\?\?\?) \w+ "(.*)"$', r"\1\n", body, flags=re.MULTILINE)
    body = re.sub(r"^\|[-|]+\|$|^ {4}|<!--.*?-->", "", re.sub(r"^\d\. ", "\n", body, flags=re.M), flags=re.M)
    return f"{words}\n\n{body}"


ABOUT_TESTS = ("testing", "coming-from")
MANUAL = ("index", "getting-started", "writing", "how-to", "explanation", "faq", "coming-from-notebooks")
"""The pages of the manual that are written, in English and German."""
PAGES = sorted(
    (
        *(ROOT / "posts").glob("*.md"),
        *(ROOT / "docs").glob("*/index.md"),
        *(ROOT / "docs").glob("*/about.md"),
        *(path for name in ABOUT_TESTS for path in (ROOT / "docs").glob(f"[!e]*/manual/{name}.md")),
        *(path for name in ABOUT_TESTS for path in (ROOT / "docs").glob(f"e[!n]/manual/{name}.md")),
        *(ROOT / "docs/de/manual" / f"{name}.md" for name in MANUAL),
    )
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_prose_is_set_as_its_language_sets_it(path):
    parts = path.relative_to(ROOT).parts
    language = path.name.split(".")[1] if parts[0] == "posts" else parts[1]
    prose = _prose(path.read_text(encoding="utf-8"))
    wrong = [
        f"{name}: …{prose[max(0, match.start() - 20) : match.end() + 10]!r}"
        for name, mark in SET_WRONG[language].items()
        for match in re.finditer(mark, prose, re.MULTILINE)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "prose", "wrong"),
    [
        ("fr", "Trois mots\u00a0: c’est tout\u202f!", False),
        ("fr", "Trois mots : c’est tout.", True),
        ("de", "Er sagte „nein“.", False),
        ("de", 'Er sagte "nein".', True),
        ("es", "Si no, ¿qué?", False),
        ("es", "Si no, qué?", True),
        ("zh", "用 PyTorch 计算，就行。", False),
        ("zh", "用PyTorch计算，就行。", True),
        ("zh", "计算,就行。", True),
        ("ar", "أولًا، ثم ماذا؟", False),
        ("ar", "أولًا, ثم ماذا?", True),
        ("hi", "यह है।", False),
        ("hi", "यह है.", True),
        ("en", "It’s “so”.", False),
        ("en", "It's so.", True),
    ],
)
def test_what_is_set_wrong_is_seen(language, prose, wrong):
    assert any(re.search(mark, prose, re.MULTILINE) for mark in SET_WRONG[language].values()) is wrong
