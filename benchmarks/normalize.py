"""Measure normalizing on folders of Markdown: `python benchmarks/normalize.py PATH…`.

Prints the share of files and blocks whose structure is kept, of files that leave byte for byte, and the
processor time for 16 KB of text with nothing cached; then what a second witness says, which shares no code with
the tool (`witness.py`): how many of its losses were reported, and how many were silent. Options: `--losses`
prints each loss, `--by DEPTH` gives a row to each folder of that depth below a path, `--no-judge` is quicker.
"""

import argparse
import collections
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from witness import Witness

from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer

MKDOCS_YML = Path(__file__).parent.parent / "mkdocs.yml"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was measured of one file."""

    path: Path
    group: str
    count: collections.Counter
    rungs: collections.Counter
    spent: float
    losses: tuple[str, ...] = field(default=())


def main(arguments: list[str]) -> int:
    """Measure all Markdown files under the paths given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--losses", action="store_true")
    parser.add_argument("--by", type=int, default=0)
    parser.add_argument("--no-judge", dest="judged", action="store_false")
    parser.add_argument("--every", type=int, default=1, help="take every so manieth file")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args(arguments)
    files = [(path, _group(path, root, options.by)) for root in options.paths for path in _files(root)]
    files = files[:: options.every]
    if not files:
        print("There is no Markdown file under these paths.")
        return 2
    work = partial(measure, judged=options.judged)
    done = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for one in pool.map(work, files, chunksize=4):
            done.append(one)
            if options.losses and one.losses:
                print("\n".join(one.losses), flush=True)
    groups = sorted({one.group for one in done})
    for group in groups if options.by else []:
        _print(group, [one for one in done if one.group == group], options.judged)
    _print("all", done, options.judged)
    return 0


def _print(name: str, done: list[Measured], judged: bool) -> None:
    count = sum((one.count for one in done), collections.Counter())
    rungs = sum((one.rungs for one in done), collections.Counter())
    spent = sum(one.spent for one in done)
    files, blocks = count["files"], max(count["blocks"], 1)
    print(
        f"{name}: {files} files, kept {count['kept'] / files:.2%}, byte for byte {count['untouched'] / files:.1%}"
    )
    print(f"  blocks {blocks}, kept {1 - count['lost'] / blocks:.3%}, rungs {dict(rungs)}")
    print(f"  time {spent / max(count['characters'], 1) * 16384 * 1000:.1f} ms for 16 KB")
    if judged:
        facts = max(count["facts"], 1)
        print(
            f"  judge: files {count['agreed'] / files:.2%}, {facts} facts {1 - count['differing'] / facts:.3%}; losses"
            f" reported {count['reported']}, silent {count['silent']} in {count['silent files']} files;"
            f" meant otherwise (emphasis beside CJK, and the like) {count['meant']}"
        )


def measure(file: tuple[Path, str], *, judged: bool) -> Measured:
    """Normalize one file and compare."""
    path, group = file
    text = _body(path.read_text(encoding="utf-8", errors="replace"))
    site = _site()
    started = time.process_time()
    climbed = climb(text, site)
    spent = time.process_time() - started
    body = "\n".join(line for line, _ in climbed.lines)
    count = collections.Counter(
        files=1,
        blocks=climbed.blocks,
        characters=len(text),
        lost=len(climbed.lost),
        kept=not climbed.lost,
        untouched=body == text,
    )
    told = [
        f"{path}:{line + 1}: lost\n  post: {shown[0]}\n  page: {shown[1]}"
        for line, shown in climbed.lost.items()
    ]
    if judged:
        told += _judged(path, text, body, set(climbed.lost), count)
    return Measured(
        path=path,
        group=group,
        count=count,
        rungs=collections.Counter(climbed.rungs.values()),
        spent=spent,
        losses=tuple(told),
    )


def _judged(path: Path, text: str, body: str, lost: set[int], count: collections.Counter) -> list[str]:
    """Ask the judge, and count what it says."""
    facts, losses = _judge().losses(text, body)
    spans = (
        [
            range(chunk.start + 1, chunk.end + 1)
            for chunk in read_as_github(text).chunks
            if chunk.start in lost
        ]
        if lost
        else []
    )
    count["facts"] += facts
    told = []
    for loss in losses:
        weight = max(len(loss.wanted), 1)
        kind = "meant" if loss.meant else "reported" if any(loss.line in span for span in spans) else "silent"
        count[kind] += weight
        count["differing"] += weight if kind != "meant" else 0
        told.append(
            f"{path}:{loss.line}: judge: {kind}\n"
            + "".join(
                f"  - {fact.around} {fact.kind}: {json.dumps(fact.text, ensure_ascii=False)[:400]}\n"
                for fact in loss.wanted
            )
            + "".join(
                f"  + {fact.around} {fact.kind}: {json.dumps(fact.text, ensure_ascii=False)[:400]}\n"
                for fact in loss.shown
            )
        )
    count["agreed"] += all(loss.meant for loss in losses)
    count["silent files"] += count["silent"] > 0
    return told


@cache
def _site():
    witness = _judge()
    site = renderer(Dialect(extensions=tuple(witness.extensions), configs=witness.configs))
    site.html("warm")
    return site


@cache
def _judge() -> Witness:
    return Witness(MKDOCS_YML)


def _group(path: Path, root: Path, depth: int) -> str:
    return "/".join(path.relative_to(root).parts[:-1][:depth]) if root.is_dir() else ""


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.md"))


def _body(text: str) -> str:
    """Leave out the front matter."""
    if text.startswith("---\n") and "\n---\n" in text:
        return text.split("\n---\n", 1)[1]
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
