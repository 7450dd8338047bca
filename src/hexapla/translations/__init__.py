"""Translations: whether each is up to date with what it was made from, and what may be repaired in it."""
