"""A reader without a mouse."""

from itertools import pairwise

import pytest

from browser import LANGUAGES
from browser.asking import restyle, until
from browser.searching import search

STOP = """() => {
  const one = document.activeElement
  // What is focused and what shows it are not always one.
  const shown = one.matches(".md-option") ? one.nextElementSibling : one.matches(".md-search__input") ? one.form : one
  const box = shown.getBoundingClientRect(), style = getComputedStyle(one.matches(".md-option") ? shown : one)
  return {
    name: one.outerHTML.slice(0, 120),
    article: !!one.closest("article"),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && shown.checkVisibility({opacityProperty: true, visibilityProperty: true}),
    ring: style.outlineStyle != "none" && parseFloat(style.outlineWidth) > 0,
    top: box.top + scrollY,
  }
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_stop_skips_to_the_article(open_page, own, language):
    page = open_page(f"{own.home(language)}posts/parameter/")
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    assert skip.evaluate("one => one == document.activeElement")
    until(page, "() => getComputedStyle(document.querySelector('.md-skip')).opacity == 1")
    page.keyboard.press("Enter")
    until(page, "() => location.hash")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('article')")


def test_every_stop_is_seen_and_those_of_the_article_come_in_its_order(open_page, own):
    page = open_page(f"{own.home('en')}posts/parameter/")
    restyle(page, "* { transition: none !important }")
    stops = []
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement == document.body"):
            break
        stops.append(page.evaluate(STOP))
    assert len(stops) > 40
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    places = [stop["top"] for stop in stops if stop["article"]]
    # A block's button stands in its corner, and comes before it.
    assert all(before <= after + 20 for before, after in pairwise(places))


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_search_is_opened_used_and_left_by_keys(open_page, own, key):
    page = open_page(own.home("de"))
    page.keyboard.press(key)
    box = page.locator(".md-search__input")
    assert box.evaluate("one => one == document.activeElement") and box.input_value() == ""
    found = search(page, "Trainingsschleife", key="")
    page.keyboard.press("ArrowDown")
    link = page.evaluate("() => document.activeElement.href")
    assert link.partition("?")[0].partition("#")[0] == found[0]
    page.keyboard.press("Escape")
    until(page, "() => !document.activeElement.closest('.md-search')")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_fold_is_opened_and_closed_by_keys(open_page, small, key):
    page = open_page(f"{small.home('de')}posts/loss/")
    fold = page.locator("article details.output-fold").first
    fold.locator("summary").focus()
    page.keyboard.press(key)
    assert fold.locator("pre").is_visible()
    page.keyboard.press(key)
    assert not fold.locator("pre").is_visible()


def test_dark_mode_is_switched_by_keys(open_page, own):
    page = open_page(own.home("hi"), color_scheme="light")
    page.locator(".md-option").first.focus()
    for expected in ("slate", "default"):
        page.keyboard.press("ArrowRight")
        until(page, f"() => document.body.dataset.mdColorScheme == '{expected}'")


def test_a_wide_block_is_pushed_by_keys(open_page, small):
    page = open_page(f"{small.home('en')}posts/loss/")
    wide = page.locator(".output pre").filter(has_text="398, 399")
    wide.focus()
    page.keyboard.press("ArrowRight")
    until(page, "() => document.activeElement.scrollLeft > 0")


def test_a_high_block_is_pushed_by_keys_without_scripts(open_page, small):
    page = open_page(f"{small.home('en')}posts/loss/", java_script_enabled=False)
    fold = page.locator("article details.output-fold").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.wait_for_timeout(300)
    assert fold.locator("pre").evaluate("one => one == document.activeElement && one.scrollTop > 0")


def test_the_copy_button_works_by_keys(open_page, own):
    page = open_page(f"{own.home('en')}posts/parameter/", permissions=["clipboard-read", "clipboard-write"])
    page.locator("article .md-code__button[data-md-type=copy]").first.focus()
    page.keyboard.press("Enter")
    assert "class Scale" in page.evaluate("() => navigator.clipboard.readText()")
