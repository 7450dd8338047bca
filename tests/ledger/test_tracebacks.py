import pytest

from hexapla.ledger.tracebacks import without_library_frames

TRACE = "Traceback (most recent call last):\n"
AUTHORS = "  cell 1, line 2, in <module>\n    f(x)\n    ~^^^\n"
TORCH = '  File "site-packages/torch/nn/functional.py", line 7, in f\n    return 1\n           ^\n'
JSON = '  File "lib/python/json/decoder.py", line 7, in g\n'
FROZEN = '  File "<frozen importlib._bootstrap>", line 7, in h\n'
TRACEBACKS = {
    "no traceback": ("ValueError: no\n", "ValueError: no\n"),
    "the author's lines": (f"{TRACE}{AUTHORS}E: no\n", f"{TRACE}{AUTHORS}E: no\n"),
    "a library": (f"{TRACE}{AUTHORS}{TORCH}{TORCH}E: no\n", f"{TRACE}{AUTHORS}  ⋮ torch\nE: no\n"),
    "libraries": (f"{TRACE}{AUTHORS}{TORCH}{JSON}{FROZEN}E: no\n", f"{TRACE}{AUTHORS}  ⋮ torch, json, importlib\nE: no\n"),
    "the author's lines in between": (
        f"{TRACE}{TORCH}{AUTHORS}{JSON}{AUTHORS}E: no\n", f"{TRACE}  ⋮ torch\n{AUTHORS}  ⋮ json\n{AUTHORS}E: no\n",
    ),
    "a message of several lines": (f"{TRACE}{JSON}E: no\n    (1) Indented\n", f"{TRACE}  ⋮ json\nE: no\n    (1) Indented\n"),
    "a module that is a file": (f'{TRACE}  File "site-packages/six.py", line 7, in f\nE: no\n', f"{TRACE}  ⋮ six\nE: no\n"),
    "a group": ("  | " + AUTHORS + "  | " + JSON + "  | E: no\n", "  | " + AUTHORS + "  |   ⋮ json\n  | E: no\n"),
    "a helper of the author's": ('  File "/scratch/helper.py", line 1\nE\n', '  File "/scratch/helper.py", line 1\nE\n'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TRACEBACKS.values(), ids=TRACEBACKS)
def test_frames_of_libraries_are_folded(text, wanted):
    assert without_library_frames(text) == wanted
