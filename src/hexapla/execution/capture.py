"""Capture: what the running cell has shown so far, taken down within the limit of its program's outputs.

It comes from code that nobody has read: what does not fit ends the program.
"""

from collections.abc import Callable, Mapping

from hexapla.execution import terminal_text, wire
from hexapla.execution.markup import sanitized
from hexapla.model.output import Figure, Kind, Markup, MarkupKind, Output, Text
from hexapla.model.run import Status

_TEXTS = {"value": Kind.VALUE, "error": Kind.ERROR}
_EACH = 64
"""Bytes that a value or figure counts as, however short: each is an output of its own."""


class Stopped(Exception):  # noqa: N818 - nothing is wrong with the runner
    """The program cannot go on: with this status, for this reason."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Capture:
    """The outputs of one cell after another."""

    def __init__(self, limit: int, tidy: Callable[[bytes], str]) -> None:
        """Take down at most `limit` bytes of a whole program; `tidy` returns what is recorded of a text of its."""
        self._limit, self._tidy = limit, tidy
        self._left = limit
        self._data = bytearray()
        self.begin()

    def begin(self) -> None:
        """Begin with another cell."""
        self.outputs: list[Output] = []
        self._lines = 0  # of the outputs
        self.lines_by_statement: list[int] | None = []
        """How many lines were shown when each statement had ended; None where that cannot be told."""

    def note(self, place: object, most: int) -> None:
        """Note how many lines had been shown when the statement at this place of the cell ended."""
        done = len(self.lines_by_statement or ())
        if not isinstance(place, int) or not done <= place < most:
            raise wire.WireError("no statement")
        if self.lines_by_statement is not None:
            before = self.lines_by_statement[-1] if self.lines_by_statement else 0
            self.lines_by_statement += [before] * (place - done)
            self.lines_by_statement.append(self._lines + self._data.count(b"\n"))

    def stream(self, part: bytes, *, force: bool) -> None:
        """Take down what was printed. `force` throws away what is past the limit instead of stopping."""
        self._data += part[: max(0, self._left)]
        self._left -= len(part)
        if self._left < 0 and not force:
            raise Stopped(Status.LIMIT, self.too_much)

    def take(self, message: Mapping[str, object]) -> None:
        """Take down a value, an error or a figure."""
        self.end_stream()
        if message["kind"] == "figure":
            svg, alt = terminal_text.writable(message["svg"]), terminal_text.writable(message["alt"])
            self._spend(_EACH + len(svg) // 8)
            self.outputs.append(Figure(svg=svg, alt=alt))
            return
        kind = _TEXTS[str(message["kind"])]
        data = str(message["text"]).encode("utf-8", "replace")
        left = max(0, self._left)
        text = self._tidy(data[:left])
        lacks = terminal_text.one_line(terminal_text.writable(message.get("lacks", "")))
        markup = self._markup(message.get("markup"))
        text = text if len(data) <= left else f"{text}…\n"
        self.outputs.append(Text(kind=kind, text=text, markup=markup, lacks=lacks))
        self._lines += text.removesuffix("\n").count("\n") + 1
        self._spend(_EACH + len(data))

    def _markup(self, said: object) -> Markup | None:
        """Read how a value shows itself; what doesn't fit shows nothing."""
        if not isinstance(said, dict) or (kind := str(said.get("kind"))) not in set(MarkupKind):
            return None
        source = self._tidy(str(said.get("source", "")).encode("utf-8", "replace"))
        self._spend(len(source) // 8)
        return Markup(kind=MarkupKind(kind), source=sanitized(source) if kind == MarkupKind.HTML else source)

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise Stopped(Status.LIMIT, self.too_much)

    @property
    def too_much(self) -> str:
        """What is said of a program that shows more than it may."""
        return f"The program showed more than {self._limit} bytes; the rest is left out."

    def end_stream(self) -> None:
        """Make an output of what was printed since the last one."""
        if self._data:
            text = self._tidy(bytes(self._data))
            self.outputs.append(Text(kind=Kind.STREAM, text=text))
            self._lines += text.removesuffix("\n").count("\n") + 1
            if text.count("\n") != self._data.count(b"\n"):
                self.lines_by_statement = None  # it went back to lines above: none of the counts holds
            self._data.clear()
