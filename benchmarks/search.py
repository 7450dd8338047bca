"""What a reader loads who searches a large site: `python benchmarks/search.py [--pages 5000]`.

Makes a site of one post, gives it an index of so many pages more, whose words are as common as those of a language (Zipf),
and searches it in Chromium, each time with an empty cache. Prints bytes over the wire, seconds until the results stand there,
and what the index cost to make.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from browser import CHROMIUM  # noqa: E402
from browser.searching import search  # noqa: E402
from hexapla import scaffold  # noqa: E402
from hexapla.cli.main import main  # noqa: E402
from hexapla.publish.addresses import Addresses  # noqa: E402
from hexapla.publish.search import write_indexes  # noqa: E402
from hexapla.publish.sources import PageSource  # noqa: E402
from hexapla.storage.cache import Cache  # noqa: E402
from serving import serving  # noqa: E402

WORDS = 30_000
"""Different words of the site."""
LONG = 600
"""Words of a page."""
SYLLABLES = "ba co de fi gu ha je ki lo mu na pe qui ro sa te vi wo xa yu zi stra tion ment ing".split()


def pages(folder: Path, count: int) -> tuple[list[PageSource], list[str]]:
    """Write pages below a built site; return their sources, and the words, the most common first."""
    chance = random.Random(0)
    words = list(
        dict.fromkeys("".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(2 * WORDS))
    )[:WORDS]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    where, sources = Addresses(default_language="en"), []
    for number in range(count):
        said = chance.choices(words, cum_weights=weights, k=LONG)
        parts = [
            f"<h2 id='s{at}'>{' '.join(said[at : at + 3])}</h2><p>{' '.join(said[at : at + 100])}.</p>"
            for at in range(0, LONG, 100)
        ]
        source = PageSource(language="en", name=f"posts/page-{number}", text="")
        path = folder / where.file(source)
        path.parent.mkdir(parents=True)
        path.write_text(
            f"<html><body><article class='md-content__inner'><h1>{' '.join(said[-4:])}</h1>{''.join(parts)}</article></body></html>"
        )
        sources.append(source)
    return sources, words


def cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def run(count: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home, "site")
        scaffold.make_site(folder, ["en"], "A site")
        assert main(["build", "-f", str(folder / "mkdocs.yml")]) == 0
        site = folder / "site"
        sources, words = pages(site, count)
        for time_ in ("all pages", "nothing changed"):
            before = cpu()
            write_indexes(
                sources,
                Addresses(default_language="en"),
                site,
                ("en",),
                Cache(folder=folder / "cache", environment=""),
            )
            print(f"index of {count} pages, {time_}: {cpu() - before:.1f} s of CPU")
        size = sum(path.stat().st_size for path in (site / "search").rglob("*") if path.is_file())
        print(f"on the server: {size / 1e6:.1f} MB")
        queries = {
            "a common word": words[50],
            "a rare word": words[20_000],
            "two words": f"{words[100]} {words[300]}",
            "three letters": words[0][:3],
            "misspelled": words[1000][:3] + words[1000][4:],
            "nothing": "qqqqqqqqq",
        }  # fmt: skip
        with serving(site) as served, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM)
            for name, query in queries.items():
                page = chromium.new_context().new_page()
                page.goto(served.address)
                page.wait_for_load_state("networkidle")
                served.answers.clear()
                start = time.perf_counter()
                found = search(page, query)
                seconds = time.perf_counter() - start
                print(
                    f"{name}: {sum(one.size for one in served.answers) / 1000:.0f} KB, {seconds:.1f} s, {len(found)} found"
                )
            chromium.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=5000)
    run(parser.parse_args().pages)
