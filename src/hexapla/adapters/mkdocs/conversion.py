"""Conversion: Python-Markdown as mkdocs has it convert pages: quick, linear, and with no page that stops the others."""

import logging
from collections.abc import Callable
from functools import partial, wraps
from html import escape
from pathlib import Path
from typing import Any, TypeVar

from markdown import Extension, Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages

from hexapla.adapters.mkdocs.converter import CONVERTER, use_one_converter
from hexapla.model.errors import Crash, attempt
from hexapla.normalize.target.highlighting import highlight_once
from hexapla.normalize.target.linear import linear
from hexapla.normalize.target.prefilter import prefilter
from hexapla.storage.crashes import crash_problems

log = logging.getLogger("mkdocs.plugins.hexapla")

T = TypeVar("T")


class Contained(Extension):
    """Has `convert` of all Markdown called by somebody who takes what it raises."""

    def __init__(self, call: Callable[[Callable[[str], str], str], str]) -> None:
        super().__init__()
        self._call = call

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Put ourselves around the conversion; all other extensions are registered by now."""
        linear(md)
        prefilter(md)
        md.convert = partial(self._call, md.convert)  # type: ignore[method-assign]


def contain_conversion(config: MkDocsConfig) -> None:
    """Have a site's pages converted so; asked once more, do nothing."""
    _leave_invalid_addresses()
    _look_for_ids_in_tags()
    highlight_once()
    use_one_converter()
    if not any(isinstance(extension, Contained) for extension in config.markdown_extensions):
        contained: Any = Contained(partial(_converted, config))
        config.markdown_extensions.append(contained)


def _converted(config: MkDocsConfig, convert: Callable[[str], str], markdown: str) -> str:
    """Return the HTML of a page's Markdown; where an extension cannot make it, the Markdown as it is."""
    page = config._current_page
    html = attempt(page.file.src_uri if page else "", partial(convert, markdown))
    if isinstance(html, Crash):
        CONVERTER.forget()
    return made_of_page(config, html, f"<pre>{escape(markdown)}</pre>")


def made_of_page(config: MkDocsConfig, made: T | Crash, otherwise: T) -> T:
    """Return what was made of a page; where nothing was, say so and take the other."""
    if not isinstance(made, Crash):
        return made
    for problem in crash_problems(Path(config.config_file_path).parent, [made]):
        log.error("%s", problem)
    return otherwise


def _leave_invalid_addresses() -> None:
    """Have mkdocs, which fails on a link that is no address (`http://[x`), leave it as it is."""
    links: Any = getattr(pages, "_RelativePathTreeprocessor", None)
    follow = getattr(links, "path_to_url", None)
    if follow is None or hasattr(follow, "__wrapped__"):
        return

    @wraps(follow)
    def path_to_url(self: Any, url: str) -> Any:
        try:
            return follow(self, url)
        except ValueError:
            return url

    links.path_to_url = path_to_url


def _look_for_ids_in_tags() -> None:
    """Have mkdocs, which parses a page's Markdown as HTML for the ids in it, do so where there is a tag."""
    ids: Any = getattr(pages, "_RawHTMLPreprocessor", None)
    look = getattr(ids, "run", None)
    if look is None or hasattr(look, "__wrapped__"):
        return

    @wraps(look)
    def run(self: Any, lines: list[str]) -> Any:
        return look(self, lines) if any("<" in line for line in lines) else lines

    ids.run = run
