"""axe-core's rules on the pages of each kind, in light and dark: no serious or critical violation, nor a lesser one."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser import PHONE
from browser.asking import restyle
from browser.searching import search

AXE = Axe()
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""What is another on a page in the dark, whose frame was looked at."""
OPEN = "() => document.querySelectorAll('article details').forEach(one => { one.open = true })"
KINDS = {
    "home": "",
    "list": "posts/",
    "translations": "translations/",
    "every block": "posts/coverage/",
    "article": "posts/parameter/",
    "article with a figure, formulas and an error": "posts/broadcasting/",
    "not found": "no/such/page/",
    "search": "",
}


def violations(page, options=OPTIONS) -> list[str]:
    """Return what breaks axe's rules on an open page: rule, impact, element and what to mend."""
    # Half-way through a transition, a colour is not the one that the reader reads by.
    restyle(page, "*, ::before, ::after { transition: none !important; animation: none !important }")
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:120]}: {node['failureSummary'][:200]}"
        for one in AXE.run(page, options=options).response["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "hi", "ar", "zh"])
def test_pages_of_each_kind_break_no_rule(open_page, own, language, scheme):
    words = {"en": "tensor", "hi": "tensor", "ar": "موتر", "zh": "张量"}
    page = open_page(own.home(language), color_scheme=scheme)
    found = {}
    for kind, path in KINDS.items():
        page.goto(f"{own.home(language)}{path}")
        if kind == "search":
            assert search(page, words[language])
        found[kind] = violations(page, COLOURS if scheme == "dark" and kind != "home" else OPTIONS)
    assert {kind: several for kind, several in found.items() if several} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_folded_wide_or_not_translated_breaks_no_rule_on_a_phone(open_page, small, language, scheme):
    page = open_page(f"{small.home(language)}posts/loss/", **PHONE, color_scheme=scheme)
    page.evaluate(OPEN)
    assert violations(page) == []
    page.goto(f"{small.home(language)}posts/only-english/")
    assert violations(page) == []
    # A title that is shorter than its language's name behind it.
    page.goto(f"{small.home(language)}posts/")
    page.locator(".hexapla-articles li > p:first-child a").first.evaluate(
        "one => { one.textContent = 'Hi'; one.insertAdjacentHTML('afterend', ' <span class=hexapla-other>English</span>') }"
    )
    assert violations(page) == []


FAULTS = {
    "color-contrast": "<p style='color: #999; background: #fff'>Pale words</p>",
    "image-alt": "<img src='data:,'>",
    "scrollable-region-focusable": "<div style='overflow: auto; height: 2em'><p style='height: 90em'>High</p></div>",
    "button-name": "<button></button>",
    "valid-lang": "<p lang='klingon'>nuqneH</p>",
    "heading-order": "<h1>One</h1><h4>Four</h4>",
    "landmark-unique": "<nav>One</nav><nav>Two</nav>",
    "target-size": "<a href='#' style='font-size: 8px'>a</a><a href='#' style='font-size: 8px'>b</a>",
}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_found(open_page, rule):
    page = open_page("about:blank")
    page.set_content(f"<html lang='en'><title>A page</title><main>{FAULTS[rule]}</main></html>")
    assert rule in {one.partition(" ")[0] for one in violations(page)}
    of_colours = {one.partition(" ")[0] for one in violations(page, COLOURS)}
    assert of_colours == ({rule} if rule == "color-contrast" else set())
