"""While a site is served: an edit ends the run that it overtook, and only that one."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hexapla import checks, site
from hexapla.adapters.mkdocs.live_runs import LiveRuns
from hexapla.config.config import load
from hexapla.execution.client import ForkServer

POST = "---\ntitle: {title}\n---\n\n{prose}\n\n```python\n{code}\n```\n"
SLEEP = "import time\nfrom pathlib import Path\n\ntime.sleep({seconds})\nprint('slept')"


def wait(until) -> bool:
    deadline = time.monotonic() + 60
    while not until() and time.monotonic() < deadline:
        time.sleep(0.01)
    return until()


class Live:
    """A site whose posts are saved as their author does, and what runs."""

    def __init__(self, file: Path) -> None:
        self.config = load(file)
        self.posts = file.parent / "posts"
        self.recorded = threading.Semaphore(0)
        self.runs = LiveRuns(self.recorded.release)
        self.server = ThreadPoolExecutor(1).submit(ForkServer(self.config.options).__enter__)

    def save(self, slug: str, code: str, prose: str = "Words.") -> frozenset[str]:
        """Save a post; return which programs run then."""
        (self.posts / f"{slug}.en.md").write_text(POST.format(title=slug, prose=prose, code=code))
        read = site.read(self.config)
        return self.runs.want(read, checks.stale(read), lambda: self.server)

    def ends(self) -> bool:
        """Wait until a program is recorded."""
        return self.recorded.acquire(timeout=60)

    def busy(self) -> set[str]:
        """Return the programs that have a process."""
        return set(self.server.result()._busy.values())

    def shown(self, slug: str) -> str:
        read = site.read(self.config)
        record = read.ledgers[slug].records.get("")
        return "".join(output.text for cell in (record.cells if record else ()) for output in cell.outputs)


@pytest.fixture
def live(new_site):
    one = Live(new_site({}, languages="en"))
    yield one
    one.runs.end()
    one.server.result().close()


def test_an_edit_ends_the_run_that_it_overtook_and_no_other(live):
    live.save("other", SLEEP.format(seconds=1))
    assert live.save("one", SLEEP.format(seconds=1000)) == {"one", "other"}
    assert wait(lambda: "one" in live.busy())
    before = time.monotonic()
    assert live.save("one", "print('new')") >= {"one"}
    assert live.ends() and live.ends() and time.monotonic() - before < 60
    assert live.shown("one") == "new\n" and live.shown("other") == "slept\n"
    assert wait(lambda: not live.busy())


def test_an_edit_of_words_lets_a_program_go_on(live):
    live.save("one", SLEEP.format(seconds=1))
    assert wait(lambda: live.busy() == {"one"})
    (worker,) = live.server.result()._busy
    assert live.save("one", SLEEP.format(seconds=1) + "  # said", prose="\n\nOther words.") == {"one"}
    assert set(live.server.result()._busy) == {worker}
    assert live.ends() and live.shown("one") == "slept\n"


def test_a_program_whose_post_goes_is_ended(live):
    live.save("one", SLEEP.format(seconds=1000))
    assert wait(lambda: live.busy() == {"one"})
    (live.posts / "one.en.md").unlink()
    assert live.save("other", "print(1)") == {"other"}
    assert live.ends() and wait(lambda: not live.busy())
    assert live.shown("other") == "1\n" and not (live.config.snippets / "one").exists()


def test_what_records_nothing_is_not_run_for_ever(live):
    code = "```\n\n```python fixture:network\nprint(1)"
    assert live.save("one", code) == {"one"}
    assert live.ends()
    assert live.save("one", code) == set()


def test_a_fork_server_that_cannot_start_is_told_of(live, caplog):
    def fail():
        raise ValueError("no sandbox")

    live.server.result().close()
    live.server = ThreadPoolExecutor(1).submit(fail)
    live.save("one", "print(1)")
    assert live.ends() and "no sandbox" in caplog.text
    live.server = ThreadPoolExecutor(1).submit(ForkServer(live.config.options).__enter__)
