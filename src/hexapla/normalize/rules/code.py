"""Code: where no rule applies."""

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hexapla.normalize.github.outline import Spans


def outside(
    pattern: re.Pattern[str], text: str, *, over: bool = False, inline: bool = False
) -> Iterator[re.Match[str]]:
    """Yield the matches that do not begin in code and, unless they may go `over` it, hold no block of it.

    `inline` ones may begin in code between backticks. A pattern that looks behind does so after its first character:
    then that is what is searched for, thirty times as fast.
    """
    from hexapla.normalize.github.outline import outline  # A build with nothing new loads no parser.

    matches = list(pattern.finditer(text))
    if not matches:
        return
    at = outline(text)
    begins = at.literal if inline else at.code
    for match in matches:
        if not begins.meet(match.start(), match.start()) and (over or not at.literal.meet(*match.span())):
            yield match


def is_code(text: str, offset: int) -> bool:
    """Whether the character at an offset is in a block of code, in a comment or between backticks."""
    return _code_in(text).meet(offset, offset)


@functools.lru_cache(maxsize=8192)
def _code_in(text: str) -> "Spans":
    """Return where a text's code is: the links of all posts are looked at, and then those of each article again."""
    from hexapla.normalize.github.outline import outline

    return outline(text).code
