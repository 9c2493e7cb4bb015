"""Everything that is asked of indicators."""
