"""Snippets: code that a fence of Python takes from files by `--8<--`, as pymdownx.snippets does for the page.

A program runs what its readers see: so the code stands in the post before anything reads its blocks. A text that is
taken in beside fences stays where it is, and whoever has code in one is told that it is not run.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hexapla.model.block import Block, blocks
from hexapla.model.codes import problem
from hexapla.model.post import Post
from hexapla.model.problem import Problem
from hexapla.storage.assets import is_hidden

if TYPE_CHECKING:
    from pymdownx.snippets import SnippetPreprocessor  # type: ignore[import-untyped]

_MARK = re.compile(r"[ \t]*+-{1,}+8<-{1,}+(?P<file>[ \t]++\S.*)?$")
"""A line of its own, and what it takes in; alone it stands above and below names of files, a line each."""
MOST = 4 * 2**20
"""Bytes that a file may have which code is taken from."""


def with_snippets(
    post: Post, homes: Sequence[Path], options: Mapping[str, object]
) -> tuple[Post, tuple[Problem, ...]]:
    """Return a post whose fences of Python hold the code that they take in, and what is not run of what is taken in.

    `homes` are the folders (or files) that it may come from, `options` those of pymdownx.snippets. What cannot be
    taken is left out, as the page leaves it out.
    """
    if "8<-" not in post.body:
        return post, ()
    rows = post.body.split("\n")
    taking = _Taking(post=post, homes=homes, options=options)
    written: list[tuple[str, int]] = []
    done = 0
    fences = blocks(post.body)
    taking.tell_texts(rows, fences)
    for block in fences:
        if not (block.directives.is_python and block.closed and "8<-" in block.code):
            continue
        first, last = block.line + 1, block.line + 1 + block.code.count("\n")
        written += ((text, row) for row, text in enumerate(rows[done:first], start=done))
        written += taking.lines(rows, first, last)
        done = last
    written += ((text, row) for row, text in enumerate(rows[done:], start=done))
    body = "\n".join(text for text, _ in written)
    if body == post.body:
        return post, tuple(taking.problems)
    lines = tuple(post.lines[min(row, len(post.lines) - 1)] for _, row in written)
    return replace(post, body=body, lines=lines), tuple(taking.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taking:
    """What takes in the files of one post."""

    post: Post
    homes: Sequence[Path]
    options: Mapping[str, object]
    problems: list[Problem] = field(default_factory=list)

    def lines(self, rows: Sequence[str], first: int, last: int) -> Iterator[tuple[str, int]]:
        """Yield the lines of a block, which are those from `first` to `last`, each with the row that it is from."""
        row = first
        while row < last:
            match, start = _MARK.match(rows[row]), row
            if match and not match["file"]:
                row = next((at for at in range(row + 1, last) if _MARK.match(rows[at])), row)
            row += 1
            if match:
                yield from ((text, start) for text in self._taken(rows[start:row], start))
            else:
                yield rows[start], start

    def tell_texts(self, rows: Sequence[str], fences: Sequence[Block]) -> None:
        """Tell of the texts that are taken in outside of fences and hold Python."""
        inside = {
            row for block in fences for row in range(block.line, block.line + block.code.count("\n") + 1)
        }
        for row, line in enumerate(rows):
            match = _MARK.match(line) if row not in inside else None
            if match and match["file"] and self._holds_python(line):
                words = (
                    f"The code in the text that `{line.strip()}` takes in is not run. Write its blocks here."
                )
                at = self.post.lines[min(row, len(self.post.lines) - 1)]
                self.problems.append(problem("foreign-mark", self.post.path, at, words))

    def _holds_python(self, line: str) -> bool:
        """Return whether the text that a line takes in has a block of Python."""
        from pymdownx.snippets import SnippetMissingError

        try:
            text = "\n".join(_reader(self.homes, self.options).run([line]))
        except (SnippetMissingError, OSError, ValueError):
            # What is not there is told of by whoever builds the page.
            return False
        return any(block.directives.is_python for block in blocks(text))

    def _taken(self, written: Sequence[str], row: int) -> list[str]:
        """Return the code that lines with a mark stand for; none where it cannot be taken."""
        # Few posts take code in, and loading it takes as long as reading a site.
        from pymdownx.snippets import SnippetMissingError

        try:
            taken = "\n".join(_reader(self.homes, self.options).run(list(written)))
        except (SnippetMissingError, OSError, ValueError) as error:
            why = str(error).rstrip(".") or type(error).__name__
            if isinstance(error, UnicodeDecodeError):
                why = "the file is not in the encoding that is set"
            words = f"The block takes in what cannot be taken: {why}."
            line = self.post.lines[min(row, len(self.post.lines) - 1)]
            self.problems.append(problem("snippet-refused", self.post.path, line, words))
            return []
        # What ends a file's last line begins another one there, which no page shows at the end of a block.
        return taken.rstrip("\n").split("\n")


def _reader(homes: Sequence[Path], options: Mapping[str, object]) -> "SnippetPreprocessor":
    """Return what takes files in as the site does, but fails where it would pass over one, and fetches nothing."""
    from markdown import Markdown
    from pymdownx.snippets import SnippetExtension, SnippetMissingError, SnippetPreprocessor

    class Reader(SnippetPreprocessor):  # type: ignore[misc]
        """Takes in plain files only, of a size to be read, and no link that leads out of where they may lie."""

        def get_snippet_path(self, path: str) -> str:
            place = super().get_snippet_path(path)
            real = Path(place).resolve() if place else None
            if real is None or not any(_is_open(real, home.resolve()) for home in homes):
                raise SnippetMissingError(f"there is no file `{path}` in {' or '.join(_names(homes))}")
            if not real.is_file() or real.stat().st_size > MOST:
                raise SnippetMissingError(f"`{path}` is no plain file of {MOST // 2**20} MB at most")
            return str(place)

    known = SnippetExtension().getConfigs()
    given = {name: value for name, value in options.items() if name in known}
    fixed = {
        "base_path": [str(home) for home in homes],
        "restrict_base_path": True,
        "check_paths": True,
        "auto_append": [],
        "url_download": False,
    }
    return Reader({**known, **given, **fixed}, Markdown())


def _is_open(file: Path, home: Path) -> bool:
    """Return whether a file lies in a folder that code comes from, and in no hidden one there."""
    return file.is_relative_to(home) and not is_hidden(file.relative_to(home).as_posix())


def _names(homes: Sequence[Path]) -> Iterator[str]:
    return (f"`{home.resolve().name}/`" if home.is_dir() else f"`{home.name}`" for home in homes)
