"""What goes wrong in hexapla itself: a traceback that can be reported."""

from hexapla.model.errors import Crash, attempt
from hexapla.storage.crashes import crash_problems, crashes_of, forget_crashes


def test_what_works_gives_its_result():
    assert attempt("posts/a.en.md", lambda: 3) == 3


def test_an_exception_is_a_problem_of_its_post_and_its_traceback_a_file(tmp_path):
    crash = attempt("posts/a.en.md", lambda: int("one\ntwo"))
    assert isinstance(crash, Crash)
    (problem,) = crash_problems(tmp_path, [crash])
    (file,) = crashes_of(tmp_path)
    assert str(problem).startswith("posts/a.en.md:1: E-internal-error ") and "\n" not in problem.message
    assert "ValueError: invalid literal for int()" in problem.message
    assert file.relative_to(tmp_path).as_posix() in problem.message
    text = file.read_text()
    assert text.startswith("hexapla ") and "posts/a.en.md" in text.split("\n")[0]
    assert "Traceback (most recent call last)" in text and "test_crashes.py" in text


def test_each_exception_of_each_post_has_a_file_of_its_own_until_they_are_forgotten(tmp_path):
    long = f"posts/{'長' * 80}.zh.md"
    crashes = [
        Crash(path=path, message=f"{path[:9]} {n}", traceback="\udc80")
        for path in (long, "b")
        for n in (1, 2)
    ]
    crash_problems(tmp_path, [*crashes, *crashes])
    assert len(crashes_of(tmp_path)) == 4
    forget_crashes(tmp_path)
    assert crashes_of(tmp_path) == ()
    forget_crashes(tmp_path)
