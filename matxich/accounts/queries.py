"""What is asked of people and agencies."""

from datetime import date

from django.db.models import Q

from matxich.accounts.models import Membership, User
from matxich.accounts.permissions import Person, Standing


def person(user: User, on: date) -> Person:
    """The user as an actor, with the standings in force on a date."""
    memberships = (
        Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), user=user, valid_from__lte=on)
        .select_related("agency")
        .order_by("id")
    )
    standings = tuple(Standing(m.role, m.agency_id, m.agency.name, m.scope) for m in memberships)
    return Person(
        kind="person",
        id=f"user:{user.pk}",
        name=user.name,
        organisation=standings[0].agency_name if standings else "",
        user_id=user.pk,
        standings=standings,
    )
