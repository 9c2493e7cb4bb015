"""Pages of the officials and the public page that checks a paper."""
