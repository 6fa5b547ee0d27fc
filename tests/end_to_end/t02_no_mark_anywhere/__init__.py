"""A person made of unique marks posts; then everything is searched for each mark."""
