"""Wiring only: settings, addresses of pages, the server's entry. Nothing else reads the environment."""
