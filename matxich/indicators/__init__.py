"""Indicators: figures worked out of records, their targets, reports up the tree, readiness of provinces."""
