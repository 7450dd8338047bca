"""The few exceptions: only "cannot go on" raises. What is wrong with a post is a `Problem`, a value.

HexaplaError
├── ConfigError      mkdocs.yml cannot be used
├── LedgerError      a recorded run is damaged or of an unknown format
└── RunnerError      programs cannot be run on this machine
    └── UnprotectedError   unless the user wants that without a sandbox
"""


class HexaplaError(Exception):
    """Something without which the command cannot go on.

    `message` is a sentence that ends with what to do; `path` is a file as the user names it, `line` is
    1-based. All three are on the exception, and `str()` of it is `path:line: message`.
    """

    def __init__(self, message: str, *, path: str | None = None, line: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        place = ":".join(str(part) for part in (path, line) if part is not None)
        super().__init__(f"{place}: {message}" if place else message)


class ConfigError(HexaplaError):
    """`mkdocs.yml` is missing, is not YAML, or says something that hexapla cannot use."""


class LedgerError(HexaplaError):
    """A recorded run cannot be read: damaged, or written in a format that this version does not know."""


class RunnerError(HexaplaError):
    """Programs cannot be run here: no sandbox, no fork, an import of the site's preload that fails."""


class UnprotectedError(RunnerError):
    """Nothing on this machine could keep programs from the user's files: only the user can want that."""
