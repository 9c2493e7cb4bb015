"""Pages of needs and proposals."""
