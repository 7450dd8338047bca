"""A page runs what its templates brought, and nothing that a post, a title or an output did."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.asking import until
from building import once
from hexapla import scaffold
from hexapla.cli.main import main
from serving import Served, serving

HOSTILE = '''\
---
title: "Hostile <script>window.mark = 'title'</script>"
lang: en
date: 2026-11-20
description: "<script>window.mark = 'description'</script>"
tags: [a, "<script>window.mark = 'tag'</script>"]
---

# Hostile

| a | b |
|:--|--:|
| 1 | 2 |

<script>window.mark = "script"</script>

<img src="none.png" alt="none" onerror="window.mark = 'event'">

<a href="javascript:window.mark = 'address'" id="address">a link</a>

VECTORS

<style>h1 { outline: 7px solid red }</style>

<base href="https://elsewhere.example/">

```python
print("<script>window.mark = 'output'</script>")
```

[A text](text.txt) that is published with the post.

```python
0 // 1 or """
window.mark = 'a program that is another in JavaScript'
//"""
```
'''

VECTORS = """
<svg onload="MARK"><script>MARK</script></svg>
<svg><animate onbegin="MARK" attributeName="x" dur="1s"></animate></svg>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>MARK</script></svg>#x"></use></svg>
<svg><a href="javascript:MARK"><text y="9">x</text></a></svg>
<math><mtext><script>MARK</script></mtext><maction actiontype="statusline" xlink:href="javascript:MARK">x</maction></math>
<iframe srcdoc="<script>parent.MARK</script>"></iframe>
<iframe src="javascript:parent.MARK"></iframe>
<iframe src="data:text/html,<script>parent.MARK</script>"></iframe>
<object data="data:text/html,<script>parent.MARK</script>"></object>
<object data="javascript:MARK"></object>
<embed src="data:text/html,<script>parent.MARK</script>">
<script src="data:text/javascript,MARK"></script>
<script src="../../assets/posts/posts/text.txt"></script>
<script src="../hostile.py"></script>
<svg><script href="../../assets/posts/posts/text.txt"></script></svg>
<iframe srcdoc="<script src='../../assets/posts/posts/text.txt'></script><script>parent.mark = mark</script>"></iframe>
<script type="module">MARK</script>
<script type="module" src="data:text/javascript,MARK"></script>
<script type="importmap">{"imports": {"a": "data:text/javascript,MARK"}}</script>
<script nonce="">MARK</script>
<SCRIPT>MARK</SCRIPT>
<script>/* </script><script> */ MARK</script>
<video src="none.mp4" onerror="MARK" onloadstart="MARK"></video>
<audio src="data:audio/wav,none" onerror="MARK"></audio>
<details open ontoggle="MARK"><summary>x</summary></details>
<input autofocus onfocus="MARK">
<select autofocus onfocus="MARK"></select>
<textarea autofocus onfocus="MARK"></textarea>
<p onmouseover="MARK" onpointerenter="MARK" style="position: fixed; inset: 0; z-index: 9999; opacity: 0">x</p>
<marquee onstart="MARK" loop="1">x</marquee>
<body onload="MARK" onpageshow="MARK">
<form action="javascript:MARK"><button>x</button></form>
<form><button formaction="javascript:MARK">x</button></form>
<link rel="stylesheet" href="data:text/css,h1{outline:7px solid red}" onload="MARK">
<link rel="preload" as="script" href="data:text/javascript,MARK" onload="MARK">
<meta http-equiv="refresh" content="0;url=javascript:MARK">
<meta http-equiv="Content-Security-Policy" content="script-src 'unsafe-inline'">
<template><script>MARK</script></template>
<noscript><p title="</noscript><script>MARK</script>"></noscript>
<style><!--</style><script>MARK</script>-->
<xmp><p title="</xmp><script>MARK</script>"></xmp>
<a href="&#106;avascript:MARK">x</a>
<a href="java&Tab;script:MARK">x</a>
<a href="vbscript:MARK">x</a>
<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='MARK'/>" alt="x">
<img srcset="none.png 1x" onerror="MARK" alt="x">
<picture><source srcset="none.png"><img onerror="MARK" src="none.png" alt="x"></picture>
"""
"""How HTML runs a script, a line each."""
AFTER = 1_000
"""Milliseconds for what runs once a page and its frames are loaded: twice as long as an idle network would be waited for.

With so many frames the browser's driver did once not see it idle.
"""


@pytest.fixture(scope="module")
def hostile(chromium, tmp_path_factory) -> Iterator[Served]:
    """Serve a site with a post that tries to run scripts."""
    with serving(once(tmp_path_factory, "hostile", _build)) as served:
        yield served


def _build(folder: Path) -> Path:
    scaffold.make_site(folder, ["en", "de"], "A site")
    for path in (folder / "posts").iterdir():
        path.unlink()
    vectors = "\n".join(f"{line}\n" for line in VECTORS.replace("MARK", "window.mark = 1").splitlines())
    text = HOSTILE.replace("VECTORS", vectors)
    (folder / "posts" / "hostile.en.md").write_text(text, encoding="utf-8")
    (folder / "posts" / "text.txt").write_text("window.mark = (parent.mark = 'a text')", encoding="utf-8")
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace("preload: auto", "preload: []")
    file.write_text(text, encoding="utf-8")
    main(["build", "-f", str(file)])
    return folder / "site"


@pytest.mark.parametrize("path", ["posts/hostile/", "de/posts/hostile/", "", "posts/", "de/", "404.html"])
def test_no_mark_is_ever_set(open_page, hostile, path):
    page = open_page(f"{hostile.address}{path}")
    page.wait_for_timeout(AFTER)
    assert page.evaluate("() => window.mark ?? ''") == ""


@pytest.mark.parametrize(
    "selector", ["article a", "article button", "article p", "article input", "article text"]
)
def test_what_is_touched_runs_nothing(open_page, hostile, selector):
    page = open_page(f"{hostile.address}posts/hostile/")
    address = page.url
    touch = """selector => { for (const element of document.querySelectorAll(selector)) {
      if (element.matches("a[href^=http], a[href^='.'], a[href^='#']")) continue
      for (const name of ["pointerenter", "mouseover", "focus", "click"]) element.dispatchEvent(new MouseEvent(name, {bubbles: true, cancelable: true}))
    } }"""
    page.evaluate(touch, selector)
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.mark ?? ''") == "" and page.url.rstrip("?#") == address


def test_what_is_published_with_a_post_is_there_and_is_no_script(open_page, hostile):
    page = open_page(f"{hostile.address}posts/hostile/")
    for address in ("assets/posts/posts/text.txt", "posts/hostile.py"):
        assert (hostile.folder / address).is_file()
        assert (
            page.evaluate(
                "address => new Promise(done => { const script = document.createElement('script'); script.src = address;"
                " script.onload = () => done('loaded'); script.onerror = () => done('refused'); document.body.append(script) })",
                f"{hostile.address}{address}",
            )
            == "refused"
        )


def test_a_style_sheet_of_a_post_is_not_used_and_its_table_is_aligned(open_page, hostile):
    page = open_page(f"{hostile.address}posts/hostile/")
    assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).outlineStyle") == "none"
    cells = page.locator("article td").evaluate_all("all => all.map(one => getComputedStyle(one).textAlign)")
    assert cells == ["left", "right"]


def test_without_the_policy_a_mark_would_be_set(chromium, hostile):
    """Else the tests above would show nothing."""
    html = (hostile.folder / "posts/hostile/index.html").read_text(encoding="utf-8")
    assert html.count("window.mark") > VECTORS.count("MARK") / 2
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{hostile.address}posts/hostile/")
    page.wait_for_timeout(AFTER)
    assert page.evaluate("() => window.mark ?? ''") != ""
    context.close()


def _complained(page, address: str) -> list[str]:
    """Open an address and return what the console then says of the policy, as long as the page is open."""
    said: list[str] = []
    page.on("console", lambda message: "ontent Security Policy" in message.text and said.append(message.text))
    page.goto(address)
    return said


def test_what_the_theme_itself_runs_breaks_no_policy(open_page, small):
    page = open_page("about:blank", permissions=["clipboard-read", "clipboard-write"])
    said = _complained(page, f"{small.home('de')}posts/loss/")
    page.locator("label[for=__palette_1]").click()
    until(page, "() => document.body.dataset.mdColorScheme == 'slate'")
    page.reload()
    assert page.evaluate("() => document.body.dataset.mdColorScheme") == "slate"
    page.locator("article .md-code__button[data-md-type=copy]").first.click()
    until(page, "() => document.querySelector('.md-dialog--active')")
    assert page.evaluate("() => navigator.clipboard.readText()").startswith('print("loss"')
    page.locator(".md-search__input").click()
    page.keyboard.type("Verlust")
    page.wait_for_selector(".md-search-result__link")
    assert said == []


def test_a_site_is_read_from_the_disk_too(open_page, small):
    page = open_page("about:blank")
    said = _complained(page, f"file://{small.folder}/hi/posts/loss/index.html")
    until(page, "() => document.querySelector('.md-code__button')")
    assert "Hexapla Devanagari" in page.evaluate("() => getComputedStyle(document.body).fontFamily")
    assert said == []
