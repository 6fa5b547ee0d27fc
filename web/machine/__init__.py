"""Pages: machine."""
