"""Page remarks: what is told of a page once its content is finished, at the line of the file that its author wrote."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hexapla.config.config import Config
from hexapla.model.problem import Problem
from hexapla.publish import dead_links
from hexapla.publish.blocked import Blocked, problem_of
from hexapla.publish.content import Content
from hexapla.publish.sources import PageSource
from hexapla.storage import files


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRemarks:
    """What is told of the pages of a site."""

    config: Config
    pages: Mapping[str, PageSource]
    """By their files below docs/, as they are by now."""

    def of(self, path: str, made: Content) -> Iterator[str]:
        """Yield what is told of the finished content of a file below docs/."""
        for formula in made.unconverted:
            yield f"{path}: the formula `{formula}` cannot be shown; simplify it."
        for address in made.dead:
            yield str(self.broken(path, address))
        for thing in made.blocked:
            yield str(self.kept_off(path, thing))
        for tag in made.left_out:
            yield f"{path}: `{tag}` is left out: it would change the whole page."

    def broken(self, path: str, address: str) -> Problem:
        """Return the problem of a link on a page of a file below docs/, which leads to an address and so nowhere."""
        source, text = self._written(path)
        return dead_links.broken_link(source, text, address)

    def kept_off(self, path: str, thing: Blocked) -> Problem:
        """Return the problem of what the policy keeps off a page of a file below docs/."""
        source, text = self._written(path)
        return problem_of(source, dead_links.place_in(text, thing.written), thing)

    def from_root(self, path: str) -> str:
        """Return the path of a file below docs/, seen from the site's root."""
        return (self.config.docs / path).relative_to(self.config.root).as_posix()

    def _written(self, path: str) -> tuple[str, str]:
        """Return the file that its author wrote of a file below docs/, seen from the site's root, and its text."""
        page = self.pages.get(path)
        if page and page.is_ours and page.source:
            return page.source, files.read_post(self.config.root / page.source)
        return self.from_root(path), page.text if page else ""
