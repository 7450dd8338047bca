"""Posts for the tests of normalizing."""

from hexapla.posts import Post


def post(body: str, *, title: str = "", **front_matter: object) -> Post:
    """Make a post whose title, where given, is in its front matter."""
    if title:
        front_matter["title"] = title
    lines = tuple(range(1, body.count("\n") + 2 - body.endswith("\n"))) if body else ()
    return Post(
        path="posts/a.md",
        slug="a",
        language="en",
        title=title or "a",
        body=body,
        lines=lines,
        front_matter=front_matter,
    )
