"""Pages: what went out on a list."""
