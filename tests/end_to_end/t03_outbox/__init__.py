"""Without a relay the copies lie in the outbox, to be read on this machine."""
