"""Typefaces: scripts and formulas are set in the site's own, and nothing is loaded that a page does not need."""

import pytest

LOADED = """async () => {
  await document.fonts.ready
  const families = () => [...document.fonts].filter(one => one.status == "loaded").map(one => one.family.replaceAll('"', ""))
  for (let wait = 0; wait < 60 && [...document.fonts].some(one => one.status == "loading"); wait++)
    await new Promise(done => setTimeout(done, 50))
  return families()
}"""
OTHERS = {
    "Noto Sans Devanagari",
    "Noto Sans Arabic",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans Math",
}
"""What a machine may have itself."""


ONLY = """([selector, script]) => {
  const others = new RegExp(`[^\\\\p{Script=${script}}]+`, "gu")
  for (const element of document.querySelectorAll(selector))
    element.textContent = element.textContent.replace(others, "")
}"""
"""Leaves the letters of a script alone: what a page has besides is set in what the machine has for a language."""


def used(page, selector: str) -> dict[str, bool]:
    """Return the families in which elements are set, and whether each is the site's."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    families: dict[str, bool] = {}
    for node in found[:30]:
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        families |= {one["familyName"]: one["isCustomFont"] for one in fonts}
    return families


@pytest.mark.parametrize(
    ("path", "selector", "script", "family"),
    [
        ("hi/posts/loss/", "article p, article h1", "Devanagari", "Hexapla Devanagari"),
        ("ar/posts/loss/", "article p, article h1", "Arabic", "Hexapla Arabic"),
        ("zh/posts/loss/", "article p, article h1", "Han", "Hexapla Han"),
        ("zh/posts/loss/", "math *", "", "Hexapla Math"),
        ("de/posts/loss/", "math *", "", "Hexapla Math"),
        ("hi/404.html", "article p", "Devanagari", "Hexapla Devanagari"),
    ],
)
def test_a_page_is_set_in_the_sites_own_typeface(open_page, small, path, selector, script, family):
    page = open_page(f"{small.address}{path}")
    assert family in page.evaluate(LOADED)
    if script:
        page.evaluate(ONLY, [selector, script])
    families = used(page, selector)
    assert families.get(family) is True and not OTHERS & set(families)


def test_comments_in_code_are_too(open_page, own):
    page = open_page(f"{own.home('hi')}posts/autograd-from-scratch/")
    page.evaluate(LOADED)
    assert used(page, "article pre code span").get("Hexapla Devanagari") is True


def test_a_page_without_such_words_loads_no_typeface(open_page, small):
    small.answers.clear()
    page = open_page(f"{small.address}posts/only-english/")
    assert page.evaluate(LOADED) == []
    assert not [one for one in small.answers if one.path.endswith(".woff2")]
