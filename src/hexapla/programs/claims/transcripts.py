"""Transcripts: what terminals, editors and other tools put around an output, which no program prints."""

import re

_RUN = re.compile(
    r"\s*+(?:(?:\([\w.-]{1,40}\) )?+(?:PS )?+[\w@.~:/\\\[\] -]{0,60}?[$%>#❯➜»+] ?|\S{0,80}/)?+"
    r"(?:(?:uv|poetry|pipenv|hatch|pdm|rye) run |sudo |time )?+"
    r"(?:i?python[\d.]*+w?(?:\.exe)?(?= )|py(?= )|\S{1,80}\.py\b)[^\n]*+\Z"
)
"""A command that runs a program, behind a prompt or not."""
_GIVEN = re.compile(r"\.py[ \t]++[^\s#&|;>]")
"""What a command gives a program, which then does something else than without."""
_BEFORE = re.compile(r"\s*+(?:={3,}+ RESTART\b|:[\w-]{1,30}:|\$\s*+\Z|Running [^\n]{1,80}\.py)")
"""What stands above an output: IDLE's line, an option of MyST's, a prompt."""
_AFTER = re.compile(
    r"\s*+(?:(?:>>>|\.\.\.|[$%❯➜]|(?:PS )?[A-Za-z]:\\[^\n>]{0,80}>|[\w.-]{1,30}@[^\n$]{1,60}\$)\s*+"
    r"|\.{0,3}\s?(?:Process|Program) finished with exit code \d{1,3}|\[Finished in [^\n\]]{1,40}\]"
    r"|\[Done\] exited[^\n]*+"
    r"|Press (?:ENTER|any key|enter)[^\n]{0,60}|=+ Code Execution Successful =+)\Z",
    re.IGNORECASE,
)
"""What stands below an output: the next prompt, what an editor says of the end of a program."""
_OPTIONS = re.compile(r"---\n(?:[\w-]{1,30}:[^\n]*+\n){1,9}---\n")
"""Options of MyST's, in YAML."""


def is_of_arguments(text: str) -> bool:
    """Return whether an output stands below a command that gives the program arguments."""
    head = text.lstrip("\n").partition("\n")[0]
    return bool(_RUN.match(head) and _GIVEN.search(head))


def without_frame(text: str) -> str:
    """Return an output without the command above it and what a terminal or an editor says below; maybe nothing."""
    options = _OPTIONS.match(text)
    rows = text[options.end() if options else 0 :].split("\n")
    start, end = 0, len(rows)
    while start < end and (_RUN.match(rows[start]) or _BEFORE.match(rows[start])):
        start += 1
    while end > start and (_AFTER.match(rows[end - 1]) or not rows[end - 1].strip()):
        end -= 1
    if not start and not options and not "".join(rows[end:]).strip():
        return text
    return "\n".join(rows[start:end]).strip("\n")
