"""The project's own site, built elsewhere: once for all tests that look at it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def build(folder: Path) -> Path:
    """Build it in a folder, with plain mkdocs, which executes nothing; return where it is."""
    for name in ("posts", "snippets"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".lock"))
    # Without what another build has generated there.
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("posts", "hexapla"))
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    # Addresses that are not the server's: a page that asked for one would be found out.
    file = folder / "mkdocs.yml"
    others = "site_url: https://hexapla.example/\nrepo_url: https://github.com/hexapla/hexapla\n"
    file.write_text(f"{others}{text}", encoding="utf-8")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(file)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"
