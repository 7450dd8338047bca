"""Programs that issue system calls in a sandbox, and what must come of each: for root and for ordinary users."""

import errno
import platform
import re
from collections.abc import Mapping

from hexapla.execution.sandbox.system_calls import MACHINES, Decision, numbered

KNOWN = numbered(platform.machine()) if platform.machine() in MACHINES else {}
LAST = max(KNOWN, default=0) + 40
"""A number that is above those of all calls."""


def numbered_here(code: str) -> str:
    """Put in the numbers of this machine where a program names a call: `NR_kill`."""
    numbers = {call.name: number for number, call in KNOWN.items()}
    return re.sub(r"NR_(\w+)", lambda name: str(numbers.get(name[1], -1)), code)


WALK = numbered_here(f"""
import ctypes, errno, json, os, signal

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
nothing = [ctypes.c_ulong(2**64 - 1)] * 6
answers = dict()
for number in [*range({LAST}), 1000, 2**30 + 39]:
    if number == NR_vfork:
        continue  # its child would go on in its parent's memory
    mine, theirs = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        ctypes.set_errno(0)
        result = libc.syscall(ctypes.c_long(number), *nothing)
        if os.getppid() == parent:
            os.write(theirs, str(ctypes.get_errno() if result == -1 else 0).encode())
        os.kill(os.getpid(), 9)
    os.close(theirs)
    os.waitpid(child, 0)
    said = os.read(mine, 9)
    answers[number] = int(said) if said else None
    os.close(mine)
print(json.dumps(answers))
""")
"""Issues each call in a child of its own, all arguments 2**64 - 1, and prints the error that each gave."""

CONFINED = {
    "clone": errno.EPERM,
    "close_range": errno.EPERM,
    "prlimit64": errno.EPERM,
    "sched_setaffinity": errno.EPERM,
    "sched_setscheduler": errno.EPERM,
    "sched_setparam": errno.EPERM,
    "sched_setattr": errno.EPERM,
    "get_robust_list": errno.EPERM,
    "move_pages": errno.EPERM,
    "setpriority": errno.EPERM,
    "ioprio_set": errno.EPERM,
    "seccomp": errno.EPERM,
    "socket": errno.EACCES,
    "socketpair": errno.EACCES,
}
"""What is refused where every argument is 2**64 - 1; the others say that there is no such file or signal."""


def faults(answers: Mapping[str, int | None]) -> list[str]:
    """Return what the kernel said otherwise than the table: of `WALK`'s answers, None where the call never returned."""
    wrong = []
    for number, error in ((int(number), error) for number, error in answers.items()):
        call = KNOWN.get(number)
        name = call.name if call else "no call"
        if number >= 2**30:
            fits = error == (errno.EPERM if platform.machine() == "x86_64" else errno.ENOSYS)
        elif call is None:
            fits = error == errno.ENOSYS
        elif call.verdict is Decision.REFUSED:
            fits = error == call.error
        elif call.name in CONFINED:
            fits = error == CONFINED[call.name]
        else:
            fits = error not in (errno.EPERM, errno.EACCES)
        if not fits:
            wrong.append(f"{number} {name}: {errno.errorcode.get(error or 0, error)}")
    return wrong


ATTACKS = numbered_here("""
import ctypes, os, resource, signal

libc = ctypes.CDLL(None, use_errno=True)
other = os.getppid()
through = []

def call(name, *arguments):
    ctypes.set_errno(0)
    if getattr(libc, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)

def attempt(name, action, *arguments):
    try:
        action(*arguments)
    except PermissionError:
        return
    except OSError as error:
        through.append(f"{name}: {error}")
    else:
        through.append(name)

buffer = ctypes.create_string_buffer(64)
for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_DATA):
    attempt("limits", resource.prlimit, other, kind, (4096, 4096))
attempt("limits, read", resource.prlimit, other, resource.RLIMIT_CPU)
attempt("processors", os.sched_setaffinity, other, {0})
attempt("scheduler", os.sched_setscheduler, other, os.SCHED_IDLE, os.sched_param(0))
attempt("parameters", os.sched_setparam, other, os.sched_param(0))
attempt("niceness", os.setpriority, os.PRIO_PROCESS, other, 19)
attempt("niceness of a user", os.setpriority, os.PRIO_USER, 0, 19)
attempt("priority on disk", call, "syscall", NR_ioprio_set, 1, other, 3 << 13)
attempt("signal", os.kill, other, 0)
attempt("end", os.kill, other, signal.SIGKILL)
attempt("a thread's end", call, "syscall", NR_tgkill, other, other, 9)
attempt("trace", call, "ptrace", 16, other, None, None)
attempt("memory", call, "process_vm_readv", other, None, 0, None, 0, 0)
attempt("pages", call, "syscall", NR_move_pages, other, 0, None, None, None, 0)
attempt("files", call, "syscall", NR_pidfd_getfd, os.pidfd_open(other), 1, 0)
attempt("locks", call, "syscall", NR_get_robust_list, other, buffer, buffer)
attempt("same file", call, "syscall", NR_kcmp, other, os.getpid(), 2, 0, 0)
attempt("System V memory", call, "shmget", 0x68657861, 4096, 0o1666)
attempt("System V semaphores", call, "semget", 0x68657861, 1, 0o1666)
attempt("System V queues", call, "msgget", 0x68657861, 0o1666)
attempt("POSIX queues", call, "mq_open", b"/hexapla", os.O_RDWR | os.O_CREAT, 0o600, None)
attempt("keys", call, "syscall", NR_keyctl, 0, -4, 0)
attempt("root's rights", os.setresuid, 0, 0, 0)
attempt("root's group", os.setresgid, 0, 0, 0)
attempt("files as root", call, "syscall", NR_setfsuid, 0)
attempt("groups", os.setgroups, [0])
attempt("a child of one's parent", call, "syscall", NR_clone, 0x8011, 0, 0, 0, 0)
attempt("a namespace", call, "unshare", 0x10000000)
attempt("the machine's name", call, "sethostname", b"x", 1)
attempt("signals of a file", call, "fcntl", 1, 8, other)
print("\\n".join(through) or "none")
""")
"""Attempts on the process that watches over the program, and on what programs share; prints what got through."""
