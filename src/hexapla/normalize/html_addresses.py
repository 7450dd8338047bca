"""Addresses in HTML: which attributes hold one, and where each of a `srcset` stands."""

import re
from collections.abc import Iterator

ADDRESSED = ("href", "src", "poster", "data", "srcset", "background")
"""The attributes that hold an address, `srcset` several (https://html.spec.whatwg.org/#attributes-3)."""
_CANDIDATE = re.compile(r"(?:\A|,)\s*+(?P<address>[^\s,]++)")


def addresses_in(tag: str, name: str, value: str) -> Iterator[tuple[int, int]]:
    """Yield where the addresses stand in the value of an attribute; both names are in lower case.

    `data` is an object's alone; a `srcset` that has data has nothing to follow.
    """
    if name not in ADDRESSED or (name == "data" and tag != "object"):
        return
    if name != "srcset":
        yield 0, len(value)
    elif "data:" not in value:
        yield from (match.span("address") for match in _CANDIDATE.finditer(value))
