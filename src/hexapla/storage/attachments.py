"""Attachments: the files that an article brings along for its program, from the folder of its post.

A post may come from anyone, and a program shows what it reads: so no file is taken from elsewhere, by whatever way.
"""

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from hexapla.model.article import Article
from hexapla.model.codes import problem
from hexapla.model.problem import Problem
from hexapla.model.program import File
from hexapla.storage.assets import is_hidden

MOST = 64 * 2**20
"""Bytes that an article may bring along: they are copied for each run."""
_BESIDE: Mapping[str, Sequence[str]] = {"file": ("{0}",), "package": ("{0}.py", "{0}/__init__.py")}
"""By the cause of a failure, what file tells that its subject lies beside the post."""
_PROJECT = ("pyproject.toml", "setup.py")
_SOURCES = ("{0}.py", "{0}/__init__.py", "src/{0}.py", "src/{0}/__init__.py")
"""What tells that a folder is a Python project's, and where that has its packages."""


class _RefusedError(Exception):
    """A file is not brought along: why, as a clause."""


def with_files(article: Article, root: Path, more: Sequence[str] = ()) -> tuple[Article, tuple[Problem, ...]]:
    """Return an article whose programs know their files: those that `files:` of its original names, and `more`.

    `root` is what the post's path is relative to.
    """
    post = article.posts[article.original]
    given = post.front_matter.get("files", [])
    line, folder = post.line_of("files"), (root / post.path).parent
    if not isinstance(given, list):
        words = f"`files` is {given!r}, and takes a list of files and folders beside the post."
        return article, (problem("bad-setting", post.path, line, words),)
    files: dict[str, File] = {}
    problems: list[Problem] = []
    left = MOST
    for entry in (*given, *more):
        try:
            for file, size in _files(folder, entry):
                left -= size
                if left < 0:
                    raise _RefusedError(f"with it they are more than {MOST // 2**20} MB")
                files[file.name] = file
        except _RefusedError as refused:
            words = f"`files` names {str(entry)!r}, which is not brought along: {refused}."
            problems.append(problem("file-refused", post.path, line, words))
    if not files:
        return article, tuple(problems)
    programs = (replace(program, files=tuple(files.values())) for program in article.programs)
    return replace(article, programs=tuple(programs)), tuple(problems)


def _files(folder: Path, entry: object) -> Iterator[tuple[File, int]]:
    """Yield the file that an entry names, or those of the folder that it names, each with its size."""
    if not isinstance(entry, str) or not entry or "\0" in entry:
        raise _RefusedError("it is no file's name")
    name = PurePosixPath(entry)
    if name.is_absolute() or ".." in name.parts:
        raise _RefusedError("it leaves the post's folder")
    if is_hidden(entry) or not name.parts:
        raise _RefusedError("it is hidden, or the post's folder itself")
    path = folder / name
    if not path.exists():
        raise _RefusedError("there is no such file")
    paths = sorted(path.rglob("*")) if path.is_dir() else [path]
    for inner in paths:
        place = inner.relative_to(folder).as_posix()
        if is_hidden(place) or inner.is_dir():
            continue
        if not inner.resolve().is_relative_to(folder.resolve() / name):
            raise _RefusedError("a link leads out of it")
        if not inner.is_file():
            raise _RefusedError("it is no plain file")
        size = inner.stat().st_size
        if size > MOST:
            raise _RefusedError(f"{place} has {size // 2**20} MB, and all together may have {MOST // 2**20}")
        with inner.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        yield File(name=place, source=str(inner.resolve()), digest=digest), size


def archive_name(article: Article) -> str:
    """Return how the archive of the files that an article brings along is called; empty where it brings none.

    Other content has another name, so that what lies under a name is never out of date.
    """
    brought = _brought(article)
    known = "\n".join(f"{file.digest} {file.name}" for file in brought)
    return f"{article.slug}/{hashlib.sha256(known.encode()).hexdigest()[:12]}.zip" if brought else ""


def archive(article: Article) -> bytes:
    """Return the files that an article brings along as a ZIP archive, the same bytes for the same content.

    One archive rather than the files themselves: a browser saves each under its bare name, and would show a page
    among them as one of the site's.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        for file in _brought(article):
            entry = zipfile.ZipInfo(file.name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            opened.writestr(entry, Path(file.source).read_bytes())
    return written.getvalue()


def _brought(article: Article) -> tuple[File, ...]:
    return next((program.files for program in article.programs), ())


IN_FRONT_MATTER = "`files: [{name}]` in the front matter"
"""How a post brings a file along."""


def told_how(finding: Problem, root: Path, way: str = IN_FRONT_MATTER) -> Problem:
    """Return a problem whose advice says how a cell gets what it lacks, where that lies beside its post.

    `way` is how it is brought along there, with `{name}` for the file's.
    """
    if finding.cause not in _BESIDE or not finding.subject:
        return finding
    name = PurePosixPath(finding.subject)
    folder = (root / finding.path).parent
    if name.is_absolute() or ".." in name.parts or is_hidden(str(name)):
        return finding
    if finding.cause == "package" and (project := _project_with(finding.subject, folder.resolve())):
        shown = Path(os.path.relpath(project)).as_posix()
        return replace(
            finding, hint=f"It is this project's own: `pip install -e {shown}` installs it for programs."
        )
    for place in _BESIDE[finding.cause]:
        if (folder / place.format(name)).is_file():
            brought = place.format(name).removesuffix("/__init__.py")
            return replace(
                finding, hint=f"It lies beside the post: {way.format(name=brought)} brings it along."
            )
    return finding


def _project_with(package: str, folder: Path) -> Path | None:
    """Return the nearest folder of a Python project, from `folder` up, where that has the package."""
    projects = (
        above for above in (folder, *folder.parents) if any((above / name).is_file() for name in _PROJECT)
    )
    project = next(projects, None)
    known = project and any((project / place.format(package)).is_file() for place in _SOURCES)
    return project if known else None
