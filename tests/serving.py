"""A static host for tests: compresses as GitHub Pages does, shows 404 pages, keeps count of what it sent."""

import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

_COMPRESSED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")
"""The types that GitHub Pages sends compressed; images, fonts and archives go as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server answered once."""

    path: str
    status: int
    size: int
    """Bytes of the body as sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A folder that is being served."""

    folder: Path
    address: str
    """Ends with a slash."""
    answers: list[Answer] = field(default_factory=list)
    """In the order in which they were sent; a test that counts clears it first."""

    def home(self, language: str, default: str = "en") -> str:
        """Return the address of a language's home page."""
        return self.address if language == default else f"{self.address}{language}/"


@contextmanager
def serving(folder: Path, *, port: int = 0) -> Iterator[Served]:
    """Serve a folder on a port of this machine (a free one for 0) until the block ends."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            """Stay silent."""

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            file = _file(folder, path)
            body = _body(
                file, file.stat().st_mtime_ns, compress="gzip" in self.headers.get("Accept-Encoding", "")
            )
            status = 200 if file.name != "404.html" or path.endswith("404.html") else 404
            self.send_response(status)
            self.send_header("Content-Type", _type(file))
            self.send_header("Content-Length", str(len(body)))
            if body[:2] == b"\x1f\x8b":
                self.send_header("Content-Encoding", "gzip")
            # Each page is weighed as by a reader who comes for the first time.
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            served.answers.append(Answer(path=path, status=status, size=len(body)))
            self.wfile.write(body)

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing of a browser that left before the answer's end."""

    server = Server(("127.0.0.1", port), Handler)
    served = Served(folder=folder, address=f"http://127.0.0.1:{server.server_port}/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def _file(folder: Path, path: str) -> Path:
    """Return the file that answers a path: its own, a folder's index, or the nearest 404 page."""
    file = folder / path.lstrip("/")
    if path.endswith("/"):
        file /= "index.html"
    if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
        return file
    own = folder / path.split("/")[1] / "404.html"
    return own if own.is_file() else folder / "404.html"


def _type(file: Path) -> str:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@lru_cache(maxsize=4096)
def _body(file: Path, changed: int, *, compress: bool) -> bytes:
    content = file.read_bytes()
    if compress and _type(file).startswith(_COMPRESSED):
        return gzip.compress(content, 6, mtime=0)
    return content
