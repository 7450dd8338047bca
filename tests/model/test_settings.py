import pytest

from articles_helpers import fence, post
from hexapla.model.settings import Settings, read_settings

A = fence("x = 1")


@pytest.mark.parametrize(
    ("asked", "default", "longest", "timeout"),
    [(600, 60.0, 600.0, 600.0), (601, 60.0, 600.0, None), (900, 900.0, 600.0, 900.0), (2, 60.0, 1.0, 2.0)],
)
def test_a_posts_timeout_has_a_ceiling_that_only_the_site_raises(asked, default, longest, timeout):
    site = Settings(timeout=default, longest=longest)
    settings, problems = read_settings(post("en", A, execute={"timeout": asked}), site)
    assert settings.timeout == (timeout or default)
    assert [problem.code for problem in problems] == ([] if timeout else ["bad-setting"])
    assert all("is 601, and takes at most 600 seconds here" in problem.message for problem in problems)


def test_a_post_cannot_raise_it():
    settings, problems = read_settings(post("en", A, execute={"longest": 9}), Settings())
    assert settings == Settings() and [problem.code for problem in problems] == ["bad-setting"]


@pytest.mark.parametrize("asked", [0, -1, True, "9", float("nan"), float("inf"), [9], None])
def test_what_is_no_number_of_seconds_is_told(asked):
    settings, problems = read_settings(post("en", A, execute={"timeout": asked}), Settings())
    assert settings == Settings() and [problem.code for problem in problems] == ["bad-setting"]
