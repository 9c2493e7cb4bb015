"""The command line: one command a file; each answers JSON when asked."""
