"""`hexapla run` as a process: what it says where nobody watches, and what is left when it is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

POSTS = {
    f"a{number}.en.md": f"```python\nimport time\nprint('begin {number}')\n```\n\n```python\n"
    f"time.sleep(0.05)\nprint('end {number}')\n```\n"
    for number in range(8)
}


def command(file: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "hexapla.cli", *words, "-f", str(file)]


def run(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(file, *words), capture_output=True, text=True, timeout=120)


def family(process: int) -> set[int]:
    """Return a process and all that came from it; some may end while it looks."""
    found = {process}
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            for child in task.read_text().split():
                found |= family(int(child))
    return found


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_lines_are_plain_where_there_is_no_terminal(new_site):
    file = new_site({"a.en.md": "```python\nprint(1)\n```\n", "b.en.md": "```python\n1 / 0\n```\n"})
    done = run(file, "run")
    lines = [line for line in done.stderr.splitlines() if line.startswith("[")]
    assert done.returncode == 1
    assert sorted(line.split("] ")[1].split(",")[0] for line in lines) == ["a: done", "b: raised"]
    assert [line.split("]")[0] for line in lines] == ["[1/2", "[2/2"]
    assert "2 programs run. Slowest: " in done.stderr
    assert "\x1b" not in done.stderr + done.stdout and "\r" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="programs run on Linux")
def test_killed_at_any_moment_it_leaves_a_whole_ledger_and_no_process(new_site):
    file = new_site(POSTS, languages="en")
    chance = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen(
            command(file, "run", "--all"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.3, 1.4))
        left = family(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        deadline = time.monotonic() + 10
        while any(map(alive, left)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not [one for one in left if alive(one)]
        checked = run(file, "check")
        assert checked.returncode in (0, 1), checked.stderr
        assert "damaged" not in checked.stderr
    assert run(file, "run").returncode == 0
    assert run(file, "check").returncode == 0
    for number in range(8):
        folder = file.parent / f"snippets/a{number}"
        assert (folder / "cell-2.out").read_text() == f"end {number}\n"
        assert not [path for path in folder.iterdir() if path.name.startswith(".")]
