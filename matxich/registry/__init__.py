"""The passport: statements, sources, import, linking, search."""
