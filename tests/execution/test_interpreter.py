"""A program finds a Python that looks as if it was started for it: its streams, its paths, its warnings."""

import sys
from collections.abc import Callable

import pytest

from hexapla.model.run import Run

from .conftest import shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs run on Linux")

Runner = Callable[..., Run]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("import sys\nprint(sys.argv)", "program.py']", id="the name of a script and no arguments"),
        pytest.param("import sys, os\nprint(sys.path[0] == os.getcwd())", "True", id="its own folder first"),
        pytest.param("import sys\nprint(sys.dont_write_bytecode)", "True", id="no bytecode is written"),
        pytest.param("import os, tempfile\nprint(tempfile.gettempdir().startswith(os.getcwd()))", "True", id="its own temporary files"),
        pytest.param("import sys\nprint(sys.stdin.read() == '')", "True", id="an input that is at its end"),
        pytest.param("import sys\nprint(sys.stdout is sys.__stdout__, sys.stdout.encoding)", "True utf-8", id="the streams it began with"),
        pytest.param("print('\\ud800')", "\\ud800", id="half a character is printed, not raised"),
        pytest.param("import signal\nprint(signal.getsignal(signal.SIGINT) is signal.default_int_handler)", "True", id="it can be interrupted"),
    ],
)  # fmt: skip
def test_a_program_finds_what_a_script_finds(run: Runner, code: str, text: str) -> None:
    assert shown(run(code).cells[0]).strip().endswith(text)


def test_what_c_prints_keeps_its_place_between_what_python_prints(run: Runner) -> None:
    code = "import ctypes\nprint('one')\nctypes.CDLL(None).printf(b'two\\n')\nprint('three')"
    assert shown(run(code).cells[0]) == "one\ntwo\nthree\n"


def test_what_c_keeps_is_of_the_cell_that_printed_it(run: Runner) -> None:
    one, two = run("import ctypes\nprinted = ctypes.CDLL(None).printf(b'no newline')", "print('next')").cells
    assert (shown(one), shown(two)) == ("no newline", "next\n")


def test_warnings_of_its_own_code_are_shown_and_those_for_developers_of_libraries_are_not(
    run: Runner,
) -> None:
    code = (
        "import warnings\n"
        "warnings.warn('of this code', DeprecationWarning)\n"
        "warnings.warn('for users', UserWarning)\n"
        "warnings.warn('for developers', PendingDeprecationWarning)\n"
        "warnings.warn_explicit('of a library', DeprecationWarning, 'library.py', 1, module='library')\n"
        "warnings.warn('CUDA initialization: no driver', UserWarning)"
    )
    said = shown(run(code).cells[0])
    assert "of this code" in said and "for users" in said
    assert not any(text in said for text in ("for developers", "of a library", "no driver"))
