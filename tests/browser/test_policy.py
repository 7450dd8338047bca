"""A page runs what its templates brought, and nothing that a post, a title or an output did."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.asking import until
from building import once
from hexapla import scaffold
from hexapla.cli.main import main
from serving import Served, serving

HOSTILE = """\
---
title: "Hostile <script>window.mark = 'title'</script>"
lang: en
date: 2026-11-20
description: "<script>window.mark = 'description'</script>"
tags: [a, "<script>window.mark = 'tag'</script>"]
---

# Hostile

<script>window.mark = "script"</script>

<img src="none.png" alt="none" onerror="window.mark = 'event'">

<a href="javascript:window.mark = 'address'" id="address">a link</a>

<svg onload="window.mark = 'svg'"><script>window.mark = "svg script"</script></svg>

<iframe srcdoc="<script>parent.mark = 'frame'</script>"></iframe>

<object data="data:text/html,<script>parent.mark = 'object'</script>"></object>

<style>h1 { outline: 7px solid red }</style>

<base href="https://elsewhere.example/">

| a | b |
|:--|--:|
| 1 | 2 |

```python
print("<script>window.mark = 'output'</script>")
```
"""


@pytest.fixture(scope="module")
def hostile(chromium, tmp_path_factory) -> Iterator[Served]:
    """Serve a site with a post that tries to run scripts."""
    with serving(once(tmp_path_factory, "hostile", _build)) as served:
        yield served


def _build(folder: Path) -> Path:
    scaffold.make(folder, ["en", "de"], "A site")
    for path in (folder / "posts").iterdir():
        path.unlink()
    (folder / "posts" / "hostile.en.md").write_text(HOSTILE, encoding="utf-8")
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace("      snippets: ", "      preload: []\n      snippets: ")
    file.write_text(text, encoding="utf-8")
    main(["build", "-f", str(file)])
    return folder / "site"


@pytest.mark.parametrize("path", ["posts/hostile/", "de/posts/hostile/", "", "posts/", "de/", "404.html"])
def test_no_mark_is_ever_set(open_page, hostile, path):
    page = open_page(f"{hostile.address}{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => window.mark ?? ''") == ""


def test_a_link_that_is_a_script_does_nothing(open_page, hostile):
    page = open_page(f"{hostile.address}posts/hostile/")
    page.evaluate("() => document.querySelector('#address')?.click()")
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.mark ?? ''") == ""


def test_a_style_sheet_of_a_post_is_not_used_and_its_table_is_aligned(open_page, hostile):
    page = open_page(f"{hostile.address}posts/hostile/")
    assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).outlineStyle") == "none"
    cells = page.locator("article td").evaluate_all("all => all.map(one => getComputedStyle(one).textAlign)")
    assert cells == ["left", "right"]


def test_without_the_policy_a_mark_would_be_set(chromium, hostile):
    """Else the tests above would show nothing."""
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{hostile.address}posts/hostile/")
    page.wait_for_load_state("networkidle")
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
