"""Definitions of links: `[label]: address "title"` in the form that GitHub and the site both read."""

import re

_COMMON = re.compile(
    r" {0,3}\[[^\[\]\\\n]+\]:[ \t]*<?[^\s<>]+>?(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*"
)


def is_common(definition: str) -> bool:
    """Whether both read it: it is on one line, and its label has neither brackets nor a backslash."""
    return _COMMON.fullmatch(definition) is not None


def simplified(label: str, address: str, title: str) -> str:
    """Write a definition so that both read it; empty where that can't be, and links have to say their address."""
    definition = f"[{label}]: <{address}>" + (f' "{" ".join(title.split())}"' if title else "")
    return definition if is_common(definition) else ""
