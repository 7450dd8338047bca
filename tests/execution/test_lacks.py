"""What a program was kept from counts, though it catches that."""

from collections.abc import Callable

import pytest

from hexapla.execution.lacks import Lacks
from hexapla.model.run import Obstacle, Run, Status

Runner = Callable[..., Run]
TRY = "import socket\ntry:\n    {}\nexcept OSError as error:\n    print('It failed:', error)"


@pytest.mark.parametrize(
    ("code", "host"),
    [
        ("socket.create_connection(('example.org', 80))", "example.org"),
        ("socket.gethostbyname('example.org')", "example.org"),
        ("socket.socket().connect(('192.0.2.1', 80))", "192.0.2.1"),
        # A server that its readers have running.
        ("socket.create_connection(('localhost', 6379))", "127.0.0.1"),
    ],
)
def test_what_is_caught_is_told(run: Runner, code: str, host: str) -> None:
    caught, after = run(TRY.format(code), "1").cells
    assert caught.status is Status.OK and caught.failure and caught.caught
    assert caught.failure.obstacle is Obstacle.NETWORK
    # Where there are no sockets, nobody gets as far as to name an address.
    assert caught.failure.subject in (host, "::1", "")
    assert after.failure is None


@pytest.mark.parametrize(
    "code",
    [
        "socket.getaddrinfo('localhost', 80)",
        "socket.socketpair()",
        "socket.socket(socket.AF_UNIX).connect('gone')",
    ],
)
def test_what_is_its_own_is_no_network(run: Runner, code: str) -> None:
    assert run(TRY.format(code)).cells[0].caught is None


def test_a_server_of_its_own_is_no_network_where_it_may_have_one(run: Runner) -> None:
    code = (
        "listener = socket.socket(); listener.bind(('127.0.0.1', 0)); listener.listen()\n"
        "    socket.create_connection(listener.getsockname())"
    )
    (cell,) = run(TRY.format(code)).cells
    assert (cell.caught is None) is (not cell.outputs)


@pytest.mark.parametrize(
    ("events", "host"),
    [
        ([("socket.connect", ("192.0.2.1", 80))], "192.0.2.1"),
        ([("socket.connect", ("127.0.0.1", 80))], "127.0.0.1"),
        ([("socket.sendto", ("2001:db8::1", 80, 0, 0))], "2001:db8::1"),
        ([("socket.bind", ("127.0.0.1", 0)), ("socket.connect", ("127.0.0.1", 80))], None),
        ([("socket.bind", ("127.0.0.1", 0)), ("socket.connect", ("192.0.2.1", 80))], "192.0.2.1"),
        ([("socket.bind", "file"), ("socket.connect", ("::1", 80, 0, 0))], "::1"),
        ([("socket.connect", "file")], None),
        ([("open", "file")], None),
        ([("webbrowser.open", "https://example.org")], ""),
    ],
)
def test_what_it_serves_itself_is_there(events: list[tuple[str, object]], host: str | None) -> None:
    lacks = Lacks(network=True)
    for event, place in events:
        lacks.hear(event, (None, place))
    obstacle = Obstacle.SCREEN if host == "" else Obstacle.NETWORK
    assert lacks.taken() == (None if host is None else (obstacle, host))
    assert lacks.taken() is None


@pytest.mark.parametrize(
    "code", ["print(webbrowser.open('https://example.org'))", "webbrowser.open_new_tab('x')"]
)
def test_a_browser_that_is_not_there_is_told(run: Runner, code: str) -> None:
    (cell,) = run(f"import webbrowser\n{code}").cells
    assert cell.status is Status.OK and cell.caught
    assert cell.caught.obstacle is Obstacle.SCREEN


def test_what_a_module_looks_for_as_it_is_imported_is_no_network(run: Runner) -> None:
    module = "import socket\ntry:\n    socket.socket(socket.AF_INET6)\nexcept OSError:\n    pass\n"
    code = f"from pathlib import Path\nPath('looks.py').write_text({module!r})\nimport looks"
    assert run(code).cells[0].caught is None


def test_what_fails_for_want_of_what_it_caught_cannot_run(run: Runner) -> None:
    code = TRY.format("socket.gethostbyname('example.org')") + "\nraise RuntimeError('no answer')"
    (cell,) = run(code).cells
    assert cell.status is Status.CANNOT_RUN and cell.failure
    assert (cell.failure.obstacle, cell.failure.subject) == (Obstacle.NETWORK, "example.org")
