"""Program: an article's cells in order, and which of them are lost with one that does not run."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from hexapla.model.directives import MACHINE, Check
from hexapla.model.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a cell takes from the namespace and what it leaves there, each in order."""

    needed: tuple[str, ...] = ()
    """Names that are read before the cell binds them; for functions, that it never binds."""
    at_once: tuple[str, ...] = ()
    """Those of `needed` that are read while the cell runs, not only when its functions are called."""
    bound: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    """Those of `bound` that a library may have noted: classes, and functions with a decorator."""
    modules: tuple[str, ...] = ()
    """The first names of the modules that are imported, wherever the cell does so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What an author's words around a cell say of its failing."""

    fails: bool = False
    """Whether the sentence before it says so."""
    names: tuple[str, ...] = ()
    """The exceptions that the sentence names, or the output that is typed below."""
    anything: bool = False
    """Whether a mark of another tool's (`error: true`, `raises-exception`, `xfail`) allows any exception."""
    last: int = 0
    """The line of its code, from 1, where its last statement begins: who says that it fails writes no more below."""
    lines: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """The lines of its code, from 1, whose comment says so, each with the exceptions that the comment names."""

    def covers(self, exception: str, line: int, *, lacks: bool) -> bool:
        """Return whether an exception, by its class's name, at a line of the cell was announced.

        Where it comes of what is not there (`lacks`), it must be named: words about a failure mean another one.
        """
        if self.anything:
            return True
        for row, names in self.lines:
            if row == line:
                return _is_among(exception, names, lacks=lacks) if names or lacks else True
        if self.names or lacks:
            return _is_among(exception, self.names, lacks=lacks)
        return self.fails and not 0 < line < self.last


def _is_among(exception: str, names: tuple[str, ...], *, lacks: bool) -> bool:
    """Return whether one of the names means an exception; `Exception` means any, but for what is not there.

    `ValidationError` means all by which libraries say that a value is not as it must be.
    """
    name = exception.rpartition(".")[2]
    invalid = "valid" in name.lower() or name == "ValueError"
    return name in names or (not lacks and ("Exception" in names or ("ValidationError" in names and invalid)))


SILENT = Announcement()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A tab of a page that a cell stands in, where the tabs of its set are alternatives."""

    set: int
    """Which set of the page it is of."""
    label: str
    first: bool = True
    """Whether a reader sees it who has chosen none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One step of a program."""

    id: str
    """Unique in the article; the author's `#id`, else `cell-1`, `cell-2`, … in the original's order."""
    code: str
    """What is executed: the original's code, with prompts and doctest output taken out."""
    path: str
    """The post that the code is from: what a traceback names."""
    line: int
    """1-based line of the first line of `code` in that post."""
    raises: str = ""
    fixtures: tuple[str, ...] = ()
    check: Check = Check.CLOSE
    interactive: bool = False
    """Whether every expression statement shows its value, as at a prompt; else the last one only."""
    names: Names = field(default_factory=Names)
    """As who read the code found them."""
    key: str = ""
    """What stays the same of its code while only comments, blanks and docstrings change; empty where nobody asked."""
    announced: Announcement = SILENT
    sketch: bool = False
    """Whether `...` stands in it for what its readers have."""
    session: str = ""
    """The namespace that it runs in, by the name that its author gives; empty for the one that all share."""
    alone: bool = False
    """Whether it runs in a namespace that no other cell shares, where it names no session."""
    chapter: int = 0
    """Which of the programs it is of that stand one after another (`model.branches`)."""
    tabs: tuple[Tab, ...] = ()
    """The tabs that it stands in, from the outermost, where there are others instead (`model.branches`)."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The fixtures that pytest gives; the others are about the machine."""
        return tuple(name for name in self.fixtures if name not in MACHINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that an article brings along, which its program finds in its folder."""

    name: str
    """Its place there, with forward slashes."""
    source: str
    """Where it lies on this machine."""
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Cells in order, sharing one namespace, for one or more languages."""

    slug: str
    variant: str
    """Empty for the canonical program; else the first language whose translated strings it holds."""
    cells: tuple[Cell, ...]
    languages: tuple[str, ...]
    """Those whose pages show what this program printed."""
    settings: Settings = field(default_factory=Settings)
    imports: tuple[Cell, ...] = ()
    """What is run before the first cell: a line each of `execute: {imports: …}`."""
    files: tuple[File, ...] = ()
    requires: tuple[str, ...] = ()
    """The distributions without which nothing of it is run, as pip writes requirements."""
    unrun: tuple[Cell, ...] = ()
    """Blocks of Python that are no step of it, as the original has them: `notest`, or not to be parsed."""

    @property
    def name(self) -> str:
        """The slug, with the variant's language behind a dot: unique in a site."""
        return f"{self.slug}.{self.variant}" if self.variant else self.slug

    def is_alone(self, cell: Cell) -> bool:
        """Return whether no other cell shares a cell's namespace."""
        return not cell.session and (cell.alone or not self.settings.shared_state)

    def namespace_of(self, cell: Cell) -> str:
        """Return what tells a cell's namespace from the others of the program; empty for the one that all share."""
        if self.is_alone(cell):
            return f"#{cell.id}"
        others = "/".join(f"{tab.set} {tab.label}" for tab in cell.tabs if not tab.first)
        return f"#{others}" if others else cell.session

    @property
    def is_one_script(self) -> bool:
        """Whether its cells, one after another in a single namespace, find the names that they find in their own."""
        owners: dict[str, str] = {}
        for cell in self.cells:
            namespace = self.namespace_of(cell)
            if any(owners.get(name, namespace) != namespace for name in cell.names.needed):
                return False
            owners |= dict.fromkeys(cell.names.bound, namespace)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Why a cell cannot run: a name, and the cell that was to bind it."""

    name: str
    cell: Cell


def lost(program: Program, without: Collection[str]) -> Mapping[str, Loss]:
    """Return the cells that cannot run without others, given by id, as they would have run with them.

    A cell is lost when what a name was last bound by does not run, and so are the cells that need that cell.
    """
    if not without:
        return {}
    losses: dict[str, Loss] = {}
    namespaces: defaultdict[str, dict[str, Cell]] = defaultdict(dict)
    for cell in program.cells:
        owners = namespaces[program.namespace_of(cell)]
        if cell.id not in without:
            needed = (name for name in cell.names.needed if name in owners)
            missing = [name for name in needed if owners[name].id in without or owners[name].id in losses]
            if missing:
                losses[cell.id] = Loss(name=missing[0], cell=owners[missing[0]])
        owners.update(dict.fromkeys(cell.names.bound, cell))
    return losses
