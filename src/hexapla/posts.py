"""Post: one source file in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post as text, before or after normalizing (normalizing returns another `Post`)."""

    path: str
    """Relative to the site's folder, with forward slashes, as shown to the user."""
    slug: str
    """Names the article: the same in every language. Safe as a folder's name."""
    language: str
    """A BCP 47 tag of the site, such as `hi` or `pt-BR`."""
    title: str
    body: str
    """Markdown below the front matter; lines end with `\\n`."""
    lines: Sequence[int]
    """The 1-based line of the source file from which each line of `body` came."""
    front_matter: Mapping[str, object] = field(default_factory=dict)
    published: date | None = None

    def line_at(self, offset: int) -> int:
        """Return the source file's line for a character offset in `body`."""
        index = self.body.count("\n", 0, offset)
        return self.lines[min(index, len(self.lines) - 1)] if self.lines else 1
