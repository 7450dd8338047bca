"""Whether hexapla stays as it is, however long it runs: memory, open files, processes and scratch folders.

    python benchmarks/soak.py --programs 2000 --edits 1000

runs so many programs through one fork server, each of them starting processes, leaving files and raising now and then; and serves a
small site while so many edits are saved. Prints what each takes at fifty moments; exits with 1 where the last is well above that after
a fifth.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hexapla import scaffold
from hexapla.execution import scratch
from hexapla.execution.client import ForkServer
from hexapla.execution.executor import run_programs
from hexapla.execution.sandbox import limits
from hexapla.model.program import Cell, Program
from hexapla.model.run import Options

MOMENTS = 50
CODES = (
    "import subprocess\nsubprocess.run(['true'])\nprint({number})",
    "open('file', 'wb').write(bytes(10**6))\nx = [0] * 10**6\nlen(x)",
    "import os\nif os.fork() == 0:\n    os.setsid()\n    os.execv('/bin/sleep', ['sleep', '60'])\n{number}",
    "1 / 0",
    "import threading, socket\npair = socket.socketpair()\nthreading.Thread(target=pair[0].recv, args=(1,), daemon=True).start()",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a process and all below it use at one moment."""

    memory: int
    """MiB that are theirs alone, shared ones by their part."""
    resident: int
    """MiB that the process itself has in memory."""
    files: int
    processes: int
    folders: int
    """Below the scratch folders."""

    @staticmethod
    def of(process: int, temporary: Path) -> "Use":
        """Look at it."""
        processes = [process, *limits.descendants(process)]
        memory = files = resident = 0
        for each in processes:
            try:
                rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
                files += len(list(Path(f"/proc/{each}/fd").iterdir()))
            except OSError:
                continue
            sizes = {line.split()[0]: int(line.split()[1]) for line in rollup.splitlines()[1:]}
            memory += sizes["Pss:"]
            resident = resident or sizes["Rss:"]
        folders = len(list(temporary.glob(f"{scratch.PREFIX}*/[0-9]*")))
        return Use(
            memory=memory // 1024,
            resident=resident // 1024,
            files=files,
            processes=len(processes),
            folders=folders,
        )

    def is_well_above(self, other: "Use") -> bool:
        """Return whether it has grown by more than a moment's chance."""
        return (
            self.memory > 1.15 * other.memory + 20
            or self.files > other.files + 10
            or self.processes > other.processes + 2
            or self.folders > other.folders + 2
        )


def verdict(name: str, moments: Iterator[Use]) -> bool:
    """Print what is used at each moment, and return whether it stayed."""
    uses = []
    for use in moments:
        uses.append(use)
        print(
            f"{name}: {use.memory} MiB, the first process {use.resident} MiB resident, {use.files} open files,"
            f" {use.processes} processes, {use.folders} folders",
            flush=True,
        )
    grows = uses[-1].is_well_above(uses[len(uses) // 5])
    print(f"{name}: {'GROWS' if grows else 'stays as it is'}", flush=True)
    return not grows


def programs(count: int, temporary: Path) -> Iterator[Use]:
    """Run programs through one fork server."""
    with ForkServer(Options(preload=(), jobs=2)) as server:
        for moment in range(MOMENTS):
            several = [
                program(number)
                for number in range(moment * count // MOMENTS, (moment + 1) * count // MOMENTS)
            ]
            assert len(list(run_programs(several, server.options, server=server))) == len(several)
            yield Use.of(os.getpid(), temporary)


def program(number: int) -> Program:
    """Return one of the programs."""
    code = CODES[number % len(CODES)].format(number=number)
    cell = Cell(id="cell-1", code=code, path=f"posts/p{number}.md", line=1)
    return Program(slug=f"p{number}", variant="", cells=(cell,), languages=("en",))


@contextmanager
def served(site: Path) -> Iterator[tuple[int, int]]:
    """Serve a site; yield the process and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "hexapla.cli", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (
        (site / "log").open("w") as log,
        subprocess.Popen(command, cwd=site, stderr=log, stdout=log, start_new_session=True) as server,
    ):
        try:
            yield server.pid, port
        finally:
            server.send_signal(signal.SIGTERM)


def edits(count: int, temporary: Path, folder: Path) -> Iterator[Use]:
    """Save a post again and again, and wait for the page each time."""
    site = folder / "site"
    scaffold.make_site(site, ("en", "de"), "A site")
    mkdocs_yml = site / "mkdocs.yml"
    mkdocs_yml.write_text(
        mkdocs_yml.read_text().replace("      snippets: ", "      preload: []\n      snippets: ")
    )
    post = site / "posts" / "soak.en.md"
    text = "# Soak\n\n```python\nprint('output', {number})\n```\n" + "\nA paragraph, one of *many*.\n" * 600
    post.write_text(text.format(number=-1))
    with served(site) as (process, port):
        wait_for("output -1", port)
        for number in range(count):
            post.write_text(text.format(number=number))
            wait_for(f"output {number}\n", port)
            if (number + 1) % max(1, count // MOMENTS) == 0:
                yield Use.of(process, temporary)


def wait_for(text: str, port: int) -> None:
    """Wait until the page shows a text."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/posts/soak/", timeout=60) as answer:
                if text in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.01)
    raise SystemExit(f"{text} did not appear on the page")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=int, default=2000)
    parser.add_argument("--edits", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        temporary = Path(name, "tmp")
        temporary.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
        stays = [verdict("programs", programs(options.programs, temporary))] if options.programs else []
        if options.edits:
            stays.append(verdict("edits", edits(options.edits, temporary, Path(name))))
        left = list(temporary.iterdir())
        print(f"{len(left)} left in the temporary folder")
    return 0 if all(stays) and not left else 1


if __name__ == "__main__":
    sys.exit(main())
