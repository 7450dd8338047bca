"""Version: an older text of a post, as its history has it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An older text of a post."""

    commit: str
    """What names it: a commit's short hash."""
    text: str
