"""Industrial zones and clusters: dated, sourced facts, who reports what by when, roll-up on both maps."""
