"""What a process asks about itself by its number is let through, wherever in the program it is; the rest is not."""

import sys
from collections.abc import Callable

import pytest

from hexapla.execution.sandbox import broker, sandbox
from hexapla.model.run import Run, Status

from ..conftest import shown

Runner = Callable[..., Run]
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux" or bool(sandbox.lacking_layers()), reason="no sandbox here"),
    pytest.mark.skipif(not broker.answers_signals(), reason="no broker here"),
]

IN_A_CHILD = """
import os, resource, threading
if os.fork() == 0:
    ACTION
    os._exit(0)
print(os.waitstatus_to_exitcode(os.wait()[1]))
"""
OWN = {
    "limits": "resource.prlimit(os.getpid(), resource.RLIMIT_CORE, (0, 0))",
    "processors": "os.sched_setaffinity(os.getpid(), os.sched_getaffinity(0))",
    "priority": "os.setpriority(os.PRIO_PROCESS, os.getpid(), 19)",
    "scheduling": "os.sched_setscheduler(os.getpid(), os.SCHED_BATCH, os.sched_param(0))",
    "a thread's processors": "os.sched_setaffinity(threading.get_native_id(), os.sched_getaffinity(0))",
}


@pytest.mark.parametrize("action", OWN.values(), ids=OWN)
def test_a_child_names_itself(run: Runner, action: str) -> None:
    (cell,) = run(IN_A_CHILD.replace("ACTION", action)).cells
    assert (cell.message, shown(cell)) == ("", "0\n")


def test_a_thread_names_itself(run: Runner) -> None:
    code = (
        "import os, threading\n"
        "def work(): print(os.sched_setaffinity(threading.get_native_id(), os.sched_getaffinity(0)))\n"
        "thread = threading.Thread(target=work)\nthread.start()\nthread.join()"
    )
    assert shown(run(code).cells[0]) == "None\n"


OTHERS = {
    "one's worker": "os.getppid()",
    "one's child": "os.fork() or os._exit(0)",
    "the first process": "1",
    "everybody": "2**31 - 1",
    "less than nobody": "-5",
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_nobody_names_another(run: Runner, other: str) -> None:
    (cell,) = run(f"import os\nother = {other}\nos.sched_setaffinity(other, os.sched_getaffinity(0))").cells
    assert (cell.status, "PermissionError" in cell.message) == (Status.RAISED, True), cell.message
