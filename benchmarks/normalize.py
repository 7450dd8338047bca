"""Measure normalizing on folders of Markdown: `python benchmarks/normalize.py PATH…`.

Prints the share of files and blocks whose structure is kept, of files that leave byte for byte, and the
processor time for 16 KB of text with nothing cached.
"""

import collections
import sys
import time
from pathlib import Path

from hexapla.normalize.dialect import Dialect
from hexapla.normalize.ladder import climb
from hexapla.normalize.renderer import renderer


def main(arguments: list[str]) -> int:
    """Measure all Markdown files under the paths given."""
    paths = [path for name in arguments for path in _files(Path(name))]
    site = renderer(Dialect())
    site.html("warm")
    count = collections.Counter()
    rungs = collections.Counter()
    spent = 0.0
    for path in paths:
        text = _body(path.read_text(encoding="utf-8", errors="replace"))
        started = time.process_time()
        climbed = climb(text, site)
        spent += time.process_time() - started
        same = "\n".join(line for line, _ in climbed.lines) == text
        count.update(files=1, blocks=climbed.blocks, characters=len(text), lost=len(climbed.lost))
        count.update(kept=not climbed.lost, untouched=same)
        rungs.update(climbed.rungs.values())
        for line in climbed.lost:
            print(f"{path}:{line + 1} of the body is lost")
    if not count["files"]:
        print("There is no Markdown file under these paths.")
        return 2
    print(f"files   {count['files']}, kept {count['kept'] / count['files']:.2%}", end="")
    print(f", byte for byte {count['untouched'] / count['files']:.1%}")
    print(f"blocks  {count['blocks']}, kept {1 - count['lost'] / max(count['blocks'], 1):.3%}")
    print(f"rungs   {dict(rungs)}")
    print(f"time    {spent / max(count['characters'], 1) * 16384 * 1000:.1f} ms for 16 KB")
    return 0


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.md"))


def _body(text: str) -> str:
    """Leave out the front matter."""
    if text.startswith("---\n") and "\n---\n" in text:
        return text.split("\n---\n", 1)[1]
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
