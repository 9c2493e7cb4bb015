"""Append-only, chained history: who, what, when, why, before, after."""
