"""Code: what a block's text says as a program, whatever language its comments are in."""
