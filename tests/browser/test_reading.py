"""Reading an article: languages, dark mode, outputs, folds, copies, what is wide, what runs from right to left."""

import re

import pytest

from browser import LANGUAGES, PHONE, ROOT
from browser.asking import until
from hexapla.render.labels import labels


def recorded(slug: str, cell: str) -> str:
    """Return what a cell is recorded to have printed."""
    return (ROOT / "snippets" / slug / f"{cell}.out").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("de", "Was das Modul weiß"),
        ("hi", "Module को क्या पता है"),
        ("ar", "ما الذي تعرفه الوحدة"),
        ("zh", "模块知道些什么"),
    ],
)
def test_a_page_shows_its_own_words_and_the_real_output(open_page, own, language, heading):
    page = open_page(f"{own.home(language)}posts/parameter/")
    assert f"\n{heading}" in page.locator("article").inner_text()
    words = labels(language)
    assert set(page.locator(".output > .filename").all_inner_texts()) == {words.output, words.value}
    shown = [text.strip() for text in page.locator(".output code").all_inner_texts()]
    assert len(shown) >= 5 and recorded("parameter", "cell-1") in shown


def test_the_switcher_keeps_the_page_through_all_languages(open_page, own):
    page = open_page(f"{own.home('en')}posts/broadcasting/")
    for language in (*LANGUAGES[1:], LANGUAGES[0]):
        page.locator(".md-header .md-select button").hover()
        page.locator(f".md-select__link[hreflang={language}]").click()
        # Whoever drives the browser scrolls to the last of them, and so the section comes along.
        page.wait_for_url(re.compile(rf"{re.escape(own.home(language))}posts/broadcasting/(#.*)?$"))
        assert page.locator("html").get_attribute("lang") == language


def test_the_switcher_keeps_the_section_that_is_read(open_page, own):
    page = open_page(f"{own.home('en')}posts/broadcasting/")
    page.locator("#what-it-costs").evaluate("one => one.scrollIntoView()")
    for language in ("hi", "ar", "en"):
        page.locator(".md-header .md-select button").hover()
        page.locator(f".md-select__link[hreflang={language}]").click()
        page.wait_for_url(f"{own.home(language)}posts/broadcasting/#what-it-costs")
        top = "() => document.querySelector('#what-it-costs').getBoundingClientRect().top"
        until(page, f"() => Math.abs(({top})()) < 225")


def test_the_switcher_keeps_the_page_that_has_no_translation(open_page, small):
    page = open_page(f"{small.home('en')}posts/only-english/")
    page.locator(".md-header .md-select button").hover()
    page.locator(".md-select__link[hreflang=ar]").click()
    page.wait_for_url(f"{small.home('ar')}posts/only-english/")
    banner, article = page.locator("article .admonition").first, page.locator("article div[lang=en]")
    assert "الإنجليزية" in banner.inner_text() and article.get_attribute("dir") == "ltr"
    title = page.locator("article h1")
    assert (title.get_attribute("lang"), title.get_attribute("dir")) == ("en", "ltr")


def test_the_switcher_names_each_language_in_itself(open_page, own):
    names = open_page(own.home("ar")).locator(".md-select__link").all_inner_texts()
    assert [name.strip() for name in names] == [
        "English",
        "Deutsch",
        "Español",
        "Français",
        "हिन्दी",
        "العربية",
        "简体中文",
    ]


def test_home_pages_list_the_articles(open_page, own):
    for language in LANGUAGES:
        page = open_page(own.home(language))
        links = page.locator("article a").evaluate_all("links => links.map(one => one.href)")
        assert f"{own.home(language)}posts/parameter/" in links


def test_dark_mode_is_chosen_kept_and_the_systems_at_first(open_page, own):
    scheme = "() => document.body.dataset.mdColorScheme"
    page = open_page(f"{own.home('hi')}posts/parameter/", color_scheme="dark")
    assert page.evaluate(scheme) == "slate"
    page = open_page(f"{own.home('hi')}posts/parameter/", color_scheme="light")
    assert page.evaluate(scheme) == "default"
    light = _background(page)
    page.locator(".md-header [data-md-component=palette] label:visible").click()
    assert page.evaluate(scheme) == "slate" and _background(page) != light
    page.goto(f"{own.home('de')}posts/broadcasting/")
    assert page.evaluate(scheme) == "slate"


def _background(page) -> str:
    return page.evaluate("() => getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_long_output_is_folded_with_its_size_and_unfolds(open_page, small, language):
    page = open_page(f"{small.home(language)}posts/loss/")
    fold = page.locator("article details.output-fold").first
    assert "120" in fold.locator("summary").inner_text()
    text = fold.locator("pre")
    assert not text.is_visible()
    fold.locator("summary").click()
    assert text.is_visible() and "row 119" in text.inner_text()
    fold.locator("summary").click()
    assert not text.is_visible()
    assert not page.locator("article details.code-fold pre").is_visible()


@pytest.mark.parametrize("slug", ["parameter", "broadcasting"])
def test_the_copy_button_takes_the_cells_code_and_nothing_else(open_page, own, slug):
    page = open_page(f"{own.home('de')}posts/{slug}/", permissions=["clipboard-read", "clipboard-write"])
    post = (ROOT / "posts" / f"{slug}.de.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\{?\.?python.*?\n(.*?)^```$", post, re.MULTILINE | re.DOTALL)
    cells = page.locator("article .highlight:not(.output)")
    assert cells.count() == len(blocks) > 3
    for at, code in enumerate(blocks):
        cells.nth(at).hover()
        cells.nth(at).locator(".md-clipboard, .md-code__button[data-md-type=copy]").first.click()
        assert page.evaluate("() => navigator.clipboard.readText()").rstrip("\n") == code.rstrip("\n")


def test_figures_are_shown_sharp_on_the_page_in_light_and_dark(open_page, own):
    for language, scheme, ending in (("de", "light", ".svg"), ("hi", "dark", ".night.svg")):
        page = open_page(f"{own.home(language)}posts/broadcasting/", color_scheme=scheme)
        figure = page.locator(".hexapla-figure:visible")
        figure.scroll_into_view_if_needed()
        until(page, "() => [...document.querySelectorAll('.hexapla-figure')].every(one => one.naturalWidth)")
        assert figure.get_attribute("alt") and figure.get_attribute("src").endswith(f"cell-5-1{ending}")
        shown = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).filter]"
        assert figure.evaluate(shown) == ["rgba(0, 0, 0, 0)", "none"]
        page.emulate_media(media="print")
        assert figure.get_attribute("src").endswith("cell-5-1.svg")


def test_the_repository_is_linked_and_its_host_not_asked(open_page, own):
    page = open_page("about:blank", bypass_csp=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{own.home('en')}posts/parameter/")
    page.wait_for_load_state("networkidle")
    assert page.locator("a.md-source").first.get_attribute("href") == "https://github.com/hexapla/hexapla"
    assert len(asked) > 5 and all(address.startswith((own.address, "data:")) for address in asked)


def test_no_page_has_a_navigation_beside_it_that_names_that_page_alone(open_page, own):
    beside = "() => getComputedStyle(document.querySelector('.md-sidebar--primary')).display"
    page = open_page(own.home("de"))
    left = page.locator("article h1").bounding_box()["x"]
    assert page.evaluate(beside) == "none"
    page.goto(f"{own.home('de')}posts/parameter/")
    # And what is read stands where it stands on every page.
    assert page.evaluate(beside) != "none" and page.locator("article h1").bounding_box()["x"] == left
    page = open_page(own.home("de"), **PHONE)
    page.locator("label[for=__drawer]:visible").first.click()
    assert page.locator(".md-sidebar--primary a[href$='posts/']").first.is_visible()


def test_on_a_phone_the_copy_button_covers_no_code(open_page, own):
    covered = """() => [...document.querySelectorAll("article .highlight:not(.output) .md-code__nav")].filter(nav => {
      const code = document.createRange()
      code.selectNodeContents(nav.closest(".highlight").querySelector("code"))
      return nav.getBoundingClientRect().bottom > [...code.getClientRects()][0].top + 2
    }).length"""
    page = open_page(f"{own.home('en')}posts/optimizer/", **PHONE)
    until(page, "() => document.querySelectorAll('article .highlight:not(.output) .md-code__nav').length > 3")
    assert page.evaluate(covered) == 0


def test_a_root_has_its_sign(open_page, own):
    page = open_page(f"{own.home('ar')}posts/broadcasting/")
    root = page.locator("article msqrt").first
    # Without a sign in the formulas' font there is no room for one either.
    sign = "one => one.firstElementChild.getBoundingClientRect().left - one.getBoundingClientRect().left"
    page.evaluate("() => document.fonts.ready")
    assert root.evaluate(sign) > 4


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_wide_tensor_scrolls_inside_its_block_on_a_phone(open_page, small, language):
    page = open_page(f"{small.home(language)}posts/loss/", **PHONE)
    wide = page.locator(".output pre").filter(has_text="398, 399")
    assert wide.evaluate("one => one.scrollWidth > 2 * one.clientWidth")
    wide.evaluate("one => { one.scrollLeft = 200 }")
    assert wide.evaluate("one => one.scrollLeft") == 200
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert page.evaluate("() => scrollX") == 0


SIDES = """() => {
  const side = one => {
    const range = document.createRange()
    range.selectNodeContents(one)
    const block = one.closest("article").getBoundingClientRect(), own = range.getBoundingClientRect()
    return own.left - block.left < block.right - own.right ? "left" : "right"
  }
  const places = {heading: "h2", label: ".output > .filename", code: "pre code > *", output: ".output pre code", cell: "th"}
  return Object.fromEntries(Object.entries(places).map(([name, at]) => [name, side(document.querySelector(`article ${at}`))]))
}"""
"""Where what stands in an article begins."""


@pytest.mark.parametrize(
    ("language", "slug", "prose"),
    [("de", "buffers", "left"), ("ar", "parameter", "right"), ("ar", "buffers", "left")],
    ids=["German", "Arabic", "an English fallback page among Arabic pages"],
)
def test_prose_has_its_direction_and_code_is_read_from_left_to_right(open_page, own, language, slug, prose):
    page = open_page(f"{own.home(language)}posts/{slug}/")
    sides = page.evaluate(SIDES)
    assert sides == {"heading": prose, "label": prose, "code": "left", "output": "left", "cell": prose}


def test_on_paper_nothing_is_folded_cut_or_clicked(open_page, small):
    page = open_page(f"{small.home('en')}posts/loss/")
    page.emulate_media(media="print")
    fold = page.locator("article details.output-fold pre").first
    assert fold.bounding_box()["height"] > 120 * 10
    wide = page.locator(".output pre").filter(has_text="398, 399")
    assert wide.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert not page.locator(".md-code__nav").first.is_visible()


def test_on_paper_colours_are_those_of_a_light_page(open_page, small):
    page = open_page(f"{small.home('en')}posts/loss/", color_scheme="dark")
    colour = "one => getComputedStyle(one).color"
    label = page.locator("article .output.error .filename").first
    dark = label.evaluate(colour)
    page.emulate_media(media="print")
    assert dark != label.evaluate(colour) == "rgb(198, 40, 40)"


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_what_an_error_says_is_read_without_scrolling(open_page, own, options):
    page = open_page(f"{own.home('en')}posts/broadcasting/", **options)
    error = page.locator("article .output.error pre")
    assert "at non-singleton dimension 1" in error.inner_text()
    assert error.evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize(
    ("language", "slug", "text"),
    [("en", "broadcasting", "pairs ="), ("ar", "broadcasting", "pairs ="), ("ar", "parameter", "grad_fn=")],
)
def test_the_end_of_a_long_line_is_not_below_the_button(open_page, own, language, slug, text):
    page = open_page(f"{own.home(language)}posts/{slug}/", **PHONE)
    block = page.locator("article .highlight").filter(has_text=text)
    letters, button = block.evaluate("""one => {
      const pre = one.querySelector("pre"), all = document.createRange()
      pre.scrollLeft = pre.scrollWidth
      all.selectNodeContents(pre.querySelector("code"))
      const ends = [...all.getClientRects()].filter(one => one.width).map(one => one.right)
      return [Math.max(...ends), one.querySelector(".md-code__button").getBoundingClientRect().left]
    }""")
    assert 0 < letters <= button


def test_grey_is_gone_where_more_contrast_is_asked_for(open_page, own):
    page = open_page(f"{own.home('en')}posts/broadcasting/")
    colour = "one => getComputedStyle(one).color"
    date, text = page.locator("article .hexapla-facts"), page.locator("article p").nth(1)
    assert date.evaluate(colour) != text.evaluate(colour)
    page.emulate_media(contrast="more")
    assert date.evaluate(colour) == text.evaluate(colour)


def test_code_has_a_frame_and_signs_are_seen_where_the_system_chooses_colours(open_page, own):
    page = open_page(f"{own.home('en')}posts/broadcasting/", forced_colors="active")
    code = page.locator("article .highlight:not(.output) > pre").first
    assert code.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") > 0
    sign = page.locator("article .md-code__button").first
    seen = sign.evaluate("one => getComputedStyle(one, '::after').backgroundColor")
    behind = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert seen != behind


ALONE = """() => {
  const found = [], last = document.createRange()
  for (const heading of document.querySelectorAll("article h2")) {
    const sign = heading.querySelector(".headerlink")
    const words = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT, one => sign.contains(one) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
    for (let word = words.nextNode(); word; word = words.nextNode()) last.selectNodeContents(word)
    last.setStart(last.endContainer, last.endOffset - 1)
    for (let width = 240; width < 400; width++) {  // Wider than any word.
      heading.style.width = `${width}px`
      const [letter, own] = [last.getBoundingClientRect(), sign.getBoundingClientRect()]
      if (own.top >= letter.bottom) found.push([heading.textContent, width])
    }
  }
  return found
}"""
"""Headings with an empty line, where the sign behind them stands alone."""


@pytest.mark.parametrize(
    ("language", "slug"), [("de", "buffers"), ("ar", "parameter"), ("ar", "buffers"), ("zh", "parameter")]
)
def test_the_sign_behind_a_heading_takes_no_line_of_its_own(open_page, own, language, slug):
    page = open_page(f"{own.home(language)}posts/{slug}/", **PHONE)
    page.evaluate("() => document.fonts.ready")
    assert page.evaluate(ALONE) == []
    sign = page.locator("article h2 .headerlink").first
    assert sign.get_attribute("title") == labels(language).permalink
    assert sign.evaluate("one => one.offsetWidth") > 5


@pytest.mark.parametrize(("language", "slug"), [("de", "buffers"), ("ar", "parameter"), ("ar", "buffers")])
def test_an_output_begins_where_its_code_does(open_page, own, language, slug):
    page = open_page(f"{own.home(language)}posts/{slug}/")
    begins = "all => all.map(one => one.getBoundingClientRect().left + parseFloat(getComputedStyle(one).paddingLeft))"
    code = set(page.locator("article .highlight:not(.output) pre > code").evaluate_all(begins))
    output = set(page.locator("article .output pre > code").evaluate_all(begins))
    assert len(code) == len(output) == 1 and abs(code.pop() - output.pop()) < 1
