"""Cells: compile and execute one the way a notebook does, in a module the way a script has.

The module is `__main__`, it is in `sys.modules`, its lines are in `linecache` under the post's own path, and
its `__file__` is a real file in the scratch folder whose prose lines are blank. So pickle, dataclasses,
`inspect.getsource`, `torch.jit.script` and processes that are spawned all find what they look for.
"""

import __future__

import ast
import asyncio
import base64
import builtins
import contextlib
import linecache
import math
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import CodeType, ModuleType

from hexapla.execution.assertions import Watch
from hexapla.execution.exceptions import row_of
from hexapla.execution.hooks import Hooks, hook, hooked
from hexapla.execution.spawning import definition_rows, processes_begun
from hexapla.model.program import Cell

_FUTURES = {name: getattr(__future__, name).compiler_flag for name in __future__.all_feature_names}

_OBSERVERS = re.compile("settrace|setprofile|monitoring|[pP]rofile|tracemalloc")
"""What programs say that watch functions being called: they would see ours."""


class Session:
    """A namespace in which cells run one after another."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._pages: dict[str, list[str]] = {}
        self._defined: dict[Cell, dict[int, str]] = {}
        self._flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watch = Watch()
        self._hooks = Hooks(seen=self._watch.seen, forget=self._watch.forget)
        self._tracer = sys.gettrace()  # ours, where what programs run is measured
        self._given: set[str] = set()
        self._module = ModuleType("__main__")
        self._module.__dict__.update(__file__=str(file), __builtins__=builtins)

    @property
    def paths(self) -> frozenset[str]:
        """The posts whose cells have been placed: what a frame of the program names as its file."""
        return frozenset(self._pages)

    def place(self, cell: Cell) -> None:
        """Make the cell's text known to `linecache`, and to processes that read `__file__`, in the main module."""
        sys.modules["__main__"] = self._module
        page = self._pages.setdefault(cell.path, [])
        lines = cell.code.splitlines() or [""]
        end = cell.line - 1 + len(lines)
        page.extend([""] * (end - len(page)))
        page[cell.line - 1 : end] = lines
        text = [f"{line}\n" for line in page]
        linecache.cache[cell.path] = (sum(map(len, text)), None, text, cell.path)
        self._describe(cell, assigned=False)

    def _describe(self, cell: Cell, *, assigned: bool, failed: float = math.inf) -> None:
        """Write what a process that is spawned runs of the cells so far: what they define, and nothing that they do.

        `failed` is the line of the cell that raised, from 1.
        """
        kept = definition_rows(cell.code, assigned=assigned, failed=failed)
        lines = enumerate(cell.code.splitlines(), start=1)
        self._defined[cell] = {cell.line - 1 + row: line for row, line in lines if row in kept}
        # Imports that come before all blocks may stand on one line of the front matter, or in mkdocs.yml. No code
        # stands on a post's first line: there is the mark of a fence, or of the front matter.
        page: dict[int, list[str]] = {1: []}
        for other, defined in self._defined.items():
            for row, line in defined.items():
                page.setdefault(row if other.path == cell.path else 1, []).append(line)
        text = "\n".join("; ".join(page.get(row, ())) for row in range(1, max(page) + 1))
        with contextlib.suppress(
            OSError
        ):  # A program that has locked or filled its folder can only spawn nothing.
            self._file.write_text(text, encoding="utf-8", errors="surrogatepass")

    def give(self, name: str, packed: str) -> None:
        """Bind a value that came from outside, unless an earlier cell has had it. Raises what unpickling raises."""
        if name not in self._given:
            self._module.__dict__[name] = pickle.loads(base64.b64decode(packed))
            self._given.add(name)

    def execute(self, cell: Cell, show: Callable[[object], None], after: Callable[[int], None]) -> None:
        """Run a cell that was placed; `show` gets the value of its last expression, at a prompt of each one.

        `after` is called with the place of each statement that has ended, but for the last and the silent ones.
        """
        processes = processes_begun()
        source = "\n" * (cell.line - 1) + cell.code
        tree = self._compile(source, cell.path, "exec", ast.PyCF_ONLY_AST)
        assert isinstance(tree, ast.Module)
        self._flags |= _futures(tree)
        last = _last_shown(tree.body, cell.code)
        if not (sys.gettrace() is not self._tracer or sys.getprofile() or _OBSERVERS.search(cell.code)):
            self._hooks = Hooks(seen=self._watch.seen, forget=self._watch.forget, after=after)
            tree.body = [*_told(tree.body, at_prompt=cell.interactive)]
        failed = math.inf
        try:
            self._take(tree, last, cell, show)
        except BaseException as error:
            failed = row_of(error, cell) - cell.line + 1
            raise
        finally:
            # What a cell that began a process has assigned may have come of it, and would begin another one there.
            self._describe(cell, assigned=processes_begun() == processes, failed=failed)

    def _take(
        self, tree: ast.Module, last: ast.stmt | None, cell: Cell, show: Callable[[object], None]
    ) -> None:
        """Run a cell's statements step by step, and show the values between; `last` is the last that shows its own."""
        for body, value in _steps(tree.body, last, at_prompt=cell.interactive):
            if body:
                part = ast.Module(body=body, type_ignores=[])
                self._watch.follow(part, cell.path)
                self._evaluate(self._compile(part, cell.path, "exec"))
            if value is not None:
                shown = self._evaluate(self._compile(ast.Expression(value), cell.path, "eval"))
                if shown is not None and (cell.interactive or not _is_silenced(cell.code)):
                    show(shown)

    def explain(self, error: BaseException) -> str:
        """Return the values that an assertion which failed compared; empty for other errors."""
        return self._watch.explain(error)

    def import_again(self, lines: Iterable[Cell]) -> None:
        """Run the lines that every cell of a program begins with, where cells are kept apart."""
        for line in lines:
            with contextlib.suppress(Exception):
                self.place(line)
                self.execute(line, lambda _: None, lambda _: None)

    def import_rest(self, cell: Cell, error: BaseException) -> None:
        """After an import that failed, try those below it in the cell: later cells use what is installed."""
        if not isinstance(error, ImportError):
            return
        failed = row_of(error, cell)
        for node in ast.parse("\n" * (cell.line - 1) + cell.code).body:
            if isinstance(node, ast.Import | ast.ImportFrom) and node.lineno > failed:
                part = ast.Module(body=[node], type_ignores=[])
                with contextlib.suppress(Exception):
                    self._evaluate(self._compile(part, cell.path, "exec"))

    def binds(self, name: str) -> bool:
        """Return whether a name is bound in the namespace."""
        return name in self._module.__dict__

    def _compile(self, source: str | ast.AST, path: str, mode: str, extra: int = 0) -> CodeType | ast.AST:
        compiled: CodeType | ast.AST = compile(
            source,  # type: ignore[arg-type]
            path,
            mode,
            flags=self._flags | extra,
            dont_inherit=True,
        )
        return compiled

    def _evaluate(self, code: CodeType | ast.AST) -> object:
        assert isinstance(code, CodeType)
        result = eval(hooked(code, self._hooks), self._module.__dict__)
        if not asyncio.iscoroutine(result) or not code.co_flags & 0x80:
            return result
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
        return self._loop.run_until_complete(result)


def _steps(
    body: list[ast.stmt], last: ast.stmt | None, *, at_prompt: bool
) -> Iterator[tuple[list[ast.stmt], ast.expr | None]]:
    """Yield statements to run, each time with the expression after them whose value is shown."""
    waiting: list[ast.stmt] = []
    for node in body:
        if isinstance(node, ast.Expr) and (at_prompt or node is last):
            yield waiting, node.value
            waiting = []
        else:
            waiting.append(node)
    if waiting:
        yield waiting, None


def _last_shown(body: list[ast.stmt], code: str) -> ast.stmt | None:
    """Return the statement at a cell's end whose value is shown; None where there is none.

    What is there to be read is none: `...` for what is left out, a text of several lines, and one in three quotes below
    other code, as authors type outputs. That of the expression above such a text is shown.
    """
    last = body[-1] if body else None
    if not (isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant)):
        return last
    if last.value.value is ...:
        return None
    quoted = len(body) > 1 and code.rstrip().endswith(('"""', "'''"))
    if isinstance(last.value.value, str) and (quoted or last.end_lineno != last.lineno):
        return body[-2] if len(body) > 1 else None
    return last


def _told(body: list[ast.stmt], *, at_prompt: bool) -> Iterator[ast.stmt]:
    """Yield statements, each that may show something with a call behind it that tells its place."""
    for place, node in enumerate(body):
        yield node
        if node is not body[-1] and not _is_silent(node, at_prompt=at_prompt):
            line = node.end_lineno or node.lineno
            told = ast.Expr(
                hook("after", ast.Constant(place)),
                lineno=line,
                col_offset=0,
                end_lineno=line,
                end_col_offset=0,
            )
            yield ast.fix_missing_locations(told)


def _is_silent(node: ast.stmt, *, at_prompt: bool) -> bool:
    """Return whether a statement shows nothing for sure, or nothing may stand between it and the next one."""
    match node:
        case ast.ImportFrom(module="__future__") | ast.Pass() | ast.FunctionDef(decorator_list=[]):
            return True
        case ast.Assign(value=ast.Constant() | ast.Name()):
            return True
        case ast.Expr(value=ast.Constant()):
            return not at_prompt
    return False


def _futures(tree: ast.Module) -> int:
    """Return the compiler flags of the cell's `from __future__` imports; they hold for later cells too."""
    names = (
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
        for alias in node.names
    )
    flags = 0
    for name in names:
        flags |= _FUTURES.get(name, 0)
    return flags


def _is_silenced(code: str) -> bool:
    """Return whether the cell ends with a semicolon, which in a notebook hides the value."""
    last = code.rstrip().rsplit("\n", 1)[-1]
    return last.rstrip().endswith(";") or ("#" in last and last.split("#")[0].rstrip().endswith(";"))


def show_value(value: object) -> str:
    """Return a value as a notebook shows it: its `repr`, on a line of its own."""
    return f"{value!r}\n"


def package_versions(names: Iterable[str]) -> Mapping[str, str]:
    """Return the versions of the top-level packages among `names` that are loaded and say one."""
    tops = {name.partition(".")[0] for name in names}
    known = {top: getattr(sys.modules.get(top), "__version__", "") for top in tops}
    return {top: str(version) for top, version in sorted(known.items()) if version}
