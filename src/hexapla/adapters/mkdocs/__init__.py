"""What makes hexapla a plugin of mkdocs; the only place that knows mkdocs' insides."""
