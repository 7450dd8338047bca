"""Telling: what the terminal is told while a site is served: what a save has changed, and nothing twice."""

import logging
from collections import Counter
from collections.abc import Collection, Sequence

from hexapla.model.problem import Problem, Severity

log = logging.getLogger("mkdocs.plugins.hexapla")

_OF_EACH_BUILD = ("Detected file changes", "Reloading browsers", "Browser connected")
"""How those lines of mkdocs' server begin that say of each build what we say once."""
_OF_EACH_LANGUAGE = ("mkdocs.plugins.mkdocs_static_i18n", "mkdocs.commands.build")
_DIGITS = dict.fromkeys(map(ord, "0123456789"))


class Telling:
    """What was told of a site so far."""

    def __init__(self) -> None:
        self._told: Counter[tuple[str, str, str]] = Counter()

    def tell(self, problems: Sequence[Problem]) -> None:
        """Tell of the problems that were not there the last time, and how many are gone."""
        now = Counter(map(_same, problems))
        new = now - self._told
        gone = (self._told - now).total()
        self._told = now
        for problem in problems:
            if new[_same(problem)] > 0:
                new[_same(problem)] -= 1
                log.log(logging.INFO if problem.severity is Severity.NOTE else logging.WARNING, "%s", problem)
        if gone:
            log.info("%s mended.", "1 problem is" if gone == 1 else f"{gone} problems are")


def _same(problem: Problem) -> tuple[str, str, str]:
    """Return what stays of a problem while lines move."""
    return problem.path, problem.code, problem.message.translate(_DIGITS)


def say_less() -> None:
    """Have mkdocs and its i18n plugin not say the same of each build and of each language, unless all is asked for."""
    if logging.getLogger("mkdocs").getEffectiveLevel() <= logging.DEBUG:
        return
    for name in _OF_EACH_LANGUAGE:
        logging.getLogger(name).setLevel(logging.WARNING)
    server = logging.getLogger("mkdocs.livereload")
    if not server.filters:
        server.addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    # It begins with the time.
    return not any(words in record.getMessage()[:40] for words in _OF_EACH_BUILD)


def what_was_built(built: Collection[str] | None, seconds: float) -> str:
    """Return what was built, as the end of a sentence; None is the whole site."""
    pages = sum(name.endswith(".md") for name in built or ())
    if built is not None and not pages:
        return "."
    what = "the site is" if built is None else "1 page is" if pages == 1 else f"{pages} pages are"
    return f": {what} built in {seconds:.2f} seconds."
