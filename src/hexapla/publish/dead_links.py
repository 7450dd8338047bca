"""Dead links: links that only a whole site can tell of, since they lead to a section or to the site's root.

Links between articles were followed when their posts were read, and dead ones told of with the post's line.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from hexapla.model.problem import Problem, Severity
from hexapla.normalize.anchors import Anchors
from hexapla.normalize.html_addresses import split_address

_THEMES = "__"
"""The ids of the theme's own elements begin so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLink:
    """A link of a page's content to a section, or from the site's root."""

    path: str
    """The file below docs/ that it stands in."""
    is_followed: bool
    """Whether those to articles were followed when its post was read: it is in the language of its readers."""
    address: str
    """As on the page."""
    target: str
    """A file of the built site, or a folder of it."""
    fragment: str


def site_links(
    content: LexborNode, *, path: str, is_followed: bool, file: str, root: str
) -> Iterator[SiteLink]:
    """Yield those of a content, whose page is a file of the site; `root` is the path of the site's address, if any."""
    for node in content.css("a[href], area[href]"):
        address = (node.attributes.get("href") or "").strip()
        parts = split_address(address)
        is_rooted = bool(root) and parts.path.startswith(root)
        is_elsewhere = parts.scheme or parts.netloc or (parts.path.startswith("/") and not is_rooted)
        if is_elsewhere or not (parts.fragment or is_rooted):
            continue
        place = unquote(parts.path)
        target = place[len(root) :] if is_rooted else join(dirname(file), place) if place else file
        target = normpath(target).removeprefix(".")
        yield SiteLink(
            path=path,
            is_followed=is_followed,
            address=address,
            target=target,
            fragment=unquote(parts.fragment),
        )


def dead(
    links: Iterable[SiteLink],
    anchors: Mapping[str, Anchors],
    articles: Container[str],
    is_there: Callable[[str], bool],
) -> Iterator[SiteLink]:
    """Yield the links that lead nowhere, each once.

    `anchors` are those of the contents of pages, by file, of which `articles` are articles'; `is_there` says whether
    the site has a file, or a folder.
    """
    seen: set[tuple[str, str]] = set()
    for link in links:
        # A page that is lent to readers of other languages leads elsewhere by the same link.
        place = (link.path, link.fragment or link.address)
        file = next((name for name in _names(link.target) if name in anchors), "")
        is_known = link.is_followed and (file in articles or not file)
        if place in seen or is_known:
            continue
        if file:
            alive = link.fragment.startswith(_THEMES) or anchors[file].has(link.fragment)
        else:
            # Below a folder that is none of the site's, nobody here knows what there is.
            is_ours = link.address.startswith("/") and is_there(link.target.partition("/")[0])
            alive = not is_ours or any(map(is_there, _names(link.target)))
        if not alive:
            seen.add(place)
            yield link


def broken_link(path: str, text: str, address: str) -> Problem:
    """Return the problem of a link in the text of a file, which leads to an address of the site and so nowhere."""
    return Problem(
        path=path,
        line=place_in(text, address),
        code="broken-link",
        message=f"The link leads to `{address}`, and there is no such page, section or file.",
        severity=Severity.WARNING,
    )


def place_in(text: str, address: str) -> int:
    """Return the line of a text in which an address stands, or its end does: a builder may have changed the path."""
    mark, fragment = address.partition("#")[1:]
    for written in (address, unquote(address), f"{mark}{fragment}" if fragment else "", fragment):
        if written and written in text:
            before = text.partition(written)[0]
            return before.count("\n") + 1
    return 1


def _names(target: str) -> tuple[str, ...]:
    """Return the files that may answer a path of the site."""
    return (join(target, "index.html"), target, f"{target}.html")
