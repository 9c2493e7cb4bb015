"""Invented firms in any number: the same seed and number give the same firm, on any day and any machine."""
