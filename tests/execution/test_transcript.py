"""A transcript of what a process says that may say anything: whatever it is, it becomes a cell's run."""

import os
import socket
import threading
import time
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.execution import wire
from hexapla.execution.transcript import Transcript
from hexapla.model.run import NOTHING, CellRun, Limits, Status

from .conftest import program

DONE = {"kind": "done", "status": "ok", "message": "", "explanation": "", "failure": None, "unbound": []}
SOON = 20.0


def taken_down(messages: Sequence[Mapping[str, object]], *, output: int = 10_000) -> CellRun:
    """Return the run of a cell whose process says these things, each with the right key, and then goes."""
    ours, theirs = socket.socketpair()
    worker, other = socket.socketpair()
    pipe, writing = os.pipe()
    os.set_blocking(pipe, False)

    def speak() -> None:
        with theirs:
            start = wire.receive(theirs)
            assert start is not None
            try:
                for message in messages:
                    wire.send(theirs, {"key": start[0]["key"], **message})
                    wire.receive(theirs)
            except OSError:
                pass

    speaker = threading.Thread(target=speak)
    speaker.start()
    try:
        with Transcript(
            ours,
            pipe,
            worker,
            limits=Limits(output=output),
            deadline=time.monotonic() + SOON,
            places={},
            given=NOTHING,
        ) as transcript:
            (run,) = transcript.run(program("x"), lambda _: "", lambda _: None, numbered=())
    finally:
        ours.close()
        speaker.join()
        for each in (worker, other):
            each.close()
        for fd in (pipe, writing):
            os.close(fd)
    return run


NOT_A_RECORD = "Its process wrote something else than a record to the recorder."
STRANGE: dict[str, tuple[Mapping[str, object], Status, str]] = {
    "a status that it may not say": ({**DONE, "status": "limit"}, Status.KILLED, NOT_A_RECORD),
    "a status that is none": ({**DONE, "status": ["ok"]}, Status.KILLED, NOT_A_RECORD),
    "a kind that is none": ({"kind": []}, Status.KILLED, NOT_A_RECORD),
    "a value without a text": ({"kind": "value"}, Status.KILLED, NOT_A_RECORD),
    "a statement that is none": ({"kind": "statement", "place": True, "key": 1}, Status.KILLED, NOT_A_RECORD),
    "a message in lines": (
        {**DONE, "status": "raised", "message": "a\n::error::b"},
        Status.RAISED,
        "a ::error::b",
    ),
    "a message that is none": ({**DONE, "status": "raised", "message": {"a": 1}}, Status.RAISED, "{'a': 1}"),
    "a failure of lists": (
        {**DONE, "status": "raised", "failure": {"obstacle": [], "line": [], "exception": [], "subject": {}}},
        Status.RAISED,
        "",
    ),
    "a failure on a line that no file has": (
        {**DONE, "status": "raised", "failure": {"obstacle": "nothing", "line": 10**30}},
        Status.RAISED,
        "",
    ),
    "names that are none": ({**DONE, "status": "raised", "unbound": [[], {}, 7]}, Status.RAISED, ""),
}


@pytest.mark.parametrize(("message", "status", "said"), STRANGE.values(), ids=STRANGE)
def test_whatever_a_process_says_becomes_a_run(
    message: Mapping[str, object], status: Status, said: str
) -> None:
    run = taken_down([message])
    assert (run.status, run.message) == (status, said)
    assert run.failure is None or (run.failure.line, run.failure.obstacle) == (0, None)


@pytest.mark.parametrize("markup", [{"kind": []}, {"kind": {}}, {"kind": "none"}, {}, [], 7, None])
def test_a_value_that_shows_itself_strangely_has_its_text(markup: object) -> None:
    run = taken_down([{"kind": "value", "text": "1\n", "markup": markup}, DONE])
    assert (run.status, [(one.text, one.markup) for one in run.outputs]) == (Status.OK, [("1\n", None)])  # type: ignore[union-attr]


def test_outputs_without_a_text_have_an_end_too() -> None:
    run = taken_down([{"kind": "figure", "svg": "", "alt": ""}] * 1000, output=6400)
    assert (run.status, len(run.outputs)) == (Status.LIMIT, 100)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=3), parts, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from(
    [
        "svg",
        "alt",
        "text",
        "markup",
        "lacks",
        "place",
        "status",
        "message",
        "explanation",
        "failure",
        "unbound",
    ]
)
FAILURES = st.dictionaries(st.sampled_from(["line", "obstacle", "exception", "subject"]), JSON)
MESSAGES = st.fixed_dictionaries(
    {"kind": st.sampled_from(["done", "value", "error", "figure", "statement"]) | JSON}
).flatmap(
    lambda kind: st.dictionaries(KEYS, JSON | FAILURES | st.just("raised")).map(
        lambda rest: {**DONE, **kind, **rest}
    )
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(messages=st.lists(MESSAGES, max_size=3))
def test_whatever_it_says_nothing_else_happens(messages: list[dict[str, object]]) -> None:
    assert taken_down(messages).status in set(Status)
