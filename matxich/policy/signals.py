"""What this room asks of the rooms above it."""

from django.dispatch import Signal

funding_asked = Signal()
"""Sent with `on`, `budget` (a layer of the law) and `province` ("" unknown): which supports does money wait for that
day? A listener answers a mapping of support id → rulebook.law.conditions.Judged; it only reads.
"""
