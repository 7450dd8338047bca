"""Which version the others were translated from."""

import pytest

from articles_helpers import LANGUAGES, fence, post
from hexapla.programs.align.original import original_of

ONE, TWO = fence("x = 1"), fence("x = 2")
CASES = {
    "the only one": ([post("hi", ONE)], "hi", "the only version"),
    "the site's default": ([post("de", ONE), post("en", ONE)], "en", "default language"),
    "what a translation names by its language": (
        [post("en", ONE, source="de"), post("de", ONE)],
        "de",
        "name it as their source",
    ),
    "what a translation names by its path": (
        [post("en", ONE, translation_of="posts/a.de.md"), post("de", ONE)],
        "de",
        "name it as their source",
    ),
    "what a translation names by the end of its path": (
        [post("en", ONE, translation_of="./a.de.md"), post("de", ONE)],
        "de",
        "name it as their source",
    ),
    "what most name": (
        [
            post("en", ONE, source="hi"),
            post("de", ONE, source="fr"),
            post("hi", ONE),
            post("fr", ONE, source="hi"),
        ],
        "hi",
        "name it as their source",
    ),
    "nobody's own name": ([post("en", ONE), post("de", ONE, source="de")], "en", "default language"),
    "a source that is no text": ([post("en", ONE, source=["de"]), post("de", ONE)], "en", "default language"),
    "the one that is not translated": (
        [post("en", ONE, translated=True), post("de", ONE)],
        "de",
        "say that they are translated",
    ),
    "all are translated": (
        [post("en", ONE, translated=True), post("de", ONE, translated=True)],
        "en",
        "all say that they are translated",
    ),
    "the code of most": (
        [post("de", ONE), post("fr", TWO), post("hi", TWO)],
        "fr",
        "most of the others hold the same code",
    ),
    "the site's order where all agree": ([post("hi", ONE), post("de", ONE)], "de", "most of the others"),
}


@pytest.mark.parametrize(("posts", "language", "reason"), CASES.values(), ids=CASES)
def test_the_original(posts, language, reason):
    by_language = {text.language: text for text in posts}
    tag, why = original_of(by_language, default_language="en", languages=LANGUAGES)
    assert tag == language
    assert reason in why
