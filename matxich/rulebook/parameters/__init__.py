"""Dated law and decisions as data: each row with its source."""
