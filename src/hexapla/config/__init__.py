"""What mkdocs.yml says: the document with its lines, and the settings in it."""
