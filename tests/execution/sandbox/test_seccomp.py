"""The filter: each number of each machine gets the verdict of the table, as the kernel would read it."""

import errno
import struct

import pytest

from hexapla.execution.sandbox import seccomp
from hexapla.execution.sandbox.system_calls import MACHINES, SYSTEM_CALLS, Decision, Keeper, numbered

CALLS = {call.name: call for call in SYSTEM_CALLS}


def verdict(code: bytes, machine: str, number: int, *arguments: int) -> int:
    """Return what a filter says of a call, as the kernel would run it."""
    data = struct.pack("=iIQ6Q", number, MACHINES[machine], 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    instructions = list(struct.iter_unpack("HBBI", code))
    at = accumulator = 0
    while True:
        kind, true, false, value = instructions[at]
        at += 1
        match kind:
            case 0x20:
                (accumulator,) = struct.unpack_from("=I", data, value)
            case 0x54:
                accumulator &= value
            case 0x05:
                at += value
            case 0x06:
                return value
            case _:
                holds = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: accumulator & value}
                at += true if holds[kind] else false


ALLOW, ASK = 0x7FFF0000, 0x7FC00000


def refused(error: int) -> int:
    return 0x00050000 | error


def filter_of(machine: str, setting: seccomp.Setting) -> bytes:
    """Return the filter of a program whose process is 77."""
    return seccomp.for_process(seccomp.program(machine, setting), 77)


SETTINGS = {
    "alone": seccomp.Setting(),
    "scoped": seccomp.Setting(scoped=True),
    "brokered": seccomp.Setting(answered=frozenset({Keeper.SOCKETS, Keeper.SIGNALS, Keeper.ITSELF})),
    "all": seccomp.Setting(network=True, answered=frozenset({Keeper.SOCKETS}), scoped=True),
}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("machine", MACHINES)
def test_each_number_gets_the_verdict_of_the_table(machine, setting):
    code = filter_of(machine, setting)
    known = numbered(machine)
    for number in range(1200):
        said = verdict(code, machine, number)
        call = known.get(number)
        if call is None:
            assert said == refused(errno.ENOSYS), number
        elif call.verdict is Decision.REFUSED:
            assert said == refused(call.error), call.name
        elif call.verdict is Decision.ALLOWED:
            assert said == ALLOW, call.name
    for number in (2**30, 2**30 + 59, 2**31, 2**32 - 1):
        if number < 2**31:
            expected = errno.EPERM if machine == "x86_64" else errno.ENOSYS
            assert verdict(code, machine, number) == refused(expected)


ARGUMENTS: dict[str, tuple[str, tuple[int, ...], str]] = {
    # call and arguments, what becomes of it; what asks is refused where there is no broker
    "limits of oneself": ("prlimit64", (0, 7), "allow"),
    "limits of oneself, by number": ("prlimit64", (77, 7), "allow"),
    "limits of another": ("prlimit64", (78, 7), "ask"),
    "limits of another, in 64 bits": ("prlimit64", (2**32 + 78,), "ask"),
    "processors of oneself": ("sched_setaffinity", (0,), "allow"),
    "processors of another": ("sched_setaffinity", (1,), "ask"),
    "one's own priority": ("setpriority", (0, 0), "allow"),
    "one's group's priority": ("setpriority", (1, 77), "allow"),
    "a user's priority": ("setpriority", (2, 0), "refuse"),
    "another's priority": ("setpriority", (0, 78), "ask"),
    "a user's priority on disk": ("ioprio_set", (3, 0), "refuse"),
    "one's own priority on disk": ("ioprio_set", (1, 0), "allow"),
    "another's memory": ("move_pages", (78,), "ask"),
    "a thread": ("clone", (0x3D0F00,), "allow"),
    "a process": ("clone", (0x01200011,), "allow"),
    "a user namespace": ("clone", (0x10000011,), "refuse"),
    "a namespace of processes": ("clone", (0x20000011,), "refuse"),
    "a child of one's parent": ("clone", (0x8011,), "refuse"),
    "an owner of a file": ("fcntl", (3, 8, 1), "refuse"),
    "flags of a file": ("fcntl", (3, 4, 0), "allow"),
    "typing into a terminal": ("ioctl", (0, 0x5412), "refuse"),
    "a window's size": ("ioctl", (0, 0x5413), "allow"),
    "a cookie of another": ("prctl", (62, 2, 78), "refuse"),
    "a name": ("prctl", (15,), "allow"),
    "a filter": ("seccomp", (1, 0), "allow"),
    "a filter that another answers for": ("seccomp", (1, 8), "refuse"),
    "memory that can be executed": ("personality", (0x0400000,), "refuse"),
    "which personality": ("personality", (0xFFFFFFFF,), "allow"),
}


@pytest.mark.parametrize(("name", "arguments", "expected"), ARGUMENTS.values(), ids=ARGUMENTS)
@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_confined_is_confined_by_its_arguments(machine, name, arguments, expected):
    number = CALLS[name].numbers[list(MACHINES).index(machine)]
    for setting in SETTINGS.values():
        said = verdict(filter_of(machine, setting), machine, number, *arguments)
        asks = expected == "ask" and Keeper.ITSELF in setting.answered
        assert said == (ALLOW if expected == "allow" else ASK if asks else refused(errno.EPERM))


SIGNALS = {"alone": refused(errno.EPERM), "scoped": ALLOW, "brokered": ASK, "all": ALLOW}


@pytest.mark.parametrize("name", [call.name for call in SYSTEM_CALLS if call.keeper is Keeper.SIGNALS])
def test_signals_go_where_landlock_or_the_broker_lets_them_or_nowhere(name):
    number = CALLS[name].numbers[0]
    for setting, expected in SIGNALS.items():
        code = filter_of("x86_64", SETTINGS[setting])
        assert verdict(code, "x86_64", number, 78, 9) == expected
    alone = filter_of("x86_64", SETTINGS["alone"])
    itself = refused(errno.EPERM) if name == "pidfd_send_signal" else ALLOW
    assert verdict(alone, "x86_64", number, 77, 9) == itself


SOCKETS = {
    # the family and the kind; without a broker, with one, with one and the network
    "a Unix stream": ((1, 1), True, True, True),
    "a Unix datagram": ((1, 2 | 0o2000000), True, False, False),
    "the Internet": ((2, 1), False, False, True),
    "a datagram": ((10, 2), False, False, True),
    "the kernel": ((16, 3), False, False, True),
    "raw packets": ((17, 3), False, False, False),
    "the kernel's ciphers": ((38, 5), False, False, False),
    "the machine around": ((40, 1), False, False, False),
}


@pytest.mark.parametrize(("arguments", "alone", "brokered", "network"), SOCKETS.values(), ids=SOCKETS)
def test_sockets_are_made_of_few_kinds(arguments, alone, brokered, network):
    for name, expected in (("alone", alone), ("brokered", brokered), ("all", network)):
        code = filter_of("x86_64", SETTINGS[name])
        assert verdict(code, "x86_64", 41, *arguments) == (ALLOW if expected else refused(errno.EACCES))


def test_another_machines_calls_are_refused():
    code = filter_of("aarch64", SETTINGS["alone"])
    assert verdict(code, "x86_64", 39) == refused(errno.EPERM)
