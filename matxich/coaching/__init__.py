"""Cohorts of firms from longlist to proof, the people who coach them, courses and evidence."""
