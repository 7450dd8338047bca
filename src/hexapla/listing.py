"""Listing: the list of a language's articles, a page of its own that home pages take in."""

from collections.abc import Mapping, Sequence
from datetime import date

import yaml

from hexapla.articles import Article
from hexapla.labels import labels
from hexapla.posts import Post
from hexapla.render import MARK, Page

MARKER = "<!-- hexapla:articles -->"
"""Where a home page takes the list in."""


def page(articles: Sequence[Article], language: str, *, names: Mapping[str, str]) -> Page:
    """Return the page that lists all articles, newest first, titles in `language` where there is one."""
    words = labels(language)
    head = yaml.safe_dump(
        {"title": words.articles, "lang": language, "search": {"exclude": True}}, allow_unicode=True
    )
    items = "".join(_item(article, language, names) for article in sorted(articles, key=_order))
    text = f"---\n{MARK.format(source='posts/')}\n{head}---\n\n{items}"
    return Page(path=f"{language}/posts/index.md", text=text)


def items_of(listing: str) -> str:
    """Return the list from the text of such a page, its links as a home page beside `posts/` needs them."""
    _, _, items = listing.partition("\n---\n")
    return items.replace("](", "](posts/")


def _item(article: Article, language: str, names: Mapping[str, str]) -> str:
    post = article.posts.get(language) or article.posts[article.original]
    other = "" if post.language == language else f" ({names.get(post.language, post.language)})"
    title = (post.title or article.slug).replace("[", "\\[").replace("]", "\\]")
    described = str(post.front_matter.get("description") or "").replace("\n", " ")
    below = f"  \n    {described}" if described else ""
    return f"- [{title}]({article.slug}.md){other}{below}\n"


def _order(article: Article) -> tuple[int, str]:
    post: Post = article.posts[article.original]
    published = post.published or date.min
    return -published.toordinal(), article.slug
