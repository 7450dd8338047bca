"""Site files: what lies in a site's folder from the build before, kept until it is known whether this one needs it."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

State = tuple[int, ...]
"""How a file lies there: its size, mode, and the moments when it was last written and changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """A file of a site as a build left it, and the one that it was made from."""

    state: State
    source: str
    source_state: State
    """How the source lay there; empty where that is told by what it says."""


@dataclass(frozen=True, slots=True)
class _ThemeFolders:
    """What mkdocs asks an environment of Jinja's for that looks into these folders."""

    folders: Sequence[str]

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        """Return what lies there, by path, without hidden folders: of those mkdocs takes nothing."""
        names = {name for folder in self.folders for name in _shown(folder)}
        return [name for name in sorted(names) if filter_func(name)]


class SiteFiles:
    """The files of one build, and of the build before."""

    def __init__(
        self,
        folder: str,
        before: Mapping[str, WrittenFile],
        finished: Mapping[str, State] = MappingProxyType({}),
    ) -> None:
        """Know what the build before left in the site's folder, by path below it.

        `finished` are the files of its that were made of all others in the end.
        """
        self.folder = folder
        self.written: dict[str, WrittenFile] = {}
        """What this build left there."""
        self.finished: dict[str, State] = {}
        """What was made of all that in the end, and may stay for the build after this one."""
        self.copied: list[str] = []
        """What was to be copied so far, again for each language."""
        self._before = before
        self._finished_before = finished
        self._of_theme: dict[frozenset[str], list[File]] = {}
        """The files of a theme, by its folders: each language has the same, beside the same ones below docs/."""

    def is_there(self, inside: str) -> bool:
        """Return whether a file lies there as the build before left it."""
        before = self._before.get(inside)
        return before is not None and before.state == state_of(self._path(inside))

    def is_left(self, inside: str) -> bool:
        """Return whether a file only lies there from the build before, as long as this one has not come to it."""
        known = inside in self._before or inside in self._finished_before
        return known and inside not in self.written

    def keep(self, inside: str, source: str) -> None:
        """Keep a file that is there as it is."""
        self.written[inside] = WrittenFile(state=state_of(self._path(inside)), source=source, source_state=())

    def clean(self, directory: str) -> None:
        """Remove what lies in the site's folder, but for what may be kept; to be called before the build."""
        start = len(directory.rstrip(os.sep)) + 1
        for folder, folders, names in os.walk(directory):
            if folder == directory:  # what is hidden there is somebody else's, for mkdocs too
                names = [name for name in names if not name.startswith(".")]
                folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = os.path.join(folder, name)  # noqa: PTH118
                inside = path[start:].replace(os.sep, "/")
                if not (self._may_be_kept(inside) or self._is_as_finished(inside)):
                    os.unlink(path)  # noqa: PTH108

    def sweep(self) -> None:
        """Remove what the build before left and this one did not claim, and folders with nothing in them."""
        for inside in self._before.keys() - self.written.keys():
            if self.is_there(inside):
                os.unlink(self._path(inside))  # noqa: PTH108
        self._remove_empty_folders()

    def finish(self, names: Iterable[str]) -> None:
        """Know which files were made of all others; those that the build before made so, and this one did not, go."""
        self.finished = {inside: state_of(self._path(inside)) for inside in names}
        others = self._finished_before.keys() - self.finished.keys() - self.written.keys()
        if gone := [inside for inside in others if self._is_as_finished(inside)]:
            for inside in gone:
                os.unlink(self._path(inside))  # noqa: PTH108
            self._remove_empty_folders()

    def _remove_empty_folders(self) -> None:
        for folder, _, names in os.walk(self.folder, topdown=False):
            if not names:
                with suppress(OSError):
                    os.rmdir(folder)  # noqa: PTH106

    def _is_as_finished(self, inside: str) -> bool:
        """Return whether a file lies there as the build before made it of all others."""
        before = self._finished_before.get(inside)
        return before is not None and before == state_of(self._path(inside))

    def copy(self, file: File, copy: Callable[[File], None]) -> None:
        """Copy a file into the site, unless that copy of it is there."""
        inside, source = file.dest_uri, file.abs_src_path or ""
        self.copied.append(inside)
        known = self._known(inside)
        if known and known.source == source and self.is_copied(inside):
            self.written[inside] = known
            return
        copy(file)
        state = state_of(source)
        self.written[inside] = WrittenFile(
            state=state_of(self._path(inside)), source=source, source_state=state
        )

    def is_copied(self, inside: str) -> bool:
        """Return whether a file is there as it was copied, from one that is as it was."""
        known = self._known(inside)
        if known is None:
            return False
        state = state_of(known.source)
        return bool(state) and (known.state, known.source_state) == (state_of(self._path(inside)), state)

    def carry(self, inside: str) -> None:
        """Keep a file that is there as the build before left it, and made from what it was."""
        if known := self._known(inside):
            self.written[inside] = known

    def take(self, written: Mapping[str, WrittenFile]) -> None:
        """Know of files that were written apart from this process."""
        self.written.update(written)

    def _known(self, inside: str) -> WrittenFile | None:
        """Return what is known of a file, of this build or of the one before."""
        return self.written.get(inside) or self._before.get(inside)

    def once(self, find: Callable[[MkDocsConfig], Files]) -> Callable[[MkDocsConfig], Files]:
        """Have the files below docs/ found once for all languages, each of which makes its own of them."""
        sources: list[File] = []

        def known(config: MkDocsConfig) -> Files:
            if not sources:
                sources.extend(find(config))
            return Files([*sources])

        return known

    def add_theme(
        self, files: Files, config: MkDocsConfig, add: Callable[[Files, Any, MkDocsConfig], None]
    ) -> None:
        """Add the theme's files to those of a language, looking for them once."""
        folders = frozenset(config.theme.dirs)
        if folders not in self._of_theme:
            own = set(files)
            add(files, _ThemeFolders(config.theme.dirs), config)
            self._of_theme[folders] = [file for file in files if file not in own]
            return
        for file in self._of_theme[folders]:
            files.append(file)

    def _may_be_kept(self, inside: str) -> bool:
        """Return whether a file is as it was left, and what it was made from is still there."""
        if not self.is_there(inside) or os.path.islink(self._path(inside)):  # noqa: PTH114
            return False
        before = self._before[inside]
        now = state_of(before.source)
        return bool(now) and before.source_state in ((), now)

    def _path(self, inside: str) -> str:
        return os.path.join(self.folder, inside)  # noqa: PTH118


def state_of(path: str) -> State:
    """Return how a file lies there; nothing where there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return ()
    return status.st_size, status.st_mode, status.st_mtime_ns, status.st_ctime_ns


def _shown(folder: str) -> Iterator[str]:
    """Yield the paths of the files below a folder, relative to it, but for those in hidden folders."""
    start = len(folder.rstrip(os.sep)) + 1
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = parent[start:].replace(os.sep, "/")
        yield from (f"{inside}/{name}" if inside else name for name in names)
