"""Appraisal of any case: councils and staff units, conflicts of interest, ballots, sessions, ranking, decisions."""
