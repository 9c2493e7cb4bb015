"""What people fill in, parsed and checked; nothing here saves."""
