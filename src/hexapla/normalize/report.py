"""Report: what normalizing would change in a post, as a diff with the reasons."""

import difflib

from hexapla.normalize.result import Normalized
from hexapla.posts import Post


def difference(post: Post, normalized: Normalized) -> str:
    """Return a unified diff of a post's body, its line numbers those of the body, and below it each reason.

    Empty where nothing changes and nothing is to be said.
    """
    diff = difflib.unified_diff(
        post.body.splitlines(keepends=True),
        normalized.post.body.splitlines(keepends=True),
        f"a/{post.path}",
        f"b/{post.path}",
    )
    changes = [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in diff]
    return "".join((*changes, *(f"{problem}\n" for problem in normalized.problems)))
