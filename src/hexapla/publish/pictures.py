"""Pictures: what social sites show beside a link to a page: the picture that its author chose, or a card."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from hexapla.config.config import Config
from hexapla.publish import cards
from hexapla.publish.head import Picture
from hexapla.publish.sources import PageSource
from hexapla.storage import files
from hexapla.storage.cache import Cache

CARDS = "assets/hexapla/cards"
"""Where the cards of articles are in a built site, by language."""


def picture_of(
    page: PageSource,
    config: Config,
    cache: Cache,
    *,
    site_url: str,
    folder: Path,
    is_there: Callable[[str], bool],
) -> Picture | None:
    """Return the picture that a post's author chose, or a card; none where no address would lead to it.

    `folder` is where the builder writes, `site_url` where the site will be; `is_there` says of a path below it
    whether the builder has put a file there.
    """
    if page.image.startswith(("https://", "http://")):
        return Picture(address=page.image, words=page.title)
    path = page.image.lstrip("/")
    if path and site_url and is_there(path):
        return Picture(address=site_url + quote(path), words=page.title)
    path = f"{CARDS}/{page.language}/{page.name.rpartition('/')[2]}.png"
    is_home = page.name == "index" and not page.original and page.title
    if not site_url or not (page.is_article or is_home) or not _card(page, config, cache, folder / path):
        return None
    width, height = cards.SIZE
    return Picture(address=site_url + quote(path), words=page.title, width=width, height=height)


def _card(page: PageSource, config: Config, cache: Cache, target: Path) -> bool:
    """Write the card of an article; return whether it has one."""
    stage, said = f"cards/{page.language}/{page.name}", (page.language, page.title, config.name)
    # Nothing at all says that the title cannot be drawn.
    data = cache.memo(stage, {"": said}, lambda _: [_drawn(page, config.name)], bytes)[""]
    if data:
        files.write_bytes(target, data, durable=False)
    return bool(data)


def _drawn(page: PageSource, site: str) -> bytes:
    faces = cards.faces(page.language, lambda file: files.data(f"fonts/{file}"))
    return cards.card(page.title, page.language, site=site, faces=faces) or b""
