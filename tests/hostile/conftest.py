"""The machine's Chromium, as the tests of our own site start it."""

from browser.conftest import chromium

__all__ = ["chromium"]
