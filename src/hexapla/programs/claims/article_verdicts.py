"""Article verdicts: what is told of each claim of an article, which those beside it may excuse."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hexapla.model.article import Article, Placed
from hexapla.model.output import Claim
from hexapla.programs.claims.doubts import Doubt, Evidence
from hexapla.programs.claims.printed import Printed, Ran
from hexapla.programs.claims.shared import Held, excused
from hexapla.programs.claims.verdict import Settled, Verdict, doubted, is_certain, settled

_AROUND = 300
"""How many characters above and below a block may say what it is for."""


class Told(NamedTuple):
    """What is told of a claim of an article."""

    language: str
    placed: Placed
    claim: Claim
    doubt: Doubt | None
    verdict: Verdict


def verdicts(article: Article, cells: Mapping[tuple[str, str], Ran]) -> Iterator[Told]:
    """Yield what became of every claim of an article."""
    for language, blocks in article.placed.items():
        program = article.program_of(language)
        if program is None:
            continue
        records = ((cell.id, cells.get((program.variant, cell.id))) for cell in program.cells)
        ran = {name: record for name, record in records if record}
        codes = tuple(cell.code for cell in program.cells)
        earlier = {cell.id: codes[:place] for place, cell in enumerate(program.cells)}
        judged: list[tuple[Placed, Settled]] = []
        held: list[Held] = []
        post = article.posts[language]
        for placed in blocks:
            if placed.cell in earlier and placed.claims:
                record = cells.get((program.variant, placed.cell))
                before = earlier[placed.cell]
                done = settled(placed.claims, record, code=placed.block.code, before=before)
                judged += ((placed, one) for one in done)
                held += _held(placed, done, record, before=before, words=_words_around(post.body, placed))
        shown = [
            (post.line_at(placed.block.start), placed.block.code)
            for placed in blocks
            if not (placed.cell or placed.output or placed.block.directives.is_python)
        ]
        causes = excused(held, program, ran, shown=shown)
        for place, (placed, one) in enumerate(judged):
            told = doubted(one, causes[place]) if place in causes else one
            yield Told(language, placed, told.claim, told.doubt, told.verdict)


def _words_around(body: str, placed: Placed) -> str:
    """Return what stands right above and below a block, up to the next fence."""
    above = body[max(0, placed.block.start - _AROUND) : placed.block.start].rpartition("```")[2]
    below = body[placed.block.end : placed.block.end + _AROUND].lstrip().partition("\n\n")[0]
    return f"{above}\n{below}"


def _held(
    placed: Placed, done: Iterable[Settled], record: Ran | None, *, before: tuple[str, ...], words: str
) -> Iterator[Held]:
    code = placed.block.code
    printed = Printed(record.outputs, record.shown, code) if record else Printed((), (), code)
    for one in done:
        yield Held(
            evidence=Evidence(claim=one.claim, code=code, before=before, words=words),
            cell=placed.cell,
            right=one.verdict in (Verdict.RIGHT, Verdict.CLOSE),
            wrong=one.verdict is Verdict.WRONG and not is_certain(one.claim, printed),
            departs=one.verdict in (Verdict.ELSEWHERE, Verdict.DEPARTS),
            undecided=one.verdict is Verdict.UNDECIDED,
            printed=printed,
        )
