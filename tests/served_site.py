"""A site as `hexapla serve` has it, without a browser: its server builds when it is told to."""

import shutil
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from selectolax.lexbor import LexborHTMLParser

EN = "---\ntitle: One\ndate: 2026-01-01\n---\n\n# One\n\nHello.\n\n```python\nprint(6 * 7)  # mine\n```\n\n## More\n\n[two](two.en.md)\n"
DE = (
    EN.replace("title: One", "title: Eins")
    .replace("# One", "# Eins")
    .replace("Hello", "Hallo")
    .replace("mine", "meins")
)
TWO = "---\ntitle: Two\ndate: 2026-01-02\n---\n\n# Two\n\n```python\nprint(1)\n```\n"


class Served:
    """A site as `hexapla serve` has it, whose server builds when it is told to."""

    def __init__(self, file: Path) -> None:
        self.file, self.root, self.whole = file, file.parent, 0
        self.config = self._config("served")
        self.config.plugins.on_startup(command="serve", dirty=False)
        build(self.config, serve_url="http://127.0.0.1:8000/")
        server = LiveReloadServer(self._build, "127.0.0.1", 0, str(self.root / "served"))
        server.watch(self.config.docs_dir)
        self.server = self.config.plugins.on_serve(server, config=self.config, builder=self._build)
        self.save()

    def _config(self, site: str):
        config = load_config(str(self.file), site_dir=str(self.root / site))
        config.site_url = "http://127.0.0.1:8000/"
        return config

    def _build(self) -> None:
        self.whole += 1
        build(self._config("served"), serve_url="http://127.0.0.1:8000/")

    def sent(self, path: str) -> str:
        """Return what the page that a browser gets says."""
        self.server._visible_epoch = self.server._wanted_epoch
        parts = self.server._serve_request({"PATH_INFO": f"/{path}"}, lambda *_: None)
        article = LexborHTMLParser(b"".join(parts)).css_first("article")
        assert article and not article.css("b")
        return " ".join(article.text().split())

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def told(self, *names: str) -> None:
        """Have the server told of files, as the system does, and build."""
        serving = self.server.builder.__self__
        serving._is_told = True
        serving._changes.add(str(self.root / name) for name in names)
        self.server.builder()

    def save(self) -> None:
        """Have the server build what was edited, and what the programs show that it then runs."""
        self.server.builder()
        runs = self.config.plugins["hexapla"]._writing._runs
        if runs._pool:
            runs._pool.shutdown()
            runs._pool = None
        self.server.builder()

    def pages(self, site: str = "served") -> dict[str, str]:
        """Return the pages of a site, all of which are asked for."""
        folder = self.root / site
        ask_for_all(self.config)
        return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.html")}

    def built_anew(self) -> dict[str, str]:
        """Return the pages of a whole build of the same sources."""
        shutil.rmtree(self.root / "anew", ignore_errors=True)
        config = self._config("anew")
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
        ask_for_all(config)
        return self.pages("anew")


def ask_for_all(config) -> None:
    """Have every file made that a served site has, as if browsers had asked for each."""
    asked = config.plugins["hexapla"]._preview.asked
    for file in tuple(asked._waiting):
        asked.ask(file)
