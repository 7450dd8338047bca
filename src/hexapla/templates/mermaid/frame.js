// Draws what the page around it asks for: text in, a drawing out, or what is wrong with the text.
const loaded = new Map()

/** Load one of the page's style sheets, which name its typefaces, once. */
const load = address => {
  if (!loaded.has(address)) loaded.set(address, new Promise(resolve => {
    const link = Object.assign(document.createElement("link"), {rel: "stylesheet", href: address})
    link.onload = link.onerror = resolve
    document.head.append(link)
  }))
  return loaded.get(address)
}

/** The kinds of diagrams that the theme has colours for, light and dark; others are drawn as on paper. */
const COLOURED = /^(flowchart|graph|class|er|sequence|state)/

const draw = async ({id, text, config, font, sheets}) => {
  document.documentElement.style.setProperty("--md-mermaid-font-family", font)
  await Promise.all(sheets.map(load))
  // What is measured in another typeface than it is read in does not fit.
  await document.fonts.load(`16px ${font}`, text)
  const settings = {...config, securityLevel: "strict", startOnLoad: false, suppressErrorRendering: true}
  mermaid.initialize(settings)
  const isPlain = !COLOURED.test((await mermaid.parse(text)).diagramType)
  // Words in either direction begin at their own side.
  const words = "text, foreignObject div, foreignObject span, foreignObject p { unicode-bidi: plaintext }"
  mermaid.initialize({...settings, fontFamily: font, themeCSS: isPlain ? words : config.themeCSS + words})
  return {isPlain, svg: (await mermaid.render(id, text)).svg}
}

let last = Promise.resolve()
addEventListener("message", ({source, data, ports: [port]}) => {
  if (source != parent || !port) return
  // One after the other: settings are Mermaid's, not a diagram's.
  last = last.then(() => draw(data)).then(drawn => port.postMessage(drawn), error => port.postMessage({error: `${error.message ?? error}`}))
})
