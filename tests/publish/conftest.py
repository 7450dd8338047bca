"""A site while its pages are made."""

import pytest

from hexapla.config.config import load
from hexapla.publish.publication import Publication

URL = "https://site.example"


@pytest.fixture
def publication(new_site, tmp_path):
    """Return what makes the publication of a site with these files below docs/."""

    def make(pages: dict[str, str], policy: str = "script-src 'self'", url: str = URL) -> Publication:
        config = load(new_site({}, languages="en,de,zh"))
        for name, text in pages.items():
            path = config.docs / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Publication(config, tmp_path / "built", url, policy)

    return make
