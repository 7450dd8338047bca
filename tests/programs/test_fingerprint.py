"""Fingerprints: shortcuts give what walking the whole tree gives."""

import pytest

from hexapla.programs.fingerprint import fingerprint, of_code
from hexapla.programs.parse import prepare

CODES = {
    "no comment": "x = 1",
    "a comment": "x = 1  # eins\n# zwei\ny = x",
    "a hash in a string": 'x = "# no comment"  # one',
    "a hash in a long string": 'x = """\n# no comment\n"""\n# one',
    "a string over two lines": 'x = "a \\\n# b"',
    "a magic with a comment": "%timeit x  # one\ny = 1",
    "a question with a comment": "x?  # one",
    "a shell line": "!pip install x  # one",
    "comments further left": "# one\n    x = 1\n    y = 2",
    "a prompt": ">>> x = 1  # one\n>>> x\n1",
    "an answer with a hash": ">>> print(x)\n# 1",
    "a docstring": 'def f():\n    "doc"  # one\n    return 1',
    "a docstring in one line": 'def f(): ("doc")',
    "a raw docstring": "class A:\n    r'''doc'''",
    "a module's docstring": '"doc"\nx = 1',
    "a docstring at a prompt": '>>> def f():\n...     "doc"\n...     return 1',
    "a docstring at a notebook's prompt": 'In [1]: def f():\n   ...:     "doc"\n   ...:     return 1',
    "only a string": '"x"',
    "it does not parse": "x = (  # one",
}


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
@pytest.mark.parametrize("docstrings", [False, True])
def test_a_shortcut_gives_the_same(code, docstrings):
    tree = prepare(code).tree
    whole = None if tree is None else fingerprint(tree, docstrings=docstrings)
    assert of_code(code, docstrings) == whole


def test_translated_comments_share_a_fingerprint():
    assert of_code("x = 1  # eins") is of_code("x = 1  # one")
