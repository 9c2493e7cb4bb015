"""Renderer only: spreadsheets out, neutralised and exact."""
