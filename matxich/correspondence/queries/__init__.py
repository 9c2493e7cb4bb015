"""What is asked of papers, registers and templates."""
