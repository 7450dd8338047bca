"""One repair of authors' Markdown a module."""
