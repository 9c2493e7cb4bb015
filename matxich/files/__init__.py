"""Content-addressed store of uploaded files; the owning room decides who sees them."""
