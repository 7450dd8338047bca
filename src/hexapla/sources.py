"""Source: what the Markdown of a page says of the page, whichever builder made its HTML."""

from dataclasses import dataclass

import yaml

from hexapla import topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One Markdown file below docs/, read."""

    language: str
    name: str
    """Its path below the language's folder, without `.md`: the same in every language."""
    text: str
    title: str = ""
    description: str = ""
    published: str = ""
    """A date as in ISO 8601; empty where there is none."""
    tags: tuple[str, ...] = ()
    image: str = ""
    """What its author wants to be shown beside links to it: an address, or a path below the site's root."""
    original: str = ""
    """The language that is shown because the article has no version in `language`."""

    @property
    def is_article(self) -> bool:
        """Whether it is an article's page in its own language."""
        folder, _, slug = self.name.rpartition("/")
        return folder == "posts" and slug != "index" and not self.original


def parse(path: str, text: str) -> Source:
    """Read a page; `path` is relative to docs/, with forward slashes."""
    language, _, name = path.removesuffix(".md").partition("/")
    head = text.partition("\n---\n")[0] if text.startswith("---\n") else ""
    try:
        values = yaml.safe_load(head) or {}
    except yaml.YAMLError:
        values = {}
    values = values if isinstance(values, dict) else {}
    return Source(
        language=language,
        name=name,
        text=text,
        title=str(values.get("title") or ""),
        description=str(values.get("description") or ""),
        published=str(values.get("date") or "")[:10],
        tags=topics.read(values.get("tags")),
        image=_image(values.get("image")),
        original=str(values.get("hexapla_original") or ""),
    )


def _image(given: object) -> str:
    """Return the path of an image, which Jekyll's themes also write as a mapping."""
    if isinstance(given, dict):
        given = given.get("path") or given.get("src") or given.get("feature")
    return given if isinstance(given, str) else ""
