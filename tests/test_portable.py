"""Where there is no POSIX, all works but running: simulated by taking it from a Python of this machine."""

import subprocess
import sys

ONLY_HERE = {
    f"hexapla.execution.{name}"
    for name in (
        "matplotlib_backend", "server", "worker", "sandbox.broker", "sandbox.limits", "sandbox.mounts",
        "sandbox.privileges", "sandbox.sandbox", "sandbox.signal_broker", "sandbox.socket_broker",
    )
}  # fmt: skip
"""What only the processes of programs import, and the server that forks them."""

WITHOUT = """
import concurrent.futures, os, pathlib, shutil, socket, subprocess, sys, tempfile

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules.pop(name, None)
for name in (
    "fork getegid geteuid getgid getppid getuid killpg pidfd_open pipe2 register_at_fork setgroups setresuid setsid "
    "sysconf uname unshare wait WEXITSTATUS WIFEXITED WTERMSIG"
).split():
    if hasattr(os, name):
        delattr(os, name)
"""
IMPORTS = """
import importlib, pkgutil, hexapla
for module in pkgutil.walk_packages(hexapla.__path__, "hexapla."):
    try:
        importlib.import_module(module.name)
    except (ImportError, AttributeError):
        print(module.name)
"""
COMMANDS = """
from hexapla.cli.main import main
print([main([verb, "-f", sys.argv[1]]) for verb in ("check", "pages", "status", "run")], main(["doctor"]))
"""


def without(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT + code, *arguments], capture_output=True, text=True, check=True
    )


def test_every_module_is_imported_but_those_of_the_fork_server():
    assert set(without(IMPORTS).stdout.split()) <= ONLY_HERE


def test_all_that_executes_nothing_works_and_running_says_where_it_works(new_site):
    file = new_site({"a.en.md": "# A\n\n```python\nprint(1)\n```\n"}, languages="en")
    done = without(COMMANDS, str(file))
    assert done.stdout.endswith("[1, 0, 0, 2] 2\n"), done.stdout + done.stderr
    assert (file.parent / "docs/en/posts/a.md").exists()
    assert done.stderr.count("Run them on Linux") == 2
