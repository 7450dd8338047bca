"""Page steps: what mkdocs' own `_populate_page` does with a page, in two steps: reading it, and making HTML of it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.plugins.hexapla")


def read_page(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Read the Markdown of a page."""
    with working(page, config):
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=files
        )


def render_page(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Make HTML of the Markdown of a page that was read."""
    with working(page, config):
        page.render(config, files)
        page.content = config.plugins.on_page_content(
            page.content or "", page=page, config=config, files=files
        )


@contextmanager
def working(page: Page, config: MkDocsConfig) -> Iterator[None]:
    """Have mkdocs know which page is read, and say so where that fails, as its own function does."""
    config._current_page = page
    try:
        yield
    except Exception as error:
        more = "" if isinstance(error, BuildError) else f" {error}"
        log.error("Error reading page '%s':%s", page.file.src_uri, more)
        raise
    finally:
        config._current_page = None
