"""Wrong settings and wrong commands are answered in one plain line."""
