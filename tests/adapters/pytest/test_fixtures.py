"""Fixtures of a conftest reach the cells of a program, whose process is not pytest's."""

import re

from hexapla.cli.main import main
from pytesting import run_pytest

CONFTEST = """
import threading
from pathlib import Path

import pytest

LOG = Path(__file__).parent / "log.txt"


def note(line):
    with LOG.open("a") as log:
        log.write(f"{line}\\n")


@pytest.fixture(scope="session")
def base():
    note("base up")
    yield 40
    note("base down")


@pytest.fixture(scope="module")
def chapter(base):
    return [base]


@pytest.fixture
def answer(base, request):
    note("answer up")
    yield {"answer": base + 2}
    note("answer down")


@pytest.fixture
def lock():
    return threading.Lock()


@pytest.fixture
def broken():
    raise RuntimeError("the database is down")


@pytest.fixture
def needs_other(nowhere):
    return 1


@pytest.fixture
def choosy():
    pytest.skip("not on Saturdays")


class Point:
    pass


@pytest.fixture
def point():
    return Point()


@pytest.fixture(params=[1, 2])
def either(request):
    return request.param


@pytest.fixture(autouse=True)
def noisy():
    note("autouse")
"""
POSTS = {
    "a.en.md": "```python fixture:answer fixture:chapter\nprint(answer, chapter)\nanswer['more'] = 1\n```\n\n"
    "```python fixture:answer\nanswer\n```\n\n```python\nlen(answer)\n```\n",
    "a.de.md": "```python fixture:answer fixture:chapter\nprint(answer, chapter)\nanswer['more'] = 1\n```\n\n"
    "```python fixture:answer\nanswer\n```\n\n```python\nlen(answer)\n```\n",
    "bad.en.md": "".join(
        f"```python fixture:{name}\nv{name} = 1\n```\n\n"
        for name in ("lock", "nowhere", "gpuu", "needs_other", "broken", "choosy")
    )
    + "```python\nvlock\n```\n\n```python\nprint('others run')\n```\n\n```python fixture:point\npoint\n```\n",
    "other.en.md": "```python fixture:either\neither\n```\n",
}


def test_values_are_sent_and_torn_down_and_what_cannot_be_had_is_told(new_site, capsys):
    folder = new_site(POSTS, languages="en,de").parent
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "pytest.ini").write_text("[pytest]\n")
    # Only pytest has the fixtures: `hexapla run` skips those cells, and `check` says what to do.
    main(["run", "-f", str(folder / "mkdocs.yml")])
    main(["check", "-f", str(folder / "mkdocs.yml")])
    said = "".join(capsys.readouterr())
    assert (
        "posts/a.en.md:2: E-stale-output The program a has no valid record: cell cell-1 has no record. Run `pytest --hexapla"
        in said
    )

    status, said = run_pytest(folder, "--hexapla", "--hexapla-update")
    assert status == 1
    assert (folder / "snippets/a/cell-1.out").read_text() == "{'answer': 42} [40]\n"
    assert (folder / "snippets/a/cell-2.out").read_text() == "{'answer': 42, 'more': 1}\n"
    assert (folder / "snippets/a/cell-3.out").read_text() == "2\n"
    log = (folder / "log.txt").read_text().split()
    # Set up once for the program, not once a cell; torn down; and nothing that no cell asked for.
    assert log == "base up answer up answer down base down".split()

    for line, why in {
        2: r"Its fixture `lock` failed: its value is a `lock`, which cannot be sent to the program, since that has",
        6: r"It asks for `fixture:nowhere`, and there is no such fixture\. A conftest\.py can define it\.",
        10: r"It asks for `fixture:gpuu`, and there is no such fixture\. Did you mean `gpu`\?",
        14: r"Its fixture `needs_other` asks for `nowhere`, and there is no such fixture\.",
        18: r"Its fixture `broken` failed: RuntimeError: the database is down \(.*conftest\.py:\d+\)\.",
        34: r"The value of the fixture `point` cannot be read in the program's .* return data\.",
    }.items():
        assert re.search(rf"posts/bad\.en\.md:{line}: E-\S+ Cell [^\n]*{why}", said), (line, said)
    assert "posts/other.en.md:2: E-fixture" in said
    assert (
        "Its fixture `either` failed: it, or one that it asks for, has `params`, and a program runs" in said
    )
    assert "posts/bad.en.md:22: Its fixture `choosy` skipped it: not on Saturdays" in said
    assert (
        "posts/bad.en.md:26: It needs `vlock` of cell cell-1 (posts/bad.en.md:2), which was skipped" in said
    )
    assert (folder / "snippets/bad/cell-8.out").read_text() == "others run\n"

    status, said = run_pytest(folder, "--hexapla", "-k", "cell-3", "posts/a.en.md")
    assert status == 0 and "1 passed, 2 deselected" in said
