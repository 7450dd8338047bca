"""View: what the site shows of one post's page and of parts of it, each rendered once."""

import functools
from collections.abc import Iterable, Set
from functools import partial

from hexapla.normalize.target.parts import parts
from hexapla.normalize.target.renderer import Renderer
from hexapla.normalize.target.structure import Unit, skeleton


class PageView:
    """The page of a post whose text is still being written."""

    def __init__(self, *, renderer: Renderer, links: dict[str, tuple[str, str]], footnotes: Set[str]) -> None:
        """Show the page with a renderer; it may use the definitions `links`, refer to `footnotes` by their labels."""
        self.links = links
        """Those that the site reads."""
        self._renderer, self._footnotes = renderer, footnotes
        self._parts: dict[str, tuple[Unit, ...]] = {}

    def forget(self) -> None:
        """Forget what parts were rendered to: links are others now."""
        self._parts.clear()

    def prepare(self, sources: Iterable[str]) -> None:
        """Render parts that will be asked for, all together."""
        texts = [
            text
            for text in dict.fromkeys(source.strip("\n") for source in sources)
            if text not in self._parts
        ]
        show = partial(self._renderer.html, references=self.links, footnotes=self._footnotes)
        self._parts.update(zip(texts, parts(texts, show), strict=True))

    def part(self, source: str) -> tuple[Unit, ...]:
        """Render a part of the page; a block and a leaf are asked for on more than one rung."""
        source = source.strip("\n")
        if source not in self._parts:
            html = self._renderer.html(source, self.links, self._footnotes)
            self._parts[source] = tuple(unit for unit in skeleton(html) if unit[0] != "footnote")
        return self._parts[source]

    def note(self, source: str, label: str) -> tuple[Unit, ...]:
        """Render the definition of a note, where the text refers to it."""
        units = skeleton(self._renderer.html(f"{source}\n\n[^{label}]", self.links))
        return tuple(unit for unit in units if unit[0] == "footnote")

    def leaf(self, text: str, kind: str) -> tuple[Unit, ...]:
        """Render a leaf in the kind of block in which it stands."""
        if kind == "heading_open":
            units = self.part(f"# {text}".replace("\n", " "))
            return tuple(units[0][2:]) if units and units[0][0] == "h1" else ()
        if kind == "cell":
            units = self.part(f"| x | {text} | x |\n| - | - | - |".replace("\n\n", " "))
            row = units[0][2] if units and units[0][0] == "table" else ()
            return tuple(row[3][2:]) if isinstance(row, tuple) and len(row) == 5 else ()
        return self.part(text)

    def page(self, text: str) -> tuple[Unit, ...]:
        """Render the whole page."""
        return shown(text, self._renderer)


@functools.lru_cache(maxsize=4)
def shown(text: str, renderer: Renderer) -> tuple[Unit, ...]:
    """Return what a site shows of a text; the last few are remembered, since what was written is read once more."""
    return skeleton(renderer.html(text))
