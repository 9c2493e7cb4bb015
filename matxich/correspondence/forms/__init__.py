"""What people type about papers, parsed; nothing here saves."""
