"""A cell that does nothing is interrupted; one that works or writes is not."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from hexapla.execution import pulse
from hexapla.model.run import Obstacle, Run, Status

Runner = Callable[..., Run]


@pytest.mark.parametrize(
    ("code", "patient", "interrupted"),
    [
        ("threading.Event().wait()", False, True),
        ("threading.Event().wait()", True, False),
        ("socket.create_server(('127.0.0.1', 0)).accept()", False, True),
        ("while True: time.sleep(.1)", False, True),
        ("time.sleep(60)", False, False),
        ("while True: pass", False, False),
        ("while True: print(flush=True); time.sleep(.05)", False, False),
    ],
)
def test_who_does_nothing_is_interrupted(
    code: str, patient: bool, interrupted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "IDLE", 1.0)
    monkeypatch.setattr(pulse, "_INTERVAL", 0.2)
    page = pulse.Pulse()
    page.begin(patient=patient)
    with subprocess.Popen(
        [sys.executable, "-c", f"import socket, threading, time\n{code}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        watch = pulse.PulseWatch(page, child.pid)
        end = time.monotonic() + (60 if interrupted else 3)
        while child.poll() is None and time.monotonic() < end:
            watch.look([child.pid])
            time.sleep(0.05)
        assert (child.poll() is not None) is interrupted
        child.kill()
    assert page.end() is interrupted
    assert not page.end() and not page.runs


def test_who_waited_once_is_waited_for_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "IDLE", 3.0)
    monkeypatch.setattr(pulse, "AGAIN", 0.2)
    monkeypatch.setattr(pulse, "_INTERVAL", 0.1)
    page = pulse.Pulse()
    code = (
        "import threading\nwhile True:\n    try: threading.Event().wait()\n    except KeyboardInterrupt: pass"
    )
    taken = []
    with subprocess.Popen([sys.executable, "-c", code]) as child:
        watch = pulse.PulseWatch(page, child.pid)
        for _ in range(2):
            began = time.monotonic()
            page.begin(patient=False)
            while page.runs:
                watch.look([child.pid])
                time.sleep(0.02)
            assert page.end()
            taken.append(time.monotonic() - began)
        child.kill()
    assert taken[0] >= 3 > taken[1]


def test_who_has_gone_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "IDLE", -1.0)
    monkeypatch.setattr(pulse, "_INTERVAL", -1.0)
    page = pulse.Pulse()
    page.begin(patient=False)
    gone = subprocess.Popen(["true"])
    gone.wait()
    pulse.PulseWatch(page, gone.pid).look([gone.pid])
    assert page.end() and os.getpid() > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "waits",
    ["import threading\nthreading.Event().wait()", "import asyncio\nasync def main():\n    await asyncio.Event().wait()\nasyncio.run(main())",
     "import signal\ntry:\n    signal.pause()\nexcept KeyboardInterrupt:\n    print('Shutting down')"],
)  # fmt: skip
def test_a_cell_that_waits_for_nobody_costs_ten_seconds_and_itself(run: Runner, waits: str) -> None:
    first, second = run(waits, "print(1)").cells
    assert first.status is Status.CANNOT_RUN and first.failure
    assert first.failure.obstacle is Obstacle.WAITS
    assert first.seconds >= pulse.IDLE
    assert second.status is Status.OK


@pytest.mark.slow
def test_a_cell_that_sleeps_longer_than_that_is_waited_for(run: Runner) -> None:
    (only,) = run(
        "import time\ntime.sleep(pulse_idle + 3)\nprint(1)".replace("pulse_idle", str(pulse.IDLE))
    ).cells
    assert only.status is Status.OK and only.seconds > pulse.IDLE
