"""Two articles of one site, of which the first attacks: the second is recorded as if it were alone."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hexapla.cli.main import main
from hexapla.execution.sandbox import sandbox

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or bool(sandbox.lacking_layers()), reason="no sandbox here"
)

EVIL = """# Evil

```python
import ctypes, os, resource
from contextlib import suppress

for ids in ((0, 0, 0), (-1, 0, -1)):
    with suppress(OSError):
        os.setresuid(*ids)
near = {os.getppid(), os.getppid() - 1}
for process in near:
    for kind, limit in ((resource.RLIMIT_FSIZE, 4096), (resource.RLIMIT_NOFILE, 32), (resource.RLIMIT_DATA, 2**20)):
        with suppress(OSError):
            resource.prlimit(process, kind, (limit, limit))
    with suppress(OSError):
        os.sched_setaffinity(process, {max(os.sched_getaffinity(0))})
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, 19)
    with suppress(OSError):
        os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0))
    with suppress(OSError):
        os.kill(process, 9)
libc = ctypes.CDLL(None)
segment = libc.shmget(0x68657861, 2**20, 0o1666)
if segment >= 0:
    libc.shmat.restype = ctypes.c_void_p
    ctypes.memmove(libc.shmat(segment, None, 0), b"evil", 4)
libc.mq_open(b"/hexapla-evil", 0o102, 0o666, None)
with suppress(OSError):
    open("/dev/shm/hexapla-evil", "w").write("evil")
with suppress(OSError):
    os.chmod("..", 0)
os.umask(0o777)
```
"""
INNOCENT = """# Innocent

```python
import ctypes, os, resource

print("open files:", resource.getrlimit(resource.RLIMIT_NOFILE)[0])
print("longest file:", resource.getrlimit(resource.RLIMIT_FSIZE)[0])
print("saved:", open("weights.bin", "wb").write(bytes(10**6)))
print("processors:", len(os.sched_getaffinity(0)) == os.cpu_count())
print("priority:", os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0))
print("segments:", ctypes.CDLL(None).shmget(0x68657861, 0, 0))
print("shared files:", os.path.exists("/dev/shm/hexapla-evil"))
```
"""


def recorded(file: Path) -> str:
    """Record the innocent article, alone or beside others, in one worker."""
    assert main(["run", "-f", str(file), "--jobs", "1"]) == 0
    assert main(["check", "-f", str(file)]) == 0
    return (file.parent / "snippets/b-innocent/cell-1.out").read_text()


def test_an_article_that_attacks_changes_nothing_of_another(new_site: Callable[..., Path]) -> None:
    file = new_site({"b-innocent.en.md": INNOCENT}, languages="en")
    alone = recorded(file)
    assert "saved: 1000000" in alone and "shared files: False" in alone
    shutil.rmtree(file.parent / "snippets/b-innocent")
    (file.parent / "posts/a-evil.en.md").write_text(EVIL)
    assert recorded(file) == alone


def left() -> set[str]:
    """Return what processes share on this machine by a name: segments, queues, files in shared memory."""
    rows = {
        line
        for kind in ("shm", "sem", "msg")
        if (table := Path("/proc/sysvipc") / kind).exists()
        for line in (f"{kind} {' '.join(row.split()[:2])}" for row in table.read_text().splitlines()[1:])
    }
    for folder in (Path("/dev/shm"), Path("/dev/mqueue")):
        rows |= {str(path) for path in folder.glob("*hexapla*")}
    return rows


def test_nothing_of_what_programs_share_is_left(new_site: Callable[..., Path]) -> None:
    before = left()
    file = new_site({"a-evil.en.md": EVIL}, languages="en")
    assert main(["run", "-f", str(file)]) == 0
    assert left() - before == set()
