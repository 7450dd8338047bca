"""Doctor: what protects this machine from programs, each protection proved by a program that tries to
break it.
"""

import os
import platform
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from hexapla.execution import scratch
from hexapla.execution.client import ForkServer
from hexapla.execution.sandbox import control_groups, operating_system
from hexapla.execution.sandbox.system_calls import MACHINES, numbered
from hexapla.model.errors import UnprotectedError
from hexapla.model.program import Cell, Program
from hexapla.model.run import Limits, Options, Run, Status
from hexapla.model.settings import Settings

_LIMITS = Limits(memory=2**30, processes=16, output=100_000, file_size=32 * 2**20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """One thing that programs must not do, and whether they can't here."""

    name: str
    enforced: bool
    why: str
    """What the program that tried got, or what it managed to do."""


TIME_LIMIT = "a time limit"
_CALLER = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    result = getattr(libc, name)(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result
"""
"""What makes a call of the C library, which Python has no function for."""
_ATTEMPTS = (
    (TIME_LIMIT, "while True: pass"),
    ("a memory limit", "x = bytearray(2**31)"),
    ("a memory limit for all processes together", (
        "import os, time\nfor n in range(6):\n    if os.fork() == 0:\n        x = b'x' * (300 * 2**20)\n"
        "        time.sleep(20)\n        os._exit(0)\ntime.sleep(15)"
    )),
    ("a memory limit for processes of threads", (
        "import os, threading, time\ndef start():\n    if os.fork() == 0:\n        x = b'x' * (600 * 2**20)\n"
        "        time.sleep(20)\n        os._exit(0)\nfor n in range(3): threading.Thread(target=start).start()\ntime.sleep(15)"
    )),
    ("a memory limit for files in memory", (
        "import os, time\nfor n in range(40):\n    handle = os.memfd_create('x')\n"
        "    for _ in range(30): os.write(handle, bytes(2**20))\ntime.sleep(15)"
    )),
    ("a memory limit for files in sockets", (
        "import array, os, socket, time\nours, theirs = socket.socketpair()\nfor n in range(40):\n    handle = os.memfd_create('x')\n"
        "    for _ in range(30): os.write(handle, bytes(2**20))\n"
        "    ours.sendmsg([b'x'], [(1, 1, array.array('i', [handle]))])\n    os.close(handle)\ntime.sleep(15)"
    )),
    ("a limit of processes",
     "import os, time\nfor n in range(40):\n    if os.fork() == 0:\n        time.sleep(20)"),
    ("an output limit", "print('x' * 10**6)"),
    ("a file size limit", "open('x', 'wb').truncate(2**30)"),
    ("a limit for all files together", (
        "import time\nfor n in range(8): open(str(n), 'wb').write(bytes(2**24))\ntime.sleep(15)"
    )),
    ("a limit for removed files that are open", (
        "import os, time\nfor n in range(8):\n    handle = os.open('x', os.O_CREAT | os.O_WRONLY)\n    os.remove('x')\n"
        "    for _ in range(16): os.write(handle, bytes(2**20))\ntime.sleep(15)"
    )),
    ("no reading outside", "open({bait!r}).read()"),
    ("no writing outside", "open({bait!r}, 'w')"),
    ("no removing outside", "import os\nos.remove({bait!r})"),
    ("no change of modes and times outside", "import os\nos.utime({bait!r})"),
    ("no attributes of files outside", "import os\nos.listxattr({bait!r})"),
    ("no reading of the home folder", "import os\nos.listdir({home!r})"),
    ("no watching of folders outside (inotify)", (
        _CALLER + "call('inotify_add_watch', call('inotify_init1', 0), {home!r}.encode(), 0x100)"
    )),
    ("no reading of other processes", "import os\nopen(f'/proc/{{os.getppid()}}/environ', 'rb').read()"),
    ("no signals to other processes", "import os\nos.kill(os.getppid(), 0)"),
    ("no network (TCP)", "import socket\nsocket.create_connection(('192.0.2.1', 9), 0.2)"),
    ("no network (UDP)",
     "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))"),
    ("no network (this machine)", (
        "import socket\ntry: socket.create_connection(('127.0.0.1', 9), 0.2)\nexcept ConnectionRefusedError: pass"
    )),
    ("no abstract sockets of others",
     "import socket\nsocket.socket(socket.AF_UNIX).connect({abstract!r})"),
    ("no list of others' sockets", (
        "if {abstract!r}[1:] not in open('/proc/self/net/unix').read(): raise PermissionError('none is there')"
    )),
    ("no named sockets of others", "import socket\nsocket.socket(socket.AF_UNIX).connect({named!r})"),
    ("no datagrams to others",
     "import socket\nsocket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'', {datagrams!r})"),
    ("no files of others in shared memory", "open('/dev/shm/' + {shared!r}).read()"),
    ("no new namespaces", (
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "if libc.unshare(0x10000000): raise PermissionError(ctypes.get_errno(), 'unshare')"
    )),
    ("no change of user", "import os\nos.setuid(12345)"),
    ("no way back to root", "import os\nos.setresuid(0, 0, 0)"),
    ("no change of other processes' limits", (
        "import os, resource\nresource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))"
    )),
    ("no change of other processes' scheduling", (
        "import os\nos.sched_setaffinity(os.getppid(), os.sched_getaffinity(0))"
    )),
    ("no change of other processes' priority", "import os\nos.setpriority(os.PRIO_PROCESS, os.getppid(), 1)"),
    ("no memory of other processes", (
        _CALLER + "call('process_vm_readv', os.getppid(), None, 0, None, 0, 0)"
    )),
    ("no shared memory, semaphores and queues that stay (System V)", (
        _CALLER + "call('shmctl', call('shmget', 0, 4096, 0o1600), 0, None)"
    )),
    ("no keys that programs share", _CALLER + "call('syscall', {add_key}, b'user', b'hexapla-doctor', b'x', 1, -4)"),
    ("no hiding from who looks after it", _CALLER + "call('prctl', 4, 0, 0, 0, 0)"),
    ("no queues that stay (POSIX)", (
        _CALLER + "name = b'/hexapla-doctor'\ncall('mq_open', name, 0o102, 0o600, None)\ncall('mq_unlink', name)"
    )),
)  # fmt: skip
"""What is tried; a program that ends well has got through."""

_OPEN_SOCKETS = (
    "a program can talk to every service whose socket you may open, such as Docker's; "
    "run the posts of strangers in a container, or as a user who may open none"
)
_REMAINS = {
    # The broker needs `pidfd_getfd`, which some containers and `ptrace_scope` of 2 and more forbid.
    "no named sockets of others": _OPEN_SOCKETS,
    "no datagrams to others": _OPEN_SOCKETS,
    "no change of modes and times outside": (
        "a program can change the modes and times of your files, not their content: this machine lets no user "
        "make a namespace"
    ),
    "no list of others' sockets": (
        "a program can read which sockets and connections this machine has: it lets no user make a namespace"
    ),
    "no files of others in shared memory": (
        "programs share /dev/shm with your other processes: this machine lets no user make a namespace"
    ),
}
"""What is left where no layer can stop an attempt, in words."""


ASKED = (
    "Nothing keeps a program from asking whether a path exists, how large it is and of when, as far as the modes of "
    "folders let you; names in folders and contents are kept."
)
"""What is open on every machine: Landlock has no right for `stat`, and a filter can't read paths."""


def who_limits() -> str:
    """Say who looks to the limits of all processes of a program together, here."""
    given = control_groups.delegation()
    if given.folder:
        return f"Memory and processes of a program are limited by a control group, in {given.folder}."
    return f"Memory and processes of a program are looked at every quarter of a second: {given.why}."


def examine(sandbox: str = "auto", on_ready: Callable[[str], None] = lambda _: None) -> Iterator[Protection]:
    """Try every protection with a real program in the real sandbox, and yield what came of each.

    Where there is no sandbox they are tried without: to know what is open, one must not close one's eyes.
    """
    options = Options(preload=(), limits=_LIMITS, sandbox=sandbox)
    with ExitStack() as stack:
        server = _opened(stack, options, on_ready)
        if operating_system.IS_LINUX:
            on_ready(who_limits())
            on_ready(ASKED)
        folder = stack.enter_context(scratch.held_folder())
        bait, named, abstract = folder / "bait", folder / "socket", f"\0hexapla-doctor-{os.getpid()}"
        for address in (str(named), abstract):
            with suppress(OSError):  # only Linux has abstract ones
                _listen(stack.enter_context(socket.socket(socket.AF_UNIX)), address)
        datagrams = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        datagrams.bind(str(folder / "datagrams"))
        places = {"bait": str(bait), "named": str(named), "abstract": abstract, "home": str(Path.home())}
        places["datagrams"] = datagrams.getsockname()
        calls = (
            {call.name: number for number, call in numbered(platform.machine()).items()}
            if platform.machine() in MACHINES
            else {}
        )
        places["add_key"] = str(calls.get("add_key", -1))
        shared = Path("/dev/shm") / f"hexapla-doctor-{os.getpid()}"
        with suppress(OSError):
            shared.touch()
        stack.callback(shared.unlink, missing_ok=True)
        places["shared"] = shared.name
        for name, code in _ATTEMPTS:
            bait.write_text("bait")
            tried = server.run(_program(code.format(**places)))
            yield _verdict(name, tried)


def _opened(stack: ExitStack, options: Options, on_ready: Callable[[str], None]) -> ForkServer:
    """Start a server as a run would; without a sandbox where this machine has none."""
    try:
        return stack.enter_context(ForkServer(options, on_ready))
    except UnprotectedError as error:
        on_ready(f"No program runs here unless you want it: {error}")
        return stack.enter_context(ForkServer(replace(options, sandbox="off"), on_ready))


def _listen(sock: socket.socket, address: str) -> None:
    sock.bind(address)
    sock.listen()


def _verdict(name: str, tried: Run) -> Protection:
    (cell,) = tried.cells
    # What only the clock stopped, nothing else would have.
    got_through = {Status.OK, Status.SKIPPED} | ({Status.TIMEOUT} if name != TIME_LIMIT else set())
    enforced = cell.status not in got_through
    return Protection(
        name=name,
        enforced=enforced,
        why=cell.message or _REMAINS.get(name, "a program that tried it went through"),
    )


def _program(code: str) -> Program:
    cell = Cell(id="attempt", code=code, path="doctor", line=1)
    whole = Program(slug="doctor", variant="", cells=(cell,), languages=("en",))
    return replace(whole, settings=Settings(timeout=1.0 if "while True" in code else 30.0))
