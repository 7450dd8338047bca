"""Pages: the Markdown below `docs/` that mkdocs reads, and the words on it."""
