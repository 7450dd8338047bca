"""mkdocs in a copy of a process, as a process of its own has it."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mkdocs is a process of its own elsewhere")

RUN = """
import os, sys
sys.path[0] = os.path.dirname(sys.executable)  # as for a script that is installed
from hexapla.adapters.mkdocs.forked_mkdocs import ForkedMkdocs
from hexapla.storage.forked import may_fork
assert may_fork()
with ForkedMkdocs(sys.argv[1:], {**os.environ, "HEXAPLA_PAGES_WRITTEN": "1"}) as mkdocs:
    said = mkdocs.stdout.readall().decode()
    print(mkdocs.wait(), said, end="")
assert "mkdocs" not in sys.modules and sys.argv[0] == "-c"
"""


def command(*arguments, cwd):
    return subprocess.run(
        arguments, cwd=cwd, capture_output=True, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("build", "-f", "none.yml"),
        ("build", "--nothing"),
        ("build", "-f", "wrong.yml"),
        ("build", "-f", "site.yml"),
        ("build", "-f", "hook.yml"),
    ],
)
def test_it_ends_and_speaks_as_a_process_of_its_own(arguments, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[x](gone.md)\n")
    (tmp_path / "site.yml").write_text("site_name: x\n")
    (tmp_path / "wrong.yml").write_text("site_name: x\nplugins: [none-such]\n")
    (tmp_path / "hook.yml").write_text("site_name: x\nhooks: [hook.py]\n")
    (tmp_path / "beside.py").write_text("word = 'beside'\n")
    (tmp_path / "mkdocs.py").write_text("raise SystemExit('a script that builds the documentation')\n")
    # What lies in the folder is found, and what is raised is told of.
    (tmp_path / "hook.py").write_text("import beside\nprint(beside.word)\nraise ValueError('hook')\n")
    alone = command(sys.executable, "-P", "-m", "hexapla.adapters.mkdocs", *arguments, cwd=tmp_path)
    copied = command(sys.executable, "-c", RUN, *arguments, cwd=tmp_path)
    status, _, said = copied.stdout.partition(" ")
    assert copied.stderr == ""
    assert int(status) == alone.returncode
    assert spoken(said) == spoken(alone.stdout + alone.stderr)
    assert ("beside" in spoken(said)) == ("hook.yml" in arguments)


def spoken(said):
    lines = (re.sub(r"[0-9.]+ seconds", "seconds", line) for line in said.splitlines())
    return sorted(line for line in lines if line and not line.startswith((" ", "INFO")))


def test_it_ends_with_the_process_that_it_is_of(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nhooks: [hook.py]\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "hook.py").write_text("import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(600)\n")
    code = (
        "import os\n"
        "from hexapla.adapters.mkdocs.forked_mkdocs import ForkedMkdocs\n"
        "mkdocs = ForkedMkdocs(['build'], {**os.environ, 'HEXAPLA_PAGES_WRITTEN': '1'})\n"
        "os.write(1, mkdocs.stdout.read(64))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    # Its output ends, too, once nobody is left who could write to it.
    with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        number = int(process.stdout.read().split()[-1])
        process.wait()
    for _ in range(400):
        if not is_there(number):
            return
        time.sleep(0.05)
    pytest.fail("it is still there")


def is_there(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
