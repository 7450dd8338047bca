"""System calls: all that Linux has on two machines, and which of them a program of a post may make.

A call is allowed where it acts on the caller and its own files alone. One that acts on another process, or on a
name that processes share, is refused, or confined to what is the caller's own. A number that is not here is newer
than this table, or none: the kernel says that it has no such call, and the C library does without.
"""

import errno
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The machines whose numbers are below, in the order of the columns, and the kernel's names for them."""

SELF = 2**31 - 1
"""Stands for the process of the program itself, whose number is known when it is forked. No process has this one."""
ITSELF = (0, SELF)

_NAMESPACES = 0x7E020080
"""The `CLONE_NEW*` flags: a new user namespace would give capabilities back."""
_SIBLING = 0x8000
"""`CLONE_PARENT`: the child would be its parent's."""
_THREAD, _SAME_FILES, _UNSHARE = 0x10000, 0x400, 2
"""`CLONE_THREAD`, `CLONE_FILES`, `CLOSE_RANGE_UNSHARE`: who looks at a process sees the files of its first thread."""
_FILE_OWNERS = (8, 15)
"""`F_SETOWN`, `F_SETOWN_EX`."""
_DEVICE_OWNERS = (0x5412, 0x541C, 0x8901, 0x8902)
"""`TIOCSTI`, `TIOCLINUX`, `FIOSETOWN`, `SIOCSPGRP`."""
_SET_DUMPABLE, _SCHED_CORE = 4, 62
_NEW_LISTENER = 1 << 3


class Decision(StrEnum):
    """What becomes of a call."""

    ALLOWED = "allowed"
    CONFINED = "confined"
    REFUSED = "refused"


ALLOWED, CONFINED, REFUSED = Decision


class Keeper(StrEnum):
    """Who confines a call."""

    FILTER = "filter"
    """The filter, by the call's arguments."""
    ITSELF = "itself"
    """The filter, where the caller is named by 0 or is the program's first process; else the broker, who knows it."""
    SIGNALS = "signals"
    """Landlock's scope, where it has one; else the broker, who asks whose the process is; else the filter."""
    SOCKETS = "sockets"
    """The filter by the kind of socket, Landlock or the broker by its name."""


@dataclass(frozen=True, slots=True)
class ArgumentCheck:
    """What the low half of one argument must be, for a call to be allowed."""

    argument: int
    one_of: tuple[int, ...] | None = None
    none_of: tuple[int, ...] = ()
    no_bits: int = 0
    if_bits: tuple[int, int] = (0, 0)
    """Where any of the first are set, one of the second must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemCall:
    """One system call and what becomes of it."""

    name: str
    numbers: tuple[int | None, ...]
    """Its number on each of `MACHINES`; None where a machine does not have it."""
    verdict: Decision
    reason: str
    checks: tuple[ArgumentCheck, ...] = ()
    """All of them hold where a confined call is allowed."""
    keeper: Keeper = Keeper.FILTER
    error: int = errno.EPERM
    """What the caller is told where it is refused."""


def _group(
    verdict: Decision,
    reason: str,
    calls: str,
    *checks: ArgumentCheck,
    keeper: Keeper = Keeper.FILTER,
    error: int = errno.EPERM,
) -> Iterator[SystemCall]:
    """Yield calls of which the same is to be said; `calls` has each one's name and numbers, `-` for none."""
    for name, *numbers in map(str.split, calls.split(",")):
        yield SystemCall(
            name=name,
            numbers=tuple(None if number == "-" else int(number) for number in numbers),
            verdict=verdict,
            reason=reason,
            checks=checks,
            keeper=keeper,
            error=error,
        )


SYSTEM_CALLS: tuple[SystemCall, ...] = (
    *_group(ALLOWED, "its open files", """
        read 0 63, write 1 64, close 3 57, lseek 8 62, pread64 17 67, pwrite64 18 68, readv 19 65, writev 20 66,
        preadv 295 69, pwritev 296 70, preadv2 327 286, pwritev2 328 287, sendfile 40 71, splice 275 76,
        tee 276 77, copy_file_range 326 285, dup 32 23, dup2 33 -, dup3 292 24, pipe 22 -,
        pipe2 293 59, poll 7 -, ppoll 271 73, select 23 -, pselect6 270 72, epoll_create 213 -,
        epoll_create1 291 20, epoll_ctl 233 21, epoll_wait 232 -, epoll_pwait 281 22, epoll_pwait2 441 441,
        eventfd 284 -, eventfd2 290 19, signalfd 282 -, signalfd4 289 74, timerfd_create 283 85,
        timerfd_settime 286 86, timerfd_gettime 287 87, memfd_create 319 279, fsync 74 82,
        fdatasync 75 83, ftruncate 77 46, fallocate 285 47, fadvise64 221 223, readahead 187 213,
        sync_file_range 277 84, cachestat 451 451, flock 73 32
    """),
    *_group(ALLOWED, "files by their names: Landlock says which", """
        open 2 -, openat 257 56, openat2 437 437, creat 85 -, stat 4 -, lstat 6 -, fstat 5 80,
        newfstatat 262 79, statx 332 291, access 21 -, faccessat 269 48, faccessat2 439 439, getdents 78 -,
        getdents64 217 61, getcwd 79 17, chdir 80 49, fchdir 81 50, rename 82 -, renameat 264 38,
        renameat2 316 276, mkdir 83 -, mkdirat 258 34, rmdir 84 -, link 86 -, linkat 265 37, unlink 87 -,
        unlinkat 263 35, symlink 88 -, symlinkat 266 36, readlink 89 -, readlinkat 267 78, mknod 133 -,
        mknodat 259 33, truncate 76 45, umask 95 166, statfs 137 43, fstatfs 138 44, name_to_handle_at 303 264
    """),
    *_group(ALLOWED, "modes, times and attributes: the disk is read-only outside, where there are namespaces", """
        chmod 90 -, fchmod 91 52, fchmodat 268 53, fchmodat2 452 452, chown 92 -, fchown 93 55, lchown 94 -,
        fchownat 260 54, utime 132 -, utimes 235 -, utimensat 280 88, futimesat 261 -, fsetxattr 190 7,
        fgetxattr 193 10, flistxattr 196 13, fremovexattr 199 16, file_getattr 468 468, file_setattr 469 469
    """),
    *_group(ALLOWED, "its own memory", """
        mmap 9 222, mprotect 10 226, munmap 11 215, mremap 25 216, brk 12 214, msync 26 227, mincore 27 232,
        madvise 28 233, mlock 149 228, mlock2 325 284, mlockall 151 230, munlock 150 229, munlockall 152 231,
        remap_file_pages 216 234, pkey_alloc 330 289, pkey_free 331 290, pkey_mprotect 329 288, mseal 462 462,
        map_shadow_stack 453 453, mbind 237 235, get_mempolicy 239 236, set_mempolicy 238 237,
        set_mempolicy_home_node 450 450, membarrier 324 283
    """),
    *_group(ALLOWED, "its own processes and threads", """
        fork 57 -, vfork 58 -, execve 59 221, execveat 322 281, exit 60 93, exit_group 231 94, wait4 61 260,
        waitid 247 95, getpid 39 172, getppid 110 173, gettid 186 178, getpgrp 111 -, getpgid 121 155,
        setpgid 109 154, getsid 124 156, setsid 112 157, set_tid_address 218 96, set_robust_list 273 99,
        futex 202 98, futex_waitv 449 449, futex_wait 455 455, futex_wake 454 454, futex_requeue 456 456,
        rseq 334 293, rseq_slice_yield 471 471, restart_syscall 219 128, sched_yield 24 124, getcpu 309 168,
        arch_prctl 158 -, set_thread_area 205 -, get_thread_area 211 -, uretprobe 335 -, uprobe 336 -
    """),
    *_group(ALLOWED, "a handle that tells of an end; what it may be used for is refused or confined", """
        pidfd_open 434 434
    """),
    *_group(ALLOWED, "signals and alarms that reach itself", """
        rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, rt_sigpending 127 136,
        rt_sigtimedwait 128 137, rt_sigsuspend 130 133, sigaltstack 131 132, pause 34 -, alarm 37 -,
        getitimer 36 102, setitimer 38 103, timer_create 222 107, timer_settime 223 110, timer_gettime 224 108,
        timer_getoverrun 225 109, timer_delete 226 111
    """),
    *_group(ALLOWED, "the time, read and waited for", """
        time 201 -, gettimeofday 96 169, clock_gettime 228 113, clock_getres 229 114, nanosleep 35 101,
        clock_nanosleep 230 115, times 100 153
    """),
    *_group(ALLOWED, "numbers, read", """
        getuid 102 174, geteuid 107 175, getgid 104 176, getegid 108 177, getgroups 115 158, getresuid 118 148,
        getresgid 120 150, capget 125 90, uname 63 160, sysinfo 99 179, getrlimit 97 163, getrusage 98 165,
        getrandom 318 278, sched_getparam 143 121, sched_getscheduler 145 120, sched_getattr 315 275,
        sched_getaffinity 204 123, sched_get_priority_max 146 125, sched_get_priority_min 147 126,
        sched_rr_get_interval 148 127, getpriority 140 141, ioprio_get 252 31, statmount 457 457,
        listmount 458 458, lsm_get_self_attr 459 459, lsm_list_modules 461 461
    """),
    *_group(ALLOWED, "it takes away from the caller alone", """
        capset 126 91, setrlimit 160 164
    """),
    *_group(ALLOWED, "sockets that it has", """
        bind 49 200, listen 50 201, accept 43 202, accept4 288 242, getsockname 51 204, getpeername 52 205,
        getsockopt 55 209, setsockopt 54 208, sendto 44 206, sendmsg 46 211, sendmmsg 307 269, recvfrom 45 207,
        recvmsg 47 212, recvmmsg 299 243, shutdown 48 210
    """),
    *_group(CONFINED, "new processes and threads: no namespaces, nobody else's children, no thread's own files", """
        clone 56 220
    """, ArgumentCheck(0, no_bits=_NAMESPACES | _SIBLING, if_bits=(_THREAD, _SAME_FILES))),
    *_group(CONFINED, "its open files, which all its threads have in common", """
        close_range 436 436
    """, ArgumentCheck(2, no_bits=_UNSHARE)),
    *_group(CONFINED, "signals: to the program's own processes", """
        kill 62 129, tkill 200 130, tgkill 234 131, rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240
    """, ArgumentCheck(0, one_of=ITSELF), keeper=Keeper.SIGNALS),
    *_group(CONFINED, "signals: to the program's own processes", """
        pidfd_send_signal 424 424
    """, ArgumentCheck(0, one_of=()), keeper=Keeper.SIGNALS),
    *_group(CONFINED, "limits, processors, scheduling and memory: the caller's own", """
        prlimit64 302 261, sched_setaffinity 203 122, sched_setscheduler 144 119, sched_setparam 142 118,
        sched_setattr 314 274, get_robust_list 274 100, move_pages 279 239
    """, ArgumentCheck(0, one_of=ITSELF), keeper=Keeper.ITSELF),
    *_group(CONFINED, "priorities: the caller's own, or its group's, never a user's", """
        setpriority 141 140
    """, ArgumentCheck(0, one_of=(0, 1)), ArgumentCheck(1, one_of=ITSELF), keeper=Keeper.ITSELF),
    *_group(CONFINED, "priorities: the caller's own, or its group's, never a user's", """
        ioprio_set 251 30
    """, ArgumentCheck(0, one_of=(1, 2)), ArgumentCheck(1, one_of=ITSELF), keeper=Keeper.ITSELF),
    *_group(CONFINED, "an open file may not be made to signal another process", """
        fcntl 72 25
    """, ArgumentCheck(1, none_of=_FILE_OWNERS)),
    *_group(CONFINED, "nor may a device, and nothing is typed into a terminal", """
        ioctl 16 29
    """, ArgumentCheck(1, none_of=_DEVICE_OWNERS)),
    *_group(CONFINED, "itself: it may share no processor with another by a cookie, nor hide from who looks", """
        prctl 157 167
    """, ArgumentCheck(0, none_of=(_SET_DUMPABLE, _SCHED_CORE))),
    *_group(CONFINED, "filters for itself, none that others answer for", """
        seccomp 317 277
    """, ArgumentCheck(1, no_bits=_NEW_LISTENER)),
    *_group(CONFINED, "asked for, not changed: layouts of memory that are easy to attack", """
        personality 135 92
    """, ArgumentCheck(0, one_of=(0xFFFFFFFF,))),
    *_group(CONFINED, "Unix sockets; others where the network is allowed", """
        socket 41 198, socketpair 53 199
    """, keeper=Keeper.SOCKETS),
    *_group(CONFINED, "sockets below the scratch folder, by the broker or Landlock", """
        connect 42 203
    """, keeper=Keeper.SOCKETS),
    *_group(REFUSED, "other processes: their memory, files and state", """
        ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440,
        process_mrelease 448 448, pidfd_getfd 438 438, kcmp 312 272, migrate_pages 256 238,
        perf_event_open 298 241
    """),
    *_group(REFUSED, "System V and POSIX queues, semaphores and memory: programs share them, and they stay", """
        shmget 29 194, shmat 30 196, shmdt 67 197, shmctl 31 195, semget 64 190, semop 65 193,
        semtimedop 220 192, semctl 66 191, msgget 68 186, msgsnd 69 189, msgrcv 70 188, msgctl 71 187,
        mq_open 240 180, mq_unlink 241 181, mq_timedsend 242 182, mq_timedreceive 243 183, mq_notify 244 184,
        mq_getsetattr 245 185
    """),
    *_group(REFUSED, "keys, which a user's programs share", """
        add_key 248 217, request_key 249 218, keyctl 250 219
    """),
    *_group(REFUSED, "another user, or root again", """
        setuid 105 146, setgid 106 144, setreuid 113 145, setregid 114 143, setresuid 117 147,
        setresgid 119 149, setfsuid 122 151, setfsgid 123 152, setgroups 116 159
    """),
    *_group(REFUSED, "namespaces: a new one gives rights back, another's is another's", """
        unshare 272 97, setns 308 268, listns 470 470, chroot 161 51, pivot_root 155 41
    """),
    *_group(REFUSED, "what is mounted", """
        mount 165 40, umount2 166 39, mount_setattr 442 442, move_mount 429 429, open_tree 428 428,
        open_tree_attr 467 467, fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433,
        open_by_handle_at 304 265
    """),
    *_group(REFUSED, "the machine: its clock, names, disks, log and kernel", """
        clock_settime 227 112, clock_adjtime 305 266, settimeofday 164 170, adjtimex 159 171,
        sethostname 170 161, setdomainname 171 162, syslog 103 116, reboot 169 142, kexec_load 246 104,
        kexec_file_load 320 294, init_module 175 105, finit_module 313 273, delete_module 176 106,
        swapon 167 224, swapoff 168 225, quotactl 179 60, quotactl_fd 443 443, acct 163 89, vhangup 153 58,
        sync 162 81, syncfs 306 267
    """),
    *_group(REFUSED, "attention to everybody's files", """
        fanotify_init 300 262, fanotify_mark 301 263, lookup_dcookie 212 18
    """),
    *_group(REFUSED, "names that come and go in anybody's folders: Landlock has no right for it", """
        inotify_init 253 -, inotify_init1 294 26, inotify_add_watch 254 27, inotify_rm_watch 255 28
    """, error=errno.ENOSYS),
    *_group(REFUSED, "attributes of files by their names: Landlock has no right for it, and they have contents", """
        setxattr 188 5, lsetxattr 189 6, setxattrat 463 463, getxattr 191 8, lgetxattr 192 9, getxattrat 464 464,
        listxattr 194 11, llistxattr 195 12, listxattrat 465 465, removexattr 197 14, lremovexattr 198 15,
        removexattrat 466 466
    """, error=errno.ENOTSUP),
    *_group(REFUSED, "a way round the filter, or into the kernel", """
        io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427, bpf 321 280,
        userfaultfd 323 282, lsm_set_self_attr 460 460, modify_ldt 154 -, iopl 172 -, ioperm 173 -,
        memfd_secret 447 447
    """),
    *_group(REFUSED, "requests that the whole machine has a number of", """
        io_setup 206 0, io_destroy 207 1, io_getevents 208 4, io_pgetevents 333 292, io_submit 209 2,
        io_cancel 210 3
    """),
    *_group(REFUSED, "memory that counts as nobody's: pages that only a pipe holds, rules without a limit", """
        vmsplice 278 75, landlock_create_ruleset 444 444, landlock_add_rule 445 445, landlock_restrict_self 446 446
    """, error=errno.ENOSYS),
    *_group(REFUSED, "no kernel of today has it, or no program asks for it", """
        _sysctl 156 -, uselib 134 -, ustat 136 -, sysfs 139 -, nfsservctl 180 42, create_module 174 -,
        get_kernel_syms 177 -, query_module 178 -, getpmsg 181 -, putpmsg 182 -, afs_syscall 183 -,
        tuxcall 184 -, security 185 -, vserver 236 -, epoll_ctl_old 214 -, epoll_wait_old 215 -
    """),
    *_group(REFUSED, "its flags lie in memory, where a filter can't read them: the C library falls back to `clone`", """
        clone3 435 435
    """, error=errno.ENOSYS),
)  # fmt: skip


@functools.cache
def numbered(machine: str) -> Mapping[int, SystemCall]:
    """Return the calls of one of `MACHINES` by their numbers, in order."""
    column = list(MACHINES).index(machine)
    calls = {call.numbers[column]: call for call in SYSTEM_CALLS}
    return {number: calls[number] for number in sorted(number for number in calls if number is not None)}
