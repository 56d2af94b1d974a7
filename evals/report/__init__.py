"""Reports of a run: a table on the terminal, JSON for programs, one HTML page for people."""
