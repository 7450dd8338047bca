"""Origins: what the value that a statement shows comes from: the page's own code, or what differs elsewhere.

A departing output tells of an author's slip only where the page alone says what is printed. What is read from files
and users, told by the machine, the clock or another package is printed otherwise elsewhere, and so is all that
follows from it.
"""

import ast
import bisect
import builtins
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hexapla.programs.claims.bindings import bound_by_header, bound_within, stepped_by, stored_by, touched_by
from hexapla.programs.claims.unordered import is_set, key_of, sets_in, takes_in_order
from hexapla.programs.parse import prepare

_MODULES = frozenset(
    """
    abc array ast base64 binascii bisect builtins calendar cmath codecs collections colorsys contextlib contextvars copy
    csv dataclasses datetime decimal difflib enum fractions functools graphlib hashlib heapq html ipaddress itertools
    json keyword logging math numbers operator pprint queue random re secrets statistics string struct textwrap time
    types typing typing_extensions unicodedata uuid warnings weakref
    """.split()
)
"""Modules that compute the same wherever they are: what some of them draw or read off a clock, `drawn` knows."""
_PACKAGES = frozenset({"matplotlib", "numpy", "torch"})
_MACHINE = frozenset(
    """
    asyncio cProfile concurrent dis gc getpass glob importlib inspect io locale multiprocessing os pathlib pkgutil
    platform profile psutil pstats resource shutil site socket subprocess sys sysconfig tempfile threading timeit
    traceback tracemalloc urllib
    """.split()
)
"""Modules that ask the machine, its files, its network, or Python itself."""
_BUILTIN = frozenset("__import__ breakpoint dir globals hash help id input locals open vars".split())
_SAYS = frozenset(
    """
    __builtins__ __code__ __doc__ __file__ __path__ __version__ version cuda cudnn mps backends is_available
    device_count current_device get_device get_num_threads show_config memory_allocated memory_reserved timestamp
    fromtimestamp localtime mktime tzname astimezone
    max_memory_allocated memory_summary __sizeof__ data_ptr storage untyped_storage kwlist st_size st_mtime
    """.split()
)
"""What packages and objects say of themselves and of the machine, by the name behind a dot or alone."""
_OF_PATHS = frozenset("basename dirname join normpath split splitext".split())
"""What a path's text alone says."""
_MAGIC = "__magic__"
"""What a notebook's command is called."""
_LAST = "_"
"""What the prompt of Python calls the last value that it showed, whatever a page has bound it to."""
_NOT_OWN = _BUILTIN | _SAYS | _MACHINE | {_MAGIC, _LAST}
"""Names that a page may read without binding them, and that say what another machine says otherwise."""
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SILENT = (*_DEFINITIONS, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Import, ast.ImportFrom)
_NESTED = ("body", "orelse", "finalbody", "handlers", "cases")
_EVERYTHING = "*"
_OWN = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a value comes from."""

    elsewhere: bool = False
    """Whether it comes from what differs on another machine, on another day, or for another user."""
    packaged: bool = False
    """Whether it comes from a package that is known, which each release writes otherwise."""
    unknown: bool = False
    """Whether it comes from a package or a name of which the page does not say what it is."""
    changed: bool = False
    """Whether it comes from what a cell before may have changed, as each step of a session does."""
    chance: bool = False
    """Whether it comes from which element of a set comes first."""
    is_set: bool = False
    """Whether it is a set itself; of two origins joined, what the first says."""
    names: frozenset[str] = frozenset()
    """The names of the page that it comes from."""

    @property
    def own(self) -> bool:
        """Whether the page alone says what it is."""
        return not (self.elsewhere or self.unknown)

    def __or__(self, other: "Origin") -> "Origin":
        return Origin(
            elsewhere=self.elsewhere or other.elsewhere,
            packaged=self.packaged or other.packaged,
            unknown=self.unknown or other.unknown,
            changed=self.changed or other.changed,
            chance=self.chance or other.chance,
            is_set=self.is_set,
            names=self.names | other.names,
        )


_NOTHING = Origin()


def origin_of(code: str, before: tuple[str, ...], row: int | None) -> Origin:
    """Return what a row of code shows comes from; without a row, all that the code shows.

    `before` has the code of the cells before it.
    """
    rows, origins, whole = _origins(code, before)
    place = bisect.bisect_right(rows, row) - 1 if row is not None else -1
    if place < 0:
        return whole
    return functools.reduce(Origin.__or__, origins[bisect.bisect_left(rows, rows[place]) : place + 1])


@functools.lru_cache(maxsize=64)
def _origins(code: str, before: tuple[str, ...]) -> tuple[list[int], list[Origin], Origin]:
    """Return the first rows of a code's statements, what each comes from, and what those do that show something."""
    tree = prepare(code).tree
    if tree is None:
        return [], [], Origin(unknown=True)
    known = dict(_known_after(before))
    origins = [_followed(node, known, _NOTHING) for node in tree.body]
    showing = (
        origin for node, origin in zip(tree.body, origins, strict=True) if not isinstance(node, _SILENT)
    )
    return (
        [node.lineno - 1 for node in tree.body],
        origins,
        functools.reduce(Origin.__or__, showing, _NOTHING),
    )


@functools.lru_cache(maxsize=64)
def _known_after(cells: tuple[str, ...]) -> Mapping[str, Origin]:
    """Return what the names come from that cells have bound.

    One cell after another is asked for: of most, what the cells before them bind is remembered (as in a Fenwick tree,
    by the number of cells without its last bit), so that few are followed again.
    """
    followed = len(cells) & (len(cells) - 1)
    known = dict(_known_after(cells[:followed])) if cells else {}
    for cell in cells[followed:]:
        if (tree := prepare(cell).tree) is not None:
            for node in tree.body:
                _followed(node, known, _NOTHING)
            for name in known.keys() & (touched_by(tree) | stepped_by(tree)):
                # What is asked of a module does not change it.
                known[name] |= Origin(changed=bool(known[name].names))
    return known


def _followed(node: ast.stmt, known: dict[str, Origin], around: Origin) -> Origin:
    """Return what a statement comes from, and note what it binds or changes.

    `around` is what decides whether it runs.
    """
    if isinstance(node, ast.Import | ast.ImportFrom):
        known.update(_imported(node))
        return _NOTHING
    origin = around | _read(node, known)
    if isinstance(node, ast.Try | ast.TryStar) and _reads_unbound(node.body, known):
        origin, around = (part | Origin(unknown=True) for part in (origin, around))
    if isinstance(node, _DEFINITIONS):
        known[node.name] = origin | Origin(names=frozenset({node.name}))
        _note_sets(node, known)
        return origin
    inner = [child for name in _NESTED for child in getattr(node, name, ())]
    if not inner:
        _bind(node, origin, known)
        return origin
    header = around | _header(node, known)
    if isinstance(node, ast.For | ast.AsyncFor) and is_set(node.iter, _sets_read(node.iter, known)):
        header |= Origin(chance=True)
    for target in bound_by_header(node):
        known[target] = header | Origin(names=frozenset({target}))
    whole = header
    for child in _statements(inner):
        whole |= _followed(child, known, header)
    return whole


def _reads_unbound(body: Iterable[ast.stmt], known: Mapping[str, Origin]) -> bool:
    """Return whether statements read a name that nothing binds: as they are tried, the page goes on without it."""
    tree = ast.Module([*body], [])
    read = {part.id for part in ast.walk(tree) if isinstance(part, ast.Name)}
    return _EVERYTHING not in known and not read <= bound_within(tree) | known.keys() | _OWN


def _statements(nodes: Iterable[ast.AST]) -> Iterator[ast.stmt]:
    """Yield the statements of a block, those of handlers and cases too."""
    for node in nodes:
        if isinstance(node, ast.stmt):
            yield node
        else:
            yield from _statements(getattr(node, "body", ()))


def _header(node: ast.stmt, known: dict[str, Origin]) -> Origin:
    """Return what the first line of a compound statement comes from."""
    parts = (
        value
        for name, field in ast.iter_fields(node)
        if name not in _NESTED
        for value in (field if isinstance(field, list) else [field])
    )
    return functools.reduce(
        Origin.__or__, (_read(part, known) for part in parts if isinstance(part, ast.AST)), _NOTHING
    )


def _bind(node: ast.stmt, origin: Origin, known: dict[str, Origin]) -> None:
    """Note what a simple statement binds anew, and what it may change."""
    bound = stored_by(node)
    for name in bound:
        kept = known.get(name, _NOTHING) if isinstance(node, ast.AugAssign) else _NOTHING
        known[name] = kept | origin | Origin(names=frozenset({name}))
    for name in known.keys() & touched_by(node) - bound:
        known[name] |= origin
    _note_sets(node, known)


def _note_sets(node: ast.stmt, known: dict[str, Origin]) -> None:
    """Note which of what a statement binds is a set: names, attributes, and functions by what they return."""
    for key in sets_in(node, _sets_read(node, known)):
        if key in known or key.startswith("."):
            known[key] = replace(known.get(key, _NOTHING), is_set=True)


def _sets_read(node: ast.AST, known: Mapping[str, Origin]) -> set[str]:
    """Return those of the names and attributes that code reads which are sets."""
    keys = {key_of(part) for part in ast.walk(node)}
    return {key for key in keys if key in known and known[key].is_set}


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Origin]]:
    """Yield the names that an import binds, each with what it comes from."""
    for alias in node.names:
        path = node.module or "" if isinstance(node, ast.ImportFrom) else alias.name
        name = alias.asname or alias.name.partition(".")[0]
        module = path.partition(".")[0]
        elsewhere = module in _MACHINE or (alias.name in _SAYS and isinstance(node, ast.ImportFrom))
        packaged = module in _PACKAGES
        yield (
            name,
            Origin(elsewhere=elsewhere, packaged=packaged, unknown=not (packaged or module in _MODULES)),
        )


def _read(node: ast.AST, known: dict[str, Origin]) -> Origin:
    """Return what the names and attributes come from that code reads."""
    origin = _NOTHING
    names: set[str] = set()
    pure: set[ast.AST] = set()
    for part in ast.walk(node):
        match part:
            case ast.Attribute(
                value=ast.Attribute(value=ast.Name(id="os") as root, attr="path"), attr=attr
            ) if attr in _OF_PATHS:
                pure.add(root)
            case ast.Call(func=ast.Name(id="vars") as root, args=[_]):
                pure.add(root)
            case ast.Name() if part in pure:
                pass
            case ast.Name(id=name, ctx=ast.Load()) | ast.AugAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Import() | ast.ImportFrom():
                origin = functools.reduce(Origin.__or__, (whence for _, whence in _imported(part)), origin)
            case ast.Attribute(attr=attr) if attr in _SAYS:
                origin |= Origin(elsewhere=True)
    for name in names:
        if name in known and name != _LAST:
            # A loop may read what it binds later.
            origin |= known[name]
        elif name in _NOT_OWN:
            origin |= Origin(elsewhere=True)
    if _EVERYTHING in known and not names <= bound_within(node) | known.keys() | _NOT_OWN | _OWN:
        # It may be of a module of which all names were imported.
        origin |= known[_EVERYTHING]
    return origin | Origin(chance=takes_in_order(node, _sets_read(node, known)))
