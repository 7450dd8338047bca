"""What is remembered is what was made, and is believed only where this user in this environment wrote it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexapla.model.post import Post, parse_post
from hexapla.storage import cache
from hexapla.storage.cache import Cache, digest_of


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    name: str
    colour: Colour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    leaves: tuple[Leaf, ...] = ()
    by_name: Mapping[str, Leaf] = ()  # type: ignore[assignment]
    number: float = 0.0


@pytest.fixture
def remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Cache(folder=tmp_path / "site", environment="here")


class Maker:
    """Makes a text of each input, and notes of which."""

    def __init__(self, remembered, **inputs):
        self._cache, self.inputs, self.made = remembered, inputs, []

    def __call__(self, stage="stage", **others):
        self.made = []
        inputs = {**self.inputs, **others}

        def make(names):
            self.made += names
            return [f"{name}: {inputs[name]}" for name in names]

        texts = self._cache.memo(stage, inputs, make, str)
        assert texts == {name: f"{name}: {value}" for name, value in inputs.items()}
        assert list(texts) == list(inputs)
        return self.made


def test_what_is_made_once_is_remembered(remembered):
    maker = Maker(remembered, a=1, b="é𝟙", c=(None, 2.5))
    assert maker() == ["a", "b", "c"]
    assert maker() == []


def test_only_what_changed_is_made_again(remembered):
    maker = Maker(remembered, a=1, b=2, c=3)
    maker()
    assert maker(b=4) == ["b"]
    assert maker(b=4) == []
    assert maker() == ["b"], "only what was asked for last is remembered"


def test_each_stage_has_its_own_results(remembered):
    maker = Maker(remembered, a=1)
    assert maker("one") == maker("other") == ["a"]
    assert maker("one") == maker("other") == []
    (remembered.folder / "one.msgpack").rename(remembered.folder / "other.msgpack")
    assert maker("other") == ["a"]


def test_what_is_gone_is_forgotten(remembered):
    remembered.memo("stage", dict.fromkeys("abc", 1) | {"d": 2}, lambda names: ["x"] * len(names), str)
    size = (remembered.folder / "stage.msgpack").stat().st_size
    remembered.memo("stage", {"d": 2}, list, str)
    assert (remembered.folder / "stage.msgpack").stat().st_size < size


def test_nothing_asked_for_makes_and_writes_nothing(remembered):
    assert remembered.memo("stage", {}, list, str) == {}
    assert not remembered.folder.exists()


trees = st.builds(
    Tree,
    leaves=st.lists(st.builds(Leaf, name=st.text(), colour=st.none() | st.just(Colour.RED))).map(tuple),
    by_name=st.dictionaries(st.text(), st.builds(Leaf, name=st.text()), max_size=3),
    number=st.floats(allow_nan=False),
)


@given(st.dictionaries(st.text(), trees, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_dataclass_is_remembered_as_it_was(remembered, by_name):
    def never(names):
        raise AssertionError(names)

    made = remembered.memo("stage", by_name, lambda names: [by_name[name] for name in names], Tree)
    again = remembered.memo("stage", by_name, never, Tree)
    assert made == again == by_name
    assert all(type(tree.leaves) is tuple for tree in again.values())


def test_a_result_that_no_file_can_hold_is_made_each_time(remembered):
    inputs = {"a": 1, "b": 2}
    for expected in (["a", "b"], ["a"], ["a"]):
        made = []

        def make(names, made=made):
            made += names
            return ["\ud800" if name == "a" else "b" for name in names]

        assert remembered.memo("stage", inputs, make, str) == {"a": "\ud800", "b": "b"}
        assert made == expected


def test_a_change_of_any_byte_is_seen(remembered):
    maker = Maker(remembered, a="x")
    maker()
    path = remembered.folder / "stage.msgpack"
    whole = path.read_bytes()
    damaged = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(len(whole))]
    for content in (*damaged, *(whole[:end] for end in range(len(whole))), whole + b"\0"):
        path.write_bytes(content)
        assert maker() == ["a"]
        assert path.read_bytes() == whole
    assert maker() == []


def test_what_has_another_type_now_is_made_again(remembered):
    remembered.memo("stage", {"a": 1}, lambda _: ["text"], str)
    assert remembered.memo("stage", {"a": 1}, lambda _: [7], int) == {"a": 7}


def test_what_another_user_wrote_is_not_believed(remembered, tmp_path, monkeypatch):
    maker = Maker(remembered, a=1)
    maker()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert maker() == ["a"]


def test_what_another_environment_made_is_made_again(remembered):
    Maker(remembered, a=1)()
    assert Maker(replace(remembered, environment="elsewhere"), a=1)() == ["a"]


def test_without_a_place_for_a_key_nothing_is_remembered(remembered, tmp_path):
    (tmp_path / "cache").write_text("a file is in the way")
    maker = Maker(remembered, a=1)
    assert maker() == maker() == ["a"]
    assert not remembered.folder.exists()
    remembered.folder.mkdir()
    (remembered.folder / "stage.msgpack").write_bytes(b"\0" * 40)
    assert maker() == ["a"]


def test_a_folder_that_cannot_be_written_is_no_obstacle(remembered):
    remembered.folder.write_text("a file is in the way")
    maker = Maker(remembered, a=1)
    assert maker() == maker() == ["a"]


def test_of_many_at_once_one_makes_the_key(tmp_path):
    folder = tmp_path / "cache" / "hexapla"
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(cache._key.__wrapped__, [folder] * 64))
    assert len(keys) == 1 and len(keys.pop()) == 32
    assert os.listdir(folder) == ["key"]  # noqa: PTH208
    assert (folder / "key").stat().st_mode & 0o077 == 0


def post(head: str) -> Post:
    made = parse_post("posts/a.en.md", f"---\n{head}\n---\nx", languages=["en"], default_language="en")
    assert isinstance(made, Post)
    return made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("ab", "c"), ("a", "bc"), id="where a text ends"),
        pytest.param(("a",), ("a", ""), id="an empty text more"),
        pytest.param((), ("",), id="nothing and an empty text"),
        pytest.param(1, "1", id="a number and its text"),
        pytest.param(None, "None", id="nothing and its name"),
        pytest.param(b"a", "a", id="bytes and a text"),
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, id="the order of a table"),
        pytest.param(Leaf(name="a"), Leaf(name="a", colour=Colour.RED), id="a field of a dataclass"),
        pytest.param(len, max, id="two functions"),
        pytest.param("\ud800", "\ud801", id="half a surrogate pair"),
        pytest.param(2**70, 2**70 + 1, id="large numbers"),
        pytest.param(post("date: 2024-05-06"), post("date: '2024-05-06'"), id="a date and its text"),
        pytest.param(post("a: {b: 1, c: 2}"), post("a: {c: 2, b: 1}"), id="the order in the front matter"),
    ],
)
def test_what_differs_has_another_digest(one, other):
    assert digest_of(one) != digest_of(other)


@pytest.mark.parametrize(
    "code",
    [
        "lambda: 0",
        "{'a': [1, (2, None)], 'slugify': functools.partial(print, sep='-')}",
        "Path('a')",
        "object()",
    ],
)
def test_what_is_equal_has_the_same_digest_in_every_process(code):
    program = (
        "import functools; from pathlib import Path; from hexapla.storage.cache import digest_of\n"
        f"others = [object() for _ in range(NUMBER)]; print(digest_of({code}))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program.replace("NUMBER", str(number))],
            env={**os.environ, "PYTHONHASHSEED": str(number)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for number in (1, 2000)
    }
    assert len(outputs) == 1


def test_a_process_goes_on_with_the_code_that_it_has_loaded(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    module = tmp_path / "edited_while_it_runs.py"
    module.write_text("x = 1\n")
    before = cache.of_site(tmp_path, modules=["edited_while_it_runs"])
    module.write_text("x = 2\n")
    assert cache.of_site(tmp_path, modules=["edited_while_it_runs"]) == before
    cache._environment.cache_clear()
    assert cache.of_site(tmp_path, modules=["edited_while_it_runs"]) != before
