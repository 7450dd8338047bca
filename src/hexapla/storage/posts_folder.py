"""Posts folder: each file of it a `Post` or a problem."""

import functools
import os
import re
import stat
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from hexapla.model.codes import problem
from hexapla.model.errors import Crash, attempt
from hexapla.model.keys import left_out
from hexapla.model.post import Post, is_markdown, parse_post
from hexapla.model.problem import Problem, harmless
from hexapla.storage import files
from hexapla.storage.assets import below
from hexapla.storage.crashes import crash_problems

_DEFINED = re.compile(r"""^[^\S\n]*+(?:async\s++)?def\s++(\w++)|\bname\s*=\s*["'](\w+)["']""", re.MULTILINE)
"""What a conftest.py defines, under its own name or another: read, not imported, so that it runs nothing."""

_OTHER_TEXTS = frozenset({
    ".adoc", ".asciidoc", ".htm", ".html", ".ipynb", ".org", ".pod", ".qmd", ".rmd", ".rst", ".textile", ".wiki",
})  # fmt: skip
"""Endings of texts that other generators make pages of."""
_PARTS_OF_PAGES = frozenset({"_data", "_includes", "_layouts", "_sass", "_site"})
_DRAFT = "which its author calls a draft"
_MANY = 1 << 17
"""So many posts are kept as they were read: more than a folder has, or else each reading would find none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsFolder:
    """Where a site's posts lie, and the languages that they may be in."""

    path: Path
    root: Path
    """The site's folder: what paths in messages are relative to."""
    languages: tuple[str, ...]
    default_language: str
    """Of what says none."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other tags by which posts name these languages."""


def posts(folder: PostsFolder) -> tuple[list[Post], list[Problem]]:
    """Read the posts' folder; of two posts with the same slug and language the first is kept."""
    known: dict[tuple[str, str], Post] = {}
    entries = _entries(folder.path)
    problems = [_leads_out(_shown(path, folder)) for path in entries.leading_out]
    left = {reason: [_shown(path, folder) for path in paths] for reason, paths in entries.left_out.items()}
    for path in entries.posts:
        post = post_at(path, _shown(path, folder), folder)
        if isinstance(post, Problem):
            problems.append(post)
            continue
        if is_draft(post.front_matter):
            left.setdefault(_DRAFT, []).append(post.path)
            continue
        first = known.setdefault((post.slug, post.language), post)
        if first is not post:
            problems.append(_twice(post, first))
        elif names := left_out(post.front_matter):
            problems.append(_left_out(post, names))
    problems = [*_once_a_language(problems), *(_unread(reason, paths) for reason, paths in left.items())]
    if not known and not problems:
        problems.append(_no_posts(folder))
    return list(known.values()), problems


def is_draft(front_matter: Mapping[str, object]) -> bool:
    """Return whether a post is not to be published yet: Hugo's `draft: true`, Jekyll's `published: false`."""
    return front_matter.get("draft") is True or front_matter.get("published") is False


def post_at(path: Path, shown: str, folder: PostsFolder) -> Post | Problem:
    """Read one file; `shown` is its path as the user names it."""
    if shown != harmless(shown):
        return problem(
            "post-refused", harmless(shown), 1, "The post's name holds characters that cannot be shown."
        )
    text = text_at(path, shown)
    if isinstance(text, Problem):
        return text
    aliases = tuple(folder.aliases.items())
    parsed = attempt(
        shown, lambda: _parsed(shown, text, tuple(folder.languages), folder.default_language, aliases)
    )
    return crash_problems(folder.root, [parsed])[0] if isinstance(parsed, Crash) else parsed


@functools.lru_cache(maxsize=_MANY)
def _parsed(
    shown: str,
    text: str,
    languages: tuple[str, ...],
    default_language: str,
    aliases: tuple[tuple[str, str], ...],
) -> Post | Problem:
    """Read a post; what is served is read again after each edit, and all but one post are as they were."""
    return parse_post(
        shown, text, languages=languages, default_language=default_language, aliases=dict(aliases)
    )


def text_at(path: Path, shown: str) -> str | Problem:
    """Read the text of one file, unless it is a link, or what may wait for ever; `shown` is how the user names it."""
    try:
        # Never opened before this is known: a device or a pipe may wait for ever, or do something.
        kind = path.lstat().st_mode
        if not stat.S_ISREG(kind):
            what = "a symbolic link" if stat.S_ISLNK(kind) else "no plain file"
            return problem("post-refused", shown, 1, f"The post is {what}, so it is not read.")
        return files.read_post(path)
    except UnicodeDecodeError as error:
        return Problem(
            path=shown,
            line=error.object.count(b"\n", 0, error.start) + 1,
            code="not-utf8",
            message=f"The post is not UTF-8: byte 0x{error.object[error.start]:02x} cannot be read.",
            hint="Save the file as UTF-8.",
        )
    except OSError as error:
        return Problem(
            path=shown,
            line=1,
            code="unreadable",
            message=f"The post cannot be read: {error.strerror}.",
            hint="Check the file's permissions.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entries:
    """What stands below a folder of posts; paths are sorted."""

    posts: Sequence[Path]
    leading_out: Sequence[Path]
    """Links to folders elsewhere."""
    left_out: Mapping[str, Sequence[Path]]
    """Texts that are not read, by the reason."""


def _entries(folder: Path) -> _Entries:
    """Return what is named like a post below a folder. What is hidden is left out, and no link is followed."""
    named: list[Path] = []
    leading_out: list[Path] = []
    left: dict[str, list[Path]] = defaultdict(list)
    for top, names, others in os.walk(folder):
        at = Path(top)
        names[:] = sorted(name for name in names if not name.startswith("."))
        for path in (at / name for name in names):
            if path.is_symlink() and below(path.resolve(), folder) is None:
                leading_out.append(path)
        for path in (at / name for name in sorted(others) if not name.startswith(".")):
            if reason := why_unread(path.relative_to(folder)):
                left[reason].append(path)
            elif is_markdown(path.name):
                named.append(path)
    return _Entries(posts=sorted(named), leading_out=sorted(leading_out), left_out=left)


def why_unread(path: PurePath) -> str:
    """Return why a text, by its path below a folder of posts, is not read as a post; empty for all else."""
    if path.suffix.lower() in _OTHER_TEXTS:
        return f"a file that ends in `{path.suffix}` is no Markdown"
    if not is_markdown(path.name):
        return ""
    if set(path.parts[:-1]) & _PARTS_OF_PAGES:
        return "in Jekyll's folders for parts of pages"
    if "_drafts" in path.parts[:-1]:
        return _DRAFT
    if path.stem.lower().partition(".")[0] == "_index":
        return "Hugo's `_index` describes a section, of which the site makes its own page"
    return "a name that begins with `_` says so" if path.name.startswith("_") else ""


def _shown(path: Path, folder: PostsFolder) -> str:
    """Return a path as the user names it."""
    return path.relative_to(folder.root).as_posix() if path.is_relative_to(folder.root) else path.as_posix()


def _twice(post: Post, first: Post) -> Problem:
    return Problem(
        path=post.path,
        line=post.line_of("lang"),
        code="same-post-twice",
        message=f"The article `{post.slug}` has a version in `{post.language}` already: {first.path}.",
        hint=f"Remove one of the two, or give one another name or `lang:`, or such a line as "
        f"`slug: {_other_slug(post, first)}`.",
    )


def _once_a_language(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield problems; of those with one language that the site lacks the first, which names how many there are."""
    same: dict[str, list[Problem]] = defaultdict(list)
    for problem_ in problems:
        if problem_.code == "unknown-language":
            same[problem_.message].append(problem_)
    for problem_ in problems:
        others = same.get(problem_.message, [problem_])
        if problem_ is others[0]:
            more = f" So are {len(others) - 1} more posts in it." if len(others) > 1 else ""
            yield replace(problem_, message=f"{problem_.message}{more}")


def _unread(reason: str, paths: Sequence[str]) -> Problem:
    """Return the note on texts that are left out for one reason."""
    listed = ", ".join(f"`{harmless(path)}`" for path in paths[:5]) + (" …" if len(paths) > 5 else "")
    what = "text is" if len(paths) == 1 else "texts are"
    return problem(
        "post-left-out", harmless(paths[0]), 1, f"{len(paths)} {what} left out, {reason}: {listed}."
    )


def _other_slug(post: Post, first: Post) -> str:
    """Return a slug that tells a post from another: with the folder in which only it is, else a number."""
    others = PurePath(first.path).parts
    folders = [part for part in PurePath(post.path).parts[1:-1] if part not in others and part.isidentifier()]
    return f"{folders[-1].strip('_')}-{post.slug}" if folders else f"{post.slug}-2"


def _leads_out(shown: str) -> Problem:
    message = "The folder is a symbolic link that leads out of the posts' folder, so it is not read."
    return problem("post-refused", harmless(shown), 1, message)


def _left_out(post: Post, names: tuple[str, ...]) -> Problem:
    listed = ", ".join(f"`{harmless(name[:40])}`" for name in names[:10]) + (" …" if len(names) > 10 else "")
    message = f"The page does not carry {listed}: it has known keys only, each with a value of its kind."
    return problem("front-matter-key", post.path, post.line_of(names[0]), message)


def _no_posts(folder: PostsFolder) -> Problem:
    return Problem(
        path=_shown(folder.path, folder),
        line=1,
        code="no-posts",
        message="There are no posts in this folder.",
        hint="Put Markdown files there, such as `hello.en.md`.",
    )


def fixture_names(folder: PostsFolder, post: Post) -> frozenset[str]:
    """Return the names that may be fixtures of a post: what each conftest.py beside it or above it defines."""
    home = (folder.root / post.path).parent
    above = [home, *home.parents]
    end = above.index(folder.root) + 1 if folder.root in above else 1
    plain = (path for place in above[:end] if _is_plain(path := place / "conftest.py"))
    texts = map(files.read_if_there, plain)
    return frozenset(name for text in texts for names in _DEFINED.findall(text) for name in names if name)


def _is_plain(path: Path) -> bool:
    """Return whether there is a file, and neither a link nor what may wait for ever when it is read."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
