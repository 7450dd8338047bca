"""Leaving Jekyll: a folder with its posts, links and pictures becomes one of hexapla's."""

import pytest

from hexapla.cli.main import main

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
    assert not (out / "about.md").exists()
    assert "3 posts and 2 files were written; 2 places need a look." in said


def test_without_write_the_same_posts_are_shown_and_none_is_changed(old, new_site, capsys):
    file = new_site({"a.en.md": "---\ntitle: A\n---\n\ntext\n"})
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    assert main(["normalize", "-f", str(file), str(old)]) == 0
    said = capsys.readouterr().out
    assert "_posts/2024-01-02-first-en.md" in said and "+    - b\n" in said
    assert "`{% include x.html %}` is Liquid" in said
    assert "about.md" not in said
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


def test_what_was_converted_is_a_site_without_jekyll(old, new_site, capsys):
    file = new_site({"a.en.md": "---\ntitle: A\n---\n\ntext\n"})
    out = file.parent / "posts"
    main(["normalize", "-f", str(file), "--write", str(out), str(old)])
    capsys.readouterr()
    assert main(["check", "-f", str(file)]) in (0, 1)
    said = "".join(capsys.readouterr())
    assert "W-normalize-" not in said and "broken-link" in said
    assert said.count("broken-link") == 1


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
