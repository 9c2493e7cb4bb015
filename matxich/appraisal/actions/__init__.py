"""What happens in this room; each module one part of it."""
