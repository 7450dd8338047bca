"""Blocked: what is in a page's content and no browser loads, since the page's policy does not allow it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from selectolax.lexbor import LexborNode

from hexapla.model.problem import Problem, Severity
from hexapla.normalize.html_addresses import addresses_in, split_address

_LOADING = {
    "img": ("img-src", ("src", "srcset")),
    "input": ("img-src", ("src",)),
    "audio": ("media-src", ("src",)),
    "video": ("media-src", ("src",)),
    "track": ("media-src", ("src",)),
    "iframe": ("frame-src", ("src",)),
    "frame": ("frame-src", ("src",)),
    "embed": ("object-src", ("src",)),
    "object": ("object-src", ("data",)),
    "script": ("script-src", ("src",)),
    "link": ("style-src", ("href",)),
}
"""Elements that load a file, with the directive that allows it (https://www.w3.org/TR/CSP3/#directives-fetch)."""
_NAMED = {
    "img-src": "images",
    "media-src": "sound and films",
    "frame-src": "pages in pages",
    "object-src": "embedded objects",
    "script-src": "scripts",
    "style-src": "style sheets",
}
_FALLBACK = {"frame-src": ("child-src", "default-src")}
_DATA = ("application/json", "application/ld+json", "text/template", "math/tex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """Something in a content that takes no effect."""

    written: str
    """What of it stands in the text: an address, or how a tag begins."""
    what: str
    """What is not allowed."""


def blocked(content: LexborNode, policy: str) -> tuple[Blocked, ...]:
    """Return what of a content the policy of its page keeps from readers; an empty policy allows all.

    Of each host, and of each kind of code, the first is told of. Addresses of the site itself are not asked about.
    """
    if not policy:
        return ()
    directives = {
        name: frozenset(sources.split())
        for name, _, sources in (part.strip().partition(" ") for part in policy.split(";"))
    }
    first: dict[str, Blocked] = {}
    for thing in chain(_files(content, directives), _inline(content, directives)):
        first.setdefault(thing.what, thing)
    return tuple(first.values())


def problem_of(path: str, line: int, thing: Blocked) -> Problem:
    """Return the problem of what is blocked at a line of a file."""
    return Problem(
        path=path,
        line=line,
        code="blocked",
        message=f"Readers do not get `{thing.written}`: the policy of the pages allows no {thing.what}.",
        hint="Put the file beside the post, or allow it: `content_security_policy` in mkdocs.yml says what pages load.",
        severity=Severity.WARNING,
    )


def _files(content: LexborNode, directives: Mapping[str, frozenset[str]]) -> Iterator[Blocked]:
    for node in content.css(", ".join((*_LOADING, "source", "video[poster]"))):
        for directive, address in _loaded(node):
            parts = split_address(address)
            if parts.hostname and not _allows(_sources(directives, directive), parts.scheme, parts.hostname):
                yield Blocked(written=address, what=f"{_NAMED[directive]} from {parts.hostname}")


def _loaded(node: LexborNode) -> Iterator[tuple[str, str]]:
    """Yield what an element loads, each with the directive that allows it."""
    tag = node.tag or ""
    directive, names = _LOADING.get(tag, ("", ()))
    if tag == "source":
        is_of_picture = node.parent is not None and node.parent.tag == "picture"
        directive, names = ("img-src", ("srcset",)) if is_of_picture else ("media-src", ("src",))
    if tag == "link" and "stylesheet" not in (node.attributes.get("rel") or "").lower().split():
        return
    for name in names:
        value = node.attributes.get(name) or ""
        yield from ((directive, value[start:end].strip()) for start, end in addresses_in(tag, name, value))
    if tag == "video" and (poster := node.attributes.get("poster")):
        yield "img-src", poster.strip()


def _inline(content: LexborNode, directives: Mapping[str, frozenset[str]]) -> Iterator[Blocked]:
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        for node in content.css(tag):
            is_code = not node.attributes.get("src") and node.attributes.get("type") not in _DATA
            if is_code and "'unsafe-inline'" not in _sources(directives, directive):
                yield Blocked(written=f"<{tag}", what=f"{_NAMED[directive]} that stand in a text")


def _sources(directives: Mapping[str, frozenset[str]], directive: str) -> frozenset[str]:
    """Return what a directive allows; where it is not there, one that stands in for it."""
    names = (directive, *_FALLBACK.get(directive, ("default-src",)))
    # Where no directive says anything, everything is allowed.
    return next(
        (directives[name] for name in names if name in directives), frozenset(("*", "'unsafe-inline'"))
    )


def _allows(sources: frozenset[str], scheme: str, host: str) -> bool:
    """Return whether sources allow a host, on whatever path (https://www.w3.org/TR/CSP3/#match-url-to-source-list)."""
    for source in sources:
        if source in ("*", f"{scheme or 'https'}:"):
            return True
        named = split_address(source if "://" in source else f"//{source}").hostname or ""
        if named == host or (named.startswith("*.") and host.endswith(named[1:])):
            return True
    return False
