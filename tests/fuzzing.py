"""What reads texts of anyone's, fed with anything: whatever comes, it is answered, and soon.

`benchmarks/fuzz.py` looks for a text on which a target raises or takes long; one that it finds belongs into `SEEDS`.
`tests/test_fuzzing.py` gives each target its seeds, and some texts that hypothesis makes.
"""

from collections.abc import Callable

from hexapla.ledger import encoding
from hexapla.ledger.ledger import CellRecord, Ledger, Record
from hexapla.model.errors import LedgerError
from hexapla.model.output import Figure, Kind, Text
from hexapla.model.post import Post, parse_post
from hexapla.model.problem import Problem
from hexapla.model.program import Program
from hexapla.model.run import CellRun, Status
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.target.dialect import Dialect
from hexapla.programs.align.article import align
from hexapla.programs.claims.article_verdicts import verdicts
from hexapla.programs.claims.reports import problems_of
from hexapla.render.labels import labels
from hexapla.render.outputs import cell_outputs
from hexapla.render.svg import cleaned
from hexapla.translations.freshness import Made

LANGUAGES = ("en", "de", "hi", "zh", "ar")
SITE = Dialect()
PARTING = "\n\x1d\n"
"""What parts several texts in one."""


def _post(text: str, language: str = "en") -> Post | None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    post = parse_post(f"posts/a.{language}.md", text, languages=LANGUAGES, default_language="en")
    if isinstance(post, Problem):
        assert str(post)
        return None
    return post


def read(text: str) -> None:
    """Read a post, whole or not."""
    _post(text)


def normalized(text: str) -> None:
    """Normalize a post, and look whether the promises are kept."""
    if post := _post(text):
        for problem in verify(post, normalize(post, SITE), SITE):
            assert str(problem)


def aligned(text: str) -> None:
    """Align two posts."""
    posts = [
        post
        for part, language in zip(text.split(PARTING), LANGUAGES, strict=False)
        if (post := _post(part, language))
    ]
    posts = [post for post in posts if post.slug == "a"]
    if posts and len({post.language for post in posts}) == len(posts):
        align(posts, default_language="en", languages=LANGUAGES, versions=lambda _: ())


def claimed(text: str) -> None:
    """Hold what a post claims against what its cells showed: each the same text."""
    first, _, shown = text.partition(PARTING)
    post = _post(first)
    if post is None or post.slug != "a":
        return
    article = align([post], default_language="en", languages=LANGUAGES, versions=lambda _: ())
    outputs = tuple(Text(kind=kind, text=shown) for kind in (Kind.STREAM, Kind.VALUE))
    cells = {
        (program.variant, cell.id): CellRun(id=cell.id, status=Status.OK, outputs=outputs)
        for program in article.programs
        for cell in program.cells
    }
    for problem in problems_of(article, cells, verdicts(article, cells)):
        assert str(problem)


def decoded(text: str) -> None:
    """Read a ledger: its index, and one of its other files."""
    index, _, other = text.partition(PARTING)
    try:
        encoding.decode({encoding.INDEX: index, "cell-1.out": other}, path="snippets/a")
    except LedgerError as error:
        assert str(error)


def rendered(text: str) -> None:
    """Render a cell's outputs: each the same text, a figure among them."""
    outputs = (*(Text(kind=kind, text=text) for kind in Kind), Figure(svg=text, alt=text))
    cell = CellRecord(id="cell-1", digest="", status=Status.OK, outputs=outputs)
    for language in ("en", "ar"):
        shown = cell_outputs(
            cell, slug="a", variant="", language=language, words=labels(language), label=text[:20], hide=False
        )
        assert shown
    cleaned(text.encode("utf-8", "replace"))


TARGETS: dict[str, Callable[[str], None]] = {
    "reader": read,
    "normalizer": normalized,
    "aligner": aligned,
    "claims": claimed,
    "ledger": decoded,
    "outputs": rendered,
}
CELL = CellRecord(id="cell-1", digest="d", status=Status.OK, outputs=(Text(kind=Kind.VALUE, text="1\n"),))
PROGRAM = Program(slug="a", variant="", cells=(), languages=("en",))
MADE = Made(blocks=(), sections=())
LEDGER = encoding.encode(Ledger(records={"": Record(cells=(CELL,))}, translations={"de": MADE}), [PROGRAM])
SEEDS: dict[str, tuple[str, ...]] = {
    "reader": ("---\ntitle: a\nlang: de\n---\n\n# A\n", "+++\ntitle = 'a'\n+++\n\n# A\n"),
    "normalizer": (
        "# A\n\n- a\n  ```python\n  x = 1\n  ```\n\n| a | b |\n|---|---|\n| $x$ | `y` |\n\n> [!NOTE]\n> **b**\n",
        "- a\n  ```python\n # A\nli a\n  ```p\x01\x00  x x = 0\n  ```\n",
        "# A\n\n#\n\n#",
        "# A\n\n## B\n\nb\n\n##\n\n## C\n",
    ),
    "aligner": (f"```python\nx = 1  # one\n```\n{PARTING}```python\nx = 1  # eins\n```\n",),
    "claims": (
        "```python\n\u2028",
        f"```python\nprint(1)  # 1\n```\n\n```text\n1\n```\n{PARTING}1\n",
    ),
    "ledger": (f"{LEDGER[encoding.INDEX]}{PARTING}1\n",),
    "outputs": ('<svg width="9pt" height="9pt"><path/></svg>', 'Traceback\n  File "a", line 1\nx\n'),
}
"""Texts of each target's kind, and those on which it once raised or took long."""
