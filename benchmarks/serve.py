"""What an author waits for while `hexapla serve` runs: from saving a post to the page with its new output.

    python benchmarks/serve.py --edits 5

Serves a copy of this repository's own site, changes a number in a cell of one article in all its languages, and
asks for the page in the first and in the last language until it shows the new output.
"""

import argparse
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

ROOT = Path(__file__).resolve().parent.parent
CELL = "```python\nimport torch\n\ntorch.tensor([{number}.5]) * 2\n```\n"


def copy_of_the_site(folder: Path) -> None:
    for name in ("posts", "snippets", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--slug", default="buffers")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, socket.socket() as free:
        folder = Path(scratch)
        copy_of_the_site(folder)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        posts = posts_of(folder, options.slug)
        texts = {path: path.read_text() for path in posts}
        languages = [path.suffixes[0][1:] for path in posts]
        command = [sys.executable, "-m", "hexapla.cli", "serve", "--dev-addr", f"127.0.0.1:{port}"]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(command, cwd=folder, stderr=log, stdout=log, start_new_session=True)
        try:
            waits: dict[str, list[float]] = {languages[0]: [], languages[-1]: []}
            wait_for("</html>", port, languages[0], options.slug)
            for number in range(-1, options.edits):
                time.sleep(2)
                for path, text in texts.items():
                    path.write_text(f"{text}\n{CELL.format(number=number + 10)}")
                started = time.monotonic()
                for language, seconds in waits.items():
                    wait_for(f"{2 * (number + 10) + 1}.", port, language, options.slug)
                    # The first edit adds a cell, and starts the fork server.
                    if number >= 0:
                        seconds.append(time.monotonic() - started)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
        for language, seconds in waits.items():
            print(
                f"{len(posts)} languages: from an edit to its output on the page in {language}: median "
                f"{statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s"
            )


if __name__ == "__main__":
    main()
