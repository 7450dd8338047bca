"""Invalid addresses: mkdocs fails on a page with a link that is no address (`http://[x`); here it stays as it is."""

from functools import wraps
from typing import Any

from mkdocs.structure import pages


def leave_invalid_addresses() -> None:
    """Have mkdocs follow the links of a page that are addresses, and leave the others; asked once more, do nothing."""
    links: Any = getattr(pages, "_RelativePathTreeprocessor", None)
    follow = getattr(links, "path_to_url", None)
    if follow is None or hasattr(follow, "__wrapped__"):
        return

    @wraps(follow)
    def path_to_url(self: Any, url: str) -> Any:
        try:
            return follow(self, url)
        except ValueError:
            return url

    links.path_to_url = path_to_url
