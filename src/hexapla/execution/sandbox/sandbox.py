"""Sandbox: the protections around a program's process, put on by the process itself before the first cell.

Posts may have been written by a model, and nobody has read their code before it runs. Each is the
kernel's, holds for all descendants, and cannot be taken off.
"""

import contextlib
import functools
import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import hexapla
from hexapla.execution.sandbox import broker, landlock, mounts, operating_system, privileges, seccomp
from hexapla.execution.sandbox.announcement import PROTECTIONS
from hexapla.execution.sandbox.system_calls import Keeper
from hexapla.model.run import Limits

_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
_ETC = (
    "alternatives", "fonts", "group", "hosts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d",
    "locale.alias",
    "localtime", "magic", "matplotlibrc", "mime.types", "nsswitch.conf", "os-release", "passwd",
    "pki/tls/certs",
    "python3", f"python{sys.version_info.major}.{sys.version_info.minor}", "ssl/certs", "ssl/openssl.cnf", "timezone",
)  # fmt: skip
"""What ordinary programs read in /etc: no folder as a whole, since keys and password hashes lie beside."""
_PROC = ("cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "sys/kernel", "sys/vm", "uptime", "version")
_SYS = ("devices/system/cpu", "devices/system/node", "fs/cgroup", "kernel/mm/transparent_hugepage")
_DEVICE_FOLDER = Path("/dev")
_DEVICES = ("null", "zero", "full", "random", "urandom")
_GPU_DEVICES = ("nvidia*", "dri", "kfd", "dxg")
"""What the drivers of NVIDIA, of AMD and Intel, and of Windows' Linux put into /dev."""
_OF_A_PREFIX = ("bin", "etc", "include", "lib", "lib64", "libexec", "pyvenv.cfg", "share", "ssl")
"""The parts of a Python installation: the folder above may be the project itself, with its secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the sandbox around one program depends on."""

    scratch: Path
    worker: int
    limits: Limits
    cpu_seconds: float
    network: bool
    gpu: bool

    @staticmethod
    def read(message: Mapping[str, object]) -> "Request":
        """Take a request from a message of our own client."""
        limits = message["limits"]
        assert isinstance(limits, dict)
        return Request(
            scratch=Path(str(message["scratch"])),
            worker=int(str(message["worker"])),
            limits=Limits(**limits),
            cpu_seconds=float(str(message["cpu_seconds"])),
            network=bool(message["network"]),
            gpu=bool(message["gpu"]),
        )


def gpu_devices() -> list[Path]:
    """Return the device files, and folders of them, of this machine's GPUs; empty where there are none."""
    return [path for pattern in _GPU_DEVICES for path in sorted(_DEVICE_FOLDER.glob(pattern))]


@functools.cache
def lacking_layers() -> Mapping[str, str]:
    """Return the protections that this machine lacks, each with the reason; empty where all can be put on."""
    reasons: dict[str, str] = {}
    if not operating_system.IS_LINUX:
        return dict.fromkeys(PROTECTIONS, f"hexapla has none for {operating_system.NAME}")
    if not landlock.abi():
        reasons["landlock"] = "this kernel does not offer it (Linux 5.13 or newer, and `lsm=` must name it)"
    if why := seccomp.why_no_filter(os.uname().machine):
        reasons["seccomp"] = why
    return reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """What is put around each program that a server runs: found out once."""

    folder: Path
    """Where the scratch folders of all programs are."""
    readable: tuple[Path, ...]
    """What programs may read besides their own."""
    answered: frozenset[Keeper]
    """What a broker answers that neither Landlock nor the filter of system calls can keep."""
    lends: bool
    """Whether root lends each program a user of its own."""

    @staticmethod
    def find(folder: Path, others: Iterable[Path] = ()) -> "Sandbox":
        """Find out what this machine offers, by trying it in a child of this process, in `folder`.

        `others` are packages that programs may read besides the installed ones: those under development.
        """
        readable = tuple(sorted({*_readable(), *others}))
        sandbox = Sandbox(
            folder=folder,
            readable=readable,
            answered=_answered(),
            lends=privileges.can_lend(folder, readable),
        )
        if "seccomp" not in lacking_layers():
            for network in (False, True):  # compiled here for all programs
                seccomp.program(os.uname().machine, sandbox._setting(network=network))
        return sandbox

    def enter(self) -> None:
        """Make ready a process whose children will be programs."""
        if self.lends:
            mounts.open_ways((*self.readable, self.folder))

    def shut(self, request: Request) -> int:
        """Put all that there is around this process. Returns what the broker listens at; -1 without one."""
        listener = -1
        privileges.limit(request.limits, cpu_seconds=request.cpu_seconds)
        privileges.drop(
            request.worker,
            _writable(request),
            shared=request.limits.file_size,
            network=request.network,
            lends=self.lends,
        )
        if "landlock" not in lacking_layers():
            self._restrict_files(request)
        # Last, for it also refuses the calls by which all the others are put on.
        if "seccomp" not in lacking_layers():
            listener = seccomp.restrict_calls(self._setting(network=request.network))
        return listener

    def _setting(self, *, network: bool) -> seccomp.Setting:
        scoped = "landlock" not in lacking_layers() and landlock.abi() >= landlock.SCOPES
        return seccomp.Setting(network=network, answered=self.answered, scoped=scoped)

    def _restrict_files(self, request: Request) -> None:
        network = [Path("/etc/resolv.conf"), Path("/run/systemd/resolve")] if request.network else []
        devices = [_DEVICE_FOLDER / name for name in _DEVICES] + (gpu_devices() if request.gpu else [])
        landlock.restrict_files(
            readable=(*self.readable, Path("/proc/self"), *network),
            writable=(*_writable(request), Path("/dev/shm")),
            devices=devices,
            network=request.network,
        )


def _writable(request: Request) -> tuple[Path, ...]:
    """Return where a program may write: with a GPU, names for its own threads, without which CUDA doesn't start."""
    return (request.scratch, *([Path("/proc/self/task")] if request.gpu else []))


def _answered() -> frozenset[Keeper]:
    """Return what is left to a broker, and can be: each is tried."""
    version = 0 if "landlock" in lacking_layers() else landlock.abi()
    if "seccomp" in lacking_layers() or not broker.answers_signals():
        return frozenset()
    kinds = {Keeper.ITSELF}
    if version < landlock.SCOPES:
        kinds.add(Keeper.SIGNALS)
    if version < landlock.NAMED_SOCKETS and broker.answers_sockets():
        kinds.add(Keeper.SOCKETS)
    return frozenset(kinds)


def _readable() -> tuple[Path, ...]:
    """Return what a program may read besides its scratch folder: Python, its packages, and the system's
    libraries.
    """
    paths = [Path(folder) for folder in _SYSTEM]
    paths += [Path("/etc") / name for name in _ETC]
    paths += [Path("/proc") / name for name in _PROC]
    paths += [Path("/sys") / name for name in _SYS]
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}:
        paths += [Path(prefix) / name for name in _OF_A_PREFIX]
    paths += map(Path, sysconfig.get_paths().values())
    paths += [Path(folder) for folder in sys.path if folder and Path(folder) != Path.cwd()]
    paths += [Path(hexapla.__file__).parent]
    paths += [Path(os.environ["MPLCONFIGDIR"])] if "MPLCONFIGDIR" in os.environ else []
    with contextlib.suppress(AttributeError):
        paths += [Path(site.getusersitepackages())]
    return tuple(sorted({path for path in paths if path.exists() and path not in (Path("/"), Path.home())}))
