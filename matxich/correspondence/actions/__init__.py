"""What happens to a paper, a template, a register."""
