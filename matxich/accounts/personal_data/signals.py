"""What rooms that keep personal data listen to."""

from django.dispatch import Signal

personal_data_erasure = Signal()
"""Sent inside the transaction with `subject` ("user:7"), `by`, `at`: wipe what you keep of this person."""
