"""Hearing: what mkdocs and its plugins say while something is done, to be said again where it need not be done."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

Message = tuple[str, int, str]
"""A message with its logger and level."""
Said = tuple[Message, ...]


class _Hearer(logging.Handler):
    def __init__(self, said: list[Message]) -> None:
        super().__init__()
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        """Note a message."""
        self._said.append((record.name, record.levelno, record.getMessage()))


@contextmanager
def hearing(said: list[Message]) -> Iterator[None]:
    """Note what mkdocs and its plugins say."""
    logger, hearer = logging.getLogger("mkdocs"), _Hearer(said)
    logger.addHandler(hearer)
    try:
        yield
    finally:
        logger.removeHandler(hearer)


def say_again(said: Iterable[Message]) -> None:
    """Say what was said before."""
    for logger, level, message in said:
        logging.getLogger(logger).log(level, "%s", message)
