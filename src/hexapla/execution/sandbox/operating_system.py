"""Operating system: what it gives to run programs and to watch over them. The one place that asks which it is.

Linux gives handles of processes, adoption of orphans, /proc, Landlock and seccomp. What every POSIX has besides
(fork, sessions, process groups, limits of a process) suffices to run programs, not to hold them: that is said.
"""

import os
import sys

NAME = {"darwin": "macOS", "win32": "Windows", "linux": "Linux"}.get(sys.platform, sys.platform)
"""What users call it."""

CAN_FORK = hasattr(os, "fork")
"""Whether programs can run here at all."""

IS_LINUX = sys.platform == "linux" and hasattr(os, "pidfd_open")
"""Whether Linux's own means are there. Without them a program's end is looked for instead of told, its processes
are ended by their group, and nobody can tell what they use together."""
