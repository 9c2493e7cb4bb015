"""A paper is initialled by who looked it over and signed by who answers for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.correspondence.actions.drafting import locked, moved
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.queries.composing import compose
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal
from matxich.rulebook.vietnamese.text import squeeze


class NoName(Refusal):
    """A signature is somebody's."""

    code = "signature_without_name"
    status = 422


@transaction.atomic
def initial(*, paper: OfficialPaper, by: Actor, at: datetime, base_version: int) -> OfficialPaper:
    """Ký nháy: somebody other than the drafter answers for what it says. Raises Denied, Stale, WrongState."""
    current = locked(paper, "initial", by, base_version)
    current.initialled_by, current.initialled_at = by.id, at
    return moved(current, "initial", by, at)


@transaction.atomic
def sign(*, paper: OfficialPaper, by: Actor, at: datetime, base_version: int) -> OfficialPaper:
    """The signer's name, as it is today, stands on the paper from now on. Raises Denied, Stale, WrongState, NoName."""
    return _signed(locked(paper, "sign", by, base_version), "sign", by, at)


@transaction.atomic
def sign_own(*, paper: OfficialPaper, by: Actor, at: datetime, base_version: int) -> OfficialPaper:
    """A form by the hand of whoever filled it in: no initials, nobody else's signature. Raises as `sign`."""
    return _signed(locked(paper, "sign_own", by, base_version), "sign_own", by, at)


def _signed(paper: OfficialPaper, event: str, by: Actor, at: datetime) -> OfficialPaper:
    name = squeeze(by.name)[:150]
    if not name:
        raise NoName(_("Người ký chưa có họ tên trong hệ thống."), _("Ghi họ tên ở Hồ sơ của tôi rồi ký."))
    paper.signed_by, paper.signed_at, paper.signer_name = by.id, at, name
    compose(paper)
    return moved(paper, event, by, at, signed_as=paper.signed_as, position=paper.position)
