"""The parts run alone, on two machines that share a PostgreSQL and a Redis."""
