"""What running costs: hexapla's runner and other tools over the same articles, as ratios measured in one run.

    python benchmarks/run.py --articles 100 --languages 5 --rounds 3

Each tool runs in turn, round after round, so that a noisy machine slows all of them; the figures are the CPU
of the process and all its descendants, and wall time. The median of the rounds counts. `bare` imports torch
once and executes every distinct cell in a row with no isolation; the tools execute each language's page.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CELLS = (
    "import torch\nfrom torch import nn\nx = torch.randn(1024, {width})\ny = x @ x.T\nprint(y.shape)",
    "model = nn.Sequential(nn.Linear({width}, 512), nn.ReLU(), nn.Linear(512, 1))\nprint(model(x).shape)",
    "optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)\nfor _ in range(2):\n    optimizer.zero_grad()\n"
    "    loss = model(x).square().mean()\n    loss.backward()\n    optimizer.step()\nprint(loss.item())",
    "q = torch.randn(4, 64, 64)\nfor _ in range(120):\n    q = torch.softmax(q @ q.mT / 8, dim=-1)\nprint(q.sum())",
)
"""Each is 5 to 30 ms of work; `bare` measures that and it is printed."""


def cells_of(article: int) -> list[str]:
    return [cell.format(width=256 + article) for cell in CELLS]


def write_pages(folder: Path, articles: int, languages: int) -> None:
    for article in range(articles):
        for language in range(languages):
            blocks = [
                f"```{{.python{' continuation' if number else ''}}}\n{code}\n```\n"
                for number, code in enumerate(cells_of(article))
            ]
            text = f"# Article {article}, language {language}\n\n" + "\nSome prose.\n\n".join(blocks)
            (folder / f"a{article}.l{language}.md").write_text(text)


def hexapla(folder: Path, options: argparse.Namespace) -> None:
    from hexapla.execution.executor import run_programs
    from hexapla.model.program import Cell, Names, Program
    from hexapla.model.run import Options, Status

    programs = [
        Program(
            slug=f"a{article}",
            variant="",
            languages=tuple(f"l{n}" for n in range(options.languages)),
            cells=tuple(
                Cell(
                    id=f"cell-{n}",
                    code=code,
                    path=f"posts/a{article}.l0.md",
                    line=3 + 20 * n,
                    # By these the fork server knows what it preloads.
                    names=Names(modules=() if n else ("torch",)),
                )
                for n, code in enumerate(cells_of(article))
            ),
        )
        for article in range(options.articles)
    ]
    for run in run_programs(programs, Options(jobs=options.jobs)):
        assert all(cell.status is Status.OK for cell in run.cells), run


def bare(folder: Path, options: argparse.Namespace) -> None:
    import torch

    torch.set_num_threads(1)
    spent: list[list[float]] = [[] for _ in CELLS]
    for article in range(options.articles):
        namespace: dict[str, object] = {"__name__": "__main__"}
        for times, code in zip(spent, cells_of(article), strict=True):
            started = time.process_time()
            exec(code, namespace)
            times.append(time.process_time() - started)
    # The first article pays for what torch loads lazily; a median does not count it.
    print("CELLS", json.dumps([1000 * statistics.median(times) for times in spent]))


def sybil(folder: Path, options: argparse.Namespace) -> None:
    (folder / "conftest.py").write_text(
        "from sybil import Sybil\nfrom sybil.parsers.markdown import CodeBlockParser\n"
        "from sybil.evaluators.python import PythonEvaluator\n"
        "class Parser(CodeBlockParser):\n    language = 'python'\n"
        "import re\nfrom sybil import Region\n"
        "def parse(document):\n"
        "    for m in re.finditer(r'```\\{\\.python[^\\n]*\\n(.*?)```', document.text, re.S):\n"
        "        yield Region(m.start(), m.end(), m.group(1), lambda e: exec(e.parsed, e.namespace))\n"
        "pytest_collect_file = Sybil(parsers=[parse], pattern='*.md').pytest()\n"
    )
    _pytest(folder, "-p", "no:markdown-docs")


def pytest_markdown_docs(folder: Path, options: argparse.Namespace) -> None:
    _pytest(folder, "--markdown-docs", "--markdown-docs-syntax=superfences")


def _pytest(folder: Path, *options: str) -> None:
    import pytest

    os.chdir(folder)
    status = pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", "--rootdir=.", *options, "."])
    assert status == 0, status


def markdown_exec(folder: Path, options: argparse.Namespace) -> None:
    from markdown import Markdown
    from markdown_exec import formatter, validator

    fence = {"name": "python", "class": "python", "validator": validator, "format": formatter}
    for page in sorted(folder.glob("*.md")):
        marks = {"pymdownx.superfences": {"custom_fences": [fence]}}
        text = page.read_text()
        for head in ("{.python continuation}", "{.python}"):
            text = text.replace(head, f'python exec="on" session="{page.stem}"')
        Markdown(extensions=["pymdownx.superfences"], extension_configs=marks).convert(text)


def nbclient(folder: Path, options: argparse.Namespace) -> None:
    import nbformat
    from nbclient import NotebookClient

    for page in sorted(folder.glob("*.md")):
        article = int(page.name.split(".")[0][1:])
        cells = [nbformat.v4.new_code_cell(code) for code in cells_of(article)]
        NotebookClient(nbformat.v4.new_notebook(cells=cells), kernel_name="python3").execute()


def service(workers: int = 4, edits: int = 20) -> None:
    """Print what a warm worker costs: memory beyond the shared server's, and the wait for an edited article."""
    from threading import Barrier, Thread

    from hexapla.execution.client import ForkServer
    from hexapla.execution.sandbox.limits import descendants
    from hexapla.model.program import Cell, Program
    from hexapla.model.run import Options

    def program(*codes: str) -> Program:
        cells = (Cell(id=f"c{n}", code=code, path="p.md", line=1 + 20 * n) for n, code in enumerate(codes))
        return Program(slug="edited", variant="", languages=("en",), cells=tuple(cells))

    def memory() -> float:
        """Return the proportional set size of the server and all it started, in MiB."""
        texts = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in descendants(os.getpid())]
        return (
            sum(int(line.split()[1]) for text in texts for line in text.splitlines() if line[:4] == "Pss:")
            / 1024
        )

    with ForkServer(Options(preload=("torch",))) as server:
        alone = memory()
        waits: dict[str, list[float]] = {"one small cell": [], "the first article": []}
        for edit in range(edits):
            for name, codes in (("one small cell", [f"print({edit})"]), ("the first article", cells_of(0))):
                started = time.monotonic()
                server.run(program(*codes))
                waits[name].append(1000 * (time.monotonic() - started))
        all_run, measured = Barrier(workers + 1), Barrier(workers + 1)

        def busy() -> None:
            def wait(_: object) -> None:
                all_run.wait(60)
                measured.wait(60)

            server.run(
                program("import torch\nx = torch.zeros(2)", "1"),
                on_cell=lambda run: run.id == "c0" and wait(run),
            )

        threads = [Thread(target=busy) for _ in range(workers)]
        for thread in threads:
            thread.start()
        all_run.wait(60)
        each = (memory() - alone) / workers
        measured.wait(60)
        for thread in threads:
            thread.join()
    print(f"memory (PSS): the server {alone:.0f} MiB, each of {workers} workers {each:.0f} MiB more")
    for name, times in waits.items():
        print(f"from an edit to its output, warm, {name}: {statistics.median(times):.0f} ms")


TOOLS = {one.__name__: one for one in (bare, hexapla, sybil, pytest_markdown_docs, markdown_exec, nbclient)}


def measure(tool: str, arguments: list[str]) -> tuple[float, float, str]:
    """Run one tool in a process of its own; return the CPU of all its descendants, wall time, and what it
    printed last.
    """
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--only", tool, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{tool} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - started, done.stdout.rpartition("CELLS ")[2]


def compare(options: argparse.Namespace, arguments: list[str]) -> None:
    found: dict[str, list[tuple[float, float]]] = {tool: [] for tool in options.tools}
    for _ in range(options.rounds):
        for tool in options.tools:
            cpu, wall, said = measure(tool, arguments)
            found[tool].append((cpu, wall))
            if tool == "bare":
                cells = json.loads(said)
                shown = ", ".join(f"{one:.1f}" for one in cells)
                print(f"CPU of a cell in bare: mean {statistics.mean(cells):.1f} ms ({shown})")
    ours = statistics.median(cpu for cpu, _ in found["hexapla"])
    print(
        f"{options.articles} articles × {options.languages} languages × {len(CELLS)} cells, jobs {options.jobs}"
    )
    for tool, figures in found.items():
        cpu, wall = (statistics.median(column) for column in zip(*figures, strict=True))
        print(f"{tool:22} CPU {cpu:7.2f} s ({cpu / ours:5.2f} × hexapla)  wall {wall:7.2f} s")
    print(json.dumps(found))
    service()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--languages", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--only", choices=TOOLS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        with tempfile.TemporaryDirectory() as folder:
            write_pages(Path(folder), options.articles, options.languages)
            TOOLS[options.only](Path(folder), options)
        return
    sizes = ("articles", "languages", "jobs")
    compare(options, [text for name in sizes for text in (f"--{name}", str(getattr(options, name)))])


if __name__ == "__main__":
    main()
