"""Everything is backed up, lost and restored, by the very lines of docs/operations.md."""
