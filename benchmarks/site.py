"""What a build of a whole site costs: plain mkdocs on the same pages, and `hexapla build`, in turn in one run.

    python benchmarks/site.py --articles 60 400
    python benchmarks/site.py --articles 100 400 2000 --prose

CPU of whole commands with all their processes, also for each page, wall time, and the most memory of one process. A
site in five languages is made and run once; posts are prose alone with `--prose`, so that what grows with a site is seen. `check` has no cache, and then all of it; `cold` has no site and no cache; then
nothing is changed, a sentence is added to an original whose translations fall behind, and another, one to a translation, a
title is changed, a post is added, renamed and deleted. Each is compared with plain mkdocs, which builds everything: the
mean of what it takes before and after all that.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from check import make, post

HEXAPLA = ("-m", "hexapla.cli")


def command(folder: Path, *arguments: str) -> tuple[float, float, float]:
    """Run Python on arguments; return the CPU and wall time in seconds of all its processes, and memory in MiB."""
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, *sys.argv[1:]], capture_output=True, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.returncode)\n"
        "sys.stderr.write(done.stderr)\n"
    )
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    cpu, memory, status = done.stdout.split()
    if status not in ("0", "1"):
        raise SystemExit(done.stderr[-3000:])
    return float(cpu), time.monotonic() - started, float(memory)


def plain_configuration(folder: Path) -> None:
    """Write a configuration without hexapla, for the pages that it has written."""
    text = (folder / "mkdocs.yml").read_text()
    before, after = text.index("  - hexapla:"), text.index("  - i18n:")
    (folder / "plain.yml").write_text(text[:before] + text[after:])


def forget(folder: Path) -> None:
    shutil.rmtree(folder / "site", ignore_errors=True)
    shutil.rmtree(folder / ".hexapla", ignore_errors=True)


def edits(folder: Path, articles: int) -> dict[str, tuple[Callable[[], object], str]]:
    """Return what is done to the site before each command, and the verb of that, by what it is called."""
    posts = folder / "posts"
    first, other, new = posts / "a0.en.md", posts / "a1.de.md", posts / f"a{articles}.en.md"

    def more(path: Path) -> Callable[[], object]:
        return lambda: path.write_text(f"{path.read_text()}\nOne more sentence.\n")

    return {
        "check, cold": (lambda: forget(folder), "check"),
        "check, unchanged": (lambda: None, "check"),
        "cold": (lambda: forget(folder), "build"),
        "nothing changed": (lambda: None, "build"),
        "a sentence": (more(first), "build"),
        "another sentence": (more(first), "build"),
        "of a translation": (more(other), "build"),
        "a title": (
            lambda: first.write_text(first.read_text().replace("title: ", "title: New ", 1)),
            "build",
        ),
        "a post more": (
            lambda: new.write_text(post(articles, "en", articles).replace("```python", "```python notest")),
            "build",
        ),
        "renamed": (lambda: new.rename(posts / "renamed.en.md"), "build"),
        "deleted": (lambda: (posts / "renamed.en.md").unlink(), "build"),
    }


def measured(folder: Path, articles: int, *, code: bool) -> None:
    """Make a site, and print what each command on it costs."""
    make(folder, articles, code=code)
    plain_configuration(folder)
    pages = sum(1 for _ in (folder / "docs").rglob("*.md"))
    print(f"{articles} articles in five languages, {pages} pages, {os.cpu_count()} cores", flush=True)
    plain = ("-m", "mkdocs", "build", "-q", "-f", "plain.yml", "-d", str(folder / "plain"))
    before = command(folder, *plain)
    costs: dict[str, tuple[float, float, float]] = {}
    for name, (edit, verb) in edits(folder, articles).items():
        edit()
        costs[name] = command(folder, *HEXAPLA, verb)
    after = command(folder, *plain)
    whole = (before[0] + after[0]) / 2
    for name, (cpu, wall, memory) in {"plain mkdocs": before, **costs, "plain mkdocs again": after}.items():
        each = f"{cpu / pages * 1000:5.1f} ms a page"
        print(
            f"{name:18} {cpu:6.1f} s  {cpu / whole:.2f}  {each} {wall:6.1f} s wall {memory:6.0f} MiB",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[60])
    parser.add_argument("--prose", action="store_true", help="Posts without code.")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for articles in options.articles:
        with tempfile.TemporaryDirectory() as scratch:
            measured(Path(scratch), articles, code=not options.prose)


if __name__ == "__main__":
    main()
