"""The served site in headless Chromium: what a reader of the German and of the Hindi page sees."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve a copy of our own site, as an author would, and return its address."""
    folder = tmp_path_factory.mktemp("serve") / "site"
    for name in ("posts", "snippets", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".lock"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    log = (folder / "serve.log").open("w+")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, env=environment)
    url = f"http://127.0.0.1:{port}/"
    try:
        _wait(url, server, folder / "serve.log")
        yield url
    finally:
        server.terminate()
        server.wait(10)


def _wait(url: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"nothing was served in time:\n{log.read_text()}")


def _recorded(cell: str) -> str:
    return (ROOT / "snippets" / "parameter" / f"{cell}.out").read_text().strip()


@pytest.mark.parametrize(
    ("language", "label", "word"),
    [
        ("de", "Ausgabe", "Was das Modul weiß"),
        ("hi", "आउटपुट", "PyTorch"),
        ("ar", "المخرجات", "ما الذي تعرفه الوحدة"),
        ("zh", "输出", "模块知道些什么"),
    ],
)
def test_a_page_shows_its_own_words_and_the_real_output(browser, address, language, label, word):
    browser.get("about:blank")
    browser.get_log("browser")  # What another test's pages said.
    browser.get(f"{address}{language}/posts/parameter/")
    assert browser.find_element("tag name", "html").get_attribute("lang") == language
    assert word in browser.find_element("css selector", "article").text
    outputs = browser.find_elements("css selector", ".output")
    assert len(outputs) >= 5
    labels = browser.find_elements("css selector", ".output > .filename")
    assert {one.text for one in labels} == {label}
    shown = [one.find_element("css selector", "code").text.strip() for one in outputs]
    assert _recorded("cell-1") in shown
    assert [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_the_switcher_leads_to_the_same_article(browser, address):
    browser.get(f"{address}de/posts/parameter/")
    links = {
        link.get_attribute("hreflang"): link.get_attribute("href")
        for link in browser.find_elements("css selector", ".md-select a[hreflang]")
    }
    assert set(links) == {"en", "de", "es", "fr", "hi", "ar", "zh"}
    for language, link in links.items():
        with urllib.request.urlopen(link) as answer:
            assert answer.status == 200
        assert link.endswith("posts/parameter/"), language


SWITCHER = ("css selector", ".md-select__link")

SIDES = """
const side = one => {
    const block = one.closest("article").getBoundingClientRect(), own = one.getBoundingClientRect();
    return own.left - block.left < block.right - own.right ? "left" : "right";
};
const words = element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return {closest: name => element.closest(name), getBoundingClientRect: () => range.getBoundingClientRect()};
};
const article = document.querySelector("article");
return {
    heading: side(words(article.querySelector("h2"))),
    label: side(words(article.querySelector(".output > .filename"))),
    code: side(words(article.querySelector("pre code > *"))),
    output: side(words(article.querySelector(".output pre code > *"))),
    cell: side(words(article.querySelector("th"))),
};
"""
"""Where what stands in an article begins."""


@pytest.mark.parametrize(
    ("page", "prose", "label"),
    [
        ("de/posts/buffers/", "left", "left"),
        ("ar/posts/parameter/", "right", "right"),
        ("ar/posts/buffers/", "left", "left"),
    ],
    ids=["German", "Arabic", "an English stand-in among Arabic pages"],
)
def test_prose_has_its_direction_and_code_is_read_from_left_to_right(browser, address, page, prose, label):
    browser.get(f"{address}{page}")
    sides = browser.execute_script(SIDES)
    assert sides == {"heading": prose, "label": label, "code": "left", "output": "left", "cell": prose}


def test_the_switcher_names_each_language_in_itself(browser, address):
    browser.get(f"{address}ar/")
    names = [one.get_attribute("textContent").strip() for one in browser.find_elements(*SWITCHER)]
    assert names == ["English", "Deutsch", "Español", "Français", "हिन्दी", "العربية", "简体中文"]


@pytest.mark.parametrize(
    ("language", "query", "pages"),
    [
        ("ar", "موتر", {"parameter", "broadcasting"}),
        ("ar", "المعلمات", {"parameter"}),
        ("ar", "خطوة", {"parameter", "broadcasting"}),
        ("zh", "张量", {"parameter", "broadcasting"}),
        ("zh", "缓冲区", {"parameter"}),
        ("zh", "广播", {"broadcasting"}),
    ],
)
def test_search_finds_the_words_of_our_arabic_and_chinese_posts(browser, address, language, query, pages):
    browser.get("about:blank")
    browser.get(f"{address}{language}/?q={query}")
    home = f"{address}{language}/"  # It names the articles too.
    expected = {f"{home}posts/{page}/" for page in pages}
    found: set[str] = set()
    deadline = time.monotonic() + 20
    while found != expected and time.monotonic() < deadline:  # They come a few at a time.
        time.sleep(0.2)
        links = browser.find_elements("css selector", ".md-search-result__link")
        found = {link.get_attribute("href").split("?")[0].split("#")[0] for link in links} - {home}
    assert found == expected


def test_home_pages_list_the_articles(browser, address):
    for language in ("", "de/", "hi/", "ar/", "zh/"):
        browser.get(f"{address}{language}")
        links = [link.get_attribute("href") for link in browser.find_elements("css selector", "article a")]
        assert f"{address}{language}posts/parameter/" in links


def test_code_and_outputs_fit_a_phone(browser, address):
    browser.set_window_size(390, 844)
    browser.get(f"{address}hi/posts/parameter/")
    wide = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    browser.set_window_size(1200, 1000)
    assert wide <= 0


def test_figures_are_shown_in_every_language(browser, address):
    for language in ("", "de/", "hi/"):
        browser.get(f"{address}{language}posts/broadcasting/")
        figure = browser.find_element("css selector", ".hexapla-figure")
        browser.execute_script("arguments[0].loading = 'eager'; arguments[0].scrollIntoView()", figure)
        deadline = time.monotonic() + 10
        while not browser.execute_script("return arguments[0].naturalWidth", figure):
            assert time.monotonic() < deadline, figure.get_attribute("src")
            time.sleep(0.1)
        assert figure.get_attribute("alt")
