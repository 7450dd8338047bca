"""Series: which articles are read in which order, and what cannot be meant."""

from dataclasses import replace
from datetime import date

import pytest

from examples import about
from hexapla.model.post import Post, document
from hexapla.render.series import said_of, series_of, series_problems


def post(head: str, path: str = "posts/a.en.md", slug: str = "a") -> Post:
    made = document(path, f"---\n{head}\n---\n", slug=slug, language=path.split(".")[-2])
    assert isinstance(made, Post)
    return made


def part(slug: str, day: int, **by_language: dict):
    """Return an article with this front matter in each language."""
    of = about(slug, **{language: [] for language in by_language})
    posts = {
        language: replace(one, front_matter=by_language[language], published=date(2026, 1, day))
        for language, one in of.posts.items()
    }
    return replace(of, posts=posts)


SAID = [
    ("title: A", "", None),
    ("series: Way", "Way", None),
    ("series:  The   long way ", "The long way", None),
    ("series: 2026", "2026", None),
    ("series: Way\norder: 3", "Way", 3),
    ("series: Way\norder: 0", "Way", 0),
    ("series: Way\norder: -1.5", "Way", -1.5),
    ("order: 3", "", None),
    ("series:\norder: 3", "", None),
    ("series: Way\norder:", "Way", None),
    # As Hugo's and Jekyll's themes have it.
    ("series: [Way, Other]\nseries_order: 2", "Way", 2),
    ("series: []", "", None),
    ("series: Way\nseries_weight: 20", "Way", 20),
    ("series: Way\nseries_part: 4\npart: 9", "Way", 4),
    ("series: {name: Way, part: 4}", "Way", 4),
    ("series: {title: Way, order: 4}\norder: 5", "Way", 5),
    ("series: 从头学", "从头学", None),
]


@pytest.mark.parametrize(("head", "name", "number"), SAID)
def test_a_post_says_its_series_and_its_place(head, name, number):
    said = said_of(post(head))
    assert (said.name, said.number, said.faults) == (name, number, ())


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("series: true", "`series` is True, and takes the name of the series."),
        ("series: [{a: 1}]", "`series` is [{'a': 1}], and takes the name of the series."),
        ("series: {part: 1}", "`series` is {'part': 1}, and takes the name of the series."),
        ("series: Way\norder: third", "`order` is 'third', and takes a number, such as 3."),
        ("series: Way\norder: true", "`order` is True, and takes a number, such as 3."),
        ("series: Way\nseries_part: [1]", "`series_part` is [1], and takes a number, such as 3."),
    ],
)
def test_what_is_none_is_a_problem_with_its_line(head, message):
    (problem,) = series_problems([post(head)])
    assert (problem.code, problem.line, problem.message) == ("series", head.count("\n") + 2, message)


def test_the_parts_stand_by_their_numbers_then_by_their_days():
    (series,) = series_of(
        [
            part("a", 9, en={"series": "Way", "order": 10}),
            part("b", 8, en={"series": "way", "order": 2}),
            part("late", 7, en={"series": "Way"}),
            part("early", 6, en={"series": "Way"}),
            part("alone", 5, en={}),
        ]
    )
    assert series.slugs == ("b", "a", "early", "late") and series.key == "way"
    assert [series.neighbours(slug) for slug in ("b", "a", "late")] == [
        ("", "a"),
        ("b", "early"),
        ("early", ""),
    ]


def test_its_name_is_each_languages_own_and_what_most_call_it():
    (series,) = series_of(
        [
            part("a", 1, en={"series": "Way"}, de={"series": "Weg"}, fr={}),
            part("b", 2, en={"series": "Way"}, de={"series": "Pfad"}),
            part("c", 3, en={"series": "Way"}, de={"series": "Weg"}),
        ]
    )
    assert [series.name(language) for language in ("en", "de", "fr")] == ["Way", "Weg", "Way"]


@pytest.mark.parametrize(
    ("name", "key"), [("从头学 PyTorch", "从头学-pytorch"), ("C++", "c"), ("++", "series")]
)
def test_its_address_is_a_folders_name(name, key):
    (series,) = series_of([part("a", 1, en={"series": name})])
    assert series.key == key


def test_longer_series_come_first():
    articles = [part("a", 1, en={"series": "X"}), *(part(slug, 1, en={"series": "Y"}) for slug in "bc")]
    assert [series.key for series in series_of(articles)] == ["y", "x"]


def test_two_parts_with_one_number_and_two_numbers_of_one_part_are_problems():
    posts = [
        post("series: Way\norder: 1", "posts/a.en.md", "a"),
        post("series: Weg\norder: 2", "posts/a.de.md", "a"),
        post("series: Way\norder: 1", "posts/b.en.md", "b"),
        # The same number in another language or series is no matter.
        post("series: Weg\norder: 1", "posts/b.de.md", "b"),
        post("series: Other\norder: 1", "posts/c.en.md", "c"),
    ]
    assert [(problem.path, problem.message) for problem in series_problems(posts)] == [
        ("posts/a.de.md", "This version is number 2 of its series, and `posts/a.en.md` number 1."),
        ("posts/b.en.md", "`posts/a.en.md` is number 1 of this series, too."),
    ]
