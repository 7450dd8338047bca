"""Outputs that authors typed: where they stand, and whether they are right."""
