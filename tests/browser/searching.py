"""Search: what a reader types, and what is found."""

from browser.asking import until

_READY = """() => {
  const words = JSON.parse(document.querySelector("#__config").textContent).translations
  return document.querySelector(".md-search-result__meta").textContent.trim() == words["search.result.placeholder"]
}"""
_CLEAR = """() => {
  document.querySelector(".md-search__input").value = ""
  document.querySelector(".md-search-result__list").replaceChildren()
  document.querySelector(".md-search-result__meta").textContent = ""
}"""
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
    `key` opens the search; where it is empty, the search is open, and what was asked before is forgotten.
    """
    if key:
        page.keyboard.press(key)
    until(page, "() => document.activeElement.matches('.md-search__input')")
    if page.evaluate(
        "() => !document.querySelector('.md-search__input').value && !document.querySelector('.md-search-result__link')"
    ):
        until(page, _READY)
    page.evaluate(_CLEAR)
    page.keyboard.insert_text(query)
    until(page, _SETTLED)
    links = (link.partition("?")[0].partition("#")[0] for link in page.evaluate(_ALL))
    return list(dict.fromkeys(links))
