"""Redis is emptied, killed or away: mail is taken all the same, and every copy arrives."""
