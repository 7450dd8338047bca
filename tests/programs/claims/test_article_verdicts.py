"""The verdicts on an article's claims: each version is held against its own program, and claims tell of one another."""

from articles_helpers import article, fence, post
from claims_helpers import run
from hexapla.model.article import Article
from hexapla.programs.claims.article_verdicts import verdicts
from hexapla.programs.claims.printed import Ran
from hexapla.programs.claims.verdict import Verdict


def outputs_of(found: Article) -> dict[tuple[str, str], Ran]:
    return {
        (program.variant, cell.id): run(cell.code) for program in found.programs for cell in program.cells
    }


def test_each_language_has_those_of_the_program_that_its_page_shows() -> None:
    same, other = "print('two', 3)  # two 4", "print('zwei', 3)  # zwei 3"
    found = article(post("en", fence(same)), post("hi", fence(same)), post("de", fence(other)))
    cells = outputs_of(found)
    told = {one.language: (one.claim.text, one.verdict) for one in verdicts(found, cells)}
    assert told == {
        "en": ("two 4", Verdict.WRONG),
        "hi": ("two 4", Verdict.WRONG),
        "de": ("zwei 3", Verdict.RIGHT),
    }
    unrun = {key: cell for key, cell in cells.items() if not key[0]}
    assert "de" not in {
        one.language for one in verdicts(found, unrun) if one.verdict is not Verdict.UNCHECKED
    }


def test_what_stands_beside_a_claim_excuses_it_with_a_doubt() -> None:
    slip, of_python_2 = "n = 3\nprint(n * 14)  # 43", "print 'a'"
    (alone,) = verdicts(found := article(post("en", fence(slip))), outputs_of(found))
    assert (alone.verdict, alone.doubt) == (Verdict.WRONG, None)
    (beside,) = verdicts(found := article(post("en", fence(of_python_2), fence(slip))), outputs_of(found))
    assert beside.verdict is Verdict.ELSEWHERE and beside.doubt
