"""What happens to needs and proposals."""
