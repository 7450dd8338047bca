"""Fixtures: the values that pytest's fixtures give to a program, made ready to travel to its process."""

import base64
import difflib
import pickle
import traceback
from collections.abc import Iterable

import pytest
from _pytest.fixtures import FixtureLookupError, TopRequest

from hexapla.model.directives import MACHINE
from hexapla.model.run import NOTHING, Given


def given(item: pytest.Item, names: Iterable[str]) -> Given:
    """Set fixtures up, once for a whole program, and return their values.

    They are torn down after the test that has the program run. What cannot be had is a sentence in `lacking`;
    nothing is raised but what ends the session.
    """
    wanted = tuple(dict.fromkeys(names))
    if not wanted:
        return NOTHING
    # As pytest's own doctest items do it (`_pytest/doctest.py`): there is no public way.
    manager = item.session._fixturemanager
    item._fixtureinfo = manager.getfixtureinfo(node=item, func=None, cls=None)  # type: ignore[attr-defined]
    request = TopRequest(item, _ispytest=True)  # type: ignore[arg-type]
    values: dict[str, str] = {}
    lacking: dict[str, str] = {}
    faults: set[str] = set()
    for name in wanted:
        try:
            values[name] = _packed(name, request.getfixturevalue(name))
        except pytest.skip.Exception as skipped:
            lacking[name] = f"Its fixture `{name}` skipped it: {skipped.msg}"
        except FixtureLookupError as error:
            lacking[name] = _unknown(name, error)
            faults.add(name)
        except (Exception, pytest.fail.Exception) as error:
            lacking[name] = f"Its fixture `{name}` failed: {_sentence(error)}"
            faults.add(name)
    return Given(values=values, lacking=lacking, faults=frozenset(faults))


class UnsendableError(Exception):
    """A fixture's value cannot be sent to another process."""


def _packed(name: str, value: object) -> str:
    try:
        return base64.b64encode(pickle.dumps(value)).decode()
    except Exception as error:
        kind = type(value).__qualname__
        raise UnsendableError(
            f"its value is a `{kind}`, which cannot be sent to the program, since that has a process of its own "
            f"({type(error).__name__}: {error}). Return data: text, numbers, lists, tensors"
        ) from error


def _unknown(name: str, error: FixtureLookupError) -> str:
    if error.argname != name:
        return f"Its fixture `{name}` asks for `{error.argname}`, and there is no such fixture."
    near = difflib.get_close_matches(name, MACHINE, n=1)
    meant = f" Did you mean `{near[0]}`?" if near else " A conftest.py can define it."
    return f"It asks for `fixture:{name}`, and there is no such fixture.{meant}"


def _sentence(error: BaseException) -> str:
    """Return what an exception says, and where it was raised."""
    if isinstance(error, UnsendableError):
        return f"{error}."
    if isinstance(error, pytest.fail.Exception) and "no parameter defined" in str(error):
        return (
            "it, or one that it asks for, has `params`, and a program runs once. Give it a value of its own."
        )
    frames = traceback.extract_tb(error.__traceback__)
    inner = "_pytest" in frames[-1].filename if frames else True
    place = "" if inner else f" ({frames[-1].filename}:{frames[-1].lineno})"
    return f"{type(error).__name__}: {error}{place}."
