"""hexapla: technical posts in many languages, one program run once, every output real."""

__version__ = "0.1.0"
