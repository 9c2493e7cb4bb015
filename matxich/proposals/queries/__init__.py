"""What is asked of needs and proposals."""
