"""Record: what programs showed, as files in `snippets/`."""
