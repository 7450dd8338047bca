"""The modules form layers one can recite: imports point down, no cycles, a pure core, one place for each effect.

Every import counts: at the top of a module, in functions, and those for the type checker alone.
"""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import hexapla

ROOT = Path(hexapla.__file__).parent
LAYERS = (
    {"model"},
    {"storage"},
    {"config"},
    {"programs"},
    {"execution", "normalize"},
    {"translations"},
    {"ledger"},
    {"render"},
    {"publish"},
    {"site"},
    {"running", "checks"},
    {"blogs"},
    {"edits", "documents", "scaffold", "existing_site"},
    {"adapters"},
    {"cli"},
)
"""What each may import stands above it, or in its own package; nothing else."""
BESIDE = {"": "the version", "slugs": "the name of `model.slug` in users' mkdocs.yml"}
LEFT: set[tuple[str, str]] = set()
"""Imports that still point up or sideways. May only shrink."""
CIRCLES: set[tuple[str, str]] = set()
"""Imports within a package that close a circle. May only shrink."""
EDGES = {
    "adapters", "articles", "blog_import", "old_links", "generator", "left_out", "tree", "cache", "cli", "client", "config", "document", "documents", "edits", "execution", "files",
    "finish", "publication", "pictures", "folder", "git_history", "posts_folder", "scaffold", "existing_site", "search", "site", "storage", "write",
}  # fmt: skip
"""The modules and packages that may touch disk, processes or the terminal."""
EFFECTS = {"os", "subprocess", "Path", "tempfile", "shutil", "socket", "time", "multiprocessing"}


def module(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix("__init__").removesuffix(".")


MODULES = {module(path): path for path in sorted(ROOT.rglob("*.py"))}


def imported(path: Path) -> set[str]:
    """Return the modules of hexapla that a module imports anywhere."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "hexapla":
            base = node.module.removeprefix("hexapla").lstrip(".")
            for alias in node.names:
                full = f"{base}.{alias.name}".lstrip(".")
                names.add(full if full in MODULES else base)
        elif isinstance(node, ast.Import):
            names |= {
                alias.name.removeprefix("hexapla").lstrip(".")
                for alias in node.names
                if alias.name.split(".")[0] == "hexapla"
            }
    return names - {"", module(path)}


GRAPH = {name: imported(path) for name, path in MODULES.items()}


def layer(name: str) -> int:
    return next(level for level, packages in enumerate(LAYERS) if name.split(".")[0] in packages)


def wrong(name: str, used: str) -> bool:
    """Return whether a module may not import another."""
    here, there = name.split(".")[0], used.split(".")[0]
    if here in BESIDE or there in BESIDE or here == there:
        return False
    return layer(used) >= layer(name)


def test_every_package_has_its_layer():
    assert {name.split(".")[0] for name in MODULES} - set(BESIDE) == set().union(*LAYERS)


def test_imports_point_down_wherever_they_stand():
    seen = {(name, used) for name, uses in GRAPH.items() for used in uses if wrong(name, used)}
    assert seen - LEFT == set()
    assert LEFT - seen == set(), "mended: take them out of LEFT"


def test_what_makes_pages_takes_two_things_of_what_runs_programs():
    pages = {name for name in GRAPH if name.split(".")[0] in ("render", "publish")}
    used = {used for name in pages for used in GRAPH[name] if used.split(".")[0] == "execution"}
    assert used == {"execution.markup", "execution.scratch"}


def test_no_module_imports_itself_through_others():
    graph = {name: {used for used in uses if (name, used) not in CIRCLES} for name, uses in GRAPH.items()}
    assert tuple(TopologicalSorter(graph).static_order())


def test_the_core_touches_neither_disk_nor_processes():
    for name, path in MODULES.items():
        if any(name == edge or edge in name.split(".") for edge in EDGES):
            continue
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        names = {
            alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names
        }
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
                names |= {alias.name for alias in node.names} & {"Path"}
        assert not names & EFFECTS, name
