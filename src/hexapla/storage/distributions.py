"""Distributions: what is installed here that programs may import, and in which version.

A library of the author's own, installed from where it is developed, has the digest of its code in its version: what
it calls its version stays the same from edit to edit.
"""

import functools
import importlib.util
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from hexapla.storage.environment import local_code


def packages_of(modules: Iterable[str]) -> dict[str, str]:
    """Return the distributions that modules (by their first names) belong to, each with its version.

    What belongs to none, or is developed here, stands under the module's name.
    """
    packages = {}
    for module in modules:
        if module in sys.stdlib_module_names:
            continue
        name = _distribution_of(module)
        if code := local_code(module):
            packages[module] = f"{_version(name) or 'none'} ({code})"
        elif version := _version(name):
            packages[name] = version
    return packages


def versions(recorded: Iterable[str]) -> dict[str, str]:
    """Return the present versions of packages that `packages_of` has named, as far as they are installed."""
    packages = {name: _version(name) for name in recorded}
    packages |= {name: packages_of([name]).get(name, "") for name in packages if local_code(name)}
    return {name: version for name, version in packages.items() if version}


def unmet_requirements(requirements: Iterable[str]) -> list[str]:
    """Return those of these requirements (as pip writes them) that nothing installed here meets."""
    return [text for text in requirements if not _meets(text)]


def _meets(text: str) -> bool:
    from packaging.requirements import Requirement  # Few articles ask for it.

    requirement = Requirement(text)
    if requirement.marker and not requirement.marker.evaluate():
        return True
    version = _version(requirement.name)
    return bool(version) and requirement.specifier.contains(version, prereleases=True)


def importable(module: str) -> bool:
    """Return whether programs can import a module: what lies in the present folder is not theirs.

    Of a part of a package only the package is looked for: finding the part would import what it is in.
    """
    try:
        spec = importlib.util.find_spec(module.partition(".")[0])
    except (ImportError, ValueError):
        return False
    places = [spec.origin, *(spec.submodule_search_locations or ())] if spec else []
    return any(place and Path(place).parent != Path.cwd() for place in places)


def is_settled(module: str) -> bool:
    """Return whether a module is of an installed distribution that nobody develops here."""
    return (
        module not in sys.stdlib_module_names
        and importable(module)
        and bool(_distribution_of(module))
        and not local_code(module)
    )


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except (metadata.PackageNotFoundError, ValueError):
        return ""


def _distribution_of(module: str) -> str:
    """Return the distribution that a module belongs to; most bear its name."""
    return module if _version(module) else _by_module().get(module, "")


@functools.cache
def _by_module() -> Mapping[str, str]:
    """Return by module the distribution that has it. Every file list of every distribution is read."""
    return {module: names[0] for module, names in metadata.packages_distributions().items()}
