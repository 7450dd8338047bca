"""Programs and named sockets: their own work, and no trick leads to another's."""

import gc
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hexapla.execution.client import ForkServer
from hexapla.execution.sandbox import broker, landlock, sandbox
from hexapla.model.program import Cell, Program
from hexapla.model.run import Limits, Options, Run, Status

from ..conftest import program, shown

Runner = Callable[..., Run]
pytestmark = [
    pytest.mark.skipif(bool(sandbox.lacking_layers()), reason="this machine has no sandbox"),
    pytest.mark.skipif(
        landlock.abi() < landlock.NAMED_SOCKETS and not broker.answers_sockets(),
        reason="nothing guards named sockets here",
    ),
]


class Service:
    """A service of somebody else's, which counts who reaches it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "service"
        self.reached = 0
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(self.path))
        self._socket.listen(64)
        self._socket.settimeout(0.05)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                self._socket.accept()[0].close()
                self.reached += 1
            except TimeoutError:
                continue

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._socket.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    one = Service(tmp_path)
    yield one
    one.close()


HEAD = "import ctypes, os, socket, threading, time\ns = socket.socket(socket.AF_UNIX)\n"
TRICKS = {
    "its path": "s.connect('SERVICE')",
    "a relative path": "s.connect(os.path.relpath('SERVICE'))",
    "a path that goes up": "s.connect(os.getcwd() + '/..' * 9 + 'SERVICE')",
    "a symbolic link to it": "os.symlink('SERVICE', 'link')\ns.connect('link')",
    "a link to its folder": "os.symlink(os.path.dirname('SERVICE'), 'folder')\ns.connect('folder/service')",
    "a hard link to it": "os.link('SERVICE', 'link')\ns.connect('link')",
    "itself moved here": "os.rename('SERVICE', 'moved')\ns.connect('moved')",
    "its folder by /proc": "s.connect('/proc/self/root' + 'SERVICE')",
    "another folder to begin with": "os.chdir('/usr')\ns.connect('..' + 'SERVICE')",
    "a packet socket": "s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)\ns.connect('SERVICE')",
    "a datagram": "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', 'SERVICE')",
    "a datagram of a pair": "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b'x', 'SERVICE')",
    "a child": "if os.fork() == 0: s.connect('SERVICE')\nos._exit(os.wait()[1])",
    "the 32-bit call": "libc = ctypes.CDLL(None)\nr = libc.syscall(0x40000000 + 42, s.fileno(), 0, 0)\nif r < 0: raise OSError(r)",
    "a new user namespace": "ctypes.CDLL(None).unshare(0x10000000)\ns.connect('SERVICE')",
    "no memory to be read": "ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)\ns.connect('SERVICE')",
}  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_leads_to_the_service_of_another(run: Runner, service: Service, trick: str) -> None:
    (cell,) = run(HEAD + TRICKS[trick].replace("SERVICE", str(service.path))).cells
    assert cell.status in (Status.RAISED, Status.CANNOT_RUN, Status.EXITED), cell
    assert service.reached == 0
    assert shown(run("print('next')").cells[0]) == "next\n"


SWAP = """
import ctypes, os, struct, threading, time
own = socket.socket(socket.AF_UNIX)
own.bind('own')
own.listen(64)
libc = ctypes.CDLL(None, use_errno=True)
head = struct.pack('H', socket.AF_UNIX)
good, bad = (head + name + bytes(100 - len(name)) for name in (b'own', b'SERVICE'))
address = ctypes.create_string_buffer(good, 102)
over = False
def swap():
    while not over:
        ctypes.memmove(address, bad, 102)
        ctypes.memmove(address, good, 102)
thread = threading.Thread(target=swap)
thread.start()
done, until = [0, 0], time.monotonic() + 1.5
while time.monotonic() < until:
    s = socket.socket(socket.AF_UNIX)
    s.setblocking(False)
    done[libc.connect(s.fileno(), address, 102) == 0] += 1
    s.close()
over = True
thread.join()
print(done[0] > 10, done[1] > 10)
"""


def test_an_address_that_changes_while_it_is_read_leads_nowhere_else(run: Runner, service: Service) -> None:
    (cell,) = run(HEAD + SWAP.replace("SERVICE", str(service.path))).cells
    assert (cell.message, shown(cell)) == ("", "True True\n")
    assert service.reached == 0


RENAMES = """
os.mkdir('a'); os.mkdir('b')
own = socket.socket(socket.AF_UNIX)
own.bind('a/service')
own.listen(64)
os.symlink('FOLDER', 'c')
over = False
def swap():
    while not over:
        os.rename('a', 'd'); os.rename('c', 'a')
        os.rename('a', 'c'); os.rename('d', 'a')
thread = threading.Thread(target=swap)
thread.start()
until = time.monotonic() + 1
count = 0
while time.monotonic() < until:
    s = socket.socket(socket.AF_UNIX)
    s.setblocking(False)
    try: s.connect('a/service')
    except OSError: count += 1
    s.close()
over = True
thread.join()
print(count > 10)
"""


def test_a_folder_that_becomes_a_link_meanwhile_leads_nowhere_else(run: Runner, service: Service) -> None:
    (cell,) = run(HEAD + RENAMES.replace("FOLDER", str(service.path.parent))).cells
    assert (cell.message, shown(cell)) == ("", "True\n")
    assert service.reached == 0


OWN = {
    "a manager": (
        "import multiprocessing as mp\nwith mp.get_context('fork').Manager() as m:\n"
        "    d = m.dict(a=1)\n    p = mp.get_context('fork').Process(target=d.update, args=({'b': 2},))\n"
        "    p.start(); p.join()\n    print(dict(d))",
        "{'a': 1, 'b': 2}\n",
    ),
    "a listener": (
        "from multiprocessing.connection import Client, Listener\nimport threading\n"
        "with Listener(family='AF_UNIX') as here:\n"
        "    t = threading.Thread(target=lambda: print(Client(here.address).recv()))\n    t.start()\n"
        "    here.accept().send('hello')\n    t.join()",
        "hello\n",
    ),
    "tensors from workers": (
        "import torch\nfrom torch.utils.data import DataLoader, TensorDataset\n"
        "data = TensorDataset(torch.arange(40.))\n"
        "print(sum(batch[0].sum().item() for batch in DataLoader(data, batch_size=4, num_workers=2)))",
        "780.0\n",
    ),
    "asyncio": (
        "import asyncio\nasync def main():\n"
        "    async def echo(r, w):\n        w.write(await r.readline()); w.close()\n"
        "    server = await asyncio.start_unix_server(echo, 'echo')\n"
        "    r, w = await asyncio.open_unix_connection('echo')\n"
        "    w.write(b'hello\\n'); print(await r.readline()); w.close(); server.close()\nawait main()",
        "b'hello\\n'\n",
    ),
    "a folder below, a path from the root": (
        "import os, socket\nos.mkdir('sub')\na = socket.socket(socket.AF_UNIX)\na.bind('sub/s')\na.listen()\n"
        "os.chdir('sub')\nfor name in ('s', '../sub/s', os.path.abspath('s')):\n"
        "    socket.socket(socket.AF_UNIX).connect(name)\nprint('connected')",
        "connected\n",
    ),
    "the errors that there are": (
        "import errno, socket\nsocket.socket(socket.AF_UNIX).bind('s')\nfor name in ('s', 'none', 'x' * 107):\n"
        "    try: socket.socket(socket.AF_UNIX).connect(name)\n"
        "    except OSError as e: print(errno.errorcode[e.errno])\n"
        "try: socket.socket(fileno=0)\nexcept OSError: print('no socket')",
        "ECONNREFUSED\nENOENT\nENOENT\nno socket\n",
    ),
    "signals while it waits": (
        "import signal, socket, threading, time\nsignal.signal(signal.SIGALRM, lambda *_: None)\n"
        "signal.siginterrupt(signal.SIGALRM, False)\nsignal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\n"
        "here = socket.socket(socket.AF_UNIX)\nhere.bind('s')\nhere.listen(0)\n"
        "def take():\n    for _ in range(4):\n        time.sleep(0.1)\n        here.accept()\n"
        "t = threading.Thread(target=take)\nt.start()\n"
        "all = [socket.socket(socket.AF_UNIX) for _ in range(4)]\nfor one in all: one.connect('s')\nt.join()\nprint('all')",
        "all\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_a_programs_own_sockets_work(run: Runner, name: str) -> None:
    code, printed = OWN[name]
    (cell,) = run(code).cells
    assert (cell.message, shown(cell)) == ("", printed)


FULL = """
import os, socket, time
here = socket.socket(socket.AF_UNIX)
here.bind('s')
here.listen(0)
for _ in range(4):
    if os.fork() == 0:
        try:
            socket.socket(socket.AF_UNIX).connect('s')
        finally:
            time.sleep(600)
time.sleep(0.5)
"""


def test_a_queue_that_stays_full_holds_nobody_but_the_program(run: Runner) -> None:
    cells = run(FULL, "print('goes on')", "while True: pass", timeout=2.5).cells
    assert [cell.status for cell in cells] == [Status.OK, Status.OK, Status.TIMEOUT]
    assert shown(run("print('next')").cells[0]) == "next\n"


def test_a_call_that_is_never_answered_ends_with_the_program(run: Runner) -> None:
    code = FULL.replace("time.sleep(0.5)", "os.kill(os.getpid(), 9)")
    assert run(code).cells[0].status is Status.KILLED
    assert shown(run("print('next')").cells[0]) == "next\n"


def test_memory_is_watched_while_a_program_never_stops_asking() -> None:
    code = (
        "import os, socket\nfor _ in range(4):\n    if os.fork() == 0:\n        x = b'x' * (100 * 2**20)\n"
        "        while True:\n            try: socket.socket(socket.AF_UNIX).connect('none')\n"
        "            except OSError: pass\nwhile True: pass"
    )
    with ForkServer(Options(preload=(), limits=Limits(memory=300 * 2**20))) as server:
        (cell,) = server.run(program(code, timeout=30.0)).cells
    assert (cell.status, "of memory together" in cell.message) == (Status.LIMIT, True), cell.message


def test_nothing_of_the_broker_is_left_in_the_process_that_tried_it() -> None:
    before = _held()
    assert broker.answers_sockets()
    assert _held() == before


def _held() -> tuple[int, object]:
    gc.collect()  # what earlier tests left open is not the broker's
    return len(list(Path("/proc/self/fd").iterdir())), signal.getsignal(signal.SIGALRM)


NETWORK = """
import socket, threading
with socket.create_server(('127.0.0.1', 0)) as here:
    thread = threading.Thread(target=lambda: here.accept()[0].send(b'hello'))
    thread.start()
    s = socket.create_connection(here.getsockname())
    print(s.recv(5))
    thread.join()
for address in (('127.0.0.1', 9), 'SERVICE'):
    try: socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET).connect(address)
    except OSError as error: print(type(error).__name__)
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.connect(('127.0.0.1', 9))
u.send(b'x')
"""


def test_with_the_network_it_reaches_the_network_and_no_service(service: Service) -> None:
    cell = Cell(
        id="c", code=NETWORK.replace("SERVICE", str(service.path)), path="p.md", line=1, fixtures=("network",)
    )
    one = Program(slug="s", variant="", cells=(cell,), languages=("en",))
    with ForkServer(Options(preload=(), fixtures=("network",))) as server:
        (ran,) = server.run(one).cells
    assert (ran.message, shown(ran)) == ("", "b'hello'\nConnectionRefusedError\nPermissionError\n")
    assert service.reached == 0
