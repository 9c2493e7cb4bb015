"""Cohorts: instruments as data, exact arithmetic of indicators on the shop floor, selection by rank, states, follow-up."""
