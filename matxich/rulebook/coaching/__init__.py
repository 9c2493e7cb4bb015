"""Cohorts: instruments as data, exact arithmetic of shop-floor indicators, selection by rank, weeks and follow-up."""
