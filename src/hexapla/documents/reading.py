"""Reading documents: which files, as what text, and what beside them is no Markdown."""

import difflib
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hexapla.config import document as mkdocs_yml
from hexapla.config.document import nearest_site
from hexapla.documents.document import Document
from hexapla.documents.slots import astray
from hexapla.model import post as posts
from hexapla.model.codes import problem
from hexapla.model.errors import ConfigError
from hexapla.model.post import ENDINGS, Post
from hexapla.model.problem import Problem, in_order
from hexapla.model.settings import Settings
from hexapla.programs.align import article as articles
from hexapla.storage import files
from hexapla.storage.attachments import with_files
from hexapla.storage.snippets import with_snippets

READ = (*ENDINGS, ".qmd", ".rmd")
"""How the names of files end that are read; Quarto's and R Markdown's are Markdown with options of their own."""
_OTHER: Mapping[str, str] = {
    ".ipynb": "`jupyter nbconvert --to markdown` makes Markdown of a notebook.",
    ".rst": "`pytest --doctest-glob='*.rst'` tests reStructuredText.",
}
"""Texts with code that is not read, and what does something with them."""
_SNIPPETS = "pymdownx.snippets"
_NO_DOCUMENTS = frozenset({"node_modules", "site-packages", "__pycache__"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocuments:
    """What was found under the names of files and folders."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    unread: tuple[Path, ...]
    """Files with code that are no Markdown."""


def is_document(name: str) -> bool:
    """Return whether a file is read by the end of its name, or is told of with what reads it."""
    return Path(name).suffix.lower() in (*READ, *_OTHER)


def read_documents(paths: Sequence[Path], settings: Settings, brought: Sequence[str] = ()) -> ReadDocuments:
    """Read Markdown files, and those below folders; what cannot be read is a problem.

    `brought` are the files beside each that its program may read, besides those that its front matter names.

    Raises:
        ConfigError: there is no such file or folder, or no Markdown in any of them.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    named, unread = _files(paths)
    nowhere = [name for name in brought if not any((path.parent / name).exists() for path in named)]
    for path in named:
        document = _document(path, settings)
        if isinstance(document, Problem):
            problems.append(document)
            continue
        read, untaken = document
        beside = [name for name in brought if (path.parent / name).exists() or name in nowhere]
        article, refused = with_files(read.article, Path(), beside)
        documents.append(replace(read, article=article))
        problems += (*article.problems, *untaken, *refused, *astray(read))
    return ReadDocuments(
        documents=tuple(documents), problems=in_order([*problems, *_untold(unread)]), unread=tuple(unread)
    )


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files to read, each once, and those with code that are not read."""
    named: dict[Path, None] = {}
    unread: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise ConfigError(f"There is no such file or folder: {_meant(path)}", path=str(path))
        if not path.is_dir() and not path.is_file():
            raise ConfigError("It is neither a file nor a folder: name one.", path=str(path))
        if path.is_file() and (advice := _OTHER.get(path.suffix.lower())):
            raise ConfigError(f"It is no Markdown, so it is not read. {advice}", path=str(path))
        for file in _below(path) if path.is_dir() else (path,):
            (unread if file.suffix.lower() in _OTHER else named)[file] = None
    if not named:
        others = dict.fromkeys(_OTHER[file.suffix.lower()] for file in unread)
        advice = " ".join(("There is no Markdown in it: name a `.md` file, or its folder.", *others))
        raise ConfigError(advice, path=str(paths[0]))
    return list(named), list(unread)


def _meant(path: Path) -> str:
    """Say which file was meant by a name that there is none of."""
    folder = path.parent
    known = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    near = difflib.get_close_matches(path.name, known, n=1)
    return f"did you mean `{(folder / near[0]).as_posix()}`?" if near else "correct its name."


def _below(folder: Path) -> Iterator[Path]:
    """Yield the documents below a folder, sorted; what is hidden, another project's or no document is left out."""
    for top, names, others in os.walk(folder):
        names[:] = sorted(
            name
            for name in names
            if not name.startswith((".", "_"))
            and name not in _NO_DOCUMENTS
            and not (Path(top, name) / "pyvenv.cfg").exists()
        )
        for name in sorted(others):
            if is_document(name) and not name.startswith((".", "_")) and Path(top, name).is_file():
                yield Path(top, name)


def _untold(unread: Sequence[Path]) -> Iterator[Problem]:
    """Yield a warning for each kind of files with code that are not read."""
    kinds: dict[str, list[Path]] = defaultdict(list)
    for path in unread:
        kinds[path.suffix.lower()].append(path)
    for ending, paths in kinds.items():
        files_are = "1 file that ends" if len(paths) == 1 else f"{len(paths)} files that end"
        words = f"{files_are} in `{ending}` and may hold code: not read. {_OTHER[ending]}"
        yield problem("not-markdown", paths[0].as_posix(), 1, words)


def _document(path: Path, settings: Settings) -> tuple[Document, tuple[Problem, ...]] | Problem:
    """Read one file; return it with what could not be taken into its code, or why it cannot be read."""
    name = path.as_posix()
    try:
        text = path.read_bytes().decode("utf-8")
        plain = files.read_post(path)
    except UnicodeDecodeError as error:
        return _no_text(name, error.object.count(b"\n", 0, error.start) + 1, "It is not UTF-8.")
    except OSError as error:
        words = f"It cannot be read: {error.strerror}."
        return Problem(path=name, line=1, code="unreadable", message=words, hint="Check its permissions.")
    if "\0" in text:
        return _no_text(
            name, text.count("\n", 0, text.index("\0")) + 1, "It holds a zero byte, so it is no text."
        )
    post = posts.document(name, plain)
    if isinstance(post, Problem):
        return post
    post, untaken = _with_code(post, path)
    article = articles.align(
        [post], default_language=post.language, languages=(post.language,), defaults=settings
    )
    return Document(path=path, text=text, article=article), untaken


def _no_text(name: str, line: int, words: str) -> Problem:
    return Problem(path=name, line=line, code="not-utf8", message=words, hint="Save the file as UTF-8.")


def _with_code(post: Post, path: Path) -> tuple[Post, tuple[Problem, ...]]:
    """Return a text whose blocks hold the code that they take in by `--8<--`, as the nearest site would have it."""
    if not re.search(r"-8<-", post.body):
        return post, ()
    site = nearest_site(path.parent)
    root = site.parent if site else Path()
    options = _snippet_options(site) if site else {}
    given = options.get("base_path", ["."])
    homes = [root / str(home) for home in (given if isinstance(given, list) else [given])]
    return with_snippets(post, homes, options)


def _snippet_options(site: Path) -> dict[str, Any]:
    try:
        return mkdocs_yml.read_yaml(site).named("markdown_extensions").get(_SNIPPETS, {})
    except ConfigError:
        return {}
