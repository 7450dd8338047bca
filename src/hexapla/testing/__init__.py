"""Testing: cells as tests of pytest, and any Markdown as a test."""
