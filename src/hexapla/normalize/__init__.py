"""From the Markdown that authors see on GitHub to the Markdown that the site renders."""
