"""What was recorded of each article, on disk and in memory."""
