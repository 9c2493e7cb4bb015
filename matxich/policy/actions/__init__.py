"""What happens to figures of the law and to the history of support."""
