"""Publish: mkdocs, and what a built site is given besides its pages."""
