"""Signals of a program: to its own processes, which are those below the worker, and to nobody else.

Where Landlock keeps signals within a program (Linux 6.12), the kernel does this.
"""

import contextlib
import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

from hexapla.execution.sandbox.brokered_call import BrokeredCall, Continue, process_of, status
from hexapla.execution.sandbox.limits import descendants

_EVERYBODY = -1
_MOST_ANCESTORS = 4096


def send_signal(call: BrokeredCall, *, worker: int) -> None:
    """Send what a call asks for. Raises OSError with what the caller is told, `Continue` where it is about itself."""
    _SENDERS[call.name](call, worker)


def _kill(call: BrokeredCall, worker: int) -> None:
    target, number = call.number(0), call.number(1)
    if target > 0:
        _send(target, number, worker)
        return
    caller = call.process
    members = [process for process in descendants(worker) if _is_meant(process, target, caller)]
    if not members:
        raise ProcessLookupError(errno.ESRCH, "no such group")
    for process in members:
        with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
            _send(process, number, worker)


def _is_meant(process: int, target: int, caller: int) -> bool:
    """Return whether a process is one of those that `kill` means by no single number."""
    if target == _EVERYBODY:
        return process != caller
    try:
        return os.getpgid(process) == (-target if target else os.getpgid(caller))
    except ProcessLookupError:
        return False


def _send(target: int, number: int, worker: int) -> None:
    """Send a signal to a process, once it is sure whose it is: the handle stays that of the same process."""
    handle = os.pidfd_open(process_of(target))
    try:
        _check(target, worker)
        signal.pidfd_send_signal(handle, number)
    except ValueError as error:
        raise OSError(errno.EINVAL, "no such signal") from error
    finally:
        os.close(handle)


def _check(target: int, worker: int) -> None:
    """Raise PermissionError where a process is not below the worker."""
    process = process_of(target)
    for _ in range(_MOST_ANCESTORS):
        process = status(process)["PPid"]
        if process == worker:
            return
        if process <= 1:
            break
    raise PermissionError(errno.EPERM, "another program's process")


def _to_itself(call: BrokeredCall, _: int) -> None:
    """Let through what goes to a thread of the caller's process, or to the process; the rest is refused."""
    if call.number(0) == call.process:
        raise Continue
    raise PermissionError(errno.EPERM, "another process")


def _to_thread(call: BrokeredCall, _: int) -> None:
    if call.number(0) == call.thread:
        raise Continue
    raise PermissionError(errno.EPERM, "another thread")


def _by_handle(call: BrokeredCall, worker: int) -> None:
    caller = os.pidfd_open(call.process)
    try:
        handle = call.duplicate(caller, 0)
    finally:
        os.close(caller)
    try:
        _check(_named_by(handle), worker)
        signal.pidfd_send_signal(handle, call.number(1))
    finally:
        os.close(handle)


def _named_by(handle: int) -> int:
    """Return which process a handle is of."""
    for line in Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines():
        if line.startswith("Pid:") and int(line.split()[1]) > 0:
            return int(line.split()[1])
    raise ProcessLookupError(errno.ESRCH, "no process, or one that has ended")


_SENDERS: dict[str, Callable[[BrokeredCall, int], None]] = {
    "kill": _kill,
    "tkill": _to_thread,
    "tgkill": _to_itself,
    "rt_sigqueueinfo": _to_itself,
    "rt_tgsigqueueinfo": _to_itself,
    "pidfd_send_signal": _by_handle,
}
