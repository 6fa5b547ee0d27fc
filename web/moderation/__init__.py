"""Pages: moderation."""
