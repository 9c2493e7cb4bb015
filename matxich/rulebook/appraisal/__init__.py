"""Appraisal: criteria as data, ballots into a result by a rule that is data, conflicts of interest, quorum, ranking."""
