"""What programs try on what is not theirs, all of it, and one program that ends whoever it can."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hexapla.execution.sandbox import sandbox
from hexapla.model.run import Run, Status

from ..conftest import shown
from .attempts import EVERYBODY, baited

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or bool(sandbox.lacking_layers()), reason="no sandbox here"
)


def test_no_attempt_gets_through(run: Callable[..., Run], tmp_path: Path) -> None:
    with baited(tmp_path) as attempts:
        (tried,) = run(attempts, timeout=300.0).cells
    assert (tried.status, shown(tried)) == (Status.OK, "that was all of them\n"), tried.message


def test_who_ends_everybody_ends_nobody_else(run: Callable[..., Run]) -> None:
    (tried,) = run(EVERYBODY).cells
    assert tried.status is Status.OK
    assert shown(run("print('still there')").cells[0]) == "still there\n"
