"""A post goes in by SMTP or the command line, and each member gets one anonymous copy."""
