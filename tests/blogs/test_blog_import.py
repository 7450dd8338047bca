"""Leaving Jekyll: a folder with its posts, links and pictures becomes one of hexapla's."""

import pytest

from hexapla.cli.main import main
from hexapla.config.config import load
from hexapla.model.problem import Severity
from hexapla.storage import posts_folder

JEKYLL = {
    "_config.yml": "title: Old\n",
    "images/a b.png": "PNG",
    "_posts/x.png": "X",
    "about.md": "# About\n",
    "_posts/2024-01-02-first-en.md": (
        "---\nlayout: post\ntitle: First\ntags: [a]\n---\n\nText\n- a\n  - b\n\n"
        "[second]({% post_url 2024-02-03-second-en %}) [again](/2024/02/03/second-en.html#part) "
        "[de]({{ site.baseurl }}/notes/second-de)\n\n"
        "![p](/images/a%20b.png) ![x](x.png) ![gone](/images/gone.png)\n\n"
        "> Careful.\n{: .prompt-warning }\n\n{% highlight python %}\nx = 1\n{% endhighlight %}\n\n{% include x.html %}\n"
    ),
    "_posts/2024-02-03-second-en.markdown": "---\nlayout: post\ntitle: Second\n---\n\nfine\n",
    "_posts/de/2024-02-03-second-de.md": "---\nlayout: post\ntitle: Zweitens\nlang: de\n---\n\n![p](../../images/a%20b.png)\n",
}


@pytest.fixture
def old(tmp_path):
    for name, text in JEKYLL.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "old"


def test_a_folder_of_jekyll_becomes_one_of_ours(old, new_site, tmp_path, capsys):
    file = new_site({"a.en.md": "---\ntitle: A\n---\n\ntext\n"})
    out = file.parent / "posts"
    assert main(["normalize", "-f", str(file), "--write", str(out), str(old)]) == 0
    said = capsys.readouterr().out
    first = (out / "2024-01-02-first-en.md").read_text()
    assert first.startswith("---\ndialect: python-markdown\nlayout: post\ntitle: First\ntags: [a]\n---\n")
    assert "Text\n\n- a\n    - b\n" in first
    for link in (
        "[second](2024-02-03-second-en.md)",
        "[again](2024-02-03-second-en.md#part)",
        "![x](x.png)",
    ):
        assert link in first
    assert "!!! warning\n    Careful." in first and "```python\nx = 1\n```" in first
    assert "![p](images/a%20b.png)" in first and (out / "images/a b.png").read_text() == "PNG"
    assert "![p](../images/a%20b.png)" in (out / "de/2024-02-03-second-de.md").read_text()
    # What means nothing here is said, with its line; what was fine is as it was.
    assert "first-en.md:22: W-jekyll `{% include x.html %}` is Liquid" in said
    assert "first-en.md:13: W-broken-link The link leads to `/images/gone.png`" in said
    assert (out / "2024-02-03-second-en.md").read_text() == JEKYLL["_posts/2024-02-03-second-en.markdown"]
    assert (out / "about.md").read_text() == "# About\n"
    assert "4 posts and 2 files were written (1 de, 3 en); 2 places need a look." in said
    assert "Left out: 1 file, the old site's design and settings (_config.yml)." in said


def test_without_write_the_same_posts_are_shown_and_none_is_changed(old, new_site, capsys):
    file = new_site({"a.en.md": "---\ntitle: A\n---\n\ntext\n"})
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    assert main(["normalize", "-f", str(file), str(old)]) == 0
    said = capsys.readouterr().out
    assert "_posts/2024-01-02-first-en.md" in said and "+    - b\n" in said
    assert "`{% include x.html %}` is Liquid" in said
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


def test_what_was_converted_is_a_site_without_jekyll(old, new_site, capsys):
    file = new_site({"a.en.md": "---\ntitle: A\n---\n\ntext\n"})
    out = file.parent / "posts"
    main(["normalize", "-f", str(file), "--write", str(out), str(old)])
    capsys.readouterr()
    assert main(["check", "-f", str(file)]) in (0, 1)
    said = "".join(capsys.readouterr())
    assert "W-normalize-" not in said and "broken-link" in said
    assert (
        said.count("W-broken-link") == 2
        and "`#part`, and `2024-02-03-second-en.md` has no such section" in said
    )


def test_converting_twice_is_converting_once(old, new_site, tmp_path, capsys):
    file = new_site({"a.en.md": "---\ntitle: A\n---\n\ntext\n"})
    main(["normalize", "-f", str(file), "--write", str(tmp_path / "one"), str(old)])
    main(["normalize", "-f", str(file), "--write", str(tmp_path / "two"), str(tmp_path / "one")])
    one, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert one == {name: text for name, text in two.items() if name in one}


BLOG = {
    "_config.yml": "title: Old Blog\nurl: https://a.example\nbaseurl: /blog\nlanguages: [en, hant]\ndefault_lang: en\n",
    "assets/p.png": "PNG",
    "assets/unseen.png": "PNG",
    "_posts/2024-01-02-first.md": (
        "---\nlayout: post\ntitle: First\n---\n\n"
        "[a](https://a.example/blog/2024/02/03/second.html) [b](/blog/2024/02/03/second.html#part) "
        "[c](https://b.example/2024/02/03/second.html) ![p](/blog/assets/p.png) [e](/a/intro.html) [f](../b/intro.md) [g](/) [h](/blog/)\n"
    ),
    "_posts/hant/2024-01-02-first-hant.md": "---\nlayout: post\ntitle: 首\nlang: hant\n---\n\n文。\n",
    "_posts/2024-02-03-second.md": "---\ntitle: Second\nredirect_from: /older/\n---\n\n## Part\n",
    "_drafts/soon.md": "---\ntitle: Soon\n---\n\nx\n",
    "a/intro.md": "---\ntitle: Intro A\n---\n\nx\n",
    "b/intro.md": "---\ntitle: Intro B\nslug: a b\n---\n\nx\n",
    "README.md": "x",
}


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def imported(tmp_path, capsys):
    """Return a whole blog as it was imported, and what was said."""
    assert main(["import", str(write(tmp_path / "old", BLOG)), str(tmp_path / "new")]) == 0
    return tmp_path / "new", capsys.readouterr().out


def test_a_whole_blog_becomes_a_site(imported):
    folder, said = imported
    settings = load(folder / "mkdocs.yml")
    assert (settings.name, settings.codes, settings.language_aliases) == (
        "Old Blog",
        ("en", "zh-Hant"),
        {"hant": "zh-Hant"},
    )
    posts, problems = posts_folder.posts(settings.posts_folder)
    assert [(post.slug, post.language) for post in posts] == [
        ("first", "en"), ("second", "en"), ("a-intro", "en"), ("b-intro", "en"), ("first", "zh-Hant"),
    ]  # fmt: skip
    assert [one for one in problems if one.severity is not Severity.NOTE] == []
    assert "5 posts and 1 file were written (4 en, 1 zh-Hant); 0 places need a look." in said
    for left in (
        "drafts: `--drafts` takes them along (_drafts/soon.md)",
        "shown by no post (assets/unseen.png)",
        "about the repository, not posts (README.md)",
    ):
        assert f"Left out: 1 file, {left}." in said


def test_the_links_of_a_blog_are_those_of_the_site(imported):
    first = (imported[0] / "posts/2024-01-02-first.md").read_text()
    assert (
        "[a](2024-02-03-second.md) [b](2024-02-03-second.md#part) [c](https://b.example/2024/02/03/second.html) "
        "![p](assets/p.png) [e](a/intro.md) [f](b/intro.md) [g](/) [h](/)"
    ) in first


def test_addresses_are_kept_in_the_front_matter(imported):
    folder, _ = imported
    assert 'redirect_from: ["/2024/01/02/first.html"]\n' in (folder / "posts/2024-01-02-first.md").read_text()
    second = (folder / "posts/2024-02-03-second.md").read_text()
    assert 'aliases: ["/2024/02/03/second.html"]\n' in second and "redirect_from: /older/\n" in second


def test_importing_changes_nothing_of_the_old_blog_and_drafts_come_on_request(tmp_path, capsys):
    old = write(tmp_path / "old", BLOG)
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    assert main(["import", "--drafts", "--languages", "en,zh-Hant", str(old), str(tmp_path / "new")]) == 0
    assert (
        tmp_path / "new/posts/_drafts/soon.md"
    ).is_file() and "drafts" not in capsys.readouterr().out.partition("Left")[2]
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


def test_a_blog_of_hugo_s_with_a_folder_a_language(tmp_path, capsys):
    blog = {
        "hugo.toml": 'title = "Old"\nbaseURL = "https://a.example/"\n[languages.en]\ncontentDir = "content/english"\n[languages.de]\ncontentDir = "content/german"\n',
        "content/english/posts/a/index.md": '+++\ntitle = "A"\nslug = "the a"\n+++\n\n![p](p.png) ![s](/s.png) [b](/posts/b/) [c](../my_note/#x)\n',
        "content/english/posts/My_Note.md": '+++\ntitle = "C"\n+++\n\nx\n',
        "content/english/posts/a/p.png": "P",
        "content/english/posts/b.md": '+++\ntitle = "B"\ndraft = false\n+++\n\nx\n',
        "content/german/posts/b.md": '+++\ntitle = "B"\n+++\n\nx\n',
        "content/english/_index.md": "x",
        "static/s.png": "S",
    }  # fmt: skip
    assert main(["import", str(write(tmp_path / "old", blog)), str(tmp_path / "new")]) == 0
    assert "4 posts and 2 files were written (1 de, 3 en); 0 places" in capsys.readouterr().out
    text = (tmp_path / "new/posts/en/posts/a/index.md").read_text()
    head = '+++\nslug = "a"\nredirect_from = ["/posts/the a/"]\ntitle = "A"\n+++\n\n'
    assert text == f"{head}![p](p.png) ![s](../../../s.png) [b](../b.md) [c](../My_Note.md#x)\n"
    assert (tmp_path / "new/posts/s.png").read_text() == "S"
    assert (tmp_path / "new/posts/de/posts/b.md").is_file() and (
        tmp_path / "new/posts/en/posts/b.md"
    ).is_file()


def test_a_blog_of_zola_s(tmp_path, capsys):
    blog = {
        "config.toml": 'base_url = "https://a.example"\ntitle = "Old"\n',
        "content/_index.md": "+++\n+++\n",
        "content/blog/2024-01-02-a/index.md": '+++\ntitle = "A"\npath = "mine"\naliases = ["old/a"]\n\n[taxonomies]\ntags = ["x", "y"]\n+++\n\n[b](@/blog/b.md#part) ![p](p.png) ![s](/s.png)\n',
        "content/blog/2024-01-02-a/p.png": "P",
        "content/blog/b.md": '+++\ntitle = "B"\nslug = "bee"\n+++\n\n## Part\n\n[a](/mine)\n',
        "static/s.png": "S",
    }  # fmt: skip
    assert main(["import", str(write(tmp_path / "old", blog)), str(tmp_path / "new")]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Zola in ") and "2 posts and 2 files were written; 0 places" in said
    text = (tmp_path / "new/posts/blog/2024-01-02-a/index.md").read_text()
    assert text.startswith('+++\ntags = ["x", "y"]\nredirect_from = ["/mine/"]\ntitle = "A"\n')
    assert text.endswith("[b](../b.md#part) ![p](p.png) ![s](../../s.png)\n")
    other = (tmp_path / "new/posts/blog/b.md").read_text()
    assert other.endswith("[a](2024-01-02-a/index.md)\n") and 'redirect_from = ["/blog/bee/"]' in other


def test_a_blog_of_pelican_s(tmp_path, capsys):
    blog = {
        "pelicanconf.py": "SITENAME = 'Old'\nPATH = 'content'\nTIMEZONE = 'UTC'\n",
        "content/deep/a.md": "Title: A: the first\nDate: 2024-1-2 10:20\nTags: x, y\nSlug: first\nSummary: Short\n    and long.\nStatus: published\n\n[b]({filename}/b.md) [c]({filename}../b.md) ![p]({static}/images/p.png) ![q]({attach}q.png)\n\n[gone]({filename}gone.md)\n",
        "content/deep/q.png": "Q",
        "content/b.md": "Title: B\nDate: 2024-01-03\n\n[a]({filename}deep/a.md)\n",
        "content/soon.md": "Title: Soon\nStatus: draft\n\nx\n",
        "content/images/p.png": "P",
        "notes.md": "x\n",
    }  # fmt: skip
    assert main(["import", str(write(tmp_path / "old", blog)), str(tmp_path / "new")]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Pelican in ") and "2 posts and 2 files were written; 1 places" in said
    assert "a.md:11: W-broken-link" in said
    assert "outside of Pelican's folders of content (notes.md)" in said and "(content/soon.md)" in said
    text = (tmp_path / "new/posts/deep/a.md").read_text()
    assert text.startswith(
        '---\nredirect_from: ["/first.html"]\ntitle: "A: the first"\ndate: 2024-01-02\ntags: ["x", "y"]\n'
        'slug: "first"\ndescription: "Short and long."\n---\n'
    )
    assert "[b](../b.md) [c](../b.md) ![p](../images/p.png) ![q](q.png)\n" in text
    assert (tmp_path / "new/posts/b.md").read_text().endswith("[a](deep/a.md)\n")


def test_no_post_is_written_over_another(tmp_path):
    old = write(tmp_path / "old", {"a.md": "one\n", "a.markdown": "two\n", "b.en.md": "x\n"})
    assert main(["import", str(old), str(tmp_path / "new")]) == 0
    texts = {path.read_text() for path in (tmp_path / "new/posts").glob("a*.md")}
    assert {text.splitlines()[-1] for text in texts} == {"one", "two"}


def test_a_name_that_ends_as_an_address_does_names_no_language(tmp_path, capsys):
    posts = {
        "_config.yml": "title: A\n",
        "_posts/2020-10-27-change-at-change.org.md": "---\ntitle: C\n---\nx\n",
    }
    assert main(["import", str(write(tmp_path / "old", posts)), str(tmp_path / "new")]) == 0
    (post,), problems = posts_folder.posts(load(tmp_path / "new/mkdocs.yml").posts_folder)
    assert (post.slug, post.language, problems) == ("change-at-change-org", "en", [])
    assert post.front_matter["redirect_from"] == ["/2020/10/27/change-at-change.org.html"]
    assert "1 post and 0 files were written; 0 places need a look." in capsys.readouterr().out


def test_a_post_that_cannot_be_read_is_counted(tmp_path, capsys):
    old = write(tmp_path / "old", {"a.md": "x\n", "b.md": "---\nlang: xx\n---\ny\n"})
    main(["import", str(old), str(tmp_path / "new")])
    said = capsys.readouterr().out
    assert "1 post and 0 files were written; 1 places need a look." in said
    assert "Left out: 1 post with something wrong, told above." in said


def test_a_post_that_is_wrapped_with_its_front_matter_is_unwrapped(tmp_path):
    text = "```markdown\n---\ntitle: A\n---\n\nText.\n\n```python\nx = 1\n```\n```\n"
    old = write(tmp_path / "old", {"a.md": text})
    assert main(["import", str(old), str(tmp_path / "new")]) == 0
    (post,) = (tmp_path / "new/posts").glob("a*.md")
    written = post.read_text()
    assert written.startswith("---\n")
    assert written.count("title: A") == 1
    assert written.endswith("Text.\n\n```python\nx = 1\n```\n")


def test_a_blog_of_another_tool_s_has_its_pictures_where_that_serves_them(tmp_path, capsys):
    blog = {
        "package.json": "{}",
        "public/images/p.png": "P",
        "content/q.png": "Q",
        "content/a.md": "---\ntitle: A\n---\n\n![p](/images/p.png) ![q](/q.png) [b](/b/)\n",
        "public/b/index.md": "---\ntitle: B\n---\n\nx\n",
    }
    assert main(["import", str(write(tmp_path / "old", blog)), str(tmp_path / "new")]) == 0
    assert "2 posts and 2 files were written; 0 places" in capsys.readouterr().out
    text = (tmp_path / "new/posts/content/a.md").read_text()
    assert text.endswith("![p](../public/images/p.png) ![q](q.png) [b](../public/b/index.md)\n")


def test_a_picture_that_is_served_beside_the_page_is_found(tmp_path, capsys):
    blog = {
        "public/2023/images/p.png": "P",
        "posts/2023/a.md": "---\ntitle: A\n---\n\n![p](./images/p.png) ![q](images/none.png)\n",
    }
    assert main(["import", str(write(tmp_path / "old", blog)), str(tmp_path / "new")]) == 0
    said = capsys.readouterr().out
    assert (
        "1 post and 1 file were written" in said
        and "`images/none.png`" in said
        and "images/p.png`" not in said
    )
    text = (tmp_path / "new/posts/posts/2023/a.md").read_text()
    assert text.endswith("![p](../../public/2023/images/p.png) ![q](images/none.png)\n")
