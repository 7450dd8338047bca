"""Asset: a file that a post shows or links to, and which files a post may publish at all.

Posts may come from anyone, and what they link to is copied into the site. So only plain files are published that
lie in the posts' folder, or in a folder whose files the site's owner has named for everyone: after every symbolic
link is followed, nothing hidden, and from the posts' folder nothing that a browser would run as a page of this site.
"""

import os
import posixpath
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from hexapla.model.destination import Destination

_RUN = frozenset({
    ".asp", ".aspx", ".cgi", ".hta", ".htm", ".html", ".js", ".jsp", ".mht", ".mhtml", ".mjs", ".php", ".phtml",
    ".shtm", ".shtml", ".svgz", ".swf", ".wasm", ".xht", ".xhtm", ".xhtml", ".xml", ".xsl", ".xslt",
})  # fmt: skip
"""What a browser or a server runs, or shows as a page with scripts of its own."""
_TEXTS = frozenset({".ipynb", ".markdown", ".md", ".py", ".rst", ".svg", ".tex", ".txt"})
"""What may begin like a page: browsers show it as plain text, or save it; drawings are published without scripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where the files of posts may lie."""

    root: Path
    """The site's folder: what links that begin with a slash are below."""
    posts: Path
    shared: Sequence[Path] = ()
    """Folders whose files any post may show, named by the site's owner."""
    pages: Path | None = None
    """The folder of the site's pages, which has a folder for each of `languages`."""
    languages: Sequence[str] = ()

    def destination(self, post: str, target: str) -> Destination:
        """Return what a link of a post (its path below the root) leads to, as Jekyll and as GitHub would look."""
        if page := self._page(post, target):
            return Destination(page=page)
        refused, home = "", f"{self.root}{os.sep}"
        for number, path in enumerate(self._candidates(post, target)):
            shown = path[len(home) :].replace(os.sep, "/")
            if not f"{path}{os.sep}".startswith(home):
                # The first is what is beside the post, and so what its author means.
                refused = refused or ("it leads out of the site's folder" if not number else "")
            elif os.path.isdir(path) or not os.path.lexists(path):  # noqa: PTH112 - for every link
                continue
            elif why := self._refusal(path, shown):
                refused = refused or why
            else:
                return Destination(file=shown)
        return Destination(refused=refused)

    def _page(self, post: str, target: str) -> str:
        """Return the page of the site's own that a link leads to, by its place below a language's folder.

        A post's author may look from the post, from the page that is made of it, or from the site's root.
        """
        if self.pages is None or "\0" in target:
            return ""
        written = unquote(target)
        below_root = f"{os.path.relpath(self.pages, self.root)}{os.sep}".replace(os.sep, "/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(post), written.lstrip("/")))
        from_page = posixpath.normpath(posixpath.join("posts", written))
        for place in (
            written.strip("/").removeprefix(below_root) if written.startswith("/") else from_page,
            beside.removeprefix(below_root) if beside.startswith(below_root) else "..",
        ):
            language, _, rest = place.partition("/")
            name = _without_ending(rest if language in self.languages else place)
            if name.split("/")[0] in ("..", "posts") or is_hidden(name):
                continue
            for candidate in (name, f"{name}/index".lstrip("/")):
                paths = (self.pages / code / f"{candidate}.md" for code in self.languages)
                if candidate and any(path.is_file() for path in paths):
                    return candidate
        return ""

    def _candidates(self, post: str, target: str) -> Iterator[str]:
        wanted, root = unquote(target).lstrip("/"), str(self.root)
        # An operating system's path ends there.
        if "\0" not in wanted:
            for start in (os.path.join(root, post, ".."), str(self.posts), root):  # noqa: PTH118 - for every link
                yield os.path.normpath(os.path.join(start, wanted))  # noqa: PTH118

    def _refusal(self, path: str, shown: str) -> str:
        """Return why a path that is there is not published, as a clause; empty where it is."""
        try:
            # Never opened before this is known: a device or a pipe may wait for ever, or do something.
            real = Path(path).resolve(strict=True)
            plain = stat.S_ISREG(real.lstat().st_mode)
        except (OSError, RuntimeError):
            return "it is a link that leads nowhere"
        if not plain:
            return "it is no plain file"
        if is_hidden(shown):
            return "it is hidden"
        inside = below(real, self.posts)
        if inside is None:
            root = self.root.resolve()
            # A folder that itself is a link out of the site's is not one of its own.
            shared = (folder for folder in self.shared if folder.resolve().is_relative_to(root))
            inside = next((place for folder in shared if (place := below(real, folder)) is not None), None)
            if inside is None:
                return "it lies outside of the posts' folder and of those that `assets:` names"
        elif any(_is_run(file) for file in (real, Path(path))):
            return "a browser would run what is in it, which only files in the folders of `assets:` may do"
        return "it is hidden" if is_hidden(inside) else ""


def _is_run(file: Path) -> bool:
    """Return whether a browser may run a plain file: by its ending, or as any of the many kinds of XML."""
    ending = file.suffix.strip().lower()
    if ending in _RUN or ending in _TEXTS:
        return ending in _RUN
    try:
        with file.open("rb") as opened:
            beginning = opened.read(1024)
    except OSError:
        return False  # nor can it be published
    return beginning.lstrip(b"\xef\xbb\xbf\xfe\xff\0\t\n\v\f\r ").startswith(b"<")


def _without_ending(path: str) -> str:
    """Return a page's place without what may stand at its end; empty for a home page."""
    path = path.strip("/")
    path = next((path.removesuffix(end) for end in (".md", ".html") if path.endswith(end)), path)
    return "" if path in (".", "index") else path.removesuffix("/index")


def below(real: Path, folder: Path) -> str | None:
    """Return the place of a path without links below a folder that may be one; None where it is elsewhere."""
    home = folder.resolve()
    return real.relative_to(home).as_posix() if real.is_relative_to(home) else None


def is_hidden(path: str) -> bool:
    """Return whether a file, or a folder on the way to it, has a name that begins with a dot."""
    return any(part.startswith(".") for part in PurePosixPath(path).parts)
