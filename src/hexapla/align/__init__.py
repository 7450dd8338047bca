"""Align: the versions of an article side by side, and the one program that they share."""
