"""Dire situations: full disks, folders that are read-only, files where folders should be. Each is told of in a sentence, costs
nothing that was there and leaves nothing behind; and once it is over, the next commands give what they would have given.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from hexapla import scaffold
from hexapla.cli.main import main

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="programs and mounts are Linux's"),
]
HEXAPLA = f"'{sys.executable}' -m hexapla.cli"
OWN_MOUNTS = ["unshare", "--mount", *(["--user", "--map-root-user"] if os.geteuid() else [])]
CAN_MOUNT = (
    subprocess.run(
        [*OWN_MOUNTS, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
    ).returncode
    == 0
)
READ_ONLY = "mkdir -p {0}; mount --bind {0} {0}; mount -o remount,bind,ro {0}\n"
SMALL = "mkdir -p {0}; mount -t tmpfs -o size={1} none {0}\n"
KEPT = "cp -r {0} ../kept; umount {0}; cp -r ../kept/. {0}\n"
"""What a disk of its own holds goes with the namespace, unless it is put where it belongs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is wrong before a command, what becomes of the command, and what puts it right again: for a shell."""

    before: str = ""
    command: str = f"{HEXAPLA} run"
    status: int = 0
    said: str = ""
    """A line of what was said, the site's folder left out; empty where there is nothing to say."""
    after: str = ""


SITUATIONS = {
    "records can't be written": Situation(
        before=READ_ONLY.format("snippets"),
        status=2,
        said="hexapla cannot go on: snippets/.lock: Read-only file system.",
    ),
    "the site can't be written": Situation(
        before=READ_ONLY.format("site"),
        command=f"{HEXAPLA} build",
        status=2,
        said="mkdocs cannot go on: site/assets: Read-only file system.",
        after="umount site; rmdir site",
    ),
    "what is remembered can't be, and there is no shared memory": Situation(
        before=READ_ONLY.format(".hexapla") + READ_ONLY.format("/dev/shm"),
        after="umount .hexapla; rmdir .hexapla",
    ),
    "the disk is full when outputs are recorded": Situation(
        before=f"{SMALL.format('snippets', '4k')}head -c 9000 /dev/zero > snippets/full",
        status=2,
        said="No space left on device.",
        after=f"rm snippets/full; {KEPT.format('snippets')}",
    ),
    "the disk is full when pages are written": Situation(
        before=SMALL.format("docs", "16k"),
        command=f"{HEXAPLA} pages",
        status=2,
        said="No space left on device.",
        after=KEPT.format("docs"),
    ),
    "programs have no room": Situation(
        before=SMALL.format("$TMPDIR", "16k"),
        status=2,
        said="hexapla cannot go on: programs have no room for their files in {}/tmp: No space left on device. Make room there, or "
        "name another folder in TMPDIR.",
    ),
    "the user has no folder, no cache and no temporary files": Situation(
        before="export TMPDIR=/nowhere HOME=/nowhere; unset XDG_CACHE_HOME; touch .hexapla",
        after="rm .hexapla",
    ),
    "the folder of records is a file": Situation(
        before="touch snippets",
        status=2,
        said="hexapla cannot go on: snippets: File exists.",
        after="rm snippets",
    ),
    "a post changes while it is read": Situation(
        before="(while [ ! -e ../enough ]; do sleep 0.01; head -c 20 posts/a.en.md > aside; mv aside posts/a.en.md; rm posts/b.en.md; "
        "cp ../fresh/posts/b.en.md posts; done) & changes=$!",
        command=f"{HEXAPLA} pages > /dev/null; [ $? -lt 2 ]; whole=$?; touch ../enough; wait $changes; [ $whole = 0 ]",
        after="rm ../enough; cp ../fresh/posts/* posts",
    ),
    "nobody can be told": Situation(
        command=f"{HEXAPLA} check > /dev/full",
        status=2,
        said="hexapla cannot go on: No space left on device.",
    ),
    "there is no standard input, output or error": Situation(command=f"{HEXAPLA} run <&- >&- 2>&-"),
    "few files may be open": Situation(
        before="ulimit -n 64",
        status=2,
        said="hexapla cannot go on: the fork server can't start: it may not have 201 files open here (`ulimit -n`). Check "
        "`preload` and that the packages are installed.",
    ),
    "the clock has jumped back": Situation(
        before=f"{HEXAPLA} pages; find . -exec touch -d 2100-01-01 {{}} +; echo More. >> posts/a.en.md; "
        "touch -d 1970-01-02 posts/a.en.md",
        command=f"{HEXAPLA} pages && grep -q More. docs/en/posts/a.md",
        after="cp ../fresh/posts/* posts",
    ),
    "two run at once": Situation(command=f"{HEXAPLA} run & {HEXAPLA} run && wait $!"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder with a site and temporary files, and what comes of the site where nothing is wrong."""

    folder: Path
    expected: dict[str, bytes]

    def meet(self, situation: Situation) -> tuple[int, str]:
        """Give the commands to a shell in the site's folder; return the exit status and what was said."""
        script = f"({situation.before}\n{situation.command}\n)\nstatus=$?\n{situation.after}\nexit $status"
        done = subprocess.run(
            [*(OWN_MOUNTS if "mount" in situation.before else []), "bash", "-c", script],
            cwd=self.folder / "site",
            env=os.environ
            | {"TMPDIR": str(self.folder / "tmp"), "PYTHONPATH": str(Path(scaffold.__file__).parent.parent)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout.replace(f"{self.folder / 'site'}/", "")

    def made(self) -> dict[str, bytes]:
        """Run and write what is to be, and return all that is in the site's folder but for what is remembered."""
        file = self.folder / "site" / "mkdocs.yml"
        assert main(["run", "-f", str(file)]) == main(["pages", "-f", str(file)]) == 0
        paths = {path.relative_to(file.parent).as_posix(): path for path in file.parent.rglob("*")}
        return {
            name: path.read_bytes()
            for name, path in paths.items()
            if path.is_file() and not name.startswith(".hexapla/") and path.name != ".lock"
        }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Make the site, and look what comes of it."""
    place = Place(folder=tmp_path_factory.mktemp("dire"), expected={})
    site = place.folder / "site"
    scaffold.make_site(site, ["en"], "A site")
    shutil.rmtree(site / "posts")
    (site / "posts").mkdir()
    for name in "ab":
        text = f"# Ä {name}\n\nText.\n\n```python\nprint('ä', {name!r})\n```\n"
        (site / f"posts/{name}.en.md").write_text(text, encoding="utf-8")
    mkdocs_yml = site / "mkdocs.yml"
    mkdocs_yml.write_text(mkdocs_yml.read_text().replace("preload: auto", "preload: []"))
    shutil.copytree(site, place.folder / "fresh")
    return Place(folder=place.folder, expected=place.made())


@pytest.fixture
def place(undisturbed: Place) -> Place:
    """Put the site back to what it was before any command."""
    for name in ("site", "tmp", "kept"):
        shutil.rmtree(undisturbed.folder / name, ignore_errors=True)
    shutil.copytree(undisturbed.folder / "fresh", undisturbed.folder / "site")
    (undisturbed.folder / "tmp").mkdir()
    return undisturbed


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)
def test_it_is_told_costs_nothing_and_leaves_nothing(place: Place, situation: Situation) -> None:
    if "mount" in situation.before and not CAN_MOUNT:
        pytest.skip("this machine lets this user mount nothing")
    status, said = place.meet(situation)
    assert status == situation.status, said
    assert situation.said.format(place.folder) in said and "Traceback" not in said, said
    assert list((place.folder / "tmp").iterdir()) == []
    made = place.made()
    assert made.keys() == place.expected.keys()
    assert [name for name in made if made[name] != place.expected[name]] == []
