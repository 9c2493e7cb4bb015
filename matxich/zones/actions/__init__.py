"""What officials do with zones: state facts, handle reports, bring in lists."""
