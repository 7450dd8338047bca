"""Addresses in HTML: which attributes hold one, where each of a `srcset` stands, and what one is made of."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

_SEVERAL = ("srcset", "data-srcset", "imagesrcset")
ADDRESSED = (
    *("href", "xlink:href", "src", "data-src", *_SEVERAL, "poster", "data", "cite", "longdesc", "background"),
    *("action", "formaction", "style"),
)
"""The attributes that hold an address, some of them several (https://html.spec.whatwg.org/#attributes-3)."""
_IN_STYLE = re.compile(r"url\(\s*+(?P<quote>[\"']?)(?P<address>[^\s()\"']++)(?P=quote)\s*+\)", re.IGNORECASE)
_CANDIDATE = re.compile(r"(?:\A|,)\s*+(?P<address>[^\s,]++)")


def addresses_in(tag: str, name: str, value: str) -> Iterator[tuple[int, int]]:
    """Yield where the addresses stand in the value of an attribute; both names are in lower case.

    `data` is an object's alone; a `srcset` that has data has nothing to follow. Many write a name as `cite`.
    """
    is_other = (name == "data" and tag != "object") or (
        name == "cite" and re.fullmatch(r"[^/#.]*|.*\s.*", value)
    )
    if name not in ADDRESSED or is_other:
        return
    if name == "style":
        yield from (match.span("address") for match in _IN_STYLE.finditer(value))
    elif name not in _SEVERAL:
        yield 0, len(value)
    elif "data:" not in value:
        yield from (match.span("address") for match in _CANDIDATE.finditer(value))


def split_address(address: str) -> SplitResult:
    """Return what an address is made of; one that is none, such as `http://[x`, has no part."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
