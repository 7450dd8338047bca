"""Which lines of an output are a warning of Python's, and which only say the word."""

import pytest

from hexapla.programs.claims.warnings import calm

CASES = {
    "of a cell, with its line of code": (
        "cell 2, line 1: DeprecationWarning: गया\n  import imp\n3\n",
        "3\n",
    ),
    "of a file": ("1\n/usr/lib/a.py:12: UserWarning: slow\n  run()\n2\n", "1\n2\n"),
    "of a file of Windows'": ("C:\\a.py:12: UserWarning: slow\n  run()\n2\n", "2\n"),
    "in several lines": ("a.py:1: FutureWarning: first\nsecond\n  run()\n2\n", "2\n"),
    "a class of a package's": ("a.py:1: RemovedInDeprecated20: gone\n2\n", "2\n"),
    "of indented lines": (
        "cell 1, line 2: DeprecationWarning: \n        on_event is old\n\n        Read more\n        \n  @app.on_event('a')\n2\n",
        "2\n",
    ),
    "of a release": ("1\ncell 3, line 5: Pandas4Warning: 'd' is old\n  f()\n", "1\n"),
    "of tracemalloc": ("RuntimeWarning: Enable tracemalloc to get the object\n2\n", "2\n"),
    "last of all": ("2\na.py:1: UserWarning: slow", "2\n"),
    "what a program says itself": ("Warning: 3 of 4\n2\n", "Warning: 3 of 4\n2\n"),
    "in the middle of a line": ("see a.py: UserWarning: slow\n", "see a.py: UserWarning: slow\n"),
    "a sentence": ("警告: 値が大きい\n", "警告: 値が大きい\n"),
}


@pytest.mark.parametrize(("text", "left"), CASES.values(), ids=CASES)
def test_warnings_go_and_all_else_stays(text, left):
    assert calm(text) == left
