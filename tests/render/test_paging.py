"""How lists that would grow with a site are parted."""

from datetime import date

import pytest

from examples import described
from hexapla.render.paging import EACH, PAGED, by_year, folders_of, leaves, newest_first, reading_order


@pytest.mark.parametrize("count", [0, 1, EACH, 2 * EACH - 1, 2 * EACH, 5 * EACH + 7])
def test_each_item_stands_on_one_page_and_no_page_is_long(count):
    made = [*leaves("f", range(count))]
    assert [item for leaf in made for item in leaf.items] == [*range(count)]
    assert all(len(leaf.items) < 2 * EACH for leaf in made)
    assert {len(leaf.items) for leaf in made[1:]} <= {EACH}
    numbers = range(len(made) - 1, 0, -1)
    assert [leaf.folder for leaf in made] == ["f", *(f"f/{number}" for number in numbers)]


def test_what_is_new_changes_the_first_page_alone():
    before = {leaf.folder: leaf.items for leaf in leaves("f", range(1, 300))}
    after = {leaf.folder: leaf.items for leaf in leaves("f", range(300))}
    changed = {folder for folder in after if after[folder] != before.get(folder)}
    assert len(before) > 4 and changed in ({"f"}, {"f", "f/5"})


def articles(count: int):
    days = [
        None if number % 7 == 0 else date(2020 + number % 3, 1 + number % 12, 1) for number in range(count)
    ]
    return newest_first(described(f"a{number:03}", day, en=[]) for number, day in enumerate(days))


def test_pages_are_read_from_the_newest_year_on_and_last_what_has_no_date():
    leaves_of_all = [*by_year("lists", articles(400))]
    folders = [leaf.folder for leaf in leaves_of_all]
    assert folders[0] == "lists/2022" and folders[-1] == "lists/undated" and "lists/2021/1" in folders
    assert next(leaf.titled("All") for leaf in leaves_of_all if leaf.number == 1) == "All · 2022 · 1"
    assert leaves_of_all[-1].titled("All") == "All · –"
    inside = [folder.removeprefix("lists/") for folder in folders]
    assert sorted(set(inside), key=reading_order) == inside


def test_few_articles_are_nowhere_else():
    assert folders_of("f", articles(PAGED)) == {}
    many = folders_of("f", articles(PAGED + 1))
    assert len(many) == PAGED + 1 and set(many.values()) >= {"f/2022", "f/undated"}
