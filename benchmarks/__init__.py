"""Measurements: ratios against a named peer in one run, with the spread. Results stand in RESULTS.md."""
