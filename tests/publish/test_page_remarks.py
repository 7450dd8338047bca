"""What is told of finished pages, with the file and the line that their author wrote."""

from hexapla.publish.content import Content


def test_a_dead_link_is_a_problem_of_its_file_and_line(publication):
    text = "# About\n\n## Team\n\n[a](#gone) [b](#team)\n[c](other.md#gone)\n"
    site = publication({"en/about.md": text, "en/other.md": "# Other\n"})
    html = '<h2 id="team">Team</h2><a href="#gone">a</a><a href="#team">b</a><a href="../other/#nope">c</a><a href="gone.md">d</a>'
    assert site.content(html, "en/about.md", "en").dead == ("gone.md",)
    # What is lent to readers of another language was told of.
    assert site.content(html, "en/about.md", "de").dead == ()
    site.content("<h1>Other</h1>", "en/other.md", "en")
    told = [str(site.remarks.broken(link.path, link.address)) for link in site.dead_links()]
    assert [one.partition(" ")[0] for one in told] == ["docs/en/about.md:5:", "docs/en/about.md:1:"]
    assert "`#gone`" in told[0] and "W-broken-link" in told[0]


def test_a_dead_link_of_an_article_is_told_of_with_its_post(publication):
    page = "---\n# Written by hexapla from posts/a.md; edit that, not this page.\ntitle: A\n---\n[x](../about.md#gone)\n"
    site = publication({"en/posts/a.md": page, "en/about.md": "# About\n"})
    post = site.config.root / "posts" / "a.md"
    post.parent.mkdir(exist_ok=True)
    post.write_text("---\ntitle: A\n---\n\nText.\n\n[x](../about.md#gone)\n")
    site.content('<a href="../../about/#gone">x</a>', "en/posts/a.md", "en")
    site.content("<h1>About</h1>", "en/about.md", "en")
    assert [
        str(site.remarks.broken(one.path, one.address)).partition(" ")[0] for one in site.dead_links()
    ] == ["posts/a.md:7:"]


def test_a_section_that_another_language_s_version_lacks_is_told_of_where_a_page_is_shown_for_want_of_one(
    publication,
):
    page = "---\n# Written by hexapla from posts/a.md; edit that, not this page.\ntitle: A\n"
    both = {f"{language}/posts/b.md": page.replace("a.md", "b.md") + "---\n" for language in ("en", "de")}
    lent = {"en/posts/a.md": page + "---\n", "de/posts/a.md": page + "hexapla_original: en\n---\n"}
    site = publication(both | lent)
    post = site.config.root / "posts" / "a.md"
    post.parent.mkdir(exist_ok=True)
    post.write_text("---\ntitle: A\n---\n\n[x](b.md#part)\n")
    site.content('<h2 id="part">Part</h2>', "en/posts/b.md", "en")
    site.content("<p>Kein Teil.</p>", "de/posts/b.md", "de")
    for language in ("en", "de"):
        site.content('<a href="../b/#part">x</a>', f"{language}/posts/a.md", language)
    (link,) = site.dead_links()
    assert str(site.remarks.broken(link.path, link.address)).startswith("posts/a.md:5: W-broken-link")


def test_what_the_policy_keeps_off_a_page_is_told_of_with_its_post(publication):
    page = "---\n# Written by hexapla from posts/a.md; edit that, not this page.\ntitle: A\n---\n![x](https://a.example/x.png)\n"
    site = publication({"en/posts/a.md": page}, policy="img-src 'self'")
    post = site.config.root / "posts" / "a.md"
    post.parent.mkdir(exist_ok=True)
    post.write_text("---\ntitle: A\n---\n\n![x](https://a.example/x.png)\n")
    html = '<img src="https://a.example/x.png">'
    (one,) = site.content(html, "en/posts/a.md", "en").blocked
    assert str(site.remarks.kept_off("en/posts/a.md", one)).startswith("posts/a.md:5: W-blocked")
    # Lent to readers of another language, it was told of.
    assert site.content(html, "en/posts/a.md", "de").blocked == ()


def test_what_cannot_be_shown_is_told_of_with_its_page(publication):
    made = Content(html="", unconverted=("x^",), left_out=("base",))
    assert [*publication({"en/a.md": "A\n"}).remarks.of("en/a.md", made)] == [
        "en/a.md: the formula `x^` cannot be shown; simplify it.",
        "en/a.md: `base` is left out: it would change the whole page.",
    ]
