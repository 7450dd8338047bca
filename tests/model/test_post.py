"""Names, languages and front matter of posts."""

from datetime import date

import pytest

from hexapla.model.post import Post, parse_post
from hexapla.model.problem import Problem

LANGUAGES = ("en", "de", "hi", "pt-BR")


def read(path: str, text: str = "Text.\n") -> Post | Problem:
    return parse_post(path, text, languages=LANGUAGES, default_language="en")


@pytest.mark.parametrize(
    ("path", "slug", "language", "published"),
    [
        ("posts/intro.md", "intro", "en", None),
        ("posts/intro.de.md", "intro", "de", None),
        ("posts/intro-de.md", "intro", "de", None),
        ("posts/intro.pt-BR.md", "intro", "pt-BR", None),
        ("posts/intro.pt-br.md", "intro", "pt-BR", None),
        ("posts/de/intro.md", "intro", "de", None),
        ("posts/hi/2025-01-02-intro-hi.md", "intro", "hi", date(2025, 1, 2)),
        ("posts/2025-01-02-intro.de.md", "intro", "de", date(2025, 1, 2)),
        ("posts/nn-parameter-explained.md", "nn-parameter-explained", "en", None),
        ("posts/made-in-hi.md", "made-in", "hi", None),
        ("posts/v1.2 notes.md", "v1-2-notes", "en", None),
        ("posts/तंत्रिका जाल.hi.md", "तंत्रिका-जाल", "hi", None),
        ("posts/张量.md", "张量", "en", None),
        ("posts/intro_de.md", "intro", "de", None),
        ("posts/intro.pt_BR.md", "intro", "pt-BR", None),
        ("posts/intro-pt_br.markdown", "intro", "pt-BR", None),
        ("posts/intro.de.MDX", "intro", "de", None),
        ("posts/train_no.md", "train_no", "en", None),
        ("posts/de/deep/down/intro.md", "intro", "de", None),
        ("posts/intro/index.md", "intro", "en", None),
        ("posts/intro/index.de.md", "intro", "de", None),
        ("posts/intro/README.de.md", "intro", "de", None),
        ("posts/intro/README-de.md", "intro", "de", None),
        ("posts/de/intro/index.md", "intro", "de", None),
        ("posts/intro/de/README.md", "intro", "de", None),
        ("posts/2025-01-02-intro/index.hi.md", "intro", "hi", date(2025, 1, 2)),
        ("posts/README.de.md", "readme", "de", None),
        ("posts/translations/de/README.md", "readme", "de", None),
        ("posts/de/index-of-terms.md", "index-of-terms", "de", None),
    ],
)
def test_the_name_says_slug_language_and_date(path, slug, language, published):
    post = read(path)
    assert isinstance(post, Post)
    assert (post.slug, post.language, post.published) == (slug, language, published)


def test_front_matter_decides_the_language_and_unknown_keys_are_kept():
    post = read("posts/x.md", "---\nlang: de\ntitle: 'A: b'\nlayout: post\ndate: 2025-03-04\n---\n\nBody\n")
    assert isinstance(post, Post)
    assert (post.language, post.title, post.published) == ("de", "A: b", date(2025, 3, 4))
    assert post.front_matter["layout"] == "post"
    assert post.body == "\nBody\n"
    assert post.line_at(post.body.index("Body")) == 8


def test_a_rule_at_the_top_is_not_front_matter():
    post = read("posts/x.md", "---\n\nText without a second rule.\n")
    assert isinstance(post, Post)
    assert post.body.startswith("---")


@pytest.mark.parametrize(
    ("path", "text", "code", "line"),
    [
        ("posts/x.md", "---\ntitle: a: b\n---\n", "front-matter", 2),
        ("posts/x.md", "---\ntitle: ok\ntags: [a\n---\n", "front-matter", 3),
        ("posts/x.md", "---\ntitle: x\n\nText\n", "front-matter", 1),
        ("posts/x.md", "---\n- a\n- b\n---\n", "front-matter", 2),
        ("posts/x.md", "---\ntitle: x\nlang: it\n---\n", "unknown-language", 3),
        ("posts/x.it.md", "Text\n", "unknown-language", 1),
        ("posts/x.de.md", "---\nlang: hi\n---\n", "language-disagrees", 2),
        ("posts/x.md", "---\ntitle: x\nslug: ../x\n---\n", "bad-slug", 3),
        ("posts/x.md", "---\nslug: a/b\n---\n", "bad-slug", 2),
        ("posts/x.md", "---\nslug: ''\n---\n", "bad-slug", 2),
        ("posts/index.md", "Text\n", "bad-slug", 1),
    ],
)
def test_what_is_wrong_has_a_line_and_says_what_to_do(path, text, code, line):
    problem = read(path, text)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.path) == (code, path)
    assert abs(problem.line - line) <= (1 if code == "front-matter" else 0)
    assert problem.hint


def test_a_slug_of_ones_own_frees_the_name_from_naming_a_language():
    post = read("posts/say-hi.md", "---\nslug: say-hi\nlang: en\n---\n")
    assert isinstance(post, Post)
    assert (post.slug, post.language) == ("say-hi", "en")


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        ("posts/index.de.md", "Text\n", "`welcome.de.md`"),
        ("posts/index.md", "---\ntitle: Über mich!\n---\n", "`über-mich.en.md`"),
        ("posts/index.md", "Text\n", "`docs/en/index.md`"),
        ("posts/torch.nn.md", "Text\n", "`torch-nn.md`"),
        ("posts/x.md", "---\nslug: ../a b\n---\n", "`slug: a-b`"),
        ("posts/x.md", "---\nslug: ''\n---\n", "`slug: x`"),
        (f"posts/{'y' * 200}.md", "Text\n", f"`slug: {'y' * 40}`"),
    ],
)
def test_a_name_that_cannot_be_is_told_with_the_name_to_give(path, text, advice):
    problem = read(path, text)
    assert isinstance(problem, Problem) and advice in problem.hint


def test_a_name_that_ends_like_an_address_names_no_language():
    post = parse_post(
        "posts/Update-on-crates.io-incident.md", "Text\n", languages=("en",), default_language="en"
    )
    assert isinstance(post, Post) and post.language == "en"
