"""While a site is served, its author sees each edit in the browser: no page is asked for again by hand."""

import socket
import subprocess
import sys
import time

import pytest

LONGEST = 90
"""Seconds that anything may take: less than the program sleeps that an edit overtakes."""
POST = "---\ntitle: One\ndate: 2026-01-01\n---\n\n# One\n\nHello.\n\n```python\nprint(6 * 7)\n```\n"


@pytest.fixture
def served(new_site, tmp_path):
    """Serve a site of one post by command; return the post's file and its address."""
    file = new_site({"one.en.md": POST}, languages="en")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "hexapla.cli",
        "serve",
        "-f",
        str(file),
        "--dev-addr",
        f"127.0.0.1:{port}",
    ]
    with (
        (tmp_path / "said").open("w") as said,
        subprocess.Popen(command, stdout=said, stderr=said) as process,
    ):
        try:
            wait_for(port)
            yield file.parent / "posts/one.en.md", f"http://127.0.0.1:{port}/posts/one/"
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + LONGEST
    with socket.socket() as trial:
        while trial.connect_ex(("127.0.0.1", port)) and time.monotonic() < deadline:
            time.sleep(0.1)


def test_an_author_sees_each_edit_without_asking_for_the_page_again(served, open_page):
    post, address = served
    page = open_page(address)
    article = page.locator("article")

    def save(old: str, new: str) -> None:
        text = post.read_text()
        assert old in text
        # As editors do: another file in its place.
        aside = post.with_name(".one.swp")
        aside.write_text(text.replace(old, new))
        aside.replace(post)

    def shows(words: str, *, gone: str = "") -> None:
        article.filter(has_text=words, has_not_text=gone or None).wait_for(timeout=LONGEST * 1000)

    shows("42")
    save("Hello.", "Good day.")
    shows("Good day.", gone="Hello.")
    save("print(6 * 7)", "import time; time.sleep(100); print(6 * 8)")
    shows("Running …")
    save("time.sleep(100); print(6 * 8)", "time.sleep(2); print(6 * 9)")
    shows("54", gone="Running …")
    save("import time; time.sleep(2); print(6 * 9)", "print(6 / 0)")
    shows("To be mended on this page")
    shows("ZeroDivisionError: division by zero")
    save("title: One", "title: [One")
    shows("This is the last good state of the site.")
    save("title: [One", "title: One")
    save("print(6 / 0)", "print(6 * 10)")
    shows("60", gone="To be mended")
    shows("Good day.", gone="last good state")
