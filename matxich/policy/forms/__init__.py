"""What people fill in about the law, parsed; nothing here saves."""
