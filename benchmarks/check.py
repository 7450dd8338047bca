"""What a build with nothing stale costs: CPU of hexapla's own part over a site whose programs have all run.

    python benchmarks/check.py --articles 100 --rounds 5

Makes a site in five languages, runs its programs once, and then measures each command in a process of its own:
`cold` without the cache in `.hexapla/`, `warm` with it, `edited` with one sentence of one post changed. The
median of the rounds counts. `build` is what `hexapla build` does before it starts mkdocs: it must run nothing,
and must not import torch.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from run import cells_of

from hexapla import scaffold

PROSE = {
    "en": ("Parameters of a layer", "the weights", "A layer keeps **its own** tensors in `self`, and an optimizer "
           "finds them by asking the model, so that nothing has to be registered by hand."),
    "de": ("Parameter einer Schicht", "die Gewichte", "Eine Schicht hält **ihre eigenen** Tensoren in `self`, und "
           "ein Optimierer findet sie, indem er das Modell fragt, sodass nichts von Hand einzutragen ist."),
    "es": ("Parámetros de una capa", "los pesos", "Una capa guarda **sus propios** tensores en `self`, y un "
           "optimizador los encuentra preguntando al modelo, así que nada se registra a mano."),
    "fr": ("Paramètres d'une couche", "les poids", "Une couche garde **ses propres** tenseurs dans `self`, et un "
           "optimiseur les trouve en interrogeant le modèle : rien n'est à inscrire à la main."),
    "hi": ("परत के पैरामीटर", "भार", "हर परत **अपने** टेन्सर `self` में रखती है, और ऑप्टिमाइज़र मॉडल से पूछकर उन्हें "
           "पा लेता है, इसलिए कुछ भी हाथ से दर्ज नहीं करना पड़ता।"),
}  # fmt: skip
BUILD = (
    "import gc, sys; from pathlib import Path; gc.set_threshold(200_000, 50, 50)\n"
    "from hexapla import checks, site; from hexapla.config.config import load\n"
    "read = site.read(load(Path('mkdocs.yml'))); assert not checks.stale(read)\n"
    "read = site.remember(read); written = site.pages(read); checks.claims(read)\n"
    "assert 'torch' not in sys.modules and written.changed <= {changed}, written"
)
CODES = {"check": "from hexapla.cli.main import main; main(['check'])", "build": BUILD}


def post(article: int, language: str, articles: int, *, code: bool = True) -> str:
    """Return a post of about a hundred lines: headings, a list, a table, links, four cells, one typed output.

    Without `code`, that is no cells and no output.
    """
    title, comment, sentence = PROSE[language]
    following = f"a{(article + 1) % articles}.{language}.md"
    parts = [f"---\ntitle: {title} {article}\nlang: {language}\n---\n\n# {title} {article}\n"]
    for number, cell in enumerate(cells_of(article), start=1):
        parts.append(
            f"\n## {title}, {number}\n\n{sentence}\n\n{sentence}\n\n- {comment}\n- [{title}]({following})\n\n"
        )
        parts.append(f"| {comment} | `{number}` |\n|---|---|\n| {comment} | {number} |\n\n{sentence}\n\n")
        if code:
            parts.append(f"```python\n# {comment}\n{cell}\n```\n")
        if code and number == 1:
            parts.append("\n**Output:**\n\n```\ntorch.Size([1024, 1024])\n```\n")
    return "".join(parts)


def make(folder: Path, articles: int, *, code: bool = True) -> None:
    """Make the site, run its programs and write its pages; its posts have no programs without `code`."""
    scaffold.make_site(folder, list(PROSE), "A site")
    for path in (folder / "posts").iterdir():
        path.unlink()
    for article in range(articles):
        for language in PROSE:
            text = post(article, language, articles, code=code)
            (folder / "posts" / f"a{article}.{language}.md").write_text(text)
    for command in ("run", "pages", "check"):
        done = subprocess.run(
            [sys.executable, "-m", "hexapla.cli", command], cwd=folder, capture_output=True, text=True
        )
        if done.returncode and "rror" in done.stderr:
            raise SystemExit(done.stderr[-3000:])


def forget(folder: Path) -> None:
    shutil.rmtree(folder / ".hexapla", ignore_errors=True)


def edit(folder: Path) -> None:
    path = folder / "posts" / "a0.en.md"
    path.write_text(path.read_text() + f"\nOne more sentence, at {time.time()}.\n")


def measure(folder: Path, code: str) -> tuple[float, float, float]:
    """Run code in a process of its own; return its CPU and wall time in seconds, and its memory in MiB."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    wall = time.monotonic() - started
    if "Traceback" in done.stderr:
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, after.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--site", type=Path, help="A site that an earlier call has made, or a new one to keep."
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.site or Path(scratch) / "site"
        if not folder.exists():
            make(folder, options.articles)
        states: dict[str, Callable[[Path], None]] = {
            "cold": forget, "warm": lambda _: None, "edited": edit,
        }  # fmt: skip
        print(f"{options.articles} articles × {len(PROSE)} languages × 4 cells, {os.cpu_count()} cores")
        for state, prepare in states.items():
            for verb, code in CODES.items():
                found = []
                for _ in range(1 if state == "cold" else options.rounds):
                    prepare(folder)
                    found.append(
                        measure(
                            folder,
                            code.replace("{changed}", {"cold": "99999", "warm": "0", "edited": "20"}[state]),
                        )
                    )
                cpu, wall, _ = (statistics.median(column) for column in zip(*found, strict=True))
                print(f"{verb:6} {state:7} CPU {cpu:6.2f} s   wall {wall:6.2f} s", flush=True)


if __name__ == "__main__":
    main()
