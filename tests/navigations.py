"""The navigation that mkdocs makes of articles, as tests ask for it."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page


def made(slugs: list[str]) -> tuple[Navigation, Page]:
    """Return the navigation of a language with these articles, and the page that lists them."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "A site"})
    names = ["index.md", *(f"de/posts/{name}.md" for name in sorted((*slugs, "index"))), "de/translations.md"]
    nav = get_navigation(Files([File(name, "docs", "site", True) for name in names]), config)
    return nav, next(page for page in nav.pages if page.file.src_uri == "de/posts/index.md")


def stems(pages) -> list[str]:
    return [page.file.src_uri.rpartition("/")[2].removesuffix(".md") for page in pages]
