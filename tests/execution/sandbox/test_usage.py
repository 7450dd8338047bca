"""What the processes of a program use together, however they hide it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hexapla.execution.sandbox import limits, usage
from hexapla.model.run import Limits, Status

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
LARGE = Limits(memory=2**40, processes=10**6, file_size=2**40)
MB = 2**20
SIZE = 64 * MB


@contextmanager
def running(code: str, folder: Path) -> Iterator[int]:
    """Run code in a process until it prints a line; yield the number of its small parent."""
    code = f"import mmap, os, time\nif os.fork():\n    time.sleep(600)\n{code}\nprint(flush=True)\ntime.sleep(600)"
    command = [sys.executable, "-S", "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=folder) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield process.pid
        finally:
            for pid in (process.pid, *limits.descendants(process.pid)):
                limits.kill_group(pid)


SENT = "import array, socket\nours, theirs = socket.socketpair()\ndef send(sock, *fds): sock.sendmsg([b'x'], [(1, 1, array.array('i', fds))])\n"
WRITES = "for _ in range(64): os.write(handle, bytes(2**20))"
HIDDEN = {
    "memory of its own": f"x = b'x' * {SIZE}",
    "memory of a child": f"if os.fork() == 0:\n    x = b'x' * {SIZE}\n    print(flush=True)\n    time.sleep(600)\ntime.sleep(1)",
    "memory of a child of a thread": (
        f"import threading\ndef fork():\n    if os.fork() == 0:\n        x = b'x' * {SIZE}\n        print(flush=True)\n        time.sleep(600)\n"
        "thread = threading.Thread(target=fork)\nthread.start()\nthread.join()\ntime.sleep(1)"
    ),
    "a file in memory of a process whose first thread has ended": (
        f"import ctypes, threading\ndef hold():\n    handle = os.memfd_create('x')\n    {WRITES}\n    print(flush=True)\n    time.sleep(600)\n"
        "threading.Thread(target=hold).start()\nctypes.CDLL(None).syscall(ctypes.c_long(EXIT), 0)"
    ).replace("EXIT", "60 if os.uname().machine == 'x86_64' else 93"),
    "a file in memory": f"handle = os.memfd_create('x')\n{WRITES}",
    "one that is mapped and closed": f"handle = os.memfd_create('x')\n{WRITES}\nx = mmap.mmap(handle, {SIZE})\nos.close(handle)\nx.read()",
    "what lies unread in sockets": "import socket\npairs = [socket.socketpair() for _ in range(256)]",
    "a file in memory that lies in a socket": f"{SENT}handle = os.memfd_create('x')\n{WRITES}\nsend(ours, handle)\nos.close(handle)",
    "one behind others": (
        f"{SENT}for _ in range(20): ours.send(bytes(700)); send(ours, 0)\nhandle = os.memfd_create('x')\n{WRITES}\nsend(ours, handle)\nos.close(handle)"
    ),
    "one in a packet": (
        f"{SENT}ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)\nfor _ in range(3): ours.send(b'')\n"
        f"handle = os.memfd_create('x')\n{WRITES}\nsend(ours, handle)\nos.close(handle)"
    ),
    "one in a socket that lies in a socket": (
        f"{SENT}mine, hers = socket.socketpair()\nhandle = os.memfd_create('x')\n{WRITES}\nsend(mine, handle)\nos.close(handle)\n"
        "send(ours, hers.fileno())\nhers.close()"
    ),
    "tables of pages that nothing was written to": (
        "x = mmap.mmap(-1, 2**36, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, prot=mmap.PROT_READ)\n"
        "x.madvise(mmap.MADV_NOHUGEPAGE)\nfor at in range(0, 2**35, 2**21): x[at]"
    ),
    "shared memory": f"x = mmap.mmap(-1, {SIZE})\nx.write(bytes({SIZE}))",
}


@pytest.mark.parametrize("code", HIDDEN.values(), ids=HIDDEN)
def test_memory_is_counted_wherever_it_is(tmp_path: Path, code: str) -> None:
    with running(code, tmp_path) as parent:
        said = usage.excess(parent, tmp_path, replace(LARGE, memory=SIZE - MB))
        assert said == "Its processes used more than 63 MiB of memory together."
        assert usage.excess(parent, tmp_path, replace(LARGE, memory=SIZE + 32 * MB)) == ""


def test_what_processes_share_counts_once(tmp_path: Path) -> None:
    code = f"x = mmap.mmap(-1, {SIZE})\nx.write(bytes({SIZE}))\nready, tell = os.pipe()\nfor _ in range(3):\n    if os.fork() == 0:\n"
    code += "        x.seek(0)\n        x.read()\n        os.write(tell, b'x')\n        time.sleep(600)\n"
    code += "for _ in range(3): os.read(ready, 1)"
    with running(code, tmp_path) as parent:
        assert len(list(limits.descendants(parent))) == 4
        assert usage.excess(parent, tmp_path, replace(LARGE, memory=2 * SIZE)) == ""


def test_several_that_each_process_has_are_added(tmp_path: Path) -> None:
    code = f"ready, tell = os.pipe()\nfor _ in range(3):\n    if os.fork() == 0:\n        x = mmap.mmap(-1, {SIZE // 4})\n"
    code += f"        x.write(bytes({SIZE // 4}))\n        os.write(tell, b'x')\n        time.sleep(600)\n"
    code += "for _ in range(3): os.read(ready, 1)"
    with running(code, tmp_path) as parent:
        assert usage.excess(parent, tmp_path, replace(LARGE, memory=SIZE // 2))


def test_an_ordinary_user_is_told_what_is_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only root may ask how large a file is that is mapped and no longer open."""
    size_of = usage._size

    def forbidden(path: str) -> tuple[usage.Inode, int]:
        if "map_files" in path:
            raise PermissionError(path)
        return size_of(path)

    monkeypatch.setattr(usage, "_size", forbidden)
    with running(HIDDEN["one that is mapped and closed"], tmp_path) as parent:
        assert usage.excess(parent, tmp_path, replace(LARGE, memory=SIZE - MB))
        assert usage.excess(parent, tmp_path, replace(LARGE, memory=SIZE + 32 * MB)) == ""


UNSEEN = (
    f"{SENT}listening = socket.socket(socket.AF_UNIX)\nlistening.bind('s')\nlistening.listen()\nours.close()\n"
    "ours = socket.socket(socket.AF_UNIX)\nours.connect('s')\nhandle = os.memfd_create('x')\nfor _ in range(9): send(ours, handle)"
)


def test_files_in_a_connection_that_nobody_accepts_may_be_few(tmp_path: Path) -> None:
    most = replace(LARGE, memory=8 * SIZE, file_size=SIZE)
    with running(UNSEEN, tmp_path) as parent:
        said = usage.excess(parent, tmp_path, most)
        assert said == "It left files in sockets, where nobody can tell how large they are."
        assert usage.excess(parent, tmp_path, replace(most, memory=9 * SIZE)) == ""


def test_who_is_looked_at_receives_all_the_same(tmp_path: Path) -> None:
    code = f"{SENT}handle = os.memfd_create('x')\nos.write(handle, b'text')\nsend(ours, handle)\nours.send(b'yz')\nos.close(handle)\n"
    code += "print(flush=True)\nwhile not os.path.exists('looked'): time.sleep(0.01)\n"
    code += "message, fds, _, _ = socket.recv_fds(theirs, 1, 9)\nopen('aside', 'w').write(f'{message + theirs.recv(9)} {os.pread(fds[0], 9, 0)}')\nos.rename('aside', 'received')"
    with running(code, tmp_path) as parent:
        for _ in range(3):
            assert usage.excess(parent, tmp_path, replace(LARGE, memory=SIZE)) == ""
        (tmp_path / "looked").touch()
        until = time.monotonic() + 60
        while not (tmp_path / "received").exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert (tmp_path / "received").read_text() == "b'xyz' b'text'"


ON_DISK = {
    "a file": f"handle = os.open('a', os.O_CREAT | os.O_WRONLY)\n{WRITES}",
    "one that was removed": f"handle = os.open('a', os.O_CREAT | os.O_WRONLY)\nos.remove('a')\n{WRITES}",
    "one that never had a name": f"handle = os.open('.', os.O_TMPFILE | os.O_WRONLY)\n{WRITES}",
    "one that was removed and lies in a socket": (
        f"{SENT}handle = os.open('a', os.O_CREAT | os.O_WRONLY)\nos.remove('a')\n{WRITES}\nsend(ours, handle)\nos.close(handle)"
    ),
    "one in a closed folder": f"os.mkdir('d')\nhandle = os.open('d/a', os.O_CREAT | os.O_WRONLY)\n{WRITES}\nos.close(handle)\nos.chmod('d', 0)",
}


@pytest.mark.parametrize("code", ON_DISK.values(), ids=ON_DISK)
def test_files_are_counted_wherever_they_are(tmp_path: Path, code: str) -> None:
    with running(code, tmp_path) as parent:
        said = usage.excess(parent, tmp_path, replace(LARGE, file_size=SIZE - MB))
        assert said == "It wrote more than 63 MiB of files."
        assert usage.excess(parent, tmp_path, replace(LARGE, file_size=SIZE + MB)) == ""
    assert not (tmp_path / "d").exists() or (tmp_path / "d").stat().st_mode & 0o777 == 0


def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have folders be as closed to root as they are to an ordinary user."""
    scandir = os.scandir

    def refusing(folder: Path) -> object:
        if not Path(folder).stat().st_mode & 0o400:
            raise PermissionError(folder)
        return scandir(folder)

    monkeypatch.setattr(usage.os, "scandir", refusing)


def test_closed_folders_in_one_another_are_looked_into_and_closed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/file").write_bytes(bytes(MB))
    for path in ("a/b", "a"):
        (tmp_path / path).chmod(0)
    closed(monkeypatch)
    assert usage.excess(os.getpid(), tmp_path, replace(LARGE, file_size=MB // 2))
    monkeypatch.undo()
    assert [(tmp_path / path).stat().st_mode & 0o777 for path in ("a", "a/b")] == [0, 0]


def test_what_a_link_leads_to_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside"
    outside.mkdir(mode=0)
    (tmp_path / "scratch").mkdir()
    (tmp_path / "scratch/link").symlink_to(outside)
    for name in ("link", "../outside"):
        with pytest.raises(OSError), usage._opened(Path(name), tmp_path / "scratch"):
            pytest.fail("it is opened")
    assert outside.stat().st_mode & 0o777 == 0


EXCESS = {
    "nothing": (LARGE, ""),
    "processes": (replace(LARGE, processes=0), "started more than 0 processes"),
    "memory": (replace(LARGE, memory=-1), "used more than -1 MiB of memory together"),
    "files": (replace(LARGE, file_size=3 * 4096), "wrote more than 0 MiB of files"),
}


@pytest.mark.parametrize(("most", "said"), EXCESS.values(), ids=EXCESS)
def test_what_is_past_a_limit_is_told(tmp_path: Path, most: Limits, said: str) -> None:
    for number in range(4):
        (tmp_path / str(number)).touch()
    with running("os.fork()\nos.fork()\ntime.sleep(1)", tmp_path) as parent:
        message = usage.excess(parent, tmp_path, most)
    assert message == "" if not said else said in message


def test_a_folder_that_is_not_there_takes_nothing(tmp_path: Path) -> None:
    assert usage.excess(os.getpid(), tmp_path / "gone", replace(LARGE, file_size=0)) == ""


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/usr")
    assert usage.excess(os.getpid(), tmp_path, replace(LARGE, file_size=2 * 4096)) == ""


PAST = {
    "files in memory": (
        "import os\nfor _ in range(5):\n    handle = os.memfd_create('x')\n    for _ in range(450): os.write(handle, bytes(2**20))",
        "memory together",
    ),
    "removed files": (
        "import os\nfor _ in range(3):\n    handle = os.open('a', os.O_CREAT | os.O_WRONLY)\n    os.remove('a')\n    for _ in range(400): os.write(handle, bytes(2**20))",
        "of files",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("code", "said"), PAST.values(), ids=PAST)
def test_a_program_that_hides_what_it_uses_is_ended(run: object, code: str, said: str) -> None:
    (cell,) = run(code + "\nimport time\ntime.sleep(20)").cells  # type: ignore[operator]
    assert cell.status is Status.LIMIT and said in cell.message
