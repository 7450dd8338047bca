"""Memory: what can be made again, kept where it is only believed from this user."""
