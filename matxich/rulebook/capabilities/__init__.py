"""Structured values of a passport: machines, certificates, tolerances and the rest read, checked and worded."""
