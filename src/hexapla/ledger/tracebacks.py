"""Tracebacks: what of a recorded one is the author's, and what is a library's."""

import re

_FRAME = re.compile(r'(?P<indent>[ |+]*+)File "(?P<file>[^"\n]++)", line [0-9]')
"""A frame of a traceback that is not in a cell."""
_LIBRARIES = ("site-packages/", "lib/python/", "<frozen ")
"""How the files of libraries begin in outputs."""


def without_library_frames(traceback: str) -> str:
    """Return a traceback in which a line with the packages' names stands for frames that are not the author's."""
    lines: list[str] = []
    packages: dict[str, None] = {}
    indent = ""
    for line in traceback.split("\n"):
        frame = _FRAME.match(line)
        library = next((name for name in _LIBRARIES if frame and frame["file"].startswith(name)), "")
        if frame and library:
            module = frame["file"].removeprefix(library).split("/")[0]
            packages[module.rstrip(">").removesuffix(".py").split(".")[0]] = None
            indent = frame["indent"]
        elif not packages or not line.startswith(f"{indent}  "):
            # It is none of the lines of code below a frame.
            lines += [f"{indent}⋮ {', '.join(packages)}"] if packages else []
            packages.clear()
            lines.append(line)
    return "\n".join(lines)
