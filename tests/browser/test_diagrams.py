"""Diagrams are drawn in the reader's browser by a file of the site: in every language, light and dark, and on paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from browser.asking import until
from building import once
from hexapla import scaffold
from hexapla.cli.main import main
from serving import Served, serving

URL = "https://site.example/"
ELSEWHERE = "https://elsewhere.example/"
DRAWING = """\
---
title: TITLE
lang: LANGUAGE
---

TEXT

```mermaid
graph TD
  A["WORDS"] --> B{?}
```

```mermaid
pie title Pets
  "Dogs" : 386
  "Cats" : 85
```

[hostile](hostile.md)
"""
WORDS = {
    "en": ("Drawing", "A flow, and a pie.", "The first node"),
    "de": ("Zeichnen", "Ein Ablauf und ein Kuchen, mit Wörtern.", "Der erste Knoten"),
    "ar": ("رسم", "مخطط انسيابي ومخطط دائري في صفحة عربية.", "العقدة (الأولى)!"),
}
HOSTILE = """\
---
title: Hostile
lang: en
---

What a diagram may not do.

```mermaid
graph TD
  A["<img src=x onerror=window.mark=1><script>window.mark=1</script>"] --> B
  click A "javascript:window.mark=1"
  click B call alert()
```

```mermaid
%%{init: {"securityLevel": "loose", "themeCSS": "@import url(https://elsewhere.example/c.css);"}}%%
sequenceDiagram
  A->>B: <b onclick="window.mark=1">Hello</b>
```

```mermaid
graph TD
  this is ( no diagram
```

```mermaid
graph TD
  A@{ img: "https://elsewhere.example/b.png", label: "A picture" }
```
"""


@pytest.fixture(scope="module")
def drawing(chromium, tmp_path_factory) -> Iterator[Served]:
    """Serve a site with diagrams in three languages, on which links are followed without loading a page anew."""
    with serving(once(tmp_path_factory, "diagrams", _build)) as served:
        yield served


def _build(folder: Path) -> Path:
    scaffold.make_site(folder, list(WORDS), "A site")
    for path in (folder / "posts").iterdir():
        path.unlink()
    for language, (title, text, words) in WORDS.items():
        post = DRAWING.replace("TITLE", title).replace("LANGUAGE", language)
        post = post.replace("TEXT", text).replace("WORDS", words)
        (folder / "posts" / f"drawing.{language}.md").write_text(post, encoding="utf-8")
    (folder / "posts" / "hostile.en.md").write_text(HOSTILE, encoding="utf-8")
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace(
        "    - toc.follow\n", "    - toc.follow\n    - navigation.instant\n"
    )
    text = re.sub(r"^# site_url.*$", f"site_url: {URL}", text, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    assert main(["build", "-f", str(file)]) == 0
    return folder / "site"


def heard(page, served: Served) -> list[str]:
    """Return what a page says in the console from now on, and whom it asks elsewhere."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: request.url.startswith((served.address, "data:")) or said.append(request.url),
    )
    return said


_FIT = """() => {
  const all = [...document.querySelector("div.mermaid").shadowRoot.querySelectorAll("foreignObject")]
  return all.length > 0 && all.every(one => one.firstElementChild.scrollWidth <= one.clientWidth + 1)
}"""
_STYLED = "() => [...document.styleSheets].some(one => /main[.]/.test(one.href))"


def wait(page, count: int) -> None:
    """Wait until a page shows so many drawings."""
    until(
        page,
        f"() => [...document.querySelectorAll('div.mermaid')].filter(one => one.shadowRoot).length == {count}",
    )


@pytest.mark.parametrize("language", WORDS)
def test_diagrams_are_drawn_with_the_author_s_words(open_page, drawing, language):
    page = open_page("about:blank", color_scheme="dark")
    said = heard(page, drawing)
    page.goto(f"{drawing.home(language)}posts/drawing/")
    wait(page, 2)
    flow, pie = page.locator(".mermaid svg").all()
    assert WORDS[language][2] in flow.text_content()
    name = {"en": "Diagram", "de": "Diagramm", "ar": "مخطط"}[language]
    assert flow.get_attribute("aria-label") == name
    box, column = flow.bounding_box(), page.locator("article").bounding_box()
    assert abs(box["x"] + box["width"] / 2 - column["x"] - column["width"] / 2) < 40
    # In the dark a flow has the theme's colours; what the theme has none for stands on paper.
    colour = "one => getComputedStyle(one).fill"
    assert flow.locator("rect.label-container").evaluate(colour).startswith("rgba(")
    assert page.locator(".hexapla-figure svg").count() == 1 and pie.is_visible()
    assert said == []
    # No words stand beyond their box, whichever way they are read.
    assert page.evaluate(_FIT)


def test_nothing_is_drawn_while_the_theme_loads_its_styles_once_more(open_page, drawing):
    page = open_page("about:blank")
    asked = []

    def late(route):
        asked.append(route.request.url)
        if len(asked) > 1:
            page.wait_for_timeout(3_000)
        route.continue_()

    page.route("**/main.*.css", late)
    page.goto(f"{drawing.home('de')}posts/drawing/", wait_until="commit")
    wait(page, 2)
    assert len(asked) == 2 and page.evaluate(_STYLED) and page.evaluate(_FIT)


def test_a_diagram_follows_the_reader_s_colours(open_page, drawing):
    page = open_page(f"{drawing.address}posts/drawing/")
    wait(page, 2)
    colour = "() => getComputedStyle(document.querySelector('div.mermaid').shadowRoot.querySelector('.nodeLabel')).color"
    light = page.evaluate(colour)
    page.locator("label[for=__palette_1]").click()
    until(page, "() => document.body.dataset.mdColorScheme == 'slate'")
    assert page.evaluate(colour) != light


def test_a_link_that_loads_no_page_leads_to_drawings_too(open_page, drawing):
    page = open_page("about:blank")
    said = heard(page, drawing)
    # The theme follows links so where the site is at the address that its sitemap names.
    page.route(f"{URL}**", lambda route: route.fulfill(path=_file(drawing.folder, route.request.url)))
    page.goto(f"{URL}de/posts/")
    page.wait_for_load_state("networkidle")
    page.evaluate("() => { window.here = true }")
    page.locator("article a[href*='drawing']").first.click()
    wait(page, 2)
    assert page.evaluate("() => window.here")
    assert [one for one in said if not one.startswith(URL)] == []


def _file(folder: Path, url: str) -> Path:
    path = folder / unquote(urlsplit(url).path).lstrip("/")
    return path / "index.html" if path.is_dir() else path


def test_a_diagram_runs_nothing_and_asks_nobody(open_page, drawing):
    page = open_page("about:blank")
    said = heard(page, drawing)
    asked = []
    page.route(f"{ELSEWHERE}**", lambda route: [asked.append(route.request.url), route.abort()])
    page.goto(f"{drawing.address}posts/hostile/")
    wait(page, 2)
    page.locator(".mermaid svg .node").first.dispatch_event("click")
    # What is no diagram stays as it is written, and whoever looks is told of it.
    until(page, "() => document.querySelectorAll('pre.mermaid').length == 2")
    assert "this is ( no diagram" in page.locator("pre.mermaid").first.inner_text()
    while not any("Parse error on line 2" in one for one in said):
        page.wait_for_timeout(30)
    assert page.evaluate("() => window.mark ?? ''") == "" and asked == []


def test_without_scripts_its_text_is_read(open_page, drawing):
    page = open_page(f"{drawing.home('de')}posts/drawing/", java_script_enabled=False)
    assert "Der erste Knoten" in page.locator("pre.mermaid").first.inner_text()


def test_only_a_page_with_a_diagram_loads_what_draws_it(open_page, drawing):
    drawing.answers.clear()
    open_page(f"{drawing.address}posts/").wait_for_load_state()
    assert [one.path for one in drawing.answers if "mermaid" in one.path] == []


def test_diagrams_are_drawn_on_a_page_that_is_read_from_the_disk(open_page, drawing):
    page = drawing.folder / "posts" / "drawing" / "index.html"
    # Where the theme is to load no page anew, it does nothing at all on the disk.
    text = page.read_text(encoding="utf-8").replace('"navigation.instant", ', "")
    read = page.with_name("read.html")
    read.write_text(text, encoding="utf-8")
    wait(open_page(f"file://{read}"), 2)
