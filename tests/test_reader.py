"""The built site in headless Chromium, in five scripts: what a reader meets."""

import time

import pytest

from reader import LANGUAGES

pytestmark = pytest.mark.browser


NONE = "return JSON.parse(document.querySelector('#__config').textContent).translations['search.result.none']"


def home(address: str, language: str) -> str:
    return address if language == "en" else f"{address}{language}/"


def errors(browser) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


def search(browser, address: str, query: str) -> list[str]:
    """Type a query and return the addresses that are found."""
    browser.get(f"{address}?q={query}")
    found: list[str] = []
    same = 0
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        # Results come a few at a time, as the reader scrolls; they are all there when they stay the same.
        time.sleep(0.3)
        links = browser.execute_script(
            "const list = document.querySelector('.md-search__scrollwrap');"
            "list.scrollTop = 0; list.scrollTop = list.scrollHeight;"
            "return [...document.querySelectorAll('.md-search-result__link')].map(one => one.href)"
        )
        meta = browser.find_element("css selector", ".md-search-result__meta").get_attribute("textContent")
        same = same + 1 if links == found else 0
        if same > 3 and (links or meta.strip() == browser.execute_script(NONE)):
            return [link.split("?")[0].split("#")[0] for link in links]
        found = links
    raise AssertionError(f"the search for {query} did not end")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", "posts/", "posts/loss/", "posts/only-english/"])
def test_a_page_asks_for_nothing_that_is_not_there(browser, read_site, language, name):
    _, address = read_site
    browser.get("about:blank")
    errors(browser)  # Those of another test's pages.
    browser.get(f"{home(address, language)}{name}")
    time.sleep(0.3)
    assert browser.find_element("tag name", "html").get_attribute("lang") == language
    assert errors(browser) == []
    hosts = browser.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
    assert [one for one in hosts if not one.startswith((address, "data:"))] == []


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("en", "loss"),
        ("en", "measur"),
        ("de", "Verlustfunktion"),
        ("de", "Funktion"),
        ("de", "rate"),
        ("hi", "टेंसर"),
        ("hi", "हानि"),
        ("hi", "जरूरी"),
        ("ar", "موتر"),
        ("ar", "الموتر"),
        ("ar", "التدرج"),
        ("zh", "梯度"),
        ("zh", "神经网络"),
        ("zh", "函数"),
        ("zh", "损失函数"),
    ],
)
def test_each_language_finds_its_words_and_no_others(browser, read_site, language, query):
    _, address = read_site
    own = home(address, language)
    found = search(browser, own, query)
    assert f"{own}posts/loss/" in found
    assert all(one.startswith(own) for one in found)


def test_a_query_in_one_language_finds_nothing_in_another(browser, read_site):
    _, address = read_site
    assert search(browser, f"{address}hi/", "Verlustfunktion") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_is_answered_in_its_language(browser, read_site, language):
    _, address = read_site
    own = home(address, language)
    browser.get(f"{own}no/such/page/")
    assert browser.find_element("tag name", "html").get_attribute("lang") == language
    links = [link.get_attribute("href") for link in browser.find_elements("css selector", "article a")]
    assert links[0] == own
    switcher = browser.find_elements("css selector", ".md-select__link")
    assert {one.get_attribute("href") for one in switcher} == {home(address, code) for code in LANGUAGES}


def shift(browser) -> float:
    """Return how much of the page moved while it loaded (Layout Instability's sum)."""
    return browser.execute_async_script(
        "const done = arguments[0]; let sum = 0;"
        "new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value })"
        ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 500)"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_outputs_are_folded_and_nothing_moves_or_overflows_on_a_phone(browser, read_site, language):
    _, address = read_site
    browser.set_window_size(500, 844)
    browser.get(f"{home(address, language)}posts/loss/")
    assert shift(browser) < 0.1
    wide = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    folds = browser.find_elements("css selector", "article details.hexapla-fold")
    assert "120" in folds[0].find_element("tag name", "summary").text
    inside = folds[0].find_element("tag name", "pre")
    assert not inside.is_displayed()
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", folds[0])
    folds[0].find_element("tag name", "summary").click()
    assert inside.is_displayed() and "row 119" in inside.text
    scrolls = browser.execute_script(
        "return [...document.querySelectorAll('.output code')].some(one => one.scrollWidth > one.clientWidth)"
    )
    browser.set_window_size(1200, 1000)
    assert wide <= 0 and scrolls


def test_without_javascript_everything_is_there_and_folds(browser, read_site):
    _, address = read_site
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{address}de/posts/loss/")
        fold = browser.find_element("css selector", "article details.hexapla-fold")
        fold.find_element("tag name", "summary").click()
        assert "row 119" in fold.text
        assert browser.find_element("css selector", "article math").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
