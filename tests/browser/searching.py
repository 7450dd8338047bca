"""Search: what a reader types, and what is found."""

from browser.asking import until

_SETTLED = """() => {
  const words = JSON.parse(document.querySelector("#__config").textContent).translations
  const said = document.querySelector(".md-search-result__meta").textContent.trim()
  return said == words["search.result.none"] || document.querySelector(".md-search-result__link")
}"""
_ALL = """async () => {
  const list = document.querySelector(".md-search__scrollwrap")
  const found = () => [...document.querySelectorAll(".md-search-result__link")].map(one => one.href)
  // They come as the reader scrolls; they are all there once scrolling brings no more.
  for (let before = -1; before < found().length;) {
    before = found().length
    for (let frame = 0; frame < 6; frame++) {
      list.scrollTop = 0
      await new Promise(requestAnimationFrame)
      list.scrollTop = list.scrollHeight
      await new Promise(requestAnimationFrame)
    }
  }
  list.scrollTop = 0
  return found()
}"""


def search(page, query: str, *, key: str = "/") -> list[str]:
    """Enter a query into the search of an open page; return the pages that are found, without repetition.

    No key is pressed for it, as where words are dictated, pasted or chosen from a list, and as on many a phone.
    `key` opens the search; an empty one leaves it as it is.
    """
    if key:
        page.keyboard.press(key)
    until(page, "() => document.activeElement.matches('.md-search__input')")
    page.keyboard.insert_text(query)
    until(page, _SETTLED)
    links = (link.partition("?")[0].partition("#")[0] for link in page.evaluate(_ALL))
    return list(dict.fromkeys(links))
