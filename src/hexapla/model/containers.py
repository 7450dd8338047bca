"""Container: an admonition, a fold or a set of tabs, written so that what it holds is not indented.

For CommonMark an indented fence is none: a tool that reads pages as CommonMark (pytest-markdown-docs does) sees
no code in these containers. As HTML that holds Markdown, tabs as `/// tab`, they render the same, and their
fences stand where everyone finds them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_OPENER = re.compile(r"(?P<mark>!!!|\?\?\?\+?|===[!+]*) ?(?P<words>[\w \-]*+)(?:\"(?P<title>.*)\")?\s*+$")
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})(?P<info>.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Container:
    """One of them, with the lines that it holds, their indentation taken off."""

    mark: str
    words: str
    title: str | None
    lines: tuple[str, ...]


def opened(text: str, wanted: Callable[[str], bool], *, tabs: bool) -> str:
    """Return a page's text in which every container with a fence that is `wanted`, by its info string, is open.

    `tabs` says whether the site reads `/// tab` (pymdownx.blocks.tab); without, tabs stay as they are.
    """
    if not re.search(r"^(?:!!!|\?\?\?|===)", text, re.MULTILINE):
        return text
    return "\n".join(_Opening(wanted, tabs).lines(text.split("\n")))


def hidden(lines: Sequence[str], row: int, *, tabs: bool) -> bool:
    """Return whether the fence on a line of a page stays in a container that `opened` cannot open."""
    indent = _indent(lines[row])
    for line in reversed(lines[:row]):
        if indent == 0:
            break
        if line.strip() and _indent(line) < indent:
            indent = _indent(line)
            match = _OPENER.match(line[indent:])
            if match and (indent or (match["mark"].startswith("===") and not tabs)):
                return True
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


class _Opening:
    """Opens the containers of a page."""

    def __init__(self, wanted: Callable[[str], bool], tabs: bool) -> None:
        self._wanted, self._tabs = wanted, tabs

    def lines(self, lines: Sequence[str]) -> list[str]:
        """Return lines without the indentation of containers that hold what is wanted."""
        opened: list[str] = []
        fence, row = "", 0
        while row < len(lines):
            group, end = ([], row + 1) if fence else _group(lines, row)
            if group and any(map(self._holds, group)) and (self._tabs or not _is_tab(group[0])):
                opened += [line for container in group for line in self._open(container)]
            else:
                opened += lines[row:end]
                fence = _fence(lines[row], fence) if not group else ""
            row = end
        return opened

    def _open(self, container: _Container) -> list[str]:
        held = "\n".join(self.lines(container.lines)).strip("\n").split("\n")
        if _is_tab(container):
            # The outer of two has more slashes.
            mark = "/" * max(
                (len(line) - len(line.lstrip("/")) + 1 for line in held if "///" in line[:3]), default=3
            )
            asked = [
                f"    {word}: true"
                for sign, word in (("!", "new"), ("+", "select"))
                if sign in container.mark
            ]
            return [f"{mark} tab | {container.title or container.words}", *asked, "", *held, "", mark, ""]
        kinds = container.words.lower().split() or ["note"]
        title = kinds[0].capitalize() if container.title is None else container.title
        if container.mark == "!!!":
            head = [f'<p class="admonition-title" markdown="span">{title}</p>'] if title else []
            first = f'<div class="admonition {" ".join(kinds)}" markdown="1">'
            return [first, *head, "", *held, "", "</div>", ""]
        state = ' open="open"' if container.mark.endswith("+") else ""
        first = f'<details class="{" ".join(kinds)}"{state} markdown="1">'
        return [first, f'<summary markdown="span">{title}</summary>', "", *held, "", "</details>", ""]

    def _holds(self, container: _Container) -> bool:
        fence = ""
        for line in container.lines:
            match = _FENCE.match(line.lstrip(" "))
            if match and not fence and self._wanted(match["info"]):
                return True
            fence = _fence(line, fence)
        return False


def _is_tab(container: _Container) -> bool:
    return container.mark.startswith("===")


def _group(lines: Sequence[str], row: int) -> tuple[list[_Container], int]:
    """Return the container that begins on a line, with the tabs of its set, and past which line they end."""
    group: list[_Container] = []
    end = row + 1
    while row < len(lines) and (match := _OPENER.match(lines[row])):
        past = _end(lines, row + 1)
        apart = group and (
            not match["mark"].startswith("===") or "!" in match["mark"] or not _is_tab(group[0])
        )
        if apart or past == row + 1:
            break
        held = tuple(line[4:] for line in lines[row + 1 : past])
        group.append(
            _Container(mark=match["mark"], words=match["words"].strip(), title=match["title"], lines=held)
        )
        row = end = past
        while row < len(lines) and not lines[row].strip():
            row += 1
    return group, end


def _end(lines: Sequence[str], start: int) -> int:
    """Return past which line what a container holds ends; blank lines at the end are not its own."""
    end = start
    for row in range(start, len(lines)):
        if lines[row].startswith("    "):
            end = row + 1
        elif lines[row].strip():
            break
    return end


def _fence(line: str, fence: str) -> str:
    """Return the mark of the fence that is open after a line; empty for none."""
    match = _FENCE.match(line.lstrip(" "))
    if match is None:
        return fence
    if not fence:
        return match["mark"]
    closes = match["mark"].startswith(fence) and not match["info"].strip()
    return "" if closes else fence
