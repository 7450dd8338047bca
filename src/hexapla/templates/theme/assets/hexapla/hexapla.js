// What the theme's script is about to read is mended here: this file stands right before it.
(() => {
  const {dataset: {index}, nonce, src} = document.currentScript

  // Each language has an index of its own, in its folder below the site's root, and our script asks it. Where there was
  // no program to make any, the theme's search stays.
  const settings = document.getElementById("__config")
  let root = location.href
  if (settings) {
    const told = JSON.parse(settings.textContent)
    told.base = told.base.replace(/\/?$/, "/")
    root = new URL(told.base, location).href
    if (index != null) {
      told.base += index
      told.search = new URL("search.js", src).href
    }
    settings.textContent = JSON.stringify(told)
  }

  // Read from the disk, the theme loads the index by a script that it makes: that may be loaded as the theme itself is.
  if (location.protocol == "file:") {
    const {head} = document, {appendChild} = head
    head.appendChild = one => {
      if (one.src?.endsWith("/search/search_index.js")) one.nonce = nonce
      return appendChild.call(head, one)
    }
  }

  // The theme readies the search with every page. So it waits for the reader: until the search is touched, or at once where the address has a query (`?q=`) or words to be marked (`?h=`).
  let asked = /[?&][qh]=/.test(location.search)
  const request = XMLHttpRequest.prototype, waiting = []
  const {open, send} = request
  const alternates = () => [...document.querySelectorAll("link[rel=alternate]")]
  const ask = event => {
    if (asked || !event.target.closest?.(".md-search, [for=__search]")) return
    asked = true
    waiting.forEach(go => go())
  }
  for (const name of ["focusin", "pointerover", "click"]) addEventListener(name, ask, true)
  request.open = function (how, where, ...rest) {
    where = `${where}`
    this.waits = where.endsWith("/search/search_index.json")
    // The site's one sitemap is at its root. The theme asks for it in the language's folder, and for one beside each page
    // that a `link[rel=alternate]` names: those are never there.
    if (where == `${root}${index ?? ""}sitemap.xml`) where = `${root}sitemap.xml`
    else this.isNowhere = where.endsWith("/sitemap.xml") && alternates().some(one => new URL("sitemap.xml", one.href) == where)
    return open.call(this, how, where, ...rest)
  }
  request.send = function (...body) {
    if (this.isNowhere) return
    const go = () => send.apply(this, body)
    if (asked || !this.waits) go()
    else waiting.push(go)
  }

  // The theme searches when a key is let go. No key is where words are chosen from a list, as in Chinese, dictated, or
  // pasted with a finger.
  for (const name of ["input", "compositionend"]) addEventListener(name, event => {
    if (event.isComposing || !event.target.matches?.(".md-search__input")) return
    event.target.dispatchEvent(new Event("keyup", {bubbles: true}))
  }, true)

  // Who changes the language reads on in the section that stands there: in a translation it has the original's anchor, too.
  addEventListener("click", ({target}) => {
    const link = target.closest?.(".md-select__link")
    if (!link) return
    const above = [...document.querySelectorAll("article :is(h2, h3, h4, h5, h6)[id]")]
      .filter(heading => heading.getBoundingClientRect().top < innerHeight / 4)
    const heading = scrollY > 0 ? above.at(-1) : undefined
    link.hash = (heading?.querySelector("span[id]") ?? heading)?.id ?? ""
  }, true)

  // A dialog is named by what is typed into it, a section of the navigation by its title: the theme's label there
  // holds nothing but an icon.
  const box = document.querySelector(".md-search__input")
  if (box) box.closest("[role=dialog]")?.setAttribute("aria-label", box.getAttribute("aria-label"))
  for (const section of document.querySelectorAll(".md-nav[aria-labelledby]")) {
    const title = section.querySelector(":scope > .md-nav__title")
    if (!title || title.id) continue
    title.id = section.getAttribute("aria-labelledby").replace(/_label$/, "") + "_title"
    section.setAttribute("aria-labelledby", title.id)
  }

  // The theme makes a navigation without a name of each block's button for copying and of each result's tags, and
  // the page's landmarks are lost among them.
  new MutationObserver(changes => {
    for (const {addedNodes} of changes)
      for (const node of addedNodes)
        for (const nav of node.querySelectorAll ? [node, ...node.querySelectorAll("nav")] : [])
          if (/^md-(code__nav|tags)$/.test(nav.className)) nav.setAttribute("role", "none")
  }).observe(document, {childList: true, subtree: true})
})()
