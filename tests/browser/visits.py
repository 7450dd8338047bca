"""Visits: each page loaded once, on a phone and then on a desk, and what a reader would complain about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

from browser import PHONE
from serving import Served

BUDGET = 300_000
"""Bytes of an article over the wire, compressed as GitHub Pages does, search index included, fonts aside."""
MOVED = 0.1
"""The sum of layout shifts above which Web Vitals no longer calls a page good."""
_STILL = "pre, .highlight, .output, .hexapla-figure, .hexapla-fold"
"""Code and what it showed: those may not move at all."""

_WATCH = """
addEventListener("error", event => console.error("could not be loaded:", event.target.src || event.target.href), true)
window.shifts = []
// Letters that arrive get another shape, which may break a line elsewhere, until they are painted.
window.painted = 0
document.fonts.addEventListener("loadingdone", () => {
  const wait = frames => frames ? requestAnimationFrame(() => wait(frames - 1)) : painted = performance.now()
  painted = Infinity
  wait(3)
})
new PerformanceObserver(list => {
  // No matter what `hadRecentInput` says: there was none, but Chromium takes the size of a phone for one.
  for (const entry of list.getEntries().filter(entry => !grows(entry)))
    shifts.push([entry.value, entry.startTime, entry.sources.map(one => [describe(one.node), isStill(one.node)])])
}).observe({type: "layout-shift", buffered: true})
const element = node => node?.nodeType == 1 ? node : node?.parentElement
const describe = node => element(node)?.outerHTML.slice(0, 90) ?? "something that is gone"
// A long table is painted while it is still being read, wherever the machine stops for a moment: later rows make columns wider.
const grows = entry => entry.startTime < (performance.getEntriesByType("navigation")[0].domInteractive || Infinity)
  && entry.sources.every(one => element(one.node)?.closest("table"))
const isStill = node => Boolean(element(node)?.closest("STILL"))
window.describe = describe
""".replace("STILL", _STILL)
"""Runs before the page's own scripts."""

READ_THROUGH = """async () => {
  const frame = () => new Promise(requestAnimationFrame)
  for (let at = 0; at < document.documentElement.scrollHeight; at += 1600) { scrollTo(0, at); await frame(); await frame() }
  const pictures = [...document.images]
  const late = new Promise(done => setTimeout(done, 5000))
  await Promise.race([late, Promise.all(pictures.map(one => one.complete || new Promise(done => { one.onload = one.onerror = done })))])
  scrollTo(0, 0); await frame(); await frame()
}"""

_FACTS = """() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const style = one => getComputedStyle(one)
  const html = document.documentElement
  const arrived = performance.getEntriesByType("resource").filter(one => /[.]woff2?$/.test(one.name)).map(one => one.responseEnd)
  return {
    language: html.lang, direction: style(document.body).direction, title: document.title,
    viewport: document.querySelector("meta[name=viewport]")?.content ?? "",
    headings: all("h1").length,
    code: all("pre, code").filter(one => style(one).direction != "ltr").map(describe),
    pictures: all("article img").filter(one => !one.naturalWidth || !one.alt.trim()).map(describe),
    cut: all("article pre, article code, article table, article .arithmatex").filter(one =>
      one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth && style(one).overflowX == "hidden").map(describe),
    twice: all("[id]").map(one => one.id).filter((id, at, ids) => ids.indexOf(id) != at),
    links: all("a[href]").map(one => one.href),
    versions: all(".md-select__link").map(one => [one.hreflang, one.href]),
    shifts: shifts.map(([value, at, what]) => [value, Math.min(...arrived) <= at && at <= painted, what]),
  }
}"""

_OVERFLOW = """async width => {
  const beyond = () => document.documentElement.scrollWidth - width
  // What slides in or out has a moment to arrive.
  for (let wait = 0; beyond() > 0 && wait < 20; wait++) await new Promise(done => setTimeout(done, 50))
  const out = [...document.body.querySelectorAll("*")].filter(one => one.getBoundingClientRect().right > width + 1 || one.getBoundingClientRect().left < -1)
  return beyond() > 0 ? [`${beyond()} px at ${width}, as far as ${out.slice(0, 3).map(describe).join(" and ")}`] : []
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What was seen of one page."""

    address: str
    said: tuple[str, ...]
    """Errors in the console, and exceptions."""
    failed: tuple[str, ...]
    """Requests without an answer, or with one that is no page, picture or script."""
    foreign: tuple[str, ...]
    """Requests to other hosts."""
    weight: int
    """Bytes over the wire, fonts aside."""
    overflow: tuple[str, ...]
    """How far the page can be pushed sideways on a phone and on a desk, and by what."""
    facts: dict[str, Any]
    """What the page's own document told."""


class Reader:
    """One tab, in which pages are read one after the other; of a server that forbids it, nothing is kept for the next."""

    def __init__(self, chromium) -> None:
        self._context = chromium.new_context(**PHONE)
        self._context.add_init_script(_WATCH)
        self._page = self._context.new_page()
        self._said: list[str] = []
        self._failed: list[str] = []
        self._asked: list[str] = []
        self._page.on("console", lambda message: message.type == "error" and self._said.append(message.text))
        self._page.on("pageerror", lambda error: self._said.append(str(error)))
        self._page.on("request", lambda request: self._asked.append(request.url))
        self._page.on(
            "requestfailed", lambda request: self._failed.append(f"{request.url}: {request.failure}")
        )

    def visit(self, served: Served, address: str) -> Visit:
        """Read a page from top to bottom, on a phone and then on a desk."""
        page = self._page
        # What the last page still waits for is not this one's.
        page.goto("about:blank")
        page.set_viewport_size(PHONE["viewport"])
        for noted in (self._said, self._failed, self._asked, served.answers):
            noted.clear()
        page.goto(address)
        page.evaluate(READ_THROUGH)
        overflow = page.evaluate(_OVERFLOW, 390)
        facts = page.evaluate(_FACTS)
        page.set_viewport_size({"width": 1280, "height": 900})
        overflow += page.evaluate(_OVERFLOW, 1280)
        answers = tuple(served.answers)
        missing = [f"{one.path}: {one.status}" for one in answers if one.status >= 400]
        return Visit(
            address=address,
            said=tuple(self._said),
            failed=(*self._failed, *missing),
            foreign=tuple(url for url in self._asked if _is_foreign(url, served)),
            weight=sum(one.size for one in answers if not one.path.endswith((".woff", ".woff2"))),
            overflow=tuple(overflow),
            facts=facts,
        )

    def close(self) -> None:
        self._context.close()


def complaints(seen: Visit, served: Served, *, language: str, direction: str) -> list[str]:
    """Return what a reader of `language` would complain about, each with the page and the rule."""
    facts = seen.facts
    found = {
        "console": seen.said,
        "request": seen.failed,
        "foreign": seen.foreign,
        "weight": [f"{seen.weight} bytes"] if seen.weight >= BUDGET else [],
        "sideways": seen.overflow,
        "language": [f"{facts['language']}, not {language}"] if facts["language"] != language else [],
        "direction": [f"{facts['direction']}, not {direction}"] if facts["direction"] != direction else [],
        "title": [] if facts["title"].strip() else ["none"],
        "viewport": [] if "width=device-width" in facts["viewport"] else [facts["viewport"] or "none"],
        "heading": [f"{facts['headings']} of the first rank"] if facts["headings"] != 1 else [],
        "code": facts["code"],
        "picture": facts["pictures"],
        "cut": facts["cut"],
        "id": facts["twice"],
        "shift": _shifts(facts["shifts"]),
        "link": _dead(facts["links"], served),
        "switcher": _elsewhere(facts["versions"], seen.address, served),
    }
    page = seen.address.removeprefix(served.address) or "/"
    return [f"{page}: {rule}: {one}" for rule, several in found.items() for one in several]


def _shifts(shifts: Sequence[tuple[float, bool, list[tuple[str, bool]]]]) -> list[str]:
    """Return what moved: code and what it showed, and all of it where it is much.

    What moves when letters arrive depends on the moment at which they do, and is left out.
    """
    moved = [(value, sources) for value, letters, sources in shifts if not letters]
    total = sum(value for value, _ in moved)
    return [
        f"{value:.3f} of {total:.3f}: {what}"
        for value, sources in moved
        for what, still in sources
        if total >= MOVED or still
    ]


def _dead(links: Sequence[str], served: Served) -> list[str]:
    """Return the links within the site that lead to no file, or to no such place in it."""
    found = []
    for link in dict.fromkeys(links):
        address, place = urldefrag(link)
        if not address.startswith(served.address):
            continue
        path = unquote(address.removeprefix(served.address).partition("?")[0])
        file = (
            served.folder / path / "index.html" if path == "" or path.endswith("/") else served.folder / path
        )
        if not file.is_file() or (place and unquote(place) not in _places(file)):
            found.append(link)
    return found


@lru_cache(maxsize=4096)
def _places(file: Path) -> frozenset[str]:
    text = file.read_text(encoding="utf-8") if file.suffix == ".html" else ""
    return frozenset(unescape(one) for one in re.findall(r'\b(?:id|name)="?([^"\s>]+)', text))


def _elsewhere(versions: Sequence[tuple[str, str]], address: str, served: Served) -> list[str]:
    """Return the links of the language switcher that do not lead to the same page."""
    codes = [code for code, _ in versions]
    here = address.removeprefix(served.address)
    name = next((here.removeprefix(f"{code}/") for code in codes if here.startswith(f"{code}/")), here)
    return [f"{code}: {link}" for code, link in versions if link != f"{served.home(code)}{name}"]


def _is_foreign(url: str, served: Served) -> bool:
    return not url.startswith((served.address, "data:", "blob:"))
