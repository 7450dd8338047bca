"""Brokered call: a system call of a program that waits for the broker's answer, and what is known of its caller."""

import ctypes
import errno
import os
from dataclasses import dataclass
from pathlib import Path

from hexapla.execution.sandbox.system_calls import Keeper, SystemCall

_C = ctypes.CDLL(None, use_errno=True)
_PIDFD_GETFD = 438


class Continue(Exception):  # noqa: N818 - nothing is wrong
    """The kernel shall do what was asked: it concerns nobody but the caller, who waits and can't become another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokeredCall:
    """One call that waits for its answer."""

    id: int
    """The kernel's, of this one call."""
    thread: int
    call: SystemCall
    arguments: tuple[int, ...]

    @property
    def name(self) -> str:
        """What the call is called."""
        return self.call.name

    @property
    def keeper(self) -> Keeper:
        """Who confines the call."""
        return self.call.keeper

    @property
    def process(self) -> int:
        """The process of the thread that calls. Raises ProcessLookupError where it has gone."""
        return process_of(self.thread)

    def let_through_if_own(self) -> None:
        """Raise `Continue` where the call names the caller, by its process or its thread; else PermissionError."""
        named = self.number(self.call.checks[-1].argument)
        if named in (self.thread, self.process):
            raise Continue
        raise PermissionError(errno.EPERM, "another process")

    def number(self, argument: int) -> int:
        """Return an argument as the kernel reads an `int`."""
        return ctypes.c_int32(self.arguments[argument] & 0xFFFFFFFF).value

    def unsigned(self, argument: int) -> int:
        """Return an argument as the kernel reads an `unsigned int`."""
        return self.arguments[argument] & 0xFFFFFFFF

    def duplicate(self, handle: int, argument: int) -> int:
        """Return our own copy of a file of the caller; `handle` is one of its process."""
        return copy_of_file(handle, self.unsigned(argument))


def copy_of_file(handle: int, fd: int) -> int:
    """Return our own copy of what a process, by a handle of it, has open. Raises OSError where we may have none."""
    copy: int = _C.syscall(_PIDFD_GETFD, handle, fd, 0)
    if copy < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return copy


def process_of(thread: int) -> int:
    """Return the process that a thread belongs to."""
    return status(thread)["Tgid"]


def status(thread: int) -> dict[str, int]:
    """Return the process of a thread (`Tgid`) and the parent of that (`PPid`)."""
    try:
        lines = Path(f"/proc/{thread}/status").read_text(errors="replace").splitlines()
    except FileNotFoundError as error:
        raise ProcessLookupError(errno.ESRCH, "no such thread") from error
    rows = (line.partition(":") for line in lines)
    return {name: int(value.split()[0]) for name, _, value in rows if name in ("Tgid", "PPid")}
