"""Where readers of growing tables stand."""

from django.db import models


class ReadPosition(models.Model):
    """How far a reader of a growing table has come. Never the truth: deleting a row only costs one full pass."""

    reader = models.CharField(max_length=60, primary_key=True)
    cluster = models.CharField(max_length=40)
    number = models.BigIntegerField()
