"""Document: any Markdown file as a test. Its outputs stand in the file itself, each in a fence under `MARK`."""

from dataclasses import dataclass
from pathlib import Path

from hexapla.model.article import Article
from hexapla.model.post import Post
from hexapla.model.program import Program

MARK = "<!-- hexapla:output -->"
"""Stands on the line above a fence that holds an output; hexapla writes both. Only what is under it is ever written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One Markdown file, read."""

    path: Path
    text: str
    """As it is in the file, line ends included."""
    article: Article

    @property
    def post(self) -> Post:
        """The text as blocks are read from it."""
        (post,) = self.article.posts.values()
        return post

    @property
    def program(self) -> Program | None:
        """What the file's Python blocks do; None where there is nothing to run."""
        return next(iter(self.article.programs), None)

    @property
    def name(self) -> str:
        """The name of its program; empty where there is nothing to run."""
        return self.program.name if self.program else ""
