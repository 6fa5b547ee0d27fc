"""Pages: what owners write in place of our own words."""
