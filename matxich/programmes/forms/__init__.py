"""What pages of programmes ask for."""
