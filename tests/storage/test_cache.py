"""What is kept is believed only where this user and this code wrote it."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from hexapla.storage import cache

ENTRIES = {"a": [1, "é𝟙", None], "b": {}}


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "site" / "kept.json"


def test_what_is_saved_is_loaded(path):
    cache.save(path, ENTRIES)
    assert cache.load(path) == ENTRIES


def test_nothing_is_loaded_where_nothing_was_saved(path):
    assert cache.load(path) == {}


def test_a_change_of_any_byte_is_seen(path):
    cache.save(path, ENTRIES)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert cache.load(path) == {}
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        assert cache.load(path) == {}
    path.write_bytes(whole)
    assert cache.load(path) == ENTRIES


def test_what_another_user_wrote_is_not_believed(path, tmp_path, monkeypatch):
    cache.save(path, ENTRIES)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert cache.load(path) == {}


def test_what_was_kept_under_another_name_is_not_believed(path):
    cache.save(path, ENTRIES)
    path.rename(path.with_name("other.json"))
    assert cache.load(path.with_name("other.json")) == {}


def test_what_other_code_wrote_is_not_loaded(path, monkeypatch):
    cache.save(path, ENTRIES)
    monkeypatch.setattr(cache, "made_with", lambda: "other code")
    assert cache.load(path) == {}


def test_without_a_place_for_a_key_nothing_is_kept(path, tmp_path):
    (tmp_path / "cache").write_text("a file is in the way")
    cache.save(path, ENTRIES)
    assert not path.exists()
    path.parent.mkdir()
    path.write_text('\n{"made_with": "", "entries": {"a": 1}}')
    assert cache.load(path) == {}


def test_of_many_at_once_one_makes_the_key(path, tmp_path):
    folder = tmp_path / "cache" / "hexapla"
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(cache._key.__wrapped__, [folder] * 64))
    assert len(keys) == 1 and len(keys.pop()) == 32
    assert os.listdir(folder) == ["key"]  # noqa: PTH208
    assert (folder / "key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("one", "other"), [(("ab", "c"), ("a", "bc")), (("a",), ("a", "")), ((), ("",))])
def test_a_digest_knows_where_a_text_ends(one, other):
    assert cache.digest(*one) != cache.digest(*other)
