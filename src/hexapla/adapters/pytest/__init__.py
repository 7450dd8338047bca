"""A cell as a test of pytest."""
