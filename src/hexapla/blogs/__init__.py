"""Blogs of other generators: what is in them, at which addresses, and how they become posts of this site."""
