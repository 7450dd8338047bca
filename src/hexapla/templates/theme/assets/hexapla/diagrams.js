// What the theme takes for Mermaid: it calls `initialize` and `render` for each diagram of a page. Mermaid itself writes
// style sheets into the page that it draws on, which a page's policy forbids. So it draws in a frame with a policy of
// its own, and the page gets the finished drawing, its style sheets as objects.
(() => {
  // A site that brings its own has that one. An element may be called so too: that is no library.
  if (typeof mermaid != "undefined" && !(mermaid instanceof Element)) return
  const folder = new URL("mermaid/", document.currentScript.src)
  const centred = new CSSStyleSheet()
  centred.replaceSync("svg { display: block; margin-inline: auto }")
  let config, opened

  const frame = () => opened ??= new Promise((resolve, reject) => {
    const frame = document.createElement("iframe")
    // Seen by nobody, and still laid out: Mermaid measures letters.
    frame.style.cssText = "border:0;inset:0 auto auto 0;pointer-events:none;position:fixed;visibility:hidden"
    frame.setAttribute("aria-hidden", "true")
    frame.tabIndex = -1
    frame.onload = () => resolve(frame)
    frame.onerror = reject
    frame.src = new URL("frame.html", folder)
    document.body.append(frame)
  })

  const ask = async question => {
    const {contentWindow: window, style} = await frame()
    style.inlineSize = `${question.width}px`
    style.blockSize = "40rem"
    const {port1, port2} = new MessageChannel()
    return new Promise((resolve, reject) => {
      port1.onmessage = ({data}) => data.error ? reject(new Error(data.error)) : resolve(data)
      // Read from the disk, a page and its frame are strangers to each other: no origin can be named.
      window.postMessage(question, "*", [port2])
    })
  }

  /** Wait until the page has its styles: with instant navigation the theme loads them once more as it begins. */
  const styled = async () => {
    if (document.readyState != "complete") await new Promise(resolve => addEventListener("load", resolve, {once: true}))
  }

  window.mermaid = {
    initialize(given) {
      config = given
    },
    async render(id, text) {
      await styled()
      const source = [...document.querySelectorAll("pre.mermaid")].find(one => one.textContent == text)
      const place = source?.parentElement ?? document.body
      const {svg, isPlain} = await ask({
        id, text, config,
        width: place.getBoundingClientRect().width,
        font: getComputedStyle(place).fontFamily,
        sheets: [...document.querySelectorAll("link[rel=stylesheet][href*='/hexapla/fonts/']")].map(one => one.href),
      })
      const drawing = document.createElement("template")
      drawing.innerHTML = svg
      const sheets = [...drawing.content.querySelectorAll("style")].map(style => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(style.textContent)
        style.remove()
        return sheet
      })
      const picture = drawing.content.querySelector("svg")
      if (!picture.hasAttribute("aria-labelledby")) picture.setAttribute("aria-label", source?.dataset.called ?? "")
      return {
        svg: drawing.innerHTML,
        // The theme puts the drawing into a root that is closed to everyone, also to who helps a reader.
        fn(root) {
          const open = root.host.cloneNode()
          if (isPlain) open.classList.add("hexapla-figure")
          // In an element that is read from the right, what begins at a place would end there.
          open.dir = "ltr"
          open.style.setProperty("--md-mermaid-font-family", "var(--md-text-font-family), sans-serif")
          open.attachShadow({mode: "open"}).append(...root.childNodes)
          open.shadowRoot.adoptedStyleSheets = [centred, ...sheets]
          root.host.replaceWith(open)
        },
      }
    },
  }
})()
