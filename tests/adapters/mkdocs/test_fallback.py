"""What readers get of an article that has no version in their language, as the site has it."""

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from hexapla import site
from hexapla.config.config import load

POSTS = {
    "one.en.md": "---\ntitle: One\ndate: 2026-01-01\n---\n\n# One\n\nSee [two](two.en.md).\n",
    "one.de.md": "---\ntitle: Eins\ndate: 2026-01-01\n---\n\n# Eins\n\nSiehe [zwei](two.de.md).\n",
    "two.en.md": "---\ntitle: Two\ndate: 2026-01-02\n---\n\n# Two\n\n```python\nprint(1)\n```\n",
    "three.fr.md": "---\ntitle: Trois\n---\n\n# Trois\n\nMots.\n",
}


@pytest.fixture
def built(new_site, monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")

    def make(fallback: str):
        file = new_site(POSTS, languages="en,de,fr")
        text = file.read_text().replace("# site_url: https://example.org/", "site_url: https://example.org/")
        file.write_text(text.replace("keep_claims: false", f"fallback: {fallback}"))
        config = load_config(str(file))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        return file.parent / "site"

    return make


def offered(html: str) -> set[str]:
    return {
        part.split('"')[1] for part in html.split("hreflang=")[1:] if "md-select__link" in part.split(">")[0]
    }


def test_a_redirect_is_light_and_leads_to_the_version_that_exists(built):
    folder = built("redirect")
    page = (folder / "de/posts/two/index.html").read_text()
    assert len(page) < 1000 and 'url=https://example.org/posts/two/"' in page and "noindex" in page
    assert 'url=https://example.org/fr/posts/three/"' in (folder / "posts/three/index.html").read_text()
    assert not (folder / "de/posts/two.ipynb").exists() and (folder / "posts/two.ipynb").exists()
    assert 'href="../../../posts/two/"' in (folder / "de/posts/one/index.html").read_text()
    assert "de/posts/two/" not in (folder / "sitemap.xml").read_text()
    assert offered((folder / "posts/one/index.html").read_text()) == {"en", "de"}
    assert "Two" in (folder / "de/posts/index.html").read_text()


def test_nothing_is_nowhere(built):
    folder = built("none")
    assert not (folder / "de/posts/two").exists() and not (folder / "posts/three").exists()
    assert (folder / "fr/posts/three/index.html").exists()
    assert "Two" not in (folder / "de/posts/index.html").read_text()
    assert "Two" in (folder / "posts/index.html").read_text()
    assert offered((folder / "posts/two/index.html").read_text()) == {"en"}
    assert offered((folder / "index.html").read_text()) == {"en", "de", "fr"}
    assert 'href="../../../posts/two/"' in (folder / "de/posts/one/index.html").read_text()


def test_another_word_is_refused(new_site):
    file = new_site({}, languages="en,de")
    file.write_text(file.read_text().replace("keep_claims: false", "fallback: pages"))
    with pytest.raises(Exception, match=r"`fallback` must be one of page, redirect, none"):
        load(file)


def test_a_page_is_the_default(new_site):
    file = new_site(POSTS, languages="en,de,fr")
    site.pages(site.read(load(file)))
    assert (file.parent / "docs/de/posts/two.md").exists()
