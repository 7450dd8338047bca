"""Pictures of the pages, in `artefacts/screenshots/`, for someone to look at; CI keeps them.

What can be told without eyes is tested: that a picture is a page and not a blank.
"""

import pytest
from PIL import Image

from browser import PHONE, ROOT
from browser.asking import restyle
from browser.searching import search

FOLDER = ROOT / "artefacts" / "screenshots"
# Higher than a screen, to show more; a picture of the whole page would show the header as it scrolls.
SCREENS = {
    "desk-light": {"viewport": {"width": 1280, "height": 2000}, "color_scheme": "light"},
    "desk-dark": {"viewport": {"width": 1280, "height": 2000}, "color_scheme": "dark"},
    "phone-light": {**PHONE, "viewport": {"width": 390, "height": 2000}, "color_scheme": "light"},
    "phone-dark": {**PHONE, "viewport": {"width": 390, "height": 2000}, "color_scheme": "dark"},
}
LANGUAGES = ("en", "de", "hi", "ar", "zh")
PAGES = {
    "home": ("own", ""),
    "list": ("own", "posts/"),
    "translations": ("own", "translations/"),
    "article": ("own", "posts/parameter/"),
    "figure-error-formula": ("own", "posts/broadcasting/"),
    "folded": ("small", "posts/loss/"),
    "not-found": ("own", "no/such/page/"),
}
QUERIES = {"en": "tensor", "de": "Schicht", "hi": "tensor", "ar": "موتر", "zh": "张量"}
ARRIVED = """async () => {
  for (const one of document.images) one.loading = "eager"
  await Promise.all([document.fonts.ready, ...[...document.images].map(one => one.decode().catch(() => 0))])
}"""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_pictured(open_page, own, small, language, screen):
    FOLDER.mkdir(parents=True, exist_ok=True)
    page = open_page(own.home(language), **SCREENS[screen])
    for name, (site, path) in PAGES.items():
        page.goto(f"{(own if site == 'own' else small).home(language)}{path}")
        _picture(page, f"{name}-{language}-{screen}")
    page.goto(own.home(language))
    assert search(page, QUERIES[language])
    _picture(page, f"search-{language}-{screen}")


def _picture(page, name: str) -> None:
    """Take a picture, small enough to keep; fail where it is a blank."""
    page.evaluate(ARRIVED)
    restyle(page, "* { transition: none !important }")
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file, scale="css")
    with Image.open(file) as picture:
        colours = picture.convert("RGB").getcolors(1 << 24)
        most = max(count for count, _ in colours) / (picture.width * picture.height)
    assert len(colours) > 50 and most < 0.98, f"{file} shows nothing"
