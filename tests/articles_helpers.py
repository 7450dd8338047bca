"""Makes articles from a few lines, for the tests of what compares them."""

from collections.abc import Sequence

from hexapla.model.article import Article
from hexapla.model.post import Post, Version
from hexapla.programs.align.article import align

LANGUAGES = ("en", "de", "fr", "hi", "zh", "ar")


def fence(code: str, info: str = "python") -> str:
    return f"```{info}\n{code}\n```\n"


def post(language: str, *parts: str, slug: str = "a", **front_matter: object) -> Post:
    body = "\n".join(("Some words.\n", *parts))
    return Post(
        path=f"posts/{slug}.{language}.md",
        slug=slug,
        language=language,
        title="",
        body=body,
        lines=range(1, body.count("\n") + 2),
        front_matter=front_matter,
    )


def article(*posts: Post, older: Sequence[Version] = ()) -> Article:
    return align(posts, default_language="en", languages=LANGUAGES, versions=lambda _: older)


def pair(original: str, translation: str, **front_matter: object) -> Article:
    """Return the article of two posts with one block each."""
    return article(post("en", fence(original)), post("de", fence(translation), **front_matter))


def codes(found: Article) -> list[str]:
    return [problem.code for problem in found.problems]
