"""Seccomp: system calls that no program of a post needs, refused by the kernel.

A filter of classic BPF, made here from the tables below. What is refused gets "permission denied", so that
the program sees an exception with the line that asked, not a crash.
"""

import ctypes
import errno
import os
import platform
import struct

_PR_GET_SECCOMP, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 21, 22, 38
_MODE_FILTER = 2
_SET_FILTER, _IS_AVAILABLE, _NEW_LISTENER, _WAIT_KILLABLE = 1, 2, 1 << 3, 1 << 5
"""Of the system call itself. Killable: a signal must not end a call that is already answered (Linux 5.19)."""
_ALLOW, _REFUSE, _ASK = 0x7FFF0000, 0x00050000, 0x7FC00000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
"""Offsets in `struct seccomp_data`: the call's number, the machine, two arguments' low halves."""
_X32 = 0x40000000
_NEW_NAMESPACES = 0x7E020080
"""The CLONE_NEW* flags: a new user namespace would give capabilities back."""
_AF_UNIX = 1
_KIND_OF_SOCKET, _RAW, _DATAGRAM = 0xF, 3, 2

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The machines whose numbers are below, and the kernel's names for them."""

REFUSED: dict[str, tuple[int, int]] = {
    # name: number on x86_64, on aarch64 (-1: not there)
    "acct": (163, 89),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
_SOCKET, _SOCKETPAIR, _CONNECT = (41, 198), (53, 199), (42, 203)
_CLONE, _CLONE3, _SECCOMP = (56, 220), (435, 435), (317, 277)


def lacking(machine: str) -> str:
    """Return why no filter can be put on here; empty where one can. A container may forbid the call itself."""
    if machine not in MACHINES:
        return f"hexapla has no table of system calls for {machine}"
    libc = ctypes.CDLL(None, use_errno=True)
    refuse = struct.pack("I", _REFUSE)
    if not libc.syscall(_SECCOMP[list(MACHINES).index(machine)], _IS_AVAILABLE, 0, refuse):
        return ""
    code = ctypes.get_errno()
    if code == errno.EINVAL and libc.prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) >= 0:
        return ""  # Linux before 4.14 has filters, and can't be asked
    return f"this kernel or container does not allow it ({os.strerror(code)})"


def restrict(*, network: bool, gated: bool = False) -> int:
    """Shut the filter around this process and all it will start. Raises OSError where that can't be.

    Returns the file descriptor at which each `connect` waits for an answer where it is `gated`, else -1.
    """
    machine = platform.machine()
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, f"hexapla has no table of system calls for {machine}")
    code = program(machine, network=network, gated=gated)
    buffer = ctypes.create_string_buffer(code)
    description = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    _check(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    if not gated:
        _check(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, description, 0, 0))
        return -1
    number = _SECCOMP[list(MACHINES).index(machine)]
    listener = libc.syscall(number, _SET_FILTER, _NEW_LISTENER | _WAIT_KILLABLE, description)
    if listener < 0 and ctypes.get_errno() == errno.EINVAL:
        listener = libc.syscall(number, _SET_FILTER, _NEW_LISTENER, description)
    return _check(listener)


def _check(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")
    return result


def program(machine: str, *, network: bool, gated: bool = False) -> bytes:
    """Return the filter: a chain of tests, each of which jumps over its own verdict where it does not
    hold.

    Where it is `gated`, `connect` is for the gate to answer, and Unix datagrams, which need no `connect` to
    reach anybody, are refused.
    """
    column = list(MACHINES).index(machine)
    refuse = _return(_REFUSE | errno.EACCES)
    allow = _return(_ALLOW)
    parts = [_load(_ARCHITECTURE), _unless(_EQUAL, MACHINES[machine], refuse), _load(_NUMBER)]
    if machine == "x86_64":
        parts += [_when(_AT_LEAST, _X32, refuse)]
    parts += [_when(_EQUAL, numbers[column], refuse) for numbers in REFUSED.values()]
    # Its flags lie in memory, which a filter can't read: without it the C library falls back to `clone`.
    parts += [_when(_EQUAL, _CLONE3[column], _return(_REFUSE | errno.ENOSYS))]
    clone = _load(_FIRST) + _when(_ANY_BIT, _NEW_NAMESPACES, refuse) + allow
    parts += [_when(_EQUAL, _CLONE[column], clone)]
    made = b"" if network else _load(_FIRST) + _unless(_EQUAL, _AF_UNIX, refuse)
    if gated:
        kind = _load(_SECOND) + struct.pack("HBBI", _AND, 0, 0, _KIND_OF_SOCKET)
        kind += _when(_EQUAL, _DATAGRAM, refuse) + _when(_EQUAL, _RAW, refuse)
        made += _load(_FIRST) + _when(_EQUAL, _AF_UNIX, kind)
        parts += [_when(_EQUAL, _CONNECT[column], _return(_ASK))]
    parts += [_when(_EQUAL, numbers[column], made + allow) for numbers in (_SOCKET, _SOCKETPAIR)]
    return b"".join((*parts, allow))


def _return(value: int) -> bytes:
    return struct.pack("HBBI", _RETURN, 0, 0, value)


def _load(offset: int) -> bytes:
    return struct.pack("HBBI", _LOAD, 0, 0, offset)


def _when(test: int, value: int, body: bytes) -> bytes:
    return struct.pack("HBBI", test, 0, len(body) // 8, value) + body


def _unless(test: int, value: int, body: bytes) -> bytes:
    return struct.pack("HBBI", test, len(body) // 8, 0, value) + body
