"""Where pages of old blogs were."""

from pathlib import Path, PurePosixPath

import pytest

from hexapla.blogs.addresses import old_addresses, place
from hexapla.blogs.generator import HUGO, JEKYLL, PELICAN, PLAIN, ZOLA, Generator
from hexapla.model.post import Post, parse_post

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
}


def addresses(generator: Generator, path: str, matter: str = "") -> tuple[str, ...]:
    text = f"---\n{matter}\n---\n" if matter else ""
    post = parse_post(f"posts/{path}", text, languages=("en", "de"), default_language="en")
    assert isinstance(post, Post)
    return old_addresses(generator, PurePosixPath(path), post)


def jekyll(style: str = "date", **given: object) -> Generator:
    patterns = {"pages": style, "posts": STYLES.get(style, style), "notes": "/n/:title/"}
    return Generator(kind=JEKYLL, root=Path(), permalinks=patterns, **given)


@pytest.mark.parametrize(
    ("style", "path", "matter", "address"),
    [
        ("date", "_posts/2024-01-02-a-b.md", "", "/2024/01/02/a-b.html"),
        ("date", "_posts/2024-01-02-A.md", "categories: [Deep, ML]", "/deep/ml/2024/01/02/A.html"),
        ("date", "_posts/2024-01-02-a.md", "category: deep", "/deep/2024/01/02/a.html"),
        ("date", "deep/_posts/2024-01-02-a.md", "", "/deep/2024/01/02/a.html"),
        ("date", "_posts/2024-01-02-a.md", "date: 2023-05-06", "/2023/05/06/a.html"),
        ("date", "_posts/2024-01-02-a.md", "slug: z", "/2024/01/02/z.html"),
        ("date", "_posts/2024-01-02-a.md", "permalink: /mine/", "/mine/"),
        ("date", "_posts/2024-01-02-a.md", "permalink: /:year/:title/", "/2024/a/"),
        ("pretty", "_posts/2024-01-02-a.md", "", "/2024/01/02/a/"),
        ("/:title", "_posts/2024-01-02-a.md", "", "/a"),
        ("date", "about.md", "", "/about.html"),
        ("pretty", "about.md", "", "/about/"),
        ("date", "docs/index.md", "", "/docs/"),
        ("date", "_notes/2024-01-02-a.md", "", "/n/a/"),
        ("date", "_recipes/soups/a.md", "", "/recipes/soups/a.html"),
    ],
)
def test_jekyll_s(style, path, matter, address):
    assert addresses(jekyll(style), path, matter)[0] == address


@pytest.mark.parametrize(
    ("path", "matter", "address"),
    [
        ("posts/My Post.md", "", "/posts/my-post/"),
        ("posts/a/index.md", "", "/posts/a/"),
        ("posts/a.de.md", "", "/de/posts/a/"),
        ("posts/a/index.de.md", "", "/de/posts/a/"),
        ("posts/a.md", "slug: z", "/posts/z/"),
        ("posts/a.md", "url: /mine/", "/mine/"),
        ("blog/a.md", "date: 2024-01-02", "/2024/01/a/"),
        ("about.md", "", "/about/"),
        ("posts/张量.md", "", "/posts/张量/"),
    ],
)
def test_hugo_s(path, matter, address):
    generator = Generator(
        kind=HUGO,
        root=Path(),
        languages=("en", "de"),
        default_language="en",
        permalinks={"blog": "/:year/:month/:slug/"},
    )
    assert addresses(generator, path, matter)[0] == address


@pytest.mark.parametrize(
    ("path", "matter", "address"),
    [
        ("blog/2024-01-02-A_b.md", "", "/blog/a_b/"),
        ("blog/2024-01-02-a/index.md", "", "/blog/a/"),
        ("blog/a.de.md", "", "/de/blog/a/"),
        ("blog/a.md", "path: mine/a", "/mine/a/"),
        ("blog/a.md", "slug: z", "/blog/z/"),
        ("blog/a.md", "url: z", "/blog/a/"),
    ],
)
def test_zola_s(path, matter, address):
    generator = Generator(kind=ZOLA, root=Path(), languages=("en", "de"), default_language="en")
    assert addresses(generator, path, matter)[0] == address


@pytest.mark.parametrize(
    ("path", "matter", "address"),
    [
        ("a.md", "title: A b, c!\ndate: 2024-01-02", "/2024/a-b-c.html"),
        ("a.md", "title: Été\ndate: 2024-01-02\nslug: my_slug", "/2024/my_slug.html"),
        ("a.md", "title: Été\ndate: 2024-01-02", "/2024/ete.html"),
        ("a.md", "title: 张量\ndate: 2024-01-02", None),
        ("a.md", "title: A", None),
        ("pages/a.md", "title: About me", "/p/misc/about-me"),
        ("deep/pages/a.md", "title: About me", "/p/deep/about-me"),
        ("pages/a.md", "title: About me\nurl: me/", "/me/"),
    ],
)
def test_pelican_s(path, matter, address):
    patterns = {"articles": "/:year/:slug.html", "pages": "/p/:category/:slug"}
    generator = Generator(kind=PELICAN, root=Path(), permalinks=patterns)
    assert next(iter(addresses(generator, path, matter)), None) == address


def test_what_a_post_says_itself_comes_after():
    found = addresses(
        jekyll(),
        "_posts/2024-01-02-a.md",
        "redirect_from: [/x/, y.html]\naliases: [/z/, 'https://b.example/w']",
    )
    assert found == ("/2024/01/02/a.html", "/z/", "/x/", "/y.html")


def test_a_pattern_that_nobody_knows_gives_no_address():
    assert addresses(jekyll("/:unheard_of/:title/"), "_posts/2024-01-02-a.md") == ()


def test_plain_markdown_had_no_address():
    assert addresses(Generator(kind=PLAIN, root=Path()), "a.md") == ()


@pytest.mark.parametrize(
    "address", ["/a/b/", "/a/b", "/a/b.html", "/A/b/index.html", "/blog/a/b/", "https://x.example/blog/a/b"]
)
def test_one_place_has_many_spellings(address):
    assert place(address, jekyll(address="https://x.example/blog")) == "a/b"
