"""The fork server: imports what a site preloads once, then forks a worker for each program that runs at a time.

Started by exec with a clean environment (`python -m hexapla.execution.server FD`), so nothing of the caller is in
it: no threads, no secrets, no half-imported modules. It stays single-threaded, or its forks could hang in a
lock.
"""

import contextlib
import fcntl
import gc
import importlib
import importlib.util
import os
import platform
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import FrameType, ModuleType

from hexapla.execution import cells, determinism, exceptions, huge_pages, scratch, wire, worker
from hexapla.execution.measuring import measured_here
from hexapla.execution.sandbox import control_groups, limits, operating_system, privileges, sandbox
from hexapla.execution.sandbox.sandbox import Sandbox

LARGEST_KEPT = 31 * 2**20
"""Bytes; glibc returns blocks of 32 MiB and more to the kernel whatever it has learnt."""


def main(fd: int) -> None:
    """Serve the client at the other end of `fd` until it closes, in a scratch folder that ends with this.

    It is made here rather than by the client: who kills a command with all of its group doesn't kill this process.
    """
    client = socket.socket(fileno=fd)
    try:
        # It stays open for as long as there is a process of ours: so the folder is held.
        folder, _ = scratch.make_folder()
    except OSError as error:
        wire.send(client, {"fault": error.strerror or str(error)})
        return
    try:
        _settle_in(folder)
        if got := wire.receive(client):
            _serve(client, got[0], folder)
    finally:
        # Nobody else knows it, unless the client was told.
        limits.remove_folder(folder)


def _settle_in(folder: Path) -> None:
    """Make a folder the one in which programs are at home; each has one of its own in it, and can't list this one."""
    folder.chmod(0o711)
    os.chdir(folder)
    os.environ.update(HOME=str(folder), TMPDIR=str(folder))
    if "MPLCONFIGDIR" not in os.environ:
        fonts = folder / "matplotlib"
        fonts.mkdir()
        os.environ["MPLCONFIGDIR"] = str(fonts)
    tempfile.tempdir = None  # the one that is remembered is that of before


def _serve(client: socket.socket, setting: Mapping[str, object], folder: Path) -> None:
    if not privileges.may_open(needed := worker.CONTROL + 1):
        wire.send(client, {"error": f"it may not have {needed} files open here (`ulimit -n`)"})
        return
    names = [str(name) for name in _list(setting["preload"])]
    # An import makes many objects and drops few: looking for garbage meanwhile is a fifth of its time.
    gc.disable()
    try:
        # While a fork is cheap.
        control_groups.delegation()
        around = Sandbox.find(folder, _paths(setting["readable"])) if setting["sandboxed"] else None
        measurement = measured_here(setting["measured"], folder, forks=False)
        with _ending_with(client):
            preload(names)
    except PreloadError as error:
        wire.send(client, {"error": str(error), "module": error.module, "threads": error.threads})
        return
    except Exception as error:
        wire.send(client, {"error": exceptions.error_summary(error)})
        return
    # What is here now stays: a collection in a child must not touch, and so copy, every page of torch.
    gc.collect()
    gc.freeze()
    gc.enable()
    huge_pages.collapse()
    measured = measurement.taken() if measurement else {}
    machine = describe_machine(names)
    told = {**machine, "folder": str(folder), "measures": measurement is not None, "measured": measured}
    wire.send(client, told)
    workers: list[limits.Child] = []
    # What a worker has to answer for comes to us where the worker is killed.
    limits.become_subreaper()
    while _is_asked(client, workers) and (got := wire.receive(client, max_fds=1)) is not None:
        workers.append(limits.Child(_work(client, got[1][0], around)))
    # The workers end with their sockets; to have waited for them is to know that nothing is left.
    for process in workers:
        process.has_ended(wait=True)
    limits.end_strays((), worker.SWEEP_SECONDS)


def _is_asked(client: socket.socket, workers: list[limits.Child]) -> bool:
    """Wait until the client asks for something or goes, and clear up after each worker that ends meanwhile."""
    while True:
        waiting = select.poll()
        waiting.register(client, select.POLLIN)
        for process in workers:
            process.wake(waiting)
        asked = client.fileno() in {fd for fd, _ in waiting.poll()}
        for process in [process for process in workers if process.has_ended()]:
            process.close()
            workers.remove(process)
            limits.end_strays({process.process for process in workers}, worker.SWEEP_SECONDS)
        if asked:
            return True


@contextlib.contextmanager
def _ending_with(client: socket.socket) -> Iterator[None]:
    """Be interrupted where the client goes meanwhile: importing takes seconds, in which nobody listens to it."""

    def leave(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGIO, leave)
    fcntl.fcntl(client, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(client, fcntl.F_GETFL)
    fcntl.fcntl(client, fcntl.F_SETFL, flags | os.O_ASYNC)
    try:
        if select.select([client], [], [], 0)[0]:
            raise KeyboardInterrupt
        yield
    finally:
        fcntl.fcntl(client, fcntl.F_SETFL, flags)
        signal.signal(signal.SIGIO, before)


def _work(client: socket.socket, fd: int, around: Sandbox | None) -> int:
    """Fork a worker that is asked at the other end of a socket; return its process."""
    process = os.fork()
    if process:
        os.close(fd)
        return process
    client.close()
    try:
        worker.serve_requests(socket.socket(fileno=fd), around)
    except (KeyboardInterrupt, BrokenPipeError, wire.WireError):
        pass
    finally:
        os._exit(0)


class PreloadError(Exception):
    """A module cannot be imported beforehand; the message says why."""

    def __init__(self, module: str, message: str, *, threads: bool = False) -> None:
        super().__init__(message)
        self.module = module
        self.threads = threads
        """Whether it could, but has started threads, which a fork might hang for."""


def preload(names: Iterable[str]) -> None:
    """Import the modules, and do once what the first use of each would do in every child.

    Nothing is done that may start threads where nobody could tell.

    Raises:
        PreloadError: one cannot be imported, or has started threads.
    """
    for name in names:
        try:
            importlib.import_module(name)
        except (Exception, SystemExit) as error:
            raise PreloadError(name, exceptions.error_summary(error)) from error
        if others := _other_threads():
            reason = f"importing it starts {_count(others)}, and a fork could hang"
            raise PreloadError(name, reason, threads=True)
    _list_fonts()
    if not operating_system.IS_LINUX:
        return
    with contextlib.suppress(Exception):
        _warm_up()
    if others := _other_threads():
        reason = f"its first use starts {_count(others)}, and a fork could hang"
        raise PreloadError("torch", reason, threads=True)


def _other_threads() -> int:
    """Return how many threads there are besides this one, as far as the system tells."""
    return len(list(Path("/proc/self/task").iterdir())) - 1 if operating_system.IS_LINUX else 0


def _count(threads: int) -> str:
    return "a thread" if threads == 1 else f"{threads} threads"


def _warm_up() -> None:
    """Use torch a little: what is set up by the first forward, backward and step is then set up for all."""
    torch = sys.modules.get("torch")
    if torch is None:
        return
    torch.set_num_threads(determinism.THREADS)
    state = torch.get_rng_state()
    if not sandbox.gpu_devices():
        # Going backward, torch opens the driver and starts a thread for each GPU: no fork could use one then.
        _learn(torch)
    # glibc learns from the first large block that is freed to keep such blocks: a program that allocates the
    # same tensors again and again then gets them without a page fault each.
    torch.empty(LARGEST_KEPT, dtype=torch.uint8)
    # Seeding formats the stack for a GPU that may come; the lines it reads for that are kept.
    torch.manual_seed(0)
    torch.set_rng_state(state)


def _learn(torch: ModuleType) -> None:
    """Go forward, backward and one step."""
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 1, 3), torch.nn.Flatten(), torch.nn.Linear(4, 2))
    model(torch.zeros(1, 1, 4, 4)).softmax(1).sum().backward()
    for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW):
        kind(model.parameters(), lr=0.1).step()
    repr(torch.zeros(2) + 0.5)


def _list_fonts() -> None:
    """Have matplotlib make its list of fonts, once a machine, in a process of its own."""
    folder = Path(os.environ.get("MPLCONFIGDIR", "/nowhere"))
    if importlib.util.find_spec("matplotlib") is None or any(folder.glob("fontlist-*.json")):
        return
    process = os.fork()
    if process == 0:
        with contextlib.suppress(BaseException):
            importlib.import_module("matplotlib.font_manager")
        os._exit(0)
    os.waitpid(process, 0)


def describe_machine(names: Iterable[str]) -> dict[str, object]:
    """Return the environment that programs run in, as it goes into the ledger."""
    torch = sys.modules.get("torch")
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": dict(cells.package_versions(names)),
        "capability": f"{torch.backends.cpu.get_cpu_capability()} {_processor()}".strip() if torch else "",
        "processor": _processor(),
        "threads": determinism.THREADS,
        "lacking": dict(sandbox.lacking_layers()),
    }


def _processor() -> str:
    """Return maker, family and model of the processor; empty where the kernel does not tell.

    Libraries of linear algebra choose their kernels by them: with one instruction set, two models round otherwise.
    """
    try:
        lines = (
            Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split("\n\n")[0].splitlines()
        )
    except OSError:
        return ""
    facts = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    return " ".join(facts[key] for key in ("vendor_id", "cpu family", "model") if key in facts)


def _paths(value: object) -> list[Path]:
    return [Path(str(path)) for path in _list(value)]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


if __name__ == "__main__":
    # A client that has gone, on Ctrl-C, has nothing to be told.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        main(int(sys.argv[1]))
