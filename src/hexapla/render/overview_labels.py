"""The words of the page that shows how every translation stands, by language."""

from dataclasses import dataclass
from functools import cache

from hexapla.render.labels import section
from hexapla.translations.freshness import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's words. `{…}` marks what is filled in."""

    title: str
    caption: str
    article: str
    original: str
    current: str
    text_behind: str
    code_behind: str
    incomplete: str
    ahead: str
    missing: str
    no_outputs: str
    """Where a version's outputs are not recorded for its present code."""
    made_with: str
    """The heading of the column that says what the outputs were made with."""
    behind: str
    """The heading of the list of what is behind."""
    nothing: str
    """Below that heading, where nothing is."""
    block: str
    section: str
    top: str
    """What stands above the first heading."""
    since: str
    """What ends a sentence with the commit since which it holds."""
    gone: str
    """Of what the original does not have."""
    differs: str
    """Of a block that holds another program."""
    lacks: str
    """Of what a translation does not have."""
    changed: str
    """Of what was changed in the original."""
    lacking: str
    """Above a translation that lacks parts of its original."""

    def of(self, state: State | None) -> str:
        """Return how a version stands, in words."""
        words = {
            None: self.missing,
            State.CURRENT: self.current,
            State.COMMENTS_STALE: self.text_behind,
            State.CODE_STALE: self.code_behind,
            State.INCOMPLETE: self.incomplete,
            State.AHEAD: self.ahead,
        }
        return words[state]


@cache
def words(language: str) -> Words:
    """Return the words for a language tag, its base language's, or English ones."""
    return Words(**section("translations", language))
