"""Asking a page something, as its policy allows: Playwright's own ways run text as code in the page, or style it inline."""

import time

_SECONDS = 15


def until(page, expression: str) -> None:
    """Wait until a function of JavaScript gives something that is true."""
    end = time.monotonic() + _SECONDS
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(30)


def restyle(page, css: str) -> None:
    """Add a style sheet to an open page."""
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets.push(sheet) }",
        css,
    )
