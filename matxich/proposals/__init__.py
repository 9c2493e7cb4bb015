"""Needs from the commune up, and proposals: long forms, estimates, papers, gates."""
