"""What a build of a whole site costs: plain mkdocs on the same pages, and `hexapla build`, one after the other in a run.

    python benchmarks/site.py --articles 60

CPU of whole commands with all their processes, wall time, and the most memory of one process. A site in five languages
is made and run once. `cold` has no site and no cache; then nothing is changed, a sentence is added to one post, a title
is changed, a post is added, renamed and deleted. Each is compared with plain mkdocs, which builds everything.
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

BUILD = ("-m", "hexapla.cli", "build")


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


def edits(folder: Path, articles: int) -> dict[str, Callable[[], object]]:
    """Return what is done to the site before each build, by what it is called."""
    posts = folder / "posts"
    first, new = posts / "a0.en.md", posts / f"a{articles}.en.md"
    return {
        "cold": lambda: forget(folder),
        "nothing changed": lambda: None,
        "one sentence more": lambda: first.write_text(f"{first.read_text()}\nOne more sentence.\n"),
        "a title": lambda: first.write_text(first.read_text().replace("title: ", "title: New ", 1)),
        "a post more": lambda: new.write_text(
            post(articles, "en", articles).replace("```python", "```python notest")
        ),
        "renamed": lambda: new.rename(posts / "renamed.en.md"),
        "deleted": lambda: (posts / "renamed.en.md").unlink(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=60)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make(folder, options.articles)
        plain_configuration(folder)
        pages = sum(1 for _ in (folder / "docs").rglob("*.md"))
        print(f"{options.articles} articles in five languages, {pages} pages, {os.cpu_count()} cores")
        quiet = ("-m", "mkdocs", "build", "-q", "-f", "plain.yml", "-d", str(folder / "plain"))
        whole, wall, memory = command(folder, *quiet)
        print(f"{'plain mkdocs':18} {whole:6.1f} s  1.00   {wall:6.1f} s wall {memory:6.0f} MiB")
        for name, edit in edits(folder, options.articles).items():
            edit()
            cpu, wall, memory = command(folder, *BUILD)
            print(f"{name:18} {cpu:6.1f} s  {cpu / whole:.2f}   {wall:6.1f} s wall {memory:6.0f} MiB")


if __name__ == "__main__":
    main()
