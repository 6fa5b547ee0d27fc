"""The workers: jobs that call a use case, the loop that runs them, and the tick."""
