"""Who does what is asked for, where it counts in whose name it is done."""

from django.utils import timezone

from matxich.accounts.models import User
from matxich.accounts.permissions import Person
from matxich.accounts.queries import person
from matxich.kit.refusals import Refusal


class NoSuchPerson(Refusal):
    code = "no_such_person"


def person_called(email: str) -> Person:
    """The active account behind an address, with the roles of today. NoSuchPerson."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise NoSuchPerson(f"Không có người dùng “{email}”.", "Ghi thư điện tử của người có thẩm quyền.")
    return person(user, timezone.localdate())
