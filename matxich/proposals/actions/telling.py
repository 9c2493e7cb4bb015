"""Who hears of what became of a proposal: its writers, and those who have to act next."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from matxich.accounts.models import Membership, User
from matxich.accounts.queries import in_force
from matxich.accounts.states import Role
from matxich.kit.display import Text
from matxich.notices.actions import queue_inapp
from matxich.proposals.models import Proposal


def tell_writers(proposal: Proposal, subject: Text, body: Text, at: datetime) -> None:
    """Whoever prepared it and whoever handed it in, each in their own language's link to the applicant's page."""
    link = reverse("proposals:proposal", args=[proposal.pk])
    for user in _users((proposal.prepared_by, proposal.represented_by)):
        queue_inapp(user_id=user, subject=subject, body=body, link=link, at=at)


def tell_officers(proposal: Proposal, at: datetime) -> None:
    """The officer it was given to; before that the heads of the programme's agency."""
    gate = proposal.gates.filter(kind="dossier").first()
    named = _users([gate.officer] if gate and gate.officer else [])
    programme = proposal.call.plan.programme
    heads = Membership.objects.filter(
        in_force(timezone.localdate(at)), agency=programme.agency_id, role=Role.HEAD
    ).values_list("user_id", flat=True)
    link = reverse("proposals:review", args=[proposal.pk])
    with override("vi"):
        subject = _("Đề án mới nộp: %(code)s") % {"code": proposal.code}
    for user in named or sorted(set(heads)):
        queue_inapp(user_id=user, subject=subject, link=link, at=at)


def _users(ids: Iterable[str]) -> list[int]:
    """Accounts behind actors' ids ("user:7")."""
    numbers = {one.removeprefix("user:") for one in ids if one.startswith("user:")}
    return list(User.objects.filter(pk__in=[int(n) for n in numbers if n.isdecimal()], is_active=True).values_list(
        "pk", flat=True))  # fmt: skip
