"""Tests are run where xdist is not installed, too."""

import subprocess
import sys

WITHOUT = """
import sys
sys.modules["xdist"] = None
import hexapla.adapters.pytest.plugin, hexapla.adapters.pytest.session, hexapla.adapters.pytest.items
"""


def test_without_xdist_only_its_scheduler_cannot_be_loaded():
    subprocess.run([sys.executable, "-c", WITHOUT], check=True)
    wanted = f"{WITHOUT}\nimport hexapla.adapters.pytest.xdist_scheduler"
    done = subprocess.run([sys.executable, "-c", wanted], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "xdist" in done.stderr
