"""Programmes, their money, yearly plans and calls; agreements with partners."""
