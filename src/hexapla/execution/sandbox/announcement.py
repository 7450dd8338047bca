"""Announcement: what is said of the sandbox at each run, and where running is refused."""

from collections.abc import Mapping

from hexapla.execution.sandbox import operating_system

PROTECTIONS = ("landlock", "seccomp")
OPEN = (
    "Sandbox: OFF, as was asked. The code of posts can read, change and send whatever you can; "
    "only time, memory and the like are limited."
)
OPEN_ELSEWHERE = (
    "Sandbox: OFF, as was asked. The code of posts can read, change and send whatever you can; "
    f"on {operating_system.NAME} its time, files and output are limited, its memory and processes are not, "
    "and what leaves the program's process group outlives it."
)
ON_CLUSTER = "Sandbox: each worker puts on what its machine has; `hexapla doctor` there shows it."


def announcement(choice: str, lacking: Mapping[str, str]) -> str:
    """Say in one line which protections are on, and why others are not."""
    if choice == "off":
        return OPEN if operating_system.IS_LINUX else OPEN_ELSEWHERE
    on = " and ".join(name for name in PROTECTIONS if name not in lacking)
    off = "".join(f" No {name}: {why}." for name, why in lacking.items())
    return f"Sandbox: {on} on.{off}"


def refusal(choice: str, lacking: Mapping[str, str]) -> str:
    """Say why programs are not run here, and what to do; empty where they are."""
    if choice == "off" or not lacking or (choice == "auto" and set(lacking) != set(PROTECTIONS)):
        return ""
    missing = "; ".join(f"no {' and no '.join(names)}: {why}" for why, names in _by_reason(lacking).items())
    if choice == "require":
        return f"the sandbox is not complete here: {missing}. Run elsewhere, or without `--sandbox=require`."
    return (
        f"nothing here can keep the code of posts from your files and the network ({missing}). Run in a "
        "container on a newer Linux, build from the ledger with `hexapla pages`, which runs nothing, or, "
        "for posts that you trust, give `--unsandboxed` or set `sandbox: off` in mkdocs.yml."
    )


def _by_reason(lacking: Mapping[str, str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, why in lacking.items():
        names.setdefault(why, []).append(name)
    return names
