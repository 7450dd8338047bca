"""Reference: the official pages of what an article's program uses, from lists that come with hexapla; no network."""

import functools
from importlib import resources

from hexapla.model.article import Article
from hexapla.render.labels import labels
from hexapla.render.page import QUIET
from hexapla.render.related import library_names

_LISTS = resources.files("hexapla") / "templates" / "reference"
"""A file a library: the address of its documentation, then a name a line, with the page that has it.

`torch.txt` is made by `scripts/torch_reference.py` from torch itself.
"""


def reference_links(article: Article, language: str) -> str:
    """Return the line with the links to the official pages of names that an article's program uses; else empty."""
    # The shortest of those that are on one page: a class, not what is asked of it.
    names = {page: name for name in sorted(library_names(article), reverse=True) if (page := page_of(name))}
    links = [f"[`{name}`]({page})" for page, name in sorted(names.items(), key=lambda item: item[1])]
    words = labels(language)
    return (
        f"{words.reference}{words.colon}{' · '.join(links)}\n{{: .hexapla-ran {QUIET} }}\n" if links else ""
    )


def page_of(name: str) -> str:
    """Return the address of the official page of a name, such as `torch.nn.Linear`, or of what it is an attribute of.

    It is empty where no list has it.
    """
    while name.count("."):
        if page := _pages(name.partition(".")[0]).get(name):
            return page
        name = name.rpartition(".")[0]
    return ""


@functools.cache
def _pages(library: str) -> dict[str, str]:
    file = _LISTS / f"{library}.txt"
    if not file.is_file():
        return {}
    _, address, *lines = file.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines)
    return {name: f"{address}{page or f'generated/{name}.html'}" for name, _, page in pairs}
