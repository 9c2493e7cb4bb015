"""Sample people as the actors of what they do."""

from datetime import datetime

from django.utils import timezone

from matxich.accounts.models import User
from matxich.accounts.permissions import Person
from matxich.accounts.queries import person


def actor_of(local: str, at: datetime) -> Person:
    """By the part of their address before the @."""
    return person(User.objects.get(email=f"{local}@matxich.example"), timezone.localdate(at))
