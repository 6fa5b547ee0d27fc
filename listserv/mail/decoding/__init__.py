"""Opens files that strangers made. It runs in a process of its own, behind a wall."""
