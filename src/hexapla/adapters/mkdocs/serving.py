"""Serving: what mkdocs' server does after an edit."""

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from hexapla.adapters.mkdocs import watching
from hexapla.adapters.mkdocs.builder import RUN
from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.preview import Preview
from hexapla.adapters.mkdocs.writing import Writing
from hexapla.config.config import load
from hexapla.model.errors import HexaplaError

DELAY = 0.05
"""Seconds that the files must have been quiet before something is built; mkdocs waits five times as long."""

log = logging.getLogger("mkdocs.plugins.hexapla")


def watch_and_rebuild(
    server: LiveReloadServer,
    config: MkDocsConfig,
    build: Callable[[], None],
    *,
    preview: Preview,
    writing: Writing,
    framing: Framing,
) -> None:
    """Have a server watch what the pages are made from, and build only what an edit changes.

    `build` builds the whole site.
    """
    file = Path(config.config_file_path)
    site = load(file)
    # What this process records itself is no news to it.
    recorded = () if os.environ.get(RUN) else (site.snippets,)
    folders = tuple(filter(Path.is_dir, (site.posts, *recorded)))
    for folder in folders:
        server.watch(str(folder))
    watching.watch(server, (*folders, Path(config.docs_dir)))
    watching.let_reload(server)
    if os.environ.get(RUN):
        writing.warm(site)

    def rebuild() -> None:
        started = time.monotonic()
        with preview.reading((*folders, file)) as changed:
            if not changed:
                watching.keep_quiet(server)
                return
            try:
                site = load(file)
                writing.write(site)
                framing.begin(config, site)
                only_pages = preview.rebuild(framing.end_pages)
            except HexaplaError as error:
                log.error("hexapla cannot go on: %s", error)
                return
            if only_pages:
                log.info("The changed pages are built, in %.2f seconds", time.monotonic() - started)
            else:
                build()

    preview.look()
    server.builder = rebuild
    server.build_delay = DELAY
