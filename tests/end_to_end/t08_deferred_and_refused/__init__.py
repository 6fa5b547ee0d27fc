"""The relay says later, never, or nothing at all: each copy has a state of its own."""
