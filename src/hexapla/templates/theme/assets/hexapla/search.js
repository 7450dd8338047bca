// The theme's search sends what a reader types to this worker, which asks Pagefind and answers as the theme's own would.
// Each language has an index in its folder, and each index a worker: what knows a language's word forms is a program.
const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3
const ROOT = new URL("../../", location)
/** Articles that are shown, and their sections at once; fewer articles than FEW are looked for inside of words, too. */
const SHOWN = 10, SECTIONS = 3, FEW = 5
/** Milliseconds in which the next letter may come: what begins with two or three is much, and loaded for who stops there. */
const PAUSE = 80, LONG_PAUSE = 350
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]/
/** Scripts of India and its neighbours, whose vowels are signs: no marks that a reader may leave out. */
const VOWEL_SIGNS = /[\u0900-\u0eff\u1000-\u109f\u1780-\u17ff]/
/** What Pagefind takes for the parts of a name in code: of two letters or more, as far as their kind is the same. */
const NAME_PARTS = /\p{Lu}?[\p{Ll}\p{Lo}\p{M}]{2,}|\p{Lu}\p{Ll}|\p{Lu}{2,}(?!\p{Ll})|\p{N}{2,}/gu
const PARTS = /[^\p{L}\p{M}\p{N}_]+/u

/** A text as Pagefind compares it: without case and marks. */
const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
/** The Arabic article with what is joined to it. */
const ARTICLE = "[وف]?(?:[بك]?ال|لل)"
/** A word without the article before so few letters: the index has those parted, and Pagefind's stemmer parts longer ones. */
const SHORT_WITH_ARTICLE = new RegExp(`^${ARTICLE}(?=(?:[\\u0621-\\u064a][\\u064b-\\u065f]*){2,3}$)`)
/** A word as a reader may have typed it: without case, accents, nuktas, Arabic vowels and the article. */
const bare = word => word.normalize("NFD").replace(/[\u0300-\u036f\u0640\u064b-\u0655\u0670\u093c]/g, "").toLowerCase()
  .replace(new RegExp(`^${ARTICLE}(?=.{2})`), "")
/** An English word without its ending, in a language whose stemmer knows none of these letters. */
const borrowed = word => word.replace(/^([a-z]{3,}?)(?:ings?|ed|es|(?<!s)s)$/i, settings?.isLatin ? "$&" : "$1")
/** A word without what Hindi and its neighbours put at its end: Pagefind's stemmer never sees it, for it takes vowels for marks. */
const stem = word => borrowed(word).replace(SHORT_WITH_ARTICLE, settings?.isArabic ? "" : "$&").replace(/(?<=\p{L}\p{M}*\p{L}\p{M}*)(?:(?:िया|ियो|ाओ|ाए|ुओ|ुए|ओ|ए|ना|नी|ने|ता|ती|ते|या|यी|ये|ाई|[ािीुूेैोौ])[ँं]?|[ँं])$/u, "")
/** The consonants of an Arabic word, which stay where its plural has other vowels, or the noun of its verb; one that comes twice once; empty for fewer than two. */
const consonants = word => /^\p{Script=Arabic}+$/u.test(word)
  ? word.replace(/(?<=..)(?:[او]ن|ين|ات)$/, "").replace(/^ت(..)ي(.)$/, "$1$2").replace(/[اويىةء]/g, "").replace(/(.)\1$/, "$1").match(/^.{2,}$/)?.[0] : ""
/** The sounds of Devanagari's consonants, those that English doesn't tell apart as one. */
const SOUNDS = Object.fromEntries("k:कख g:गघ n:ङञणनंँ c:चछ s:जझशषस t:टठतथ d:डढदध p:प f:फ b:बभ m:म r:र l:लळ v:व h:ह".split(" ")
  .flatMap(([sound, , ...letters]) => letters.map(letter => [letter, sound])))
/** Which letters of an English word stand for another sound, or none; in the order in which they are heard. */
const SPELLINGS = [[/(.)\1/g, "$1"], [/[cst]ion/g, "Sn"], [/t?ch/g, "C"], [/ck|c(?![eiy])|q/g, "k"], [/x/g, "ks"], [/ph/g, "f"], [/([st])h/g, "$1"],
  [/gh|[aeiouy]/g, ""], [/[cjz]/g, "s"], [/w/g, "v"]]
/** How an English word sounds without its vowels: prose in Hindi has it in Latin letters, readers may type it in Devanagari. */
const sound = word => /^[a-z]+$/.test(word)
  ? SPELLINGS.reduce((heard, [spelling, one]) => heard.replace(spelling, one), word).toLowerCase()
  : [...word.replace(/ं(?=[पफबभम])/g, "म")].map(letter => SOUNDS[letter] ?? "").join("")
const parts = text => text.split(PARTS).filter(Boolean)
const unique = list => [...new Set(list)]

/** How many letters two words begin with in common. */
const beginning = (a, b) => {
  let length = 0
  while (length < a.length && a[length] == b[length]) length++
  return length
}
/** Whether what was found begins like what was looked for, as far as forms of a word do. */
const isNear = (found, sought) => beginning(found, sought) >= Math.max(UNSPACED.test(sought) ? 2 : 3, .6 * sought.length)

/** How many letters must be changed, left out, put in or swapped to make a word of another; Infinity above a limit. */
const distance = (a, b, limit) => {
  if (Math.abs(a.length - b.length) > limit) return Infinity
  let before = [], row = Array.from({length: b.length + 1}, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] != b[j - 1]))
      if (a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1)
    }
    if (Math.min(...next) > limit) return Infinity
    before = row, row = next
  }
  return row[b.length]
}

class Index {
  constructor(folder) {
    const place = new URL(`${folder}search/`, ROOT).href
    this.folder = folder
    this.waiting = []
    this.worker = new Worker(`${place}pagefind-worker.js`)
    this.worker.onmessage = ({data: {id, result, error}}) => {
      const [resolve, reject] = this.waiting[id]
      error ? reject(new Error(error)) : resolve(result)
    }
    this.worker.onerror = event => this.waiting.forEach(([, reject]) => reject(event))
    // By a language that is none: a browser would part the words of a query otherwise than they are in the index.
    this.call("init", {basePath: place, baseUrl: ROOT.pathname, language: "_"})
    // So it tells which words it found.
    this.call("enterPlaygroundMode")
    this.words = () => this.list ??= fetch(`${place}words.txt`)
      .then(answer => answer.ok ? answer.text() : "")
      .then(text => unique(text.split("\n").flatMap(word => [word, ...word.split("_")])).map(word => [word, bare(word)]))
  }

  call(method, ...args) {
    return new Promise((resolve, reject) => {
      this.worker.postMessage({id: this.waiting.push([resolve, reject]) - 1, method, args})
    })
  }

  /** Find pages with all of these words. Pagefind shortens a word until one begins so: then they aren't `whole`, or not `near`. */
  async search(words, filters = {}, exactDiacritics = false) {
    await this.call("options", {exactDiacritics})
    const {results, search_keywords = []} = await this.call("search", words.map(stem).join(" "), {filters})
    const found = unique(results.flatMap(({scores = [], verbose_meta_scores: tags = []}) =>
      [...scores.map(score => score.search_term), ...tags.flatMap(tag => tag.matched_terms)])).map(folded)
    const keys = search_keywords.map(folded)
    return {
      pages: results.map(result => ({...result, index: this})),
      whole: results.length && keys.every(key => found.some(word => word.startsWith(key))),
      near: results.length && keys.every(key => found.some(word => isNear(word, key))),
    }
  }

  /** Return the word of the site that a reader may have misspelled, the most common of the likeliest. */
  async meant(word) {
    const sought = bare(word)
    let limit = sought.length < 4 ? 0 : sought.length < 8 ? 1 : 2, meant
    for (const [other, spelled] of limit ? await this.words() : []) {
      const off = distance(sought, spelled, limit)
      if (off <= limit) meant = other, limit = off - 1
    }
    return meant
  }

  /** Return the words of the site that have an Arabic word's consonants and differ least from it. */
  async family(word) {
    const sought = bare(word), root = consonants(sought)
    const family = (root ? await this.words() : [])
      .filter(([, spelled]) => spelled != sought && consonants(spelled) == root)
      .map(([other, spelled]) => [other, distance(sought, spelled, Infinity)])
    const least = Math.min(...family.map(([, off]) => off))
    return family.filter(([, off]) => off == least).slice(0, FEW).map(([other]) => other)
  }

  /** Return the words of the site in Latin letters that sound as one in Devanagari does. */
  async sounding(word) {
    const sought = /^[\u0900-\u097f]+$/.test(word) ? sound(bare(word)) : ""
    const words = sought.length > 1 ? await this.words() : []
    return words.filter(([, spelled]) => /^[a-z]+$/.test(spelled) && sound(spelled) == sought).slice(0, FEW).map(([other]) => other)
  }

  /** Return the word of the site that begins as another one does for the most part. */
  async nearest(word) {
    const sought = bare(word)
    let most = 4, nearest = []
    for (const [other, spelled] of await this.words()) {
      const length = beginning(sought, spelled)
      if (length > most && length >= .5 * Math.max(sought.length, spelled.length)) nearest = [other], most = length
    }
    return nearest
  }

  /** Return the pairs of Chinese signs in a word that are words of the site, where what stands around it parts it otherwise. */
  async pairs(word) {
    const found = []
    for (const [, pair] of word.matchAll(/(?=(\p{Script=Han}{2}))/gu))
      if (pair != word && (await this.search([pair])).whole) found.push(pair)
    return found
  }

  /** Return the words of the site that make up a longer one, as compounds are; or the one that has something before or behind it. */
  async within(word) {
    const sought = bare(word)
    if (sought.length < 7) return []
    const inside = (await this.words()).filter(([, spelled]) => spelled.length > 3 && sought.includes(spelled))
    const heads = inside.filter(([, spelled]) => sought.startsWith(spelled))
    const made = [...heads.flatMap(head => inside.map(tail => [head, tail])), ...inside.map(one => [one])]
    // Of what is made up of words and others, the longest word that the site has.
    const [longest = []] = inside.filter(([, spelled]) => spelled.length > 5 && (sought.startsWith(spelled) || sought.endsWith(spelled)))
      .sort(([, a], [, b]) => b.length - a.length)
    let fewest = 6, best = longest.slice(0, 1)
    for (const some of made) {
      const [first] = some[0].slice(1), last = some.at(-1)[1], at = sought.lastIndexOf(last)
      // A sign or two join words; a syllable stands before or behind them.
      const joint = some.length > 1 ? at - first.length : 0
      const left = (some.length > 1 ? joint : at) + sought.length - at - last.length
      if (joint >= 0 && joint < 3 && left < fewest) best = some.map(([other]) => other), fewest = left
    }
    return best
  }

  /** Return what a reader may have meant by a word that is nowhere. */
  async instead(word) {
    if (UNSPACED.test(word)) return this.pairs(word)
    const one = await this.meant(word) ?? (await this.longer(word))[0]
    if (one) return [one]
    for (const some of [this.family, this.sounding, this.nearest, this.within]) {
      const found = await some.call(this, word)
      if (found.length) return found
    }
    return []
  }

  /** Return the most common words of the site that have another in their middle or at their end. */
  async longer(word) {
    const sought = bare(word)
    const words = sought.length < 4 || UNSPACED.test(word) ? [] : await this.words()
    return words.filter(([, spelled]) => spelled.indexOf(sought) > 0).slice(0, FEW).map(([other]) => other)
  }
}

/** Return a query's words in the ways in which they may be parted, first those that say most. */
const ways = (query, language) => {
  const typed = query.trim().split(/\s+/)
  const all = [typed, parts(query), query.match(NAME_PARTS) ?? []]
  if (UNSPACED.test(query) && Intl.Segmenter) {
    const segments = [...new Intl.Segmenter(language, {granularity: "word"}).segment(query)]
    all.push(segments.filter(one => one.isWordLike).map(one => one.segment))
  }
  const told = all.map(words => words.join(" "))
  return all.filter((words, at) => words.length && told.indexOf(told[at]) == at)
}

/** Find pages that have all words of a query, in one of its ways; those that are found in a later way come after. */
const findAll = async (index, query, language, filters) => {
  const pages = [], found = []
  const add = others => pages.push(...others.filter(({id}) => !pages.some(page => page.id == id)).map(page => ({...page, tier: found.length})))
  for (const exact of VOWEL_SIGNS.test(query) ? [true, false] : [false])
    for (const words of ways(query, language)) {
      const {pages: some, whole} = pages.length < FEW ? await index.search(words, filters, exact) : {}
      if (!whole) continue
      add(some)
      found.push(words)
    }
  const [words = []] = found
  if (filters || !pages.length || pages.length >= FEW) return {pages, words: found.flat(), missing: []}
  for (const word of words)
    for (const other of [...await index.family(word), ...await index.longer(word)])
      add((await index.search(words.map(one => one == word ? other : one))).pages)
  found.push([])
  if (words.length > 1) add((await findSome(index, query, language)).some)
  return {pages, words: found.flat(), missing: []}
}

/** Find pages that have some words of a query, or what a reader may have meant by them. */
const findSome = async (index, query, language, filters) => {
  const typed = UNSPACED.test(query) ? ways(query, language).at(-1) : parts(query)
  const meant = [], missing = [], found = new Map()
  for (const word of typed) {
    const {pages, whole, near} = await index.search([word], filters)
    const others = whole ? [] : await index.instead(word)
    const all = []
    for (const other of others) all.push(...(await index.search([other], filters)).pages)
    if (!others.length && (whole || near)) all.push(...pages)
    if (all.length) meant.push(...others.length ? others : [word])
    if (!all.length || others.length) missing.push(word)
    for (const page of all) {
      const before = found.get(page.id)
      found.set(page.id, {...page, words: (before?.words ?? 0) + 1, score: (before?.score ?? 0) + page.score})
    }
  }
  const {pages = [], whole} = meant.length > 1 ? await index.search(meant, filters) : {}
  const some = [...found.values()].sort((a, b) => b.words - a.words || b.score - a.score)
  const first = whole ? pages : []
  return {pages: [...first, ...some.filter(({id}) => !first.some(page => page.id == id))], some, words: meant, missing}
}

let settings
const indexes = new Map()
const indexOf = folder => indexes.get(folder) ?? indexes.set(folder, new Index(folder)).get(folder)

/** Find pages in the reader's language; where there are none, those that are shown in another, and then by what was meant. */
const find = async query => {
  const {language, indexes: places} = settings
  for (const search of [findAll, findSome])
    for (const [code, folder] of Object.entries(places)) {
      const isLent = code != language
      const found = await search(indexOf(folder), query, code, isLent ? {for: language} : undefined)
      if (found.pages.length) return {...found, lender: isLent ? code : ""}
    }
  return {pages: []}
}

const escaped = text => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt()};`)
/** Pagefind escapes a text's tags, and no ampersand; of a large site's common words, those that come again have a letter before them. Behind an apostrophe or article stands a blank that parts two words. */
const raw = text => text.replaceAll("\ua78f", "").replaceAll("\u200a", "").replaceAll("&lt;", "<").replaceAll("&gt;", ">")

/** Return a text as HTML with words marked. */
const marked = (text, words) => {
  const any = words.map(word => {
    const literal = escaped(word).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    return UNSPACED.test(word) ? literal : `(?<![\\p{L}\\p{N}_])(?:${ARTICLE})?${literal}(?![\\p{L}\\p{M}\\p{N}_])`
  })
  const html = escaped(text)
  return any.length ? html.replace(new RegExp(any.join("|"), "giu"), "<mark>$&</mark>") : html
}

/** Return the words as which those of a query stand in a text, where `locations` count its words. */
const standing = (content, locations, words) => {
  const all = content.split(content.includes("\u200b") ? "\u200b" : /[\r\n\s]+/)
  const sought = words.flatMap(parts).map(bare)
  const isAlike = part => sought.some(word =>
    part.includes(word) || isNear(part, word) || isNear(word, part) || part.length > 2 && word.includes(part))
  return unique(locations.flatMap(place => {
    const here = parts(raw(all[place] ?? ""))
    const alike = here.filter(part => [part, ...part.split("_")].map(bare).some(isAlike))
    return alike.length || here.length > 1 ? alike : here
  }))
}

/** How much more a page is about words that are in its title, and about several that stand on it as they were typed. */
const boost = ({meta: {title}, content}, query) => {
  const said = parts(title).map(bare), sought = parts(query).map(bare), typed = query.trim().toLowerCase()
  const named = sought.filter(word => said.some(one => isNear(one, word))).length / (sought.length || 1)
  return (1 + named) ** 2 * (/[^\p{Ll}\p{M}]/u.test(typed) && raw(content).toLowerCase().includes(typed) ? 3 : 1)
}

/** Return a page that was found as the theme shows it: the article, and its sections by how much they say. */
const item = async (page, {words, missing, lender}, query) => {
  const data = await page.index.call("getData", page.data)
  const rank = page.score * boost(data, query) / 100 ** (page.tier ?? 0)
  const path = data.raw_url.replace(`/${page.index.folder}`, settings.folder)
  const address = new URL(path.split("/").map(encodeURIComponent).join("/"), ROOT).href
  const name = lender && new Intl.DisplayNames([settings.language], {type: "language"}).of(lender)
  const title = raw(data.meta.title) + (lender ? ` (${name})` : "")
  const weigh = ({weighted_locations: all}) => all.reduce((sum, one) => sum + one.balanced_score, 0)
  const sections = data.sub_results.map(part => ({...part, weight: weigh(part)})).sort((a, b) => b.weight - a.weight)
  const doc = (location, heading, text, score, locations) => {
    const forms = standing(data.raw_content, locations, words).slice(0, 8)
    // The page marks these wherever they stand: no two letters in the middle of a word.
    const long = forms.filter(form => form.length > 2 || UNSPACED.test(form))
    const terms = [...(long.length ? long : forms).map(form => [form, true]), ...missing.map(word => [word, false])]
    return {location, title: marked(heading, forms), text: marked(text, forms), score, terms: Object.fromEntries(terms)}
  }
  const docs = sections.map(({anchor, title: said, plain_excerpt, locations}, at) => {
    const heading = raw(said), text = raw(plain_excerpt), [first] = text.split(". ", 1)
    // A heading stands above its text, not in front of it, too.
    const below = heading.endsWith(first) ? text.slice(first.length + 2) : text
    const place = anchor ? `${address}#${encodeURIComponent(anchor.id)}` : address
    return doc(place, anchor ? heading : title, below, at < SECTIONS ? rank : rank / 2, locations)
  })
  const whole = doc(address, title, "", docs.length ? 0 : rank, data.locations)
  return docs.some(one => one.location == address) ? docs : [...docs, whole]
}

/** Return the end of the word that is being typed, as it stands in what was found. */
const suggestion = (query, items) => {
  const last = query.split(/[\s-]+/).at(-1), start = bare(last)
  const words = items.flatMap(docs => docs.flatMap(doc => Object.keys(doc.terms).filter(word => doc.terms[word])))
  const word = last && words.filter(one => bare(one).startsWith(start) && one.length > last.length).sort((a, b) => a.length - b.length)[0]
  return word ? [last + word.slice(last.length)] : []
}

let asked = 0
const answer = async query => {
  const mine = ++asked
  let items = []
  const isShort = query.trim().length < 4 && !UNSPACED.test(query)
  if (query) await new Promise(resolve => setTimeout(resolve, isShort ? LONG_PAUSE : PAUSE))
  if (mine != asked) return
  try {
    const found = query.trim().length > 1 || UNSPACED.test(query) ? await find(query) : {pages: []}
    items = await Promise.all(found.pages.slice(0, SHOWN).map(page => item(page, found, query)))
    items.sort(([a], [b]) => b.score - a.score)
  } catch (error) {
    console.error(error)
  }
  if (mine == asked) postMessage({type: RESULT, data: {items, suggest: suggestion(query, items)}})
}

addEventListener("message", ({data: {type, data}}) => {
  if (type == SETUP) {
    settings = data.config
    settings.isArabic = settings.language.split("-")[0] == "ar"
    settings.isLatin = new Intl.Locale(settings.language).maximize().script == "Latn"
    const [own] = Object.values(settings.indexes)
    if (own != null) indexOf(own)
    postMessage({type: READY})
  } else if (type == QUERY) answer(data)
})
