"""What `pytest --hexapla` asks of a site, without pytest: ids, posts, pages, and each program's run, once."""

import pytest

import pytesting
from hexapla.adapters.pytest.session import SiteSession
from hexapla.cli.main import main
from hexapla.model.errors import RunnerError
from hexapla.model.run import NOTHING


@pytest.fixture
def site_session(new_site):
    file = new_site(pytesting.POSTS)
    main(["pages", "-f", str(file)])
    session = SiteSession(file)
    yield session
    session.runs.close()


def test_an_article_is_collected_at_the_first_of_its_posts_that_is_asked_about(site_session):
    posts = site_session.config.posts
    errors, cases = site_session.tests_at(posts / "two.de.md")
    assert not errors and [case.name for case in cases] == ["double[en,de]", "cell-2[en,de]"]
    assert site_session.tests_at(posts / "two.en.md") == ((), ())
    assert site_session.tests_at(posts / "two.de.md")[1] == cases


def test_an_id_is_the_folder_and_the_slug(site_session):
    root, posts = site_session.config.root, site_session.config.posts
    assert site_session.id_of(posts / "two.en.md", root) == "posts/two"
    assert site_session.id_of(posts / "none.md", root) == "posts/none.md"
    assert site_session.id_of(root / "README.md", root) == site_session.id_of(posts / "a.txt", root) == ""


@pytest.mark.parametrize(
    ("argument", "path"),
    [
        ("posts/two", "posts/two.de.md"),
        ("posts/two::cell-1", "posts/two.de.md::cell-1"),
        ("posts/none", "posts/none"),
        ("posts/two.en.md", "posts/two.en.md"),
        ("elsewhere/two", "elsewhere/two"),
    ],
)
def test_an_id_is_asked_for_by_a_file_that_pytest_finds(site_session, argument, path):
    root = site_session.config.root
    expected = path if path == argument else f"{root}/{path}"
    assert site_session.argument(argument, root) == expected


def test_a_page_and_other_markdown_are_told_of(site_session, tmp_path):
    page = site_session.config.docs / "en/posts/two.md"
    assert site_session.not_a_post(page).message == "It is the page of posts/two.en.md."
    other = tmp_path / "other.md"
    other.write_text("Words.\n\n```python\n1\n```\n")
    problem = site_session.not_a_post(other)
    assert (problem.line, problem.code) == (3, "no-post") and "`hexapla test " in problem.hint
    other.write_text("Words.\n\n```python notest\n1\n```\n")
    assert site_session.not_a_post(other) is None


def test_a_program_runs_once_and_again_when_a_case_is_examined_again(site_session):
    _, (first, second) = site_session.tests_at(site_session.config.posts / "two.en.md")
    asked = []

    def give(names):
        asked.append(tuple(names))
        return NOTHING

    assert [problem.code for problem in site_session.examine(first, give)[0]] == ["stale-output"] * 2
    site_session.examine(second, give)
    assert len(asked) == 1
    site_session.examine(first, give)
    assert len(asked) == 2


def test_where_no_server_starts_each_case_says_why(site_session, monkeypatch):
    _, (case, _) = site_session.tests_at(site_session.config.posts / "two.en.md")

    def refuse(*_, **__):
        raise RunnerError("There is no memory.")

    monkeypatch.setattr("hexapla.adapters.pytest.session.ForkServer", refuse)
    for _ in range(2):
        with pytest.raises(RunnerError, match="no memory"):
            site_session.examine(case, lambda names: NOTHING)


def test_a_program_that_was_ended_is_not_started_for_its_other_cells(site_session, monkeypatch):
    _, (first, second) = site_session.tests_at(site_session.config.posts / "two.en.md")
    site_session.runs.begin(first)

    def end(*_, **__):
        raise KeyboardInterrupt("by hand")

    monkeypatch.setattr(site_session.runs._server, "run", end)
    with pytest.raises(KeyboardInterrupt):
        site_session.examine(first, lambda names: NOTHING)
    problems, why, _ = site_session.examine(second, lambda names: NOTHING)
    assert not problems and "It was not reached: its program was ended at posts/two.en.md:" in why
