"""Pages about people, roles and agencies."""
