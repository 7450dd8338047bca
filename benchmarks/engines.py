"""What readers get of each builder, and what it costs: the same site made by mkdocs and by Zensical, in turns.

    python benchmarks/engines.py . --rounds 3

Copies the site of the folder, runs what is stale, and builds it with both from nothing. Prints CPU (all processes) and
wall time of each, the median of the rounds; then what differs: pages that only one made, contents of another structure
(elements with their ids, classes, addresses and text, code as its text), and links of either that lead nowhere. Ends
with 1 where anything does.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

ENGINES = ("mkdocs", "zensical")
WHERE = ("href", "src")
THEIRS = ".md-content__button, .md-source-file, .hexapla-mending, #__skip, a.headerlink, style, script"
"""What themes and templates put beside a page's own text."""


def command(folder: Path, *arguments: str) -> tuple[float, float]:
    """Run hexapla; return the CPU and wall time in seconds of all its processes."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "hexapla.cli", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr[-3000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - started


def content(html: str) -> LexborNode | None:
    """Return what a page says itself; None for a page that only leads to another."""
    said = LexborHTMLParser(html).css_first("article.md-content__inner")
    for node in said.css(THEIRS) if said else ():
        node.decompose()
    return said


def structure(node: LexborNode) -> Iterator[object]:
    """Yield the elements of a content in order, each with what readers have of it."""
    for one in node.traverse(include_text=True):
        if one.tag == "-text":
            if text := " ".join((one.text(deep=False) or "").split()):
                yield text
        elif one.tag and not one.tag.startswith("-") and one.mem_id != node.mem_id:
            kept = {name: value for name, value in one.attributes.items() if name in ("id", "class", *WHERE)}
            yield one.tag, tuple(sorted(kept.items(), key=str))


def pages(folder: Path) -> dict[str, LexborNode]:
    made = {
        path.relative_to(folder).as_posix(): content(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }
    return {name: said for name, said in made.items() if said is not None}


def dead(folder: Path) -> Iterator[str]:
    """Yield each address of the site's own, on any page with all that surrounds its content, that leads nowhere."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(name for name in files if name.endswith(".html") and not name.endswith("404.html")):
        tree = LexborHTMLParser((folder / name).read_text(encoding="utf-8"))
        for node in tree.css("[href], [src]"):
            address = next(node.attributes[key] or "" for key in WHERE if key in node.attributes)
            parts = urlsplit(urljoin(f"http://site/{name}", address))
            path = unquote(parts.path).lstrip("/")
            if (
                parts.netloc == "site"
                and parts.scheme == "http"
                and not {path, f"{path.rstrip('/')}/index.html".lstrip("/")} & files
            ):
                yield f"{name}: {address}"


def different(one: dict[str, LexborNode], other: dict[str, LexborNode]) -> Iterator[str]:
    for name in sorted(one.keys() ^ other.keys()):
        yield f"{name}: only {ENGINES[name in other]} made it"
    for name in sorted(one.keys() & other.keys()):
        here, there = list(structure(one[name])), list(structure(other[name]))
        if here != there:
            place = next(
                (n for n, pair in enumerate(zip(here, there, strict=False)) if pair[0] != pair[1]),
                min(len(here), len(there)),
            )
            yield f"{name}: {here[place : place + 2]} is {there[place : place + 2]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "site of both")
        left_out = shutil.ignore_patterns("site", ".*", "src", "tests", "benchmarks")
        shutil.copytree(options.site, folder, ignore=left_out)
        command(folder, "run")
        costs: dict[str, list[tuple[float, float]]] = {engine: [] for engine in ENGINES}
        for _ in range(options.rounds):
            for engine in ENGINES:
                shutil.rmtree(folder / "site", ignore_errors=True)
                shutil.rmtree(folder / ".hexapla", ignore_errors=True)
                costs[engine].append(command(folder, "build", "--engine", engine))
                shutil.rmtree(folder / engine, ignore_errors=True)
                shutil.move(folder / "site", folder / engine)
        made = [pages(folder / engine) for engine in ENGINES]
        for engine, times in costs.items():
            cpu, wall = (statistics.median(part) for part in zip(*times, strict=True))
            print(f"{engine:9} {cpu:6.1f} s CPU  {wall:6.1f} s wall", flush=True)
        wrong = [*different(*made)]
        for engine in ENGINES:
            wrong += [f"{engine}: {line} leads nowhere" for line in dead(folder / engine)]
        print(f"{len(made[0])} pages, {len(wrong)} differences and dead links", *wrong[:40], sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
