"""Environment: what decides a result besides its inputs, as one digest.

That is all of hexapla's code and data, Python, the version of every installed distribution, and the code of modules
that no version tells of: a Markdown extension of the user's own, and what it imports.
"""

import ast
import functools
import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import hexapla

_INSTALLED = ("site-packages", "dist-packages")
"""How the folders are called whose modules belong to distributions that have a version."""
_STANDARD = Path(os.__file__).parent
_EXTENSIONS = "markdown.extensions"
"""The group of entry points by which Markdown extensions have short names."""


def environment(modules: Iterable[str] = (), scripts: Iterable[Path] = ()) -> str:
    """Return the digest of what makes results: equal where the same inputs give the same.

    `modules` are those that the configuration names, in full or by an entry point; `scripts` are files of code.
    """
    installed = sorted(_installed())
    local = [folder for folder in installed if _is_local(folder)]
    total = hashlib.blake2b(digest_size=16)
    for text in (_shipped(), sys.version, *(folder.name for folder in installed)):
        _add(total, text.encode())
    for folder in local:
        # Its version says little: it was installed from a folder or a repository, and may be again.
        for name in ("RECORD", "direct_url.json"):
            _add(total, _content(folder / name))
    for path in sorted({*_sources(_in_full(modules, local)), *scripts}):
        _add(total, path.as_posix().encode())
        _add(total, _content(path))
    return total.hexdigest()


def local_code(module: str) -> str:
    """Return the digest of a module's code, and of the local modules that it imports.

    Empty where an installed distribution or Python has it: then their version tells.
    """
    paths = sorted(_sources([module]))
    total = hashlib.blake2b(digest_size=6)
    for path in paths:
        _add(total, path.name.encode())
        _add(total, _content(path))
    return total.hexdigest() if paths else ""


@functools.cache
def _shipped() -> str:
    """Return the digest of every file that hexapla consists of: code, words, templates."""
    root = Path(hexapla.__file__).parent
    total = hashlib.blake2b(digest_size=16)
    for path in sorted(_files(root)):
        _add(total, path.relative_to(root).as_posix().encode())
        _add(total, _content(path))
    return total.hexdigest()


def _add(total: "hashlib.blake2b", data: bytes) -> None:
    """Add bytes so that equal totals come of equal ones only, wherever one ends and the next begins."""
    total.update(b"%d:" % len(data))
    total.update(data)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.endswith(".pyc"))


def _installed() -> Iterator[Path]:
    """Yield the folders that say which distributions are installed, their versions in their names."""
    for entry in dict.fromkeys(sys.path):
        try:
            names = os.listdir(entry or ".")  # noqa: PTH208 - a `Path` a module is slow
        except OSError:
            continue
        yield from (Path(entry, name) for name in names if name.endswith((".dist-info", ".egg-info")))


def _is_local(folder: Path) -> bool:
    """Return whether a distribution is not from an index (PEP 610), or still lies where it is developed."""
    return folder.parent.name not in _INSTALLED or (folder / "direct_url.json").exists()


def editable_distributions() -> Iterator[tuple[Path, Path]]:
    """Yield the distributions that were installed to be edited (PEP 660): the folder that says so, their source's.

    What is said is that of PEP 610, in `direct_url.json`.
    """
    from urllib.request import url2pathname  # It loads all that speaks HTTP.

    for folder in _installed():
        with suppress(OSError, ValueError, KeyError, TypeError):
            origin = json.loads((folder / "direct_url.json").read_bytes())
            if origin["dir_info"]["editable"]:
                yield folder, Path(url2pathname(urlsplit(origin["url"]).path))


def developed_here() -> list[Path]:
    """Return the packages and modules of distributions that are installed from where they are developed."""
    places: list[Path] = []
    for folder, _ in editable_distributions():
        names = _content(folder / "top_level.txt").decode(errors="replace").split()
        for name in names or [folder.name.partition("-")[0]]:
            places += _local_places(name)
    return places


def _in_full(names: Iterable[str], local: Iterable[Path]) -> Iterator[str]:
    """Yield modules by their full names; `local` distributions may have given them short ones."""
    aliases = {
        point.name: point.module
        for folder in local
        if _EXTENSIONS in _content(folder / "entry_points.txt").decode(errors="replace")
        for point in metadata.Distribution.at(folder).entry_points.select(group=_EXTENSIONS)
    }
    return (aliases.get(name, name) for name in names)


def _sources(modules: Iterable[str]) -> Iterator[Path]:
    """Yield the files of modules that belong to no installed distribution, and of what they import."""
    waiting = {name.partition(":")[0].partition(".")[0] for name in modules}
    seen = {"", "hexapla"}
    while waiting := waiting - seen:
        name = waiting.pop()
        seen.add(name)
        for path in _local_files(name):
            yield path
            if path.suffix == ".py":
                waiting |= _imported(_content(path))


def _local_files(name: str) -> Iterable[Path]:
    """Return the files of a module or package; none where an installed distribution or Python has it."""
    return (path for place in _local_places(name) for path in (_files(place) if place.is_dir() else (place,)))


def _local_places(name: str) -> list[Path]:
    """Return the folders of a package, or the file of a module, under the same condition."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return []
    if spec is None:
        return []
    places = [Path(place) for place in spec.submodule_search_locations or ()]
    if not places and spec.has_location and spec.origin:
        places = [Path(spec.origin)]
    return [
        place for place in places if not {*_INSTALLED} & {*place.parts} and _STANDARD not in place.parents
    ]


def _imported(code: bytes) -> set[str]:
    """Return the first names of all modules that code imports."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError):
        return set()
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.partition(".")[0] for name in plain | parts if name}
