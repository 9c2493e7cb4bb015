"""What this room does when rooms below tell of something."""
