"""Seccomp: the filter of system calls around a program, compiled from the table of all of them.

Classic BPF: a search tree over the calls' numbers, whose leaves look at arguments where the table says so. What
is refused gets "operation not permitted", so that the program sees an exception with the line that asked.
"""

import ctypes
import errno
import functools
import os
import platform
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from hexapla.execution.sandbox.system_calls import (
    MACHINES,
    SELF,
    ArgumentCheck,
    Decision,
    Keeper,
    SystemCall,
    numbered,
)

_PR_GET_SECCOMP, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 21, 22, 38
_MODE_FILTER = 2
_SET_FILTER, _IS_AVAILABLE, _NEW_LISTENER, _WAIT_KILLABLE = 1, 2, 1 << 3, 1 << 5
"""Of the system call itself. Killable: a signal must not end a call that is already answered (Linux 5.19)."""
_ALLOW, _REFUSE, _ASK = 0x7FFF0000, 0x00050000, 0x7FC00000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _JUMP, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x05, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Offsets in `struct seccomp_data`: the call's number, the machine, the arguments of eight bytes each."""
_FARTHEST = 255
"""Instructions that a test can jump over."""
_X32 = 0x40000000
_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK = 1, 2, 10, 16
_KIND_OF_SOCKET, _RAW, _DATAGRAM = 0xF, 3, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the filter of a program depends on, besides its process."""

    network: bool = False
    """Whether it may make sockets that lead out of the machine."""
    answered: frozenset[Keeper] = frozenset()
    """What a broker answers."""
    scoped: bool = False
    """Whether Landlock keeps its signals to its own processes."""


def why_no_filter(machine: str) -> str:
    """Return why no filter can be put on here; empty where one can. A container may forbid the call itself."""
    if machine not in MACHINES:
        return f"hexapla has no table of system calls for {machine}"
    libc = ctypes.CDLL(None, use_errno=True)
    refuse = struct.pack("I", _REFUSE)
    if not libc.syscall(_number("seccomp", machine), _IS_AVAILABLE, 0, refuse):
        return ""
    code = ctypes.get_errno()
    if code == errno.EINVAL and libc.prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) >= 0:
        return ""  # Linux before 4.14 has filters, and can't be asked
    return f"this kernel or container does not allow it ({os.strerror(code)})"


def restrict_calls(setting: Setting) -> int:
    """Shut the filter around this process and all it will start. Raises OSError where that can't be.

    Returns the file descriptor at which calls wait for an answer where there is a broker, else -1.
    """
    machine = platform.machine()
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, f"hexapla has no table of system calls for {machine}")
    code = for_process(program(machine, setting), os.getpid())
    buffer = ctypes.create_string_buffer(code)
    description = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    _check(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    if not setting.answered:
        _check(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, description, 0, 0))
        return -1
    number = _number("seccomp", machine)
    listener = libc.syscall(number, _SET_FILTER, _NEW_LISTENER | _WAIT_KILLABLE, description)
    if listener < 0 and ctypes.get_errno() == errno.EINVAL:
        listener = libc.syscall(number, _SET_FILTER, _NEW_LISTENER, description)
    return _check(listener)


def _number(name: str, machine: str) -> int:
    return next(number for number, call in numbered(machine).items() if call.name == name)


def _check(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")
    return result


def for_process(code: bytes, process: int) -> bytes:
    """Return a filter with the number of the program's own process in it."""
    instructions = struct.iter_unpack("HBBI", code)
    return b"".join(
        struct.pack("HBBI", kind, true, false, process if value == SELF else value)
        for kind, true, false, value in instructions
    )


@functools.cache
def program(machine: str, setting: Setting) -> bytes:
    """Return the filter for one of `MACHINES`: which verdict each number of a call gets.

    `SELF` stands in it for the program's own process.
    """
    unknown, refuse = _refuse(errno.ENOSYS), _refuse(errno.EPERM)
    leaves: list[tuple[int, bytes]] = [(0, unknown)]
    for number, call in numbered(machine).items():
        for start, verdict in ((number, _verdict(call, setting)), (number + 1, unknown)):
            if leaves[-1][0] == start:
                leaves.pop()
            if not leaves or leaves[-1][1] != verdict:
                leaves.append((start, verdict))
    if machine == "x86_64":
        leaves.append((_X32, refuse))
    head = _load(_ARCHITECTURE) + _unless(_EQUAL, MACHINES[machine], refuse) + _load(_NUMBER)
    return head + _tree(leaves)


def _tree(leaves: Sequence[tuple[int, bytes]]) -> bytes:
    """Return a search for the last leaf that starts at a number or below it."""
    if len(leaves) == 1:
        return leaves[0][1]
    middle = len(leaves) // 2
    return _when(_AT_LEAST, leaves[middle][0], _tree(leaves[middle:])) + _tree(leaves[:middle])


def _verdict(call: SystemCall, setting: Setting) -> bytes:
    """Return what becomes of one call, once its number is known: it always ends with a return."""
    if call.verdict is Decision.REFUSED:
        return _refuse(call.error)
    if call.verdict is Decision.ALLOWED:
        return _return(_ALLOW)
    if call.keeper is Keeper.SOCKETS:
        return _sockets(call, setting)
    if call.keeper is Keeper.SIGNALS and setting.scoped:
        return _return(_ALLOW)
    if call.keeper is Keeper.SIGNALS and Keeper.SIGNALS in setting.answered:
        return _return(_ASK)
    refuse = _refuse(errno.EPERM)
    ask = call.keeper is Keeper.ITSELF and Keeper.ITSELF in setting.answered
    tests = [_test(check, refuse) for check in call.checks[:-1]]
    return b"".join([*tests, _test(call.checks[-1], _return(_ASK) if ask else refuse), _return(_ALLOW)])


def _test(check: ArgumentCheck, refuse: bytes) -> bytes:
    """Return a test that refuses a call whose argument is not as it must be, and goes on otherwise."""
    code = _load(_ARGUMENTS + 8 * check.argument)
    if check.no_bits:
        code += _when(_ANY_BIT, check.no_bits, refuse)
    if check.if_bits[0]:
        code += _when(_ANY_BIT, check.if_bits[0], _unless(_ANY_BIT, check.if_bits[1], refuse))
    code += b"".join(_when(_EQUAL, value, refuse) for value in check.none_of)
    if check.one_of is not None:
        code += _unless_any(check.one_of, refuse)
    return code


def _sockets(call: SystemCall, setting: Setting) -> bytes:
    """Return what becomes of a call that makes or connects a socket.

    Where there is a broker, it answers `connect`; Unix datagrams, which need none to reach anybody, are refused.
    """
    if call.name == "connect":
        return _return(_ASK if Keeper.SOCKETS in setting.answered else _ALLOW)
    refuse = _refuse(errno.EACCES)
    families = [_AF_UNIX, *([_AF_INET, _AF_INET6, _AF_NETLINK] if setting.network else [])]
    code = _load(_ARGUMENTS) + _unless_any(families, refuse)
    if Keeper.SOCKETS in setting.answered:
        kind = _load(_ARGUMENTS + 8) + struct.pack("HBBI", _AND, 0, 0, _KIND_OF_SOCKET)
        kind += _when(_EQUAL, _DATAGRAM, refuse) + _when(_EQUAL, _RAW, refuse)
        code += _when(_EQUAL, _AF_UNIX, kind)
    return code + _return(_ALLOW)


def _refuse(error: int) -> bytes:
    return _return(_REFUSE | error)


def _return(value: int) -> bytes:
    return struct.pack("HBBI", _RETURN, 0, 0, value)


def _load(offset: int) -> bytes:
    return struct.pack("HBBI", _LOAD, 0, 0, offset)


def _when(test: int, value: int, body: bytes) -> bytes:
    size = len(body) // 8
    if size <= _FARTHEST:
        return struct.pack("HBBI", test, 0, size, value) + body
    return struct.pack("HBBI", test, 1, 0, value) + struct.pack("HBBI", _JUMP, 0, 0, size) + body


def _unless(test: int, value: int, body: bytes) -> bytes:
    return struct.pack("HBBI", test, len(body) // 8, 0, value) + body


def _unless_any(values: Sequence[int], body: bytes) -> bytes:
    """Return the body, jumped over where what is loaded equals one of the values."""
    size = len(body) // 8
    last = len(values) - 1
    tests = (struct.pack("HBBI", _EQUAL, last - at + size, 0, value) for at, value in enumerate(values))
    return b"".join(tests) + body
