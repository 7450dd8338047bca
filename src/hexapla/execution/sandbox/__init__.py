"""What a program may not do, and how each machine sees to it."""
