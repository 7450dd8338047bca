"""A small site in five scripts, built once and served, for the tests that read it as a reader does."""

import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from hexapla import scaffold
from hexapla.cli import main

LANGUAGES = ("en", "de", "hi", "ar", "zh")
CODE = """\
```python
print("loss", 0.5)
```

A long output:

```python
for row in range(120):
    print("row", row)
```

A wide one:

```python
print(list(range(400)))
```

An error that is meant:

```python raises:ZeroDivisionError
1 / 0
```

```{.python .hide-input}
6 * 7
```

```{.python .hide-output}
print("folded")
```
"""
PROSE = {
    "en": ("The loss function", "A loss function measures the error: $y = x^2$."),
    "de": (
        "Die Kosten",
        "Die Verlustfunktion misst den Fehler, und die Lernrate bestimmt den Schritt: $y = x^2$.",
    ),
    "hi": ("हानि फलन", "हानि फलन (टेंसर) त्रुटि मापता है। ज़रूरी बात: $y = x^2$।"),
    "ar": ("دالة الخسارة", "تقيس دالة الخسارة الخطأ في الموتر والتدرج: $y = x^2$."),
    "zh": ("损失", "我们用梯度下降训练神经网络，损失函数衡量误差：$y = x^2$。"),
}


def posts() -> dict[str, str]:
    """Return the site's posts: one in every language, and one that has not been translated."""
    texts = {
        f"loss.{language}.md": (
            f'---\ntitle: "{title}"\nlang: {language}\ndate: 2026-11-20\ntags: [loss, training]\n'
            f'description: "{prose[:40]}"\n---\n\n{prose}\n\n{CODE}'
        )
        for language, (title, prose) in PROSE.items()
    }
    texts["only-english.en.md"] = (
        "---\ntitle: Only in English\nlang: en\ndate: 2026-11-19\ntags: [loss]\n---\n\n"
        "Nobody translated it, nor `requires_grad`.\n\n```python\n1 + 1\n```\n"
    )
    texts["function.de.md"] = (
        "---\ntitle: Funktionen\nlang: de\n---\n\nWir lernen von Funktionen und einer Rate, nur auf Deutsch.\n"
    )
    return texts


def build(folder: Path, site_url: str) -> Path:
    """Build the site and return where it is."""
    scaffold.make(folder, list(LANGUAGES), "A site")
    shutil.rmtree(folder / "posts")
    (folder / "posts").mkdir()
    for name, text in posts().items():
        (folder / "posts" / name).write_text(text, encoding="utf-8")
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace("      snippets: ", "      preload: []\n      snippets: ")
    text = re.sub(r"^# site_url.*$", f"site_url: {site_url}" if site_url else "", text, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    assert main(["build", "-f", str(file)]) == 0
    return folder / "site"


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Answers as a static host does that looks for the nearest 404.html."""

    def log_message(self, *args: object) -> None:
        """Stay silent."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the language's own 404 page."""
        root = Path(self.directory)
        own = root / self.path.split("/")[1] / "404.html"
        body = (own if own.is_file() else root / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path, server: http.server.ThreadingHTTPServer) -> Iterator[str]:
    """Serve a folder on a server that is bound already, and give its address."""
    server.RequestHandlerClass = partial(_Handler, directory=str(folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
