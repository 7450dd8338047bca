"""What tests of the doc tests share: a small recorded site, and pytest as a user runs it."""

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import hexapla

SOURCE = Path(hexapla.__file__).parent.parent
TWO = """---
title: {title}
---

```{{python #double}}
{comment}
x = 6 * 7
print(x)
```

{title}.

```python
x + 1
```
"""
POSTS = {
    "two.en.md": TWO.format(title="Two", comment="# Doubled."),
    "two.de.md": TWO.format(title="Zwei", comment="# Verdoppelt.\n# Zweite Zeile."),
}
ASKED_BY = {
    "--hexapla": "hexapla.adapters.pytest.plugin",
    "-n": "xdist.plugin",
    "--timeout": "pytest_timeout",
    "--markdown-docs": "pytest_markdown_docs.plugin",
}
"""The plugins that options are of."""


def run_pytest(folder: Path, *arguments: str, lean: bool = True) -> tuple[int, str]:
    """Run pytest in a folder as a user would; return its exit status and all it printed.

    `lean` leaves out plugins of this environment that only take time to import: those that nothing asks for.
    """
    command = [sys.executable, "-m", "pytest", "-rfEs", *arguments]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    if lean and "--hexapla" in arguments:
        ours["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        command += [word for option, name in ASKED_BY.items() if option in arguments for word in ("-p", name)]
    else:
        if "hexapla" not in {entry.name for entry in entry_points(group="pytest11")}:
            command += ["-p", "hexapla.adapters.pytest.plugin"]
        if lean:
            command += ["-p", "no:hypothesispytest", "-p", "no:pytest_cov"]
    # Where coverage is measured, its plugin is on the path that is there.
    paths = os.pathsep.join(filter(None, (str(SOURCE), os.environ.get("PYTHONPATH", ""))))
    environment = ours | {"PYTHONPATH": paths, "COLUMNS": "200"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=200, check=False
    )
    return done.returncode, done.stdout + done.stderr


def edit(folder: Path, old: str, new: str, name: str = "two.*.md") -> None:
    """Replace a text in posts."""
    for path in (folder / "posts").glob(name):
        path.write_text(path.read_text().replace(old, new))
