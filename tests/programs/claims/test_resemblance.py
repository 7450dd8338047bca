"""By what two texts resemble one another."""

import pytest

from hexapla.programs.claims.resemblance import differs_in_one_place, has_numbers_of


@pytest.mark.parametrize(("digits", "alike"), [(2, True), (3, True), (4, False)])
def test_numbers_tell_if_they_have_digits_enough(digits, alike):
    assert has_numbers_of("loss 1.23", "Verlust 1.23", digits=digits) is alike


def test_lines_that_differ_in_blanks_alone_differ_in_no_place() -> None:
    assert not differs_in_one_place("1\n2  3", "1\n2 3")
    assert differs_in_one_place("1\n2 3", "1\n2 4")
