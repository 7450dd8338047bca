"""A language's search index as its readers load it: Pagefind's fragments, a page each."""

import gzip
import json
from pathlib import Path
from typing import Any

_SIGNATURE = b"pagefind_dcd"


def found_pages(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the index of a language's folder holds of each page, by the page's address below the site's root."""
    pages = {}
    for path in (folder / "search" / "fragment").iterdir():
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))
        pages[page["url"]] = page
    return pages
