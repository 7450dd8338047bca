"""Builds that are killed: what remains of each, and whether the next one gives what an undisturbed one does.

    python tests/killing.py --kills 300 --seed 1 [--torch]

kills builds of a small site at random moments of each phase, prints what went wrong and exits with how often.
"""

import argparse
import ctypes
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hexapla import scaffold
from hexapla.execution import scratch
from hexapla.execution.sandbox import limits
from hexapla.storage import files

PHASES = ("reading", "starting", "running", "writing", "mkdocs")
WHOM = ("all", "the parent", "all, asked to end", "the parent, asked to end")
"""Who is killed: every process of the build's group, or the command alone; SIGKILL, or SIGTERM."""
SECONDS_TO_CLEAR_UP = 10.0
ARTICLES, LANGUAGES = 4, ("en", "de", "es")
_CELLS = (
    "import time\ntime.sleep(0.1)\nprint('a', {number})",
    "import subprocess\nsubprocess.run(['sleep', '0.1'])\n{number} * 2",
    "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(0.5)\n    os._exit(0)\nprint('b')",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """When a build is killed, and who of it."""

    phase: str
    share: float
    """Where in the phase, from 0 to 1."""
    whom: str


class Builds:
    """Builds of one site in a folder of their own, with temporary files and a cache of their own."""

    def __init__(self, folder: Path, *, torch: bool) -> None:
        ctypes.CDLL(None).prctl(
            36, 1, 0, 0, 0
        )  # whatever loses its parent becomes a child of ours, and is seen
        self._for_the_next: set[Path] = set()
        self.site, self.temporary = folder / "site of one's own", folder / "tmp"
        self.temporary.mkdir()
        self._environment = os.environ | {
            "TMPDIR": str(self.temporary),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONPATH": str(Path(scaffold.__file__).parent.parent),
            "PYTHONUNBUFFERED": "1",
        }
        scaffold.make_site(self.site, LANGUAGES, "A site")
        mkdocs_yml = self.site / "mkdocs.yml"
        if not torch:
            text = mkdocs_yml.read_text().replace("preload: auto", "preload: []")
            mkdocs_yml.write_text(text)
        for path in (self.site / "posts").iterdir():
            path.unlink()
        self._write_posts()
        self._fresh = folder / "fresh"
        shutil.copytree(self.site, self._fresh)
        started = time.monotonic()
        self.begun: dict[str, float] = {}
        process = self._start()
        for phase in self._phases(process):
            self.begun[phase] = time.monotonic() - started
        assert process.wait() == 0, "the undisturbed build fails"
        self.begun["end"] = time.monotonic() - started
        self.expected = self.result()

    def _write_posts(self) -> None:
        for number in range(ARTICLES):
            cells = "\n".join(f"```python\n{cell.format(number=number)}\n```\n" for cell in _CELLS)
            for language in LANGUAGES:
                text = f"# Article {number}\n\nIn {language}.\n\n{cells}\n" + "Some *prose* of it.\n\n" * 40
                (self.site / "posts" / f"a{number}.{language}.md").write_text(text)

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "hexapla.cli", "build", "-j", "2"],
            cwd=self.site,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def _phases(self, process: subprocess.Popen[str]) -> Iterator[str]:
        """Yield each phase as it begins."""
        yield "reading"
        assert process.stderr
        for line in process.stderr:
            if line.endswith("for the present code.\n") or line.startswith("  a0"):
                yield "starting"
            elif line.startswith("Sandbox:"):
                yield "running"
            elif "run. Slowest" in line or line.startswith("Nothing is stale"):
                yield "writing"
            elif line.endswith("Building the site with mkdocs.\n"):
                yield "mkdocs"

    def kill(self, kill: Kill) -> str:
        """Kill a build; return which phase it was in."""
        process = self._start()
        said: list[str] = []

        def listen() -> None:
            said.extend(self._phases(process))

        listener = threading.Thread(target=listen)
        listener.start()
        order = [*PHASES, "end"]
        until = time.monotonic() + 60
        while kill.phase not in said and process.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        following = next(name for name in order[order.index(kill.phase) + 1 :] if name in self.begun)
        time.sleep(kill.share * (self.begun[following] - self.begun.get(kill.phase, 0.0)))
        phase = said[-1] if said and process.poll() is None else "end"
        number = signal.SIGTERM if "asked" in kill.whom else signal.SIGKILL
        with suppress(ProcessLookupError):
            (os.killpg if kill.whom.startswith("all") else os.kill)(process.pid, number)
        process.wait(60)
        self._wait_for_others()
        listener.join(60)
        assert not listener.is_alive(), "somebody holds the pipe"
        return phase

    def _wait_for_others(self) -> None:
        """Wait for what is below us, as long as it may take to clear up, and reap it."""
        until = time.monotonic() + SECONDS_TO_CLEAR_UP
        while time.monotonic() < until:
            try:
                if os.waitpid(-1, os.WNOHANG) == (0, 0):
                    time.sleep(0.02)
            except ChildProcessError:
                return

    def remains(self, *, after: str = "") -> list[str]:
        """Return what is left over of builds: processes, scratch folders, files that were being written.

        The folder of mkdocs, killed with all others while it makes the search's index, is removed by the next build.
        """
        processes = [
            f"process {Path(f'/proc/{process}/cmdline').read_bytes()[:300]!r}"
            for process in limits.descendants(os.getpid())
        ]
        for process in limits.descendants(os.getpid()):
            os.kill(process, signal.SIGKILL)
        folders = {path for path in self.temporary.iterdir() if path.name.startswith(scratch.PREFIX)}
        if after == "mkdocs":
            self._for_the_next |= folders
        temporary = [
            f"temporary {path}" for path in self.temporary.iterdir() if path not in self._for_the_next
        ]
        asides = [f"aside {path}" for path in self.site.rglob(f"*{files.ASIDE}")]
        return [*processes, *temporary, *asides]

    def finish(self) -> list[str]:
        """Build undisturbed; return what differs from what the first build gave."""
        process = self._start()
        _, said = process.communicate()
        if process.returncode:
            return [f"the next build ends with {process.returncode}: {said[-2000:]}"]
        self._for_the_next.clear()
        result = self.result()
        return [
            name
            for name in result.keys() | self.expected.keys()
            if result.get(name) != self.expected.get(name)
        ]

    def result(self) -> dict[str, bytes]:
        """Return what a build gives, by path."""
        paths = (path for part in ("docs", "snippets", "site") for path in (self.site / part).rglob("*"))
        return {
            str(path.relative_to(self.site)): path.read_bytes()
            for path in paths
            if path.is_file() and path.name != ".lock"
        }

    def restore(self) -> None:
        """Put back what was there before the first build, nothing recorded."""
        shutil.rmtree(self.site)
        shutil.copytree(self._fresh, self.site)


def kills(count: int, seed: int) -> Iterator[Kill]:
    """Yield kills in every phase, of everybody in turn."""
    chance = random.Random(seed)
    for number in range(count):
        yield Kill(phase=PHASES[number % len(PHASES)], share=chance.random(), whom=chance.choice(WHOM))


def main() -> int:
    """Kill builds, and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--torch", action="store_true")
    parser.add_argument("--each", type=int, default=3, help="Build undisturbed after so many kills.")
    options = parser.parse_args()
    done: Counter[tuple[str, str]] = Counter()
    faults = 0
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        builds = Builds(Path(folder), torch=options.torch)
        print(builds.begun, len(builds.expected), flush=True)
        builds.restore()
        for number, kill in enumerate(kills(options.kills, options.seed), start=1):
            phase = builds.kill(kill)
            done[phase, kill.whom] += 1
            wrong = builds.remains(after=phase)
            if number % options.each == 0:
                wrong += [*builds.finish(), *builds.remains()]
                builds.restore()
            if wrong:
                faults += 1
                print(number, kill, phase, *wrong, sep="\n  ", flush=True)
    for (phase, whom), count in sorted(done.items()):
        print(f"{count:4} {phase}: {whom}")
    print(f"{faults} of {options.kills} left something")
    return min(faults, 100)


if __name__ == "__main__":
    sys.exit(main())
