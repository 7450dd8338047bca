"""The modules form a tree one can recite: no cycles, a pure core, one place for each effect."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import hexapla

ROOT = Path(hexapla.__file__).parent
EDGES = {
    "builder", "cli", "commands", "config", "converting", "documents", "files", "history", "joining", "kept",
    "mkdocs_plugin", "mkdocs_yml", "published", "pytest_plugin", "reading", "recording", "remembering",
    "rewriting", "run", "scaffold", "serving", "session", "site", "watching",
    "writing",
}  # fmt: skip
"""The modules and packages that may touch disk, processes or the terminal."""


def module(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def imported(path: Path) -> set[str]:
    """Return the modules that a module imports when it is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = {module(other) for other in ROOT.rglob("*.py")}
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("hexapla"):
            base = node.module.removeprefix("hexapla").lstrip(".")
            names = {".".join(part for part in (base, alias.name) if part) for alias in node.names}
            found |= {name if name in known else base for name in names}
    return found - {"", "__init__"}


GRAPH = {module(path): imported(path) for path in sorted(ROOT.rglob("*.py"))}


def test_no_module_imports_itself_through_others():
    assert tuple(TopologicalSorter(GRAPH).static_order())


def test_no_package_imports_itself_through_others():
    packages: dict[str, set[str]] = {}
    for name, uses in GRAPH.items():
        packages.setdefault(name.split(".")[0], set()).update(used.split(".")[0] for used in uses)
    for name, uses in packages.items():
        uses.discard(name)
    assert tuple(TopologicalSorter(packages).static_order())


def test_only_the_edges_import_site():
    edges = {"cli", "mkdocs_plugin", "pytest_plugin", "rewriting", "testing.session"}
    assert {name for name, uses in GRAPH.items() if "site" in uses} <= edges


def test_the_core_touches_neither_disk_nor_processes():
    effects = {"os", "subprocess", "Path", "tempfile", "shutil", "socket", "time", "multiprocessing"}
    for path in ROOT.rglob("*.py"):
        name = module(path)
        if not name or not EDGES.isdisjoint(name.split(".")):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = list(ast.walk(tree))
        names = {
            alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names
        }
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
                names |= {alias.name for alias in node.names} & {"Path"}
        assert not names & effects, name
