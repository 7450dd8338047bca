"""Reloading: when browsers load a page anew while a site is served, and what the server adds to pages for that."""

import secrets
import threading
from collections.abc import Callable
from typing import Any

from mkdocs.livereload import LiveReloadServer, _timestamp

from hexapla.adapters.mkdocs.notices import Notices

NONCE = secrets.token_urlsafe(16)
"""By which a page that is served knows the server's own script (Content Security Policy, level 3)."""


def keep_quiet(server: LiveReloadServer) -> None:
    """Have no browser load anew after a build that changed nothing; to be called in it."""
    server._wanted_epoch = server._visible_epoch


def let_load(server: LiveReloadServer) -> None:
    """Have browsers load anew once a build, in which this is to be called, has ended."""
    server._wanted_epoch = max(_timestamp(), server._visible_epoch + 1)


def let_reload(
    server: LiveReloadServer,
    notices: Callable[[], Notices] = Notices,
    ask: Callable[[str], bool] = lambda file: False,
) -> None:
    """Give the script that the server adds to each page the nonce by which it may run; set `notices` into the pages.

    `ask` makes a file of the site that is not there; it returns whether there was anything to make.
    """
    inject: Callable[[bytes, int], bytes] = server._inject_js_into_html
    serve = server._serve_request
    asked = threading.local()

    def served(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        inside = path.removeprefix(server.mount_path).lstrip("/")
        asked.file = f"{inside}index.html" if not inside or inside.endswith("/") else inside
        _asked(asked.file, ask)
        # What is asked for while the site is built is answered from the new one, which may not have it yet.
        while (answer := serve(environ, start_response)) is None and _asked(asked.file, ask):
            pass
        return answer

    def injected(content: bytes, epoch: int) -> bytes:
        content = notices().set_into(content, getattr(asked, "file", ""))
        before, opening, script = inject(content, epoch).rpartition(b"<script>")
        return b"%b<script nonce=%b>%b" % (before, NONCE.encode(), script) if opening else script

    server._inject_js_into_html = injected  # type: ignore[method-assign]
    server._serve_request = served  # type: ignore[method-assign]


def _asked(file: str, ask: Callable[[str], bool]) -> bool:
    """Ask for a file of the site, or for the page that a server shows for a folder; return whether it was made."""
    return ask(file) or ask(f"{file}/index.html")
