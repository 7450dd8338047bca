"""Unread texts: notebooks and texts of Quarto's and R Markdown's in a site's folders, whose code nobody runs here.

They are counted as what they are, code that was not run, so that a site is not called covered because of them.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from hexapla.model.block import blocks
from hexapla.model.directives import PYTHON
from hexapla.model.post import parse_post
from hexapla.model.problem import Problem
from hexapla.storage import files
from hexapla.storage.posts_folder import PostsFolder
from hexapla.storage.site_pages import SitePages, chosen, language_of, matches

_ENDINGS = (".ipynb", ".qmd", ".rmd")
_OF_PYTHON = ("%%capture", "%%prun", "%%time", "%%timeit")
"""Magics of a whole cell whose code is Python all the same; other magics' is something else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadText:
    """A file with code that is no post and no page of hexapla's."""

    path: str
    """As the user names it."""
    language: str
    python: tuple[str, ...]
    """Where each block of Python stands that would be run."""
    not_run: int = 0
    """How many blocks of Python ask not to be run."""
    other: int = 0
    """How many blocks hold something else."""

    @property
    def has_code(self) -> bool:
        """Whether there is any block at all."""
        return bool(self.python or self.not_run or self.other)


def of_posts(folder: PostsFolder) -> Iterator[UnreadText]:
    """Yield those of the posts' folder, sorted."""
    unread = []
    for top, names, others in os.walk(folder.path):
        names[:] = [name for name in names if not name.startswith(".")]
        unread += [Path(top, name) for name in others if _is_unread(name)]
    for path in sorted(unread):
        shown = Path(os.path.relpath(path, folder.root)).as_posix()
        yield _read(path, shown, _language_of_post(shown, folder))


def of_pages(pages: SitePages, is_generated: Callable[[Path], bool]) -> Iterator[UnreadText]:
    """Yield those beside a site's own pages, where `pages:` would name them if they were Markdown, sorted.

    What hexapla wrote beside its own pages, for readers to download, is none of them.
    """
    for path in chosen(matches(pages, _is_unread, any_ending=True)):
        page = path.with_suffix(".md")
        if path.is_relative_to(pages.docs) and not (page.is_file() and is_generated(page)):
            place = PurePosixPath(path.relative_to(pages.docs).as_posix())
            shown = Path(os.path.relpath(path, pages.root)).as_posix()
            yield _read(path, shown, language_of(place, pages)[0])


def _is_unread(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _ENDINGS


def _language_of_post(shown: str, folder: PostsFolder) -> str:
    """Return the language that a post of this name would have."""
    post = parse_post(
        str(PurePosixPath(shown).with_suffix(".md")),
        "",
        languages=folder.languages,
        default_language=folder.default_language,
        aliases=folder.aliases,
    )
    return folder.default_language if isinstance(post, Problem) else post.language


def _read(path: Path, shown: str, language: str) -> UnreadText:
    """Count what a file holds; one that cannot be read counts as a block that was not run."""
    try:
        text = files.read_post(path)
        fates = list(_in_notebook(text, shown) if path.suffix.lower() == ".ipynb" else _in_text(text, shown))
    except (OSError, ValueError, RecursionError, AttributeError, TypeError):
        fates = [(shown, True, True)]
    return UnreadText(
        path=shown,
        language=language,
        python=tuple(place for place, is_python, runs in fates if is_python and runs),
        not_run=sum(is_python and not runs for _, is_python, runs in fates),
        other=sum(not is_python for _, is_python, _ in fates),
    )


def _in_text(text: str, shown: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield where each block stands, whether it is Python, and whether it would be run."""
    for block in blocks(text):
        yield f"{shown}:{block.line + 1}", block.directives.is_python, block.directives.runs


def _in_notebook(text: str, shown: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield the same of the cells of a notebook, of format 4 or 3 (https://nbformat.readthedocs.io)."""
    notebook = json.loads(text)
    cells = notebook.get("cells") or [
        cell for sheet in notebook.get("worksheets", ()) for cell in sheet["cells"]
    ]
    is_python = _speaks_python(notebook.get("metadata", {}))
    for number, cell in enumerate(cells, start=1):
        source = "".join(cell.get("source", cell.get("input", "")))
        if cell.get("cell_type") != "code" or not source.strip():
            continue
        magic = source.split(maxsplit=1)[0]
        tags = cell.get("metadata", {}).get("tags", ())
        yield (
            f"{shown} cell {number}",
            is_python and (not magic.startswith("%%") or magic in _OF_PYTHON),
            "skip-execution" not in tags,
        )


def _speaks_python(metadata: Mapping[str, Any]) -> bool:
    """Return whether the kernel that a notebook names is one of Python; one that names none is taken for that."""
    kernel, language = metadata.get("kernelspec", {}), metadata.get("language_info", {})
    return str(kernel.get("language") or language.get("name") or "python").lower() in PYTHON
