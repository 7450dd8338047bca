import os

import pytest

from hexapla.execution import doctor
from hexapla.execution.sandbox import broker, landlock, sandbox

SHARED = {
    "no files of others in shared memory",
    "no change of modes and times outside",
    "no list of others' sockets",
}
"""A user may give a program these of its own where the machine lets users make namespaces."""

SOCKETS = {"no named sockets of others", "no datagrams to others"}


@pytest.mark.slow
def test_without_a_sandbox_it_says_what_got_through() -> None:
    rows = {row.name: row for row in doctor.examine("off")}
    assert not rows["no reading outside"].enforced
    assert not rows["no removing outside"].enforced
    assert rows["a time limit"].enforced


@pytest.mark.skipif(bool(sandbox.lacking_layers()), reason="this machine has no sandbox")
def test_with_all_layers_each_attempt_fails_but_for_those_that_nothing_stops() -> None:
    said: list[str] = []
    rows = list(doctor.examine(on_ready=said.append))
    assert said[1:] == [doctor.who_limits(), doctor.ASKED]
    guarded = landlock.abi() >= landlock.NAMED_SOCKETS or broker.answers_sockets()
    assert {row.name for row in rows if not row.enforced} <= {
        *(set() if guarded else SOCKETS),
        *(set() if os.geteuid() == 0 else SHARED),
    }
    assert all(row.why for row in rows)
