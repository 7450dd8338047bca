"""The zensical adapter: the same pages, made into a site by Zensical, which goes on where Material for MkDocs ends."""
