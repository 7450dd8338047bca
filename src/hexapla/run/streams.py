"""Streams: from the bytes that a program wrote to the text that is recorded."""

import re
from collections.abc import Mapping

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


def tidy(data: bytes, places: Mapping[str, str]) -> str:
    """Return what a reader sees: progress bars at their last state, no colours, no folder of this machine.

    `places` maps a folder to what stands for it; the longest is tried first.
    """
    text = _ESCAPE.sub("", data.decode("utf-8", "replace").replace("\r\n", "\n"))
    if "\r" in text or "\b" in text:
        text = "\n".join(_overtyped(line) for line in text.split("\n"))
    return relocate(text, places)


def relocate(text: str, places: Mapping[str, str]) -> str:
    """Replace folders of this machine by words that are the same on every machine."""
    for folder in sorted(places, key=len, reverse=True):
        text = text.replace(folder, places[folder])
    return text


def _overtyped(line: str) -> str:
    """Return what a terminal shows after a line with carriage returns and backspaces was written to it."""
    shown: list[str] = []
    at = 0
    for char in line:
        if char == "\r":
            at = 0
        elif char == "\b":
            at = max(0, at - 1)
        else:
            shown[at : at + 1] = [char]
            at += 1
    return "".join(shown).rstrip() if "\r" in line else "".join(shown)
