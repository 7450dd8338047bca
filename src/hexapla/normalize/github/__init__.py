"""What GitHub shows: its parser, and where Python-Markdown reads otherwise."""
