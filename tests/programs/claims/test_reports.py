"""What an author is told of typed outputs."""

from articles_helpers import article, fence, post
from claims_helpers import run
from hexapla.programs.claims.article_verdicts import verdicts
from hexapla.programs.claims.reports import problems_of


def test_problems_show_both_texts_and_weigh_more_in_the_original() -> None:
    found = article(post("en", fence("print(1)  # 2")), post("fr", fence("print(1)  # Affiche : 3")))
    outputs = {("", "cell-1"): run("print(1)")}
    first, second = problems_of(found, outputs, verdicts(found, outputs))
    assert (first.code, second.code) == ("claim-wrong", "claim-wrong-translation")
    assert second.details == ("typed:   3", "printed: 1")
    assert second.line == 4
    assert problems_of(found, {}, verdicts(found, {})) == ()


def test_a_note_says_why_it_is_no_error() -> None:
    found = article(post("en", fence("x = [3, 4]\n# ... more of it\nprint(x)  # [3, 5]")))
    (cell,) = found.programs[0].cells
    outputs = {("", cell.id): run(cell.code)}
    (told,) = problems_of(found, outputs, verdicts(found, outputs))
    assert told.code == "claim-elsewhere"
    assert "It is no error, because the code that it comes from is abridged." in told.message
