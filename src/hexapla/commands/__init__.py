"""What each command of `hexapla` does: one module a kind, imported by `hexapla.cli`."""
