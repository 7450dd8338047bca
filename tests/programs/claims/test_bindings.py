"""Which names code binds to more of what they were."""

import pytest

from hexapla.programs.claims.bindings import stepped_by
from hexapla.programs.parse import prepare

STEPS = {
    "a sum": ("n += 1", {"n"}),
    "of itself": ("n = n * 2", {"n"}),
    "two exchanged": ("a, b = b, a", {"a", "b"}),
    "in a loop": ("for x in y:\n    total = total + x", {"total"}),
    "of another": ("n = m + 1", set()),
    "anew": ("n = 1\nn = 2", set()),
}  # fmt: skip


@pytest.mark.parametrize(("code", "names"), STEPS.values(), ids=STEPS)
def test_steps(code: str, names: set[str]) -> None:
    tree = prepare(code).tree
    assert tree is not None
    assert stepped_by(tree) == names
