"""Publishing: the site that hexapla publishes, as its mkdocs.yml has it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from hexapla.config.config import Config
from hexapla.publish import policy
from hexapla.publish.publication import Publication
from hexapla.publish.repository import Repository


def publication_of(
    config: MkDocsConfig, site: Config, nonce: str = "", *, writes_styles: bool = False
) -> Publication:
    """Read the pages of a site.

    `nonce` lets the script run that mkdocs' server adds to them; empty where nothing is served. `writes_styles` says
    whether the theme's script writes style sheets into them.
    """
    allowed = site.content_security_policy
    if allowed is True:
        allowed = policy.allowing(dict(_hosts_elsewhere(config, writes_styles=writes_styles)))
    if allowed and nonce:
        allowed = allowed.replace("{scripts}", f"{{scripts}} 'nonce-{nonce}'")
    docs = site.docs.relative_to(site.root).as_posix() if site.docs.is_relative_to(site.root) else ""
    repository = Repository.of(config.repo_url, config.edit_uri, docs)
    return Publication(site, Path(config.site_dir), config.site_url or "", allowed or "", repository)


def _hosts_elsewhere(config: MkDocsConfig, *, writes_styles: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Yield what mkdocs.yml has pages load from elsewhere, by the policy's directives."""
    google = config.theme.get("font") is not False
    styles = _hosts(config.extra_css)
    hosts = [*styles, *(["https://fonts.googleapis.com"] if google else [])]
    yield "style-src", hosts
    yield "font-src", [*styles, *(["https://fonts.gstatic.com"] if google else [])]
    scripts = [str(script) for script in config.extra_javascript]
    yield "script-src", _hosts(scripts)
    # So does a library of the site's own that draws on pages.
    if writes_styles or any("mermaid" in script.rpartition("/")[2].lower() for script in scripts):
        yield "style-src-elem", ["'unsafe-inline'", *hosts]


def _hosts(addresses: Any) -> list[str]:
    places = (urlsplit(address) for address in addresses)
    return [f"{place.scheme or 'https'}://{place.netloc}" for place in places if place.netloc]
