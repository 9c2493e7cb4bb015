"""The rules an auditor reads: plain Python, no framework, clock, I/O or randomness."""
