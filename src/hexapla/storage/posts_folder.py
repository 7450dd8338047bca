"""Reading: the posts' folder, each file a `Post` or a problem."""

import re
from pathlib import Path

from hexapla.config.config import Config
from hexapla.model.post import Post, parse
from hexapla.model.problem import Problem
from hexapla.storage import files

_DEFINED = re.compile(r"""^\s*(?:async\s+)?def\s+(\w+)|\bname\s*=\s*["'](\w+)["']""", re.MULTILINE)
"""What a conftest.py defines, under its own name or another: read, not imported, so that it runs nothing."""


def posts(config: Config) -> tuple[list[Post], list[Problem]]:
    """Read the posts' folder; of two posts with the same slug and language the first is kept."""
    found: dict[tuple[str, str], Post] = {}
    problems: list[Problem] = []
    for path in files.posts_below(config.posts):
        shown = (
            path.relative_to(config.root).as_posix() if path.is_relative_to(config.root) else path.as_posix()
        )
        post = post_at(path, shown, config)
        if isinstance(post, Problem):
            problems.append(post)
            continue
        first = found.setdefault((post.slug, post.language), post)
        if first is not post:
            problems.append(_twice(post, first))
    if not found and not problems:
        problems.append(_no_posts(config))
    return list(found.values()), problems


def post_at(path: Path, shown: str, config: Config) -> Post | Problem:
    """Read one file; `shown` is its path as the user names it."""
    try:
        text = files.read_post(path)
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
    return parse(shown, text, languages=config.codes, default_language=config.default_language)


def _twice(post: Post, first: Post) -> Problem:
    return Problem(
        path=post.path,
        line=post.line_of("lang"),
        code="same-post-twice",
        message=f"The article `{post.slug}` has a version in `{post.language}` already: {first.path}.",
        hint="Remove one of the two, or give one another name, `slug:` or `lang:`.",
    )


def _no_posts(config: Config) -> Problem:
    folder = (
        config.posts.relative_to(config.root) if config.posts.is_relative_to(config.root) else config.posts
    )
    return Problem(
        path=folder.as_posix(),
        line=1,
        code="no-posts",
        message="There are no posts in this folder.",
        hint="Put Markdown files there, such as `hello.en.md`.",
    )


def fixtures(config: Config, post: Post) -> frozenset[str]:
    """Return the names that may be fixtures of a post: what each conftest.py beside it or above it defines."""
    folder = (config.root / post.path).parent
    folders = [folder, *folder.parents]
    end = folders.index(config.root) + 1 if config.root in folders else 1
    texts = (files.read_if_there(each / "conftest.py") for each in folders[:end])
    return frozenset(name for text in texts for names in _DEFINED.findall(text) for name in names if name)
