"""Distributions: what is installed here that programs may import, and in which version."""

import importlib.util
from collections.abc import Iterable
from contextlib import suppress
from importlib import metadata
from pathlib import Path


def versions(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of those of these distributions that are installed."""
    installed = {}
    for name in names:
        with suppress(metadata.PackageNotFoundError):
            installed[name] = metadata.version(name)
    return installed


def importable(module: str) -> bool:
    """Return whether programs can import a module: what lies in the present folder is not theirs."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return False
    places = [spec.origin, *(spec.submodule_search_locations or ())] if spec else []
    return any(place and Path(place).parent != Path.cwd() for place in places)
