"""What the site shows: its Markdown renderer, and the structure of what that gives."""
