"""A real Postfix takes the mail in front of us and delivers the copies behind us."""
