"""Attempts of a program on what is not its own: each says `through` where it has got there."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .walking import numbered_here

PRELUDE = '''
import ctypes, errno, fcntl, mmap, os, pathlib, resource, shutil, signal, socket, struct, subprocess, sys, threading, time
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
FOLDER, PORT = {folder!r}, {port}
BAIT = FOLDER + "/bait"
WORKER = os.getppid()
OTHERS = range(max(2, WORKER - 60), os.getpid())  # those that it starts come later

def call(name, *arguments):
    ctypes.set_errno(0)
    result = (libc.syscall(name, *arguments) if isinstance(name, int) else getattr(libc, name)(*arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

def through(*what):
    print(NAME, *what, flush=True)

def first(action, several):
    """Do it with one after the other; tell of the first that it may be done with."""
    for each in several:
        try:
            action(each)
        except (OSError, ValueError):
            continue
        through(each)
        break
'''
"""What each attempt has at hand."""

_FILES = {
    "a file by another name of the root": "open('/proc/self/root' + BAIT).read(); through()",
    "a file by the root of a thread": "open('/proc/thread-self/root' + BAIT).read(); through()",
    "a file by the worker's root": "open(f'/proc/{WORKER}/root' + BAIT).read(); through()",
    "a file by the worker's folder": "os.listdir(f'/proc/{WORKER}/cwd'); through()",
    "a file by a path handle": "handle = os.open(BAIT, os.O_PATH)\nopen(f'/proc/self/fd/{handle}').read(); through()",
    "a file by a path handle, to write": "handle = os.open(BAIT, os.O_PATH)\nopen(f'/proc/self/fd/{handle}', 'w'); through()",
    "a file by a handle of the disk": (
        "buffer, mount = ctypes.create_string_buffer(struct.pack('Ii', 128, 0) + bytes(128)), ctypes.c_int()\n"
        "call(NR_name_to_handle_at, -100, BAIT.encode(), buffer, ctypes.byref(mount), 0)\n"
        "call(NR_open_by_handle_at, os.open('.', os.O_RDONLY), buffer, 0); through()"
    ),
    "a file by a link in the scratch folder": "os.symlink(BAIT, 'link')\nopen('link').read(); through()",
    "a file by a link to a folder": "os.symlink(FOLDER, 'link')\nos.listdir('link'); through()",
    "a file by a second name": "os.link(BAIT, 'mine'); through()",
    "a file by a second name of a handle": (
        "handle = os.open(BAIT, os.O_PATH)\nos.link(f'/proc/self/fd/{handle}', 'mine', follow_symlinks=True); through()"
    ),
    "a file moved": "os.rename(BAIT, 'mine'); through()",
    "a file exchanged for one's own": "open('mine', 'w').close()\ncall(NR_renameat2, -100, b'mine', -100, BAIT.encode(), 2); through()",
    "a file made shorter": "os.truncate(BAIT, 0); through()",
    "a file given attributes": "os.setxattr(BAIT, 'user.mine', b'1'); through()",
    "a file's attributes, read": "first(lambda read: read(BAIT), (os.listxattr, lambda path: os.getxattr(path, 'user.mine')))",
    "a file's attributes, read by a handle": "os.listxattr(f'/proc/self/fd/{os.open(BAIT, os.O_PATH)}'); through()",
    "a file copied by a path handle": "os.copy_file_range(os.open(BAIT, os.O_PATH), os.open('copy', os.O_CREAT | os.O_RDWR), 9); through()",
    "a file's modes by a path handle": "call(NR_fchmodat2, os.open(BAIT, os.O_PATH), b'', 0o700, 0x1000); through()",
    "a nameless file that gets a name": (
        "handle = os.open('.', os.O_TMPFILE | os.O_RDWR)\nos.link(f'/proc/self/fd/{handle}', FOLDER + '/mine', follow_symlinks=True); through()"
    ),
    "a file given another owner": "os.chown(BAIT, os.getuid(), os.getgid()); through()",
    "a file locked": "fcntl.flock(os.open(BAIT, os.O_RDONLY), fcntl.LOCK_EX); through()",
    "a file started": "subprocess.run([FOLDER + '/script'], check=True); through()",
    "a file started by the loader": (
        "loader = next(str(p) for p in pathlib.Path('/lib64').glob('ld-linux*'))\nsubprocess.run([loader, FOLDER + '/script'], check=True)\nthrough()"
    ),
    "a file read by a shell": "assert subprocess.run(['sh', '-c', 'cat \"$0\"', BAIT], capture_output=True).stdout; through()",
    "a file mapped": "mmap.mmap(os.open(BAIT, os.O_RDONLY), 1, prot=mmap.PROT_READ); through()",
    "a folder entered": "os.chdir(FOLDER)\nopen('bait').read(); through()",
    "a folder's names": "os.listdir(FOLDER); through()",
    "a folder's names by a handle": "os.listdir(os.open(FOLDER, os.O_RDONLY)); through()",
    "a folder's change told by a signal": "fcntl.fcntl(os.open(FOLDER, os.O_RDONLY), 1026, 0x80000004); through()",
    "a folder made": "os.mkdir(FOLDER + '/mine'); through()",
    "a link made": "os.symlink('/', FOLDER + '/mine'); through()",
    "a pipe made": "os.mkfifo(FOLDER + '/mine'); through()",
    "a device made": "os.mknod('device', 0o20666, os.makedev(1, 1)); through()",
    "a socket made": "socket.socket(socket.AF_UNIX).bind(FOLDER + '/mine'); through()",
    "a pipe of another written to": "os.open(FOLDER + '/pipe', os.O_RDWR | os.O_NONBLOCK); through()",
    "the scratch folders of others": "os.listdir('../..'); through()",
    "the scratch folder's own place": "os.rename('../home', '../other'); through()",
    "a place beside the scratch folder": "open('../mine', 'w'); through()",
    "the user's temporary files": "os.listdir('/tmp'); through()",
    "the passwords": "open('/etc/shadow').read(); through()",
    "the packages": "import json\nopen(json.__file__, 'a'); through()",
    "a package of hexapla": "import hexapla\nopen(hexapla.__file__, 'a'); through()",
    "what Python does when it starts": "import site\nfirst(lambda p: open(p + '/sitecustomize.py', 'w'), [*site.getsitepackages(), site.getusersitepackages(), *sys.path[1:]])",
    "the list of fonts that all read": "open(os.path.realpath(next(pathlib.Path(os.environ['MPLCONFIGDIR']).glob('*.json'))), 'a'); through()",
}
_KERNEL = {
    "the kernel's own files": (
        "first(lambda p: open('/proc/' + p).read(1), ('kcore', 'kmsg', 'kallsyms', 'iomem', 'keys', 'locks', 'slabinfo', 'modules', 'timer_list', "
        "'config.gz', 'partitions', 'interrupts', 'sysvipc/shm', 'vmallocinfo', 'cmdline', 'crypto', 'bus/pci/devices'))"
    ),
    "the kernel's settings": (
        "first(lambda p: open('/proc/sys/' + p, 'w'), ('kernel/core_pattern', 'kernel/hostname', 'vm/drop_caches', 'kernel/modprobe', 'fs/file-max', "
        "'kernel/ns_last_pid'))"
    ),
    "the kernel's keys": "open('/proc/sysrq-trigger', 'w'); through()",
    "settings of devices": "first(lambda p: open('/sys/' + p, 'w'), ('power/state', 'kernel/mm/transparent_hugepage/enabled', 'kernel/uevent_helper'))",
    "control groups": (
        "first(lambda p: open(p, 'w'), [*map(str, pathlib.Path('/sys/fs/cgroup').glob('*/cgroup.procs')), '/sys/fs/cgroup/cgroup.procs', '/sys/fs/cgroup/memory/tasks'])"
    ),
    "a control group of its own": "first(lambda p: os.mkdir(p + '/mine'), ['/sys/fs/cgroup', *map(str, pathlib.Path('/sys/fs/cgroup').glob('*'))])",
    "devices": (
        "first(lambda p: os.open('/dev/' + p, os.O_RDWR | os.O_NONBLOCK), ('mem', 'kmsg', 'kvm', 'fuse', 'tty', 'ptmx', 'vda', 'sda', 'loop0', 'loop-control', "
        "'net/tun', 'vsock', 'vhost-vsock', 'userfaultfd', 'hpet', 'rtc0', 'console', 'port', 'nvram', 'uinput', 'udmabuf', 'dma_heap/system'))"
    ),
    "a terminal": "os.openpty(); through()",
    "what is typed into a terminal": "fcntl.ioctl(0, 0x5412, b'x'); through()",
    "the kernel's log": "buffer = ctypes.create_string_buffer(64)\ncall(NR_syslog, 3, buffer, 64); through()",
    "rings of requests": "call(NR_io_uring_setup, 4, ctypes.create_string_buffer(128)); through()",
    "programs in the kernel": "call(NR_bpf, 0, ctypes.create_string_buffer(128), 128); through()",
    "faults of pages": "call(NR_userfaultfd, 1); through()",
    "counters of the processor": "call(NR_perf_event_open, ctypes.create_string_buffer(struct.pack('II', 1, 128) + bytes(120)), 0, -1, -1, 0); through()",
    "keys": "call(NR_add_key, b'user', b'hexapla', b'x', 1, -4); through()",
    "keys that are asked for": "call(NR_request_key, b'user', b'hexapla', None, -4); through()",
    "memory that only a pipe holds": "call(NR_vmsplice, os.pipe()[1], None, 0, 0); through()",
    "rules of Landlock without a limit": "call(NR_landlock_create_ruleset, struct.pack('Q', 4), 8, 0); through()",
    "files that only one thread has": "call(NR_close_range, 5000, 6000, 2); through()",
    "to hide from who looks after it": "call('prctl', 4, 0, 0, 0, 0); through()",
    "memory that the kernel can't see": "call(NR_memfd_secret, 0); through()",
    "calls of the 32-bit kernel": (
        "code = mmap.mmap(-1, 4096, prot=7)\ncode.write(bytes.fromhex('53b814000000cd805bc3'))  # getpid by int 0x80\n"
        "function = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))\n"
        "if os.uname().machine == 'x86_64' and function() > 0: through(function())"
    ),
    "calls of the x32 kernel": "if os.uname().machine == 'x86_64' and libc.syscall(0x40000000 + 39) > 0: through()",
    "namespaces": "first(lambda kind: call('unshare', kind), (0x10000000, 0x20000, 0x40000000, 0x8000000, 0x4000000, 0x20000000, 0x2000000, 0x80))",
    "namespaces by clone3": "call(NR_clone3, ctypes.create_string_buffer(struct.pack('Q', 0x10000000) + bytes(80)), 88); through()",
    "the worker's namespaces": "first(lambda kind: call('setns', os.open(f'/proc/{WORKER}/ns/{kind}', os.O_RDONLY), 0), ('mnt', 'user', 'net', 'pid', 'ipc'))",
    "the worker's namespaces by a handle": "call('setns', os.pidfd_open(WORKER), 0x20000); through()",
    "mounts": "call('mount', b'none', b'tmp', b'tmpfs', 0, None); through()",
    "mounts that are taken away": "first(lambda p: call('umount2', p, 2), (b'/dev/shm', os.getcwd().encode(), b'/proc'))",
    "mounts made writable": "call('mount', b'none', b'/', None, 0x1020, None); through()",
    "mounts made writable, the new way": "call(NR_mount_setattr, -100, b'/', 0x8000, struct.pack('QQQQ', 0, 1, 0, 0), 32); through()",
    "another root": "os.mkdir('root')\nfirst(lambda p: os.chroot(p), ('root', '/', '.'))",
    "scheduling in real time": "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)); through()",
    "a deadline": "call(NR_sched_setattr, 0, struct.pack('IIQiIQQQ', 48, 6, 0, 0, 0, 10**6, 10**7, 10**7), 0); through()",
    "to come before others": "os.nice(-5); through()",
    "limits raised": "first(lambda kind: resource.setrlimit(kind, (2**40, 2**40)), (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_DATA, resource.RLIMIT_FSIZE))",
    "to be spared when memory is short": "open('/proc/self/oom_score_adj', 'w').write('-500'); through()",
    "a layout of memory that is easy to attack": "if call('personality', 0x0040000) >= 0: through()",
    "programs that run as root": (
        "first(lambda c: subprocess.run(c, check=True, capture_output=True, stdin=subprocess.DEVNULL), (['su', '-c', 'id'], ['sudo', '-n', 'id'], ['mount', '-t', 'tmpfs', 'x', 'tmp']))"
    ),
    "to be root": "first(lambda ids: os.setresuid(*ids), ((0, 0, 0), (-1, 0, -1), (0, -1, -1), (-1, -1, 0)) if os.getresuid() != (0, 0, 0) else ((1, 1, 1),))",
    "rights kept from before": "if any(int(line.split()[1], 16) for line in open('/proc/self/status') if line.startswith(('CapPrm', 'CapEff', 'CapAmb'))): through()",
}
_OTHERS = {
    "memory of others": "first(lambda p: open(f'/proc/{p}/mem', 'rb'), OTHERS)",
    "memory of others, to write": "first(lambda p: open(f'/proc/{p}/mem', 'r+b'), OTHERS)",
    "memory of others by `..`": "first(lambda p: open(f'/proc/self/../{p}/mem', 'rb'), OTHERS)",
    "what others were told": "first(lambda p: open(f'/proc/{p}/environ', 'rb').read(), OTHERS)",
    "what others are called": "first(lambda p: open(f'/proc/{p}/cmdline', 'rb').read(), OTHERS)",
    "open files of others": "first(lambda p: os.listdir(f'/proc/{p}/fd'), OTHERS)",
    "open files of others, one by one": "first(lambda p: [open(f'/proc/{p}/fd/{n}', 'rb') for n in range(3, 12)], OTHERS)",
    "maps of others": "first(lambda p: open(f'/proc/{p}/maps').read(), OTHERS)",
    "the list of processes": "os.listdir('/proc'); through()",
    "to trace others": "first(lambda p: call('ptrace', 16, p, None, None), OTHERS)",
    "to seize others": "first(lambda p: call('ptrace', 0x4206, p, None, None), OTHERS)",
    "to be traced by one's worker": "call('ptrace', 0, 0, None, None); through()",
    "open files by a handle of others": "first(lambda p: call(NR_pidfd_getfd, os.pidfd_open(p), 1, 0), OTHERS)",
    "signals to others": "first(lambda p: os.kill(p, 0), OTHERS)",
    "signals to others by a handle": "first(lambda p: signal.pidfd_send_signal(os.pidfd_open(p), signal.SIGCONT), OTHERS)",
    "signals to groups of others": "first(lambda p: os.killpg(p, 0), OTHERS)",
    "signals with a value": "first(lambda p: call(NR_rt_sigqueueinfo, p, 18, struct.pack('iii', 18, 0, -1) + bytes(116)), OTHERS)",
    "signals when a file is ready": "ours, theirs = socket.socketpair()\nfirst(lambda p: call('fcntl', ours.fileno(), 8, p), OTHERS)",
    "signals when a socket is ready": "ours, theirs = socket.socketpair()\nfirst(lambda p: fcntl.ioctl(ours, 0x8902, struct.pack('i', p)), OTHERS)",
    "a timer of another's": "first(lambda p: call('timer_create', 1, struct.pack('QiiI', 0, 18, 4, p) + bytes(44), ctypes.create_string_buffer(8)), OTHERS)",
    "to stop one's worker": "first(lambda p: os.kill(p, signal.SIGSTOP), [WORKER])",
    "the group of others": "first(lambda p: os.setpgid(0, p), OTHERS)",
    "others in one's own group": "first(lambda p: os.setpgid(p, 0), OTHERS)",
    "processors of others": "first(lambda p: os.sched_setaffinity(p, {0}), OTHERS)",
    "priority of others": "first(lambda p: os.setpriority(os.PRIO_PROCESS, p, 19), OTHERS)",
    "priority of a user": "first(lambda kind: os.setpriority(kind, 0, 19), [os.PRIO_USER])",
    "limits of others": "first(lambda p: resource.prlimit(p, resource.RLIMIT_CPU), OTHERS)",
    "a processor shared by a cookie": "first(lambda p: call('prctl', 62, 2, p, 0, 0), OTHERS)",
    "advice on others' memory": "first(lambda p: call(NR_process_madvise, os.pidfd_open(p), None, 0, 20, 0), OTHERS)",
    "a child of one's worker": "call(NR_clone, 0x8011, 0, 0, 0, 0); through()",
    "open files that were left": (
        "for fd in map(int, os.listdir('/proc/self/fd')):\n"
        "    try: place = os.readlink(f'/proc/self/fd/{fd}')\n"
        "    except OSError: continue\n"
        "    if fd != 200 and not place.startswith(('pipe:', '/dev/null', '/proc/')): through(fd, place)"
    ),
    "secrets in the environment": "if {key for key in os.environ if any(word in key for word in ('TOKEN', 'SECRET', 'KEY', 'PASS', 'HEXAPLA_BAIT'))}: through()",
}
_NETWORK = {
    "a server on this machine": "socket.create_connection(('127.0.0.1', PORT), 1); through()",
    "a server on this machine, by IPv6": "socket.socket(socket.AF_INET6).connect(('::1', PORT)); through()",
    "a server on this machine, as the name is bound": "socket.create_server(('127.0.0.1', 0)); through()",
    "other kinds of sockets": "first(lambda kind: socket.socket(kind, socket.SOCK_RAW), (16, 17, 29, 31, 38, 40, 44, 15, 21, 28, 30, 39, 41, 42))",
    "other kinds of sockets, datagrams": "first(lambda kind: socket.socket(kind, socket.SOCK_DGRAM), (2, 10, 16, 17, 29, 31, 40, 44, 30, 42))",
    "pairs of other kinds": "first(lambda kind: socket.socketpair(kind), (2, 10, 30, 40))",
    "sockets of 32 bits more": "call(NR_socket, (1 << 32) + 2, 1, 0); through()",
    "a message to a service": "ours = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\nfirst(lambda p: ours.sendto(b'x', p), (FOLDER + '/datagrams', '/dev/log', '/run/systemd/notify', '/run/systemd/journal/socket'))",
    "services with names": (
        "def connect(path): socket.socket(socket.AF_UNIX).connect(path)\n"
        "first(connect, (FOLDER + '/socket', '/run/docker.sock', '/var/run/docker.sock', '/run/dbus/system_bus_socket', '/run/containerd/containerd.sock'))"
    ),
    "a service by a link": "os.symlink(FOLDER + '/socket', 'link')\nsocket.socket(socket.AF_UNIX).connect('link'); through()",
    "a service by a folder's link": "os.symlink(FOLDER, 'link')\nsocket.socket(socket.AF_UNIX).connect('link/socket'); through()",
    "a service by a handle": "handle = os.open(FOLDER, os.O_PATH)\nsocket.socket(socket.AF_UNIX).connect(f'/proc/self/fd/{handle}/socket'); through()",
    "a service from its folder": "os.chdir(FOLDER)\nsocket.socket(socket.AF_UNIX).connect('socket'); through()",
    "a service by a pair that is connected again": "ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\nours.connect(FOLDER + '/datagrams')\nours.send(b'x'); through()",
    "a message past a pair": "ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\nours.sendto(b'x', FOLDER + '/datagrams'); through()",
    "the list of sockets": "if FOLDER in open('/proc/self/net/unix').read(): through()",
    "the list of connections": "if f':{PORT:04X}' in open('/proc/self/net/tcp').read(): through()",
}

ATTEMPTS = {**_OTHERS, **_NETWORK, **_FILES, **_KERNEL}
CONTENTS = ["bait", "datagrams", "pipe", "script", "socket"]
"""What is in the folder that they are after."""
_ALL = """
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
for NAME, code in ATTEMPTS.items():
    itself = "/proc/self" in code  # which only the program's first process may read
    if itself or (process := os.fork()) == 0:
        signal.alarm(0 if itself else 20)
        try:
            exec(code)
        except BaseException:
            pass
        if itself:
            continue
        os._exit(0)
    os.waitpid(process, 0)
print("that was all of them")
"""
EVERYBODY = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
try:
    os.kill(-1, signal.SIGTERM)
except OSError as error:
    print(error)
"""
"""Ends whoever can be ended."""


def program_of_all(folder: Path, port: int) -> str:
    """Return a program that makes every attempt, each in a process of its own, and prints the names of those that got through."""
    attempts = {name: numbered_here(code) for name, code in ATTEMPTS.items()}
    prelude = PRELUDE.replace("{folder!r}", repr(str(folder))).replace("{port}", str(port))
    return f"{prelude}ATTEMPTS = {attempts!r}\n{_ALL}"


@contextmanager
def baited(folder: Path) -> Iterator[str]:
    """Put what attempts are after into a folder, open to everybody by its modes, and yield the program of all of them."""
    for name, text in (("bait", "secret"), ("script", "#!/bin/sh\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o777)
    os.mkfifo(folder / "pipe")
    with (
        socket.socket(socket.AF_UNIX) as named,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams,
    ):
        named.bind(str(folder / "socket"))
        named.listen()
        datagrams.bind(str(folder / "datagrams"))
        for name in ("pipe", "socket", "datagrams"):
            (folder / name).chmod(0o777)
        with socket.create_server(("127.0.0.1", 0)) as server:
            yield program_of_all(folder, server.getsockname()[1])
    assert (folder / "bait").read_text() == "secret"
    assert sorted(path.name for path in folder.iterdir()) == CONTENTS
