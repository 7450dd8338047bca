"""The sentences below the table of `hexapla status`."""

import pytest

from hexapla.cli import tables
from hexapla.ledger.status import ArticleStatus, Behind, Outputs, PartKind, VersionStatus
from hexapla.translations.freshness import State

PART = {"kind": PartKind.BLOCK, "number": 2, "name": "setup", "place": "posts/a.de.md:9", "commit": ""}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"state": State.COMMENTS_STALE},
            "comments-stale: block 2 (`setup`) has other comments in the original now.",
        ),
        (
            {"state": State.CODE_STALE},
            "code-stale: block 2 (`setup`) holds another program than the original.",
        ),
        (
            {"state": State.INCOMPLETE, "name": ""},
            "incomplete: block 2 has no counterpart in the translation.",
        ),
        ({"state": State.CODE_STALE, "gone": True}, "code-stale: block 2 (`setup`) is not in the original."),
        (
            {"state": State.COMMENTS_STALE, "kind": PartKind.SECTION, "commit": "abc1234"},
            "comments-stale: section 2 (`setup`) has changed in the original, since abc1234.",
        ),
    ],
)
def test_what_is_behind_is_a_sentence(capsys, values, sentence):
    behind = Behind(**{**PART, **values})
    tables.print_status([row(behind)], ["en", "de"])
    assert f"posts/a.de.md:9: {sentence}" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("outputs", "sign"), [(Outputs.NONE, "current"), (Outputs.STALE, "stale"), (Outputs.VERIFIED, "✓")]
)
def test_a_current_version_says_how_its_outputs_are(capsys, outputs, sign):
    version = VersionStatus(state=State.CURRENT, outputs=outputs)
    tables.print_status([row(versions={"en": version, "de": VersionStatus(state=None)})], ["en", "de"])
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("│ a"))
    assert sign in line and "–" in line


def test_json_has_the_words_and_the_places():
    (found,) = tables.status_as_json([row(Behind(**{**PART, "state": State.AHEAD}))])
    german = found["languages"]["de"]
    assert german["state"] == "ahead" and german["behind"][0]["place"] == "posts/a.de.md:9"
    assert german["behind"][0]["kind"] == "block" and german["behind"][0]["gone"] is False


def row(*behind, versions=None):
    state = behind[0].state if behind else State.CURRENT
    versions = versions or {
        "en": VersionStatus(state=State.CURRENT),
        "de": VersionStatus(state=state, behind=behind),
    }
    return ArticleStatus(
        article="a",
        original="en",
        reason="it is the first",
        titles={"en": "A", "de": "Ä"},
        languages=versions,
    )
