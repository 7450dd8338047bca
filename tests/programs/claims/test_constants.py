"""`True`, `False` and `None` in a translator's words: claims where the original claims them, else remarks."""

import pytest

from articles_helpers import article, fence, post
from hexapla.model.block import splice
from hexapla.model.output import Kind, Sureness, Text
from hexapla.model.run import CellRun, Status
from hexapla.programs.claims.article_verdicts import verdicts
from hexapla.programs.claims.reports import problems_of
from hexapla.programs.claims.verdict import Verdict

REMARKS = {
    "where the original claims nothing": ("print(a is b)  # wrong", "print(a is b)  # Falsch"),
    "where the original has no comment": ("print(a is b)", "print(a is b)  # Falsch"),
    "where the original claims the other": ("print(a is b)  # True", "print(a is b)  # Falsch"),
    "at another statement": (
        "print(a)  # True\nprint(b)  # see above",
        "print(a)  # siehe unten\nprint(b)  # wahr",
    ),
    "a word with others": ("print(a)  # True", "print(a)  # Wahr ist das"),
    "a word of no list": ("print(a)  # True", "print(a)  # Sonne"),
    "a sentence below": ("print(a)\n# True", "print(a)\n# Wahr, denn es ist so"),
    "behind an assignment": ("x = a is b  # True", "x = a is b  # Wahr"),
    "where the original's value is no truth": ("print(a)  # 3", "print(a)  # Drei"),
}

CLAIMS = {
    "German": ("print(a)  # True", "print(a)  # Wahr", "Wahr", "print(a)"),
    "French": ("print(a)  # False", "print(a)  # Faux", "Faux", "print(a)"),
    "Hindi": ("print(a)  # True", "print(a)  # सत्य", "सत्य", "print(a)"),
    "Chinese": ("print(a)  # True", "print(a)  # 真", "真", "print(a)"),
    "nothing": ("print(a)  # None", "print(a)  # Keine", "Keine", "print(a)"),
    "two words": ("print(a)  # None", "print(a)  # कोई नहीं", "कोई नहीं", "print(a)"),
    "a line below": ("print(a)\n# True", "print(a)\n# Vrai", "Vrai", "print(a)"),
    "an expression": ("a is b  # True", "a is b  # Vrai", "Vrai", "a is b"),
    "a remark": ("print(a)  # True, so it is", "print(a)  # Vrai, et c'est ainsi", "Vrai", "print(a)  # et c'est ainsi"),
    "behind comments of its own": ("print(a)  # True", "# Ceci\n\nprint(a)  # Vrai", "Vrai", "# Ceci\n\nprint(a)"),
    "a label": ("print(a)  # Output: True", "print(a)  # Sortie : Vrai", "Vrai", "print(a)"),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation"), REMARKS.values(), ids=REMARKS)
def test_remarks_are_left_alone(original: str, translation: str) -> None:
    found = article(post("en", fence(original)), post("de", fence(translation)))
    assert found.placed["de"][0].cell == "cell-1"
    assert not any(claim.sureness is Sureness.SURE for claim in found.placed["de"][0].claims)


@pytest.mark.parametrize(("original", "translation", "text", "left"), CLAIMS.values(), ids=CLAIMS)
def test_translated_truths_are_claims(original: str, translation: str, text: str, left: str) -> None:
    found = article(post("en", fence(original)), post("de", fence(translation)))
    (claim,) = found.placed["de"][0].claims
    assert claim.text == text
    assert splice(found.posts["de"].body, claim.edits).endswith(fence(left))


def test_a_post_without_an_original_has_remarks_only() -> None:
    (claim,) = article(post("fr", fence("print(a)  # Vrai"))).placed["fr"][0].claims
    assert claim.sureness is not Sureness.SURE


def test_a_translated_truth_is_wrong_and_the_message_says_why() -> None:
    found = article(post("en", fence("print(1 < 2)  # True")), post("fr", fence("print(1 < 2)  # Vrai")))
    shown = (Text(kind=Kind.STREAM, text="True\n"),)
    outputs = {("", "cell-1"): CellRun(id="cell-1", status=Status.OK, outputs=shown)}
    assert [verdict for *_, verdict in verdicts(found, outputs)] == [Verdict.RIGHT, Verdict.WRONG]
    (problem,) = problems_of(found, outputs, verdicts(found, outputs))
    assert problem.code == "claim-wrong-translation"
    assert problem.message.startswith("`Vrai` is `True` translated")
    assert problem.details == ("typed:   Vrai", "printed: True")
