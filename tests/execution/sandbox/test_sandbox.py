"""Programs that attack: each ends as a status with a message, and nothing else is touched."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hexapla.execution.sandbox import sandbox
from hexapla.model.run import Run, Status

from ..conftest import shown

Runner = Callable[..., Run]
pytestmark = pytest.mark.skipif(bool(sandbox.lacking_layers()), reason="this machine has no sandbox")

ENDS = {
    "an infinite loop": ("while True: pass", Status.TIMEOUT, "out of time"),
    "ignoring SIGTERM": (
        "import signal\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\nwhile True: pass",
        Status.TIMEOUT,
        "out of time",
    ),
    "a memory bomb": ("x = bytearray(10**11)", Status.RAISED, "MemoryError"),
    "a memory bomb in torch": ("import torch\ntorch.ones(10**11)", Status.RAISED, "can't allocate memory"),
    "10 GB of output": ("for _ in range(10**6): print('x' * 10**4)", Status.LIMIT, "more than 200000 bytes"),
    "10 GB of output to the pipe": ("import os\nwhile True: os.write(1, b'x' * 10**6)", Status.LIMIT, "bytes"),
    "a huge value": ("'x' * 10**6", Status.LIMIT, "bytes"),
    "os._exit": ("import os\nos._exit(3)", Status.EXITED, "exit status 3"),
    "sys.exit": ("import sys\nsys.exit(2)", Status.EXITED, "sys.exit(2)"),
    "a segmentation fault": ("import ctypes\nctypes.string_at(0)", Status.KILLED, "SIGSEGV"),
    "closing every file": ("import os\nos.closerange(0, 1024)", Status.EXITED, "exit status 70"),
    "the environment of the one who started it": (
        "import os\nopen(f'/proc/{os.getppid()}/environ').read()", Status.CANNOT_RUN, "PermissionError",
    ),
    "the processes of others": ("open('/proc/1/cmdline').read()", Status.CANNOT_RUN, "PermissionError"),
    "ending the one who started it": ("import os\nos.kill(os.getppid(), 9)", Status.RAISED, "PermissionError"),
    "the password hashes": ("open('/etc/shadow').read()", Status.CANNOT_RUN, "PermissionError"),
    "the home folder": ("import os\nos.listdir('HOME')", Status.CANNOT_RUN, "PermissionError"),
    "the keys": ("import os\nos.listdir('HOME/.ssh')", Status.CANNOT_RUN, "PermissionError"),
    "a key": ("open('HOME/.ssh/id_rsa').read()", Status.CANNOT_RUN, "PermissionError"),
    "a file outside": ("open('BAIT').read()", Status.CANNOT_RUN, "write only there"),
    "writing to a file outside": ("open('BAIT', 'a')", Status.CANNOT_RUN, "write only there"),
    "removing a file outside": ("import os\nos.remove('BAIT')", Status.CANNOT_RUN, "write only there"),
    "a link to a file outside": ("import os\nos.symlink('BAIT', 'x')\nopen('x').read()", Status.CANNOT_RUN, "Permission"),
    "a socket to the outside": (
        "import socket\nsocket.create_connection(('192.0.2.1', 80))", Status.CANNOT_RUN, "no network here",
    ),
    "a name": ("import socket\nsocket.getaddrinfo('example.invalid', 80)", Status.CANNOT_RUN, "no network here"),
    "a datagram": ("import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)", Status.CANNOT_RUN, "no network"),
    "a namespace": (
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "if libc.unshare(0x10000000): raise OSError(ctypes.get_errno(), 'unshare')",
        Status.RAISED,
        "unshare",
    ),
    "another user": ("import os\nos.setuid(1)", Status.RAISED, "PermissionError"),
    "changing a mode outside": ("import os\nos.chmod('BAIT', 0)", Status.CANNOT_RUN, "write only there"),
    "changing the times of a file outside": ("import os\nos.utime('BAIT', (1, 1))", Status.RAISED, "[Errno "),
    "folders without end": ("import os, time\nfor _ in range(2500):\n    os.mkdir('d')\n    os.chdir('d')\ntime.sleep(60)", Status.LIMIT, "deeper"),
    "words that a terminal or a CI system obeys": (
        "raise ValueError('a\\n::error::b\\x1b[31m\\x07c\\u200cb' + 'd' * 5000)", Status.RAISED, "ValueError: a ::error::bc\u200cbddd",
    ),
    "a file that is too long": (
        "with open('big', 'wb') as file:\n    file.truncate(10**10)", Status.RAISED, "File too large",
    ),
    "filling the disk": (
        "import time\nfor n in range(9):\n    open(str(n), 'wb').write(bytes(10**8))\ntime.sleep(9)",
        Status.LIMIT,
        "MiB of files",
    ),
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with a key in it: this machine's may have none."""
    keys = tmp_path / "home" / ".ssh"
    keys.mkdir(parents=True)
    (keys / "id_rsa").write_text("the key")
    return keys.parent


@pytest.mark.parametrize("name", ENDS)
def test_ends_with_a_status_and_a_message(run: Runner, bait: Path, home: Path, name: str) -> None:
    code, status, message = ENDS[name]
    code = code.replace("BAIT", str(bait)).replace("HOME", str(home))
    loops = status is Status.TIMEOUT
    (cell,) = run(code, timeout=1.0 if loops else 60.0).cells
    assert (cell.status, message in cell.message) == (status, True), cell.message
    assert "\n" not in cell.message and len(cell.message) < 2000
    assert bait.read_text() == "the secret"
    assert shown(run("print('next')").cells[0]) == "next\n"


def test_a_fork_bomb_stops_at_the_limit_and_leaves_nothing(run: Runner) -> None:
    (cell,) = run(
        "import os, time\nmade = 0\ntry:\n    while True:\n        if os.fork() == 0:\n"
        "            time.sleep(600)\n            os._exit(0)\n        made += 1\n"
        "except BlockingIOError: print('stopped', made < 40)"
    ).cells
    assert (cell.message, shown(cell)) == ("", "stopped True\n")


def test_a_fork_bomb_that_never_stops_ends(run: Runner) -> None:
    (cell,) = run("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", timeout=2.0).cells
    assert cell.status in (Status.TIMEOUT, Status.LIMIT)


def test_a_daemonized_grandchild_ends_with_the_program(run: Runner) -> None:
    (cell,) = run(
        "import os, subprocess\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        os.execvp('sleep', ['sleep', '86321'])\n    os._exit(0)\nprint('started')"
    ).cells
    assert shown(cell) == "started\n"
    assert not [pid for pid in _processes() if b"86321" in _command(pid)]


def _processes() -> Iterator[Path]:
    return (path for path in Path("/proc").iterdir() if path.name.isdigit())


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def test_loopback_is_not_reached(run: Runner) -> None:
    with socket.create_server(("127.0.0.1", 0)) as here:
        code = f"import socket\nsocket.create_connection({here.getsockname()!r})"
        assert "no network here" in run(code).cells[0].message


def test_an_abstract_unix_socket_of_another_is_not_reached(run: Runner) -> None:
    with socket.socket(socket.AF_UNIX) as here:
        here.bind(f"\0hexapla-test-{os.getpid()}")
        here.listen()
        code = f"import socket\nsocket.socket(socket.AF_UNIX).connect({here.getsockname()!r})"
        assert "PermissionError" in run(code).cells[0].message


def test_nothing_of_our_environment_is_seen(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "a-secret")
    assert "GITHUB_TOKEN" not in shown(run("import os\nprint(dict(os.environ))").cells[0])


PATCHES = {
    "answers of its own": "import os\nfor fd in range(3, 1024):\n    try: os.write(fd, b'\\0\\0\\0\\2{}')\n    except OSError: pass",
    "a length without end": "import os\ntry: os.write(200, b'\\xff' * 9)\nexcept OSError: pass",
    "a message that never ends": "import os, time\nos.write(200, b'\\0\\0\\1\\0')\ntime.sleep(30)",
    "no JSON": "import os\ntry: os.write(200, b'\\0\\0\\0\\2xx')\nexcept OSError: pass",
    "deep JSON": "import os\nos.write(200, (10**5).to_bytes(4, 'big') + b'[' * 10**5)",
    "a patched wire": "from hexapla.execution import wire\nwire.send = lambda *a: None",
    "a patched recorder": (
        "from hexapla.execution import child\nchild.Recorder.done = lambda self, *a, **k: "
        "child.wire.send(self._sock, {'key': self._key, 'kind': 'done', 'status': 'not-reached', 'message': ''})"
    ),
    "outputs without end": (
        "from hexapla.execution import figures\nwhile True: figures.deliver('', '')"
    ),
    "a figure that is none": "from hexapla.execution import figures\nfigures.deliver(10**6 * 'x' * 9, None)",
    "no builtins": "import builtins\nfor name in dir(builtins):\n    delattr(builtins, name) if name[0] > 'a' else 0",
}  # fmt: skip


@pytest.mark.parametrize("name", PATCHES)
def test_patching_the_recorder_harms_only_the_program_itself(run: Runner, name: str) -> None:
    cells = run(PATCHES[name], "1 / 0", timeout=2.0).cells
    assert cells[1].status is not Status.OK
    assert [cell.id for cell in cells] == ["cell-1", "cell-2"]
    assert shown(run("print('next')").cells[0]) == "next\n"
