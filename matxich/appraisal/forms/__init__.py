"""What people fill in; nothing here saves."""
