"""Posts, outputs, figures, metadata and names that would run a script in a reader's browser."""
