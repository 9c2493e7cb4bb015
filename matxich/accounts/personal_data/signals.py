"""What rooms that keep personal data listen to."""

from django.dispatch import Signal

personal_data_erasure = Signal()
"""Sent inside the transaction with `subject`, `by`, `at`: wipe what you keep of this person.

"user:7" is somebody with an account, "enterprise:7" whoever a firm is reached by (7 is its number, not its id).
"""
