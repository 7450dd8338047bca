"""What an author waits for while `hexapla serve` runs: from saving a post to the page with its new output.

    python benchmarks/serve.py --edits 5 [--articles 100]

Serves a copy of this repository's own site, or a site of so many articles in five languages; changes a number in a
cell of one article, first in all its languages and then in the original alone, and asks for the page in the first and in the last
language until it shows the new output. Also says what the server costs while nobody edits.
"""

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from check import make

ROOT = Path(__file__).resolve().parent.parent
CELL = "```python\nimport torch\n\ntorch.tensor([{number}.5]) * 2\n```\n"


def copy_of_the_site(folder: Path) -> None:
    for name in ("posts", "snippets", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)


def cpu_of(process: int) -> float:
    """Return the seconds of CPU that a process has used, its threads' included."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def posts_of(folder: Path, slug: str) -> list[Path]:
    return sorted((folder / "posts").glob(f"{slug}.*.md"))


def page(port: int, language: str, slug: str) -> str:
    place = "" if language == "en" else f"{language}/"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{place}posts/{slug}/", timeout=60) as answer:
        return answer.read().decode()


def wait_for(text: str, port: int, language: str, slug: str) -> None:
    until = time.monotonic() + 240
    while time.monotonic() < until:
        try:
            if text in page(port, language, slug):
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"{text} did not appear on the page in {language}")


def measure(folder: Path, slug: str, edits: int) -> None:
    posts = posts_of(folder, slug)
    texts = {path: path.read_text() for path in posts}
    languages = [path.suffixes[0][1:] for path in posts]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "hexapla.cli", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stderr=log, stdout=log, start_new_session=True)
    try:
        wait_for("</html>", port, languages[0], slug)
        number = 10
        for chosen in (posts, [path for path in posts if path.suffixes[0] == ".en"]):
            waits: dict[str, list[float]] = {path.suffixes[0][1:]: [] for path in (chosen[0], chosen[-1])}
            used = 0.0
            for edit in range(-1, edits):
                number += 1
                time.sleep(2)
                before, started = cpu_of(server.pid), time.monotonic()
                for path in chosen:
                    path.write_text(f"{texts[path]}\n{CELL.format(number=number)}")
                for language, seconds in waits.items():
                    wait_for(f"{2 * number + 1}.", port, language, slug)
                    # The first edit adds a cell, and waits for torch.
                    if edit >= 0:
                        seconds.append(time.monotonic() - started)
                used += (cpu_of(server.pid) - before) if edit >= 0 else 0
            for language, seconds in waits.items():
                print(
                    f"{len(chosen)} edited: from an edit to its output on the page in {language}: median "
                    f"{statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s; CPU {used / edits:.2f} s"
                )
        time.sleep(2)
        before = cpu_of(server.pid)
        time.sleep(10)
        print(f"while nobody edits: {10 * (cpu_of(server.pid) - before):.1f} % of a core")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--articles", type=int, default=0, help="0: this repository's own site.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if options.articles:
            make(folder, options.articles)
        else:
            copy_of_the_site(folder)
        print(f"{options.articles or 'our own'} articles, {os.cpu_count()} cores")
        measure(folder, "a0" if options.articles else "buffers", options.edits)


if __name__ == "__main__":
    main()
