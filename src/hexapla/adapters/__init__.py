"""What makes hexapla a plugin of other tools."""
