"""The nouns that all stages share; nothing of hexapla is imported here."""
