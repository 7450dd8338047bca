"""Pages are set in the site's own typefaces where they need one, and load none where they don't."""

import pytest

from hexapla.fonts import FOLDER, TYPEFACES

LOADED = """async () => {
  await document.fonts.ready
  return [...document.fonts].filter(one => one.status == "loaded").map(one => one.family.replaceAll('"', ""))
}"""
OTHERS = {
    "Noto Sans Devanagari",
    "Noto Sans Arabic",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans Math",
}
"""What the machine itself would set such words in."""


@pytest.mark.parametrize(
    ("language", "path", "selector", "family"),
    [
        ("hi", "posts/loss/", "article p", "Hexapla Devanagari"),
        ("ar", "posts/loss/", "article p", "Hexapla Arabic"),
        ("zh", "posts/loss/", "article p", "Hexapla Han"),
        ("zh", "posts/loss/", "math *", "Hexapla Math"),
        ("de", "posts/loss/", "math *", "Hexapla Math"),
        ("hi", "404.html", "article p", "Hexapla Devanagari"),
    ],
)
def test_a_page_is_set_in_the_sites_own_typeface(open_page, small, language, path, selector, family):
    page = open_page(f"{small.home(language)}{path}")
    page.wait_for_timeout(300)  # What letters ask for is loaded once they have been laid out.
    assert family in page.evaluate(LOADED)
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    found = tools.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})
    used: dict[str, bool] = {}
    for node in found["nodeIds"][:20]:
        answer = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})
        used |= {one["familyName"]: one["isCustomFont"] for one in answer["fonts"]}
    assert used.get(family) is True
    assert not OTHERS & set(used)


def test_a_page_without_such_words_loads_no_typeface(open_page, small):
    assert open_page(f"{small.home('en')}posts/only-english/").evaluate(LOADED) == []
    assert {one.name for one in (small.folder / FOLDER).iterdir()} == {face.file for face in TYPEFACES}
