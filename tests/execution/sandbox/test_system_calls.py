"""The table of system calls: whole, without a doubt about any, and kept by the kernel for real."""

import errno
import json
import platform
import sys
from collections.abc import Callable

import pytest

from hexapla.execution.sandbox import sandbox
from hexapla.execution.sandbox.system_calls import (
    MACHINES,
    SYSTEM_CALLS,
    Decision,
    Keeper,
    SystemCall,
    numbered,
)
from hexapla.model.run import Run, Status

from ..conftest import shown
from .walking import ATTACKS, LAST, WALK, faults

Runner = Callable[..., Run]
CALLS = {call.name: call for call in SYSTEM_CALLS}


def test_each_call_stands_there_once():
    assert len(CALLS) == len(SYSTEM_CALLS)
    for machine, column in zip(MACHINES, range(2), strict=True):
        assert len(numbered(machine)) == sum(call.numbers[column] is not None for call in SYSTEM_CALLS)


LACKING = {"x86_64": {*range(337, 424)}, "aarch64": {*range(244, 260), *range(295, 424)}}
"""Numbers up to the last that no call of the machine has: those of other machines, or kept free."""


@pytest.mark.parametrize("machine", MACHINES)
def test_no_number_is_left_out(machine):
    known = numbered(machine)
    assert set(range(max(known) + 1)) - set(known) == LACKING[machine]


def test_each_has_a_reason_and_what_is_confined_says_how():
    for call in SYSTEM_CALLS:
        assert call.reason
        confined = bool(call.checks) or call.keeper is not Keeper.FILTER
        assert confined == (call.verdict is Decision.CONFINED), call.name


needs_sandbox = [
    pytest.mark.skipif(sys.platform != "linux" or bool(sandbox.lacking_layers()), reason="no sandbox here"),
    pytest.mark.skipif(platform.machine() not in MACHINES, reason="no table for this machine"),
]


@pytest.mark.slow
class TestOnThisKernel:
    """Every number, issued by a program in its sandbox."""

    pytestmark = needs_sandbox

    def test_each_call_is_answered_as_the_table_says(self, run: Runner):
        (cell,) = run(WALK).cells
        assert cell.status is Status.OK, cell.message
        assert faults(json.loads(shown(cell))) == []

    def test_no_call_reaches_another_process_or_what_processes_share(self, run: Runner):
        (cell,) = run(ATTACKS).cells
        assert (cell.status, shown(cell)) == (Status.OK, "none\n"), (cell.message, shown(cell))

    def test_the_walk_sees_what_gets_through(self):
        """Its own check: a kernel without a filter would not pass."""
        answers = {str(number): errno.EFAULT for number in range(LAST)}
        assert len(faults(answers)) > 100


def test_what_is_told_of_a_call_can_be_read():
    assert isinstance(CALLS["ptrace"], SystemCall)
    assert "memory" in CALLS["ptrace"].reason
