"""Measurements: each program answers one question, beside a peer or a limit in the same run."""
