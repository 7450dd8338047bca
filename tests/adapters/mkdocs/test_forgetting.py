"""What is remembered of texts in memory stays, until it is twice what a site needs."""

import functools

import pytest

from hexapla.adapters.mkdocs import forgetting
from hexapla.adapters.mkdocs.forgetting import ROOM, Forgetting, memories


@pytest.fixture
def remembered(monkeypatch):
    """Return a function of hexapla's that remembers; no other one is looked at."""

    @functools.lru_cache(maxsize=4096)
    def length(text: str) -> int:
        return len(text)

    monkeypatch.setattr(forgetting, "memories", lambda: [length])
    return length


def edit(remembered, texts: int, keeper: Forgetting) -> list[int]:
    """Have so many new texts come one by one; return how many results there were after each build."""
    held = []
    for number in range(texts):
        remembered(f"edit {number}")
        keeper.forget()
        held.append(remembered.cache_info().currsize)
    return held


@pytest.mark.parametrize("site", [0, 5, 500])
def test_edits_make_it_no_more_than_twice_what_the_site_needs(remembered, site):
    keeper = Forgetting()
    for number in range(site):
        remembered(f"page {number}")
    keeper.forget()
    assert remembered.cache_info().currsize == site
    held = edit(remembered, 3000, keeper)
    assert max(held) <= 2 * max(1, site) + ROOM
    # It is emptied seldom: each time there is as much that is old as what has to be found anew.
    assert held.count(0) <= 3000 / ROOM


def test_a_site_that_has_grown_keeps_what_it_needs_now(remembered):
    keeper = Forgetting()
    keeper.forget()
    for _ in range(3):
        for number in range(500):
            remembered(f"page {number}")
        keeper.forget()
    assert remembered.cache_info().currsize == 500


def test_what_has_a_bound_is_looked_at_and_nothing_else():
    names = {memory.__qualname__ for memory in memories()}
    assert {"blocks", "prepare"} <= names
    assert "_environment" not in names  # of which there is one, dear to find anew
