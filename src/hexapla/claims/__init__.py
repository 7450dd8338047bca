"""Claims: outputs that authors typed by hand, and what became of them."""
