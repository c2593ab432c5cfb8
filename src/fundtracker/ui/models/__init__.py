"""Qt models over the database: a list of any kind of record, by the window."""
