"""Parts are killed in the middle of a run: no copy is missing, few are doubled."""
