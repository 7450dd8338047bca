"""A build that is killed, at whatever moment, leaves nothing, and the next one gives what an undisturbed one does.

`python tests/killing.py --kills 300` is the whole of it; here are some of each phase.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import killing
from hexapla.config.config import load
from hexapla.render import write
from hexapla.storage import files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs run on Linux")


@pytest.mark.slow
def test_whenever_a_build_is_killed_nothing_remains_and_nothing_is_lost(tmp_path):
    """In a process of its own: what this one has below it, such as a browser, is not left over of any build."""
    command = [sys.executable, str(Path(killing.__file__)), "--kills", "10", "--seed", "17", "--each", "5"]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "\n0 of 10 left something\n" in done.stdout) == (0, True), (
        done.stdout + done.stderr
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_that_is_told_to_end_says_what_was_kept(new_site, number):
    file = new_site({"a.en.md": "# A\n\n```python\nimport time\ntime.sleep(600)\n```\n"})
    command = [sys.executable, "-m", "hexapla.cli", "run", "-f", str(file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("Sandbox:"):
                break
        process.send_signal(number)
        assert (
            process.stderr.read().lstrip()
            == "Stopped. What was to be recorded and had run until then is recorded.\n"
        )
    assert process.returncode == 128 + number


def test_mkdocs_ends_with_who_started_it(new_site):
    """Its standard input is at its end: it is told so before it has built anything."""
    file = new_site({"a.en.md": "# A\n"})
    command = [sys.executable, "-m", "hexapla.adapters.mkdocs", "build", "-f", str(file)]
    environment = os.environ | {"HEXAPLA_PAGES_WRITTEN": "1"}
    ended = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert ended.returncode == 1
    assert not (file.parent / "site" / "en").exists()


def test_of_two_that_write_pages_one_waits(new_site, tmp_path):
    config = load(new_site({"a.en.md": "# A\n"}))
    said = []
    with write.building(config), files.locked(tmp_path / "another"):
        command = [sys.executable, "-m", "hexapla.cli", "pages", "-f", str(config.file)]
        with subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stderr is not None
            said.append(process.stderr.readline())
            assert process.poll() is None
            assert not (config.docs / "en" / "posts" / "a.md").exists()
            process.kill()
    assert said == ["Another hexapla is building this site; this one goes on when that has ended.\n"]
