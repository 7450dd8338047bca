"""From articles and what was recorded of them to the pages that mkdocs reads."""
