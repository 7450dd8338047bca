"""Reports: what an author is told of typed outputs that are wrong, or that cannot be right."""

from collections.abc import Iterable, Mapping, Sequence

from hexapla.model.article import Article
from hexapla.model.codes import problem
from hexapla.model.output import Claim, Figure, Output
from hexapla.model.problem import Problem
from hexapla.programs.claims.article_verdicts import Told
from hexapla.programs.claims.constants import constant_of
from hexapla.programs.claims.printed import Ran
from hexapla.programs.claims.verdict import Verdict


def problems_of(
    article: Article,
    cells: Mapping[tuple[str, str], Ran],
    judged: Iterable[Told],
) -> tuple[Problem, ...]:
    """Return a problem for every claim of an article that is wrong or cannot be right.

    `cells` is what is recorded, by variant and cell; `judged` what `verdicts` says of the claims.
    """
    problems: list[Problem] = []
    for language, placed, claim, doubt, verdict in judged:
        if verdict not in _MESSAGES:
            continue
        word, message = _MESSAGES[verdict]
        if doubt:
            message += f" It is no error, because {doubt}."
        if verdict is Verdict.WRONG:
            word = word if language == article.original else "claim-wrong-translation"
            if constant := constant_of(claim.text):
                message = f"`{claim.text}` is `{constant}` translated, and the program prints no such word."
        program = article.program_of(language)
        cell = cells.get((program.variant if program else "", placed.cell))
        path = article.posts[language].path
        details = _details(claim, cell.outputs if cell else ())
        problems.append(problem(word, path, claim.line, message, details=details))
    return tuple(problems)


_MESSAGES = {
    Verdict.WRONG: ("claim-wrong", "This output is typed by hand, and the program prints another."),
    Verdict.RANDOM: ("claim-random", "This output is typed by hand, and the program draws it at random."),
    Verdict.ELSEWHERE: ("claim-elsewhere", "This output is typed by hand, and here the program prints another."),
    Verdict.DEPARTS: ("claim-elsewhere", "This output is typed by hand, and here the program prints another."),
    Verdict.UNDECIDED: ("claim-undecided", "This stands where an output stands, and the program prints another."),
}  # fmt: skip


def _details(claim: Claim, printed: Sequence[Output]) -> tuple[str, ...]:
    """Show both texts, a few lines of each."""
    real = (
        "".join(output.text for output in printed if not isinstance(output, Figure)).rstrip("\n").split("\n")
    )
    typed = claim.text.split("\n")
    return tuple(
        f"{mark} {line}"
        for mark, lines in (("typed:  ", typed), ("printed:", real))
        for line in [*lines[:4], *(["…"] if len(lines) > 4 else [])]
    )
