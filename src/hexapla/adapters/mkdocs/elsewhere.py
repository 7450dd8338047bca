"""Elsewhere: what mkdocs.yml has pages load from other sites."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig


def hosts_elsewhere(config: MkDocsConfig) -> Iterator[tuple[str, list[str]]]:
    """Yield what mkdocs.yml has pages load from elsewhere, by the policy's directives."""
    google = config.theme.get("font") is not False
    styles = _hosts(config.extra_css)
    hosts = [*styles, *(["https://fonts.googleapis.com"] if google else [])]
    yield "style-src", hosts
    yield "font-src", [*styles, *(["https://fonts.gstatic.com"] if google else [])]
    scripts = [str(script) for script in config.extra_javascript]
    yield "script-src", _hosts(scripts)
    if any("mermaid" in script.rpartition("/")[2].lower() for script in scripts):
        # A library of the site's own writes style sheets into the pages that it draws on.
        yield "style-src-elem", ["'unsafe-inline'", *hosts]


def _hosts(addresses: Any) -> list[str]:
    places = (urlsplit(address) for address in addresses)
    return [f"{place.scheme or 'https'}://{place.netloc}" for place in places if place.netloc]
