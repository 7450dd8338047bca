"""Weigh every page of a built site as a reader's browser loads it: `python benchmarks/page_weight.py [site]`.

Serves the folder (`site/` unless named) with gzip, as GitHub Pages does, and opens each page in Chromium with
an empty cache and reads it to its end, so that late figures count. Prints bytes over the wire, bodies only, by
kind of file: of the median page and of the heaviest; with and without compression; fonts on their own; and the
search index of each language, which is loaded when a reader turns to the search.
"""

import statistics
import sys
from collections import Counter
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from browser import CHROMIUM  # noqa: E402
from browser.visits import READ_THROUGH  # noqa: E402
from serving import Served, serving  # noqa: E402

KINDS = {
    ".css": "styles",
    ".js": "scripts",
    ".json": "index",
    ".woff2": "fonts",
    ".svg": "pictures",
    ".png": "pictures",
}


def weigh(chromium, served: Served, path: str, *, compressed: bool) -> Counter[str]:
    """Return the bytes that one page needs, by kind."""
    headers = {} if compressed else {"Accept-Encoding": "identity"}
    context = chromium.new_context(extra_http_headers=headers)
    page = context.new_page()
    served.answers.clear()
    page.goto(served.address + path)
    page.evaluate(READ_THROUGH)
    weights: Counter[str] = Counter()
    for answer in tuple(served.answers):
        weights[KINDS.get(Path(answer.path).suffix, "page")] += answer.size
    context.close()
    return weights


def report(name: str, pages: dict[str, Counter[str]]) -> None:
    """Print the median and the heaviest of some pages."""
    total = {path: sum(parts.values()) - parts["fonts"] for path, parts in pages.items()}
    heaviest = max(total, key=total.__getitem__)
    print(
        f"{name}: {len(pages)} pages, median {statistics.median(total.values()) / 1000:.0f} KB, fonts aside"
    )
    parts = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in sorted(pages[heaviest].items()))
    print(f"  heaviest: {total[heaviest] / 1000:.0f} KB, /{heaviest} ({parts})")


def main() -> None:
    """Weigh a site."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "site").resolve()
    paths = sorted(
        file.parent.relative_to(site).as_posix().removeprefix(".") + "/" for file in site.rglob("index.html")
    )
    with sync_playwright() as playwright, serving(site) as served:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu"])
        for compressed, name in ((True, "compressed"), (False, "as they are")):
            report(
                name,
                {path: weigh(chromium, served, path.lstrip("/"), compressed=compressed) for path in paths},
            )
        chromium.close()
    for file in sorted(site.rglob("search_index.json")):
        print(
            f"search index: {file.relative_to(site)}, {file.stat().st_size / 1000:.0f} KB before compression"
        )


if __name__ == "__main__":
    main()
