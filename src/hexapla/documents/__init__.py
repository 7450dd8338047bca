"""Documents: any Markdown file as a test, without a site: no posts, no ledger, no mkdocs.yml."""
