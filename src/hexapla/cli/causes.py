"""Causes: problems counted by what is behind them, for whoever has many."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hexapla.model.codes import ALL
from hexapla.model.problem import Problem, Severity
from hexapla.model.run import Obstacle

SHOWN = 4
"""How many names, packages or files a line names."""
_FIRST = ("claim", "drift", "not-repeatable", "output-differs")
"""How the codes begin that tell of false outputs: what readers would see is told before what they would miss."""
_MEANINGS = {code.word: code.meaning for code in ALL}
_OBSTACLES: Mapping[str, str] = {
    Obstacle.SYNTAX: "a block that does not parse as Python",
    Obstacle.NAME: "a name that the page never defines",
    Obstacle.ORDER: "a name that only a later block defines",
    Obstacle.SESSION: "a name that only blocks of another session define",
    Obstacle.PACKAGE: "a package that is not installed",
    Obstacle.FILE: "a file that is not there",
    Obstacle.PARENT: "an import from a package that the page is no part of",
    Obstacle.NETWORK: "a block that needs the network",
    Obstacle.GPU: "a block that needs a GPU",
    Obstacle.KEYBOARD: "a block that asks for input",
    Obstacle.ARGUMENTS: "a block that asks for arguments of a command line",
    Obstacle.PLACEHOLDER: "a block with `...` where a value should be",
    Obstacle.ENVIRONMENT: "a block that needs a key or a variable of the environment",
    Obstacle.SCREEN: "a block that opens a window or a browser",
    Obstacle.WAITS: "a block that waits for somebody who never comes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemGroup:
    """What several problems have in common."""

    code: str
    cause: str
    """An obstacle, the name of an exception, or nothing."""
    severity: Severity
    count: int
    subjects: tuple[str, ...]
    """The names, packages or files, the most frequent first."""
    articles: int

    def __str__(self) -> str:
        names = [f"`{name}`" for name in self.subjects[:SHOWN]]
        named = f": {', '.join(names)}{' …' if len(self.subjects) > SHOWN else ''}" if names else ""
        where = "1 article" if self.articles == 1 else f"{self.articles} articles"
        return f"{self.count} × {self._what}{named}, in {where}"

    @property
    def _what(self) -> str:
        if self.code == "cannot-run" and self.cause in _OBSTACLES:
            return _OBSTACLES[self.cause]
        if self.code == "cell-raised" and self.cause[:1].isupper():
            return f"a block that raises `{self.cause}`"
        meaning = _MEANINGS.get(self.code, "").split(". ")[0].rstrip(".")
        return f"{self.code} ({meaning})" if meaning else self.code


def causes_of(
    problems: Iterable[Problem], article_of: Callable[[str], str] = str
) -> tuple[ProblemGroup, ...]:
    """Count problems by code and cause: false outputs first, then errors, warnings and notes, the most first.

    `article_of` gets the path of a post and returns what tells its article apart.
    """
    groups: dict[tuple[str, str, Severity], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.cause, problem.severity), []).append(problem)
    causes = [_cause(members, article_of) for members in groups.values()]
    return tuple(sorted(causes, key=_place))


def _cause(members: Sequence[Problem], article_of: Callable[[str], str]) -> ProblemGroup:
    subjects = Counter(problem.subject for problem in members if problem.subject)
    return ProblemGroup(
        code=members[0].code,
        cause=members[0].cause,
        severity=members[0].severity,
        count=len(members),
        subjects=tuple(sorted(subjects, key=lambda name: (-subjects[name], name))),
        articles=len({article_of(problem.path) for problem in members}),
    )


def _place(cause: ProblemGroup) -> tuple[bool, int, int, str, str]:
    weight = list(Severity).index(cause.severity)
    return not cause.code.startswith(_FIRST), weight, -cause.count, cause.code, cause.cause
