"""Pages: signing in and out."""
