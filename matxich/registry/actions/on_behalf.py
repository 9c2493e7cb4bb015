"""Filling in for a household or a cooperative: its own word, on a paper it signed, written down by somebody else."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.registry.actions.attachments import Upload, attach
from matxich.registry.actions.facts import kept_record, locked_for_stating, put_statement, subject_of
from matxich.registry.actions.projecting import refold
from matxich.registry.actions.sources import standing_source
from matxich.registry.actions.values import BadValue, stated
from matxich.registry.models import Attachment, Enterprise
from matxich.registry.permissions import may_state_on_behalf
from matxich.registry.states import AttachmentKind, SourceKind, Verification, Visibility
from matxich.rulebook.passport import FIELDS

KEY = ":signed_paper"


class NothingStated(Refusal):
    """The paper is there, but nothing of it was written down."""

    code = "nothing_stated"
    status = 422


class SignedLater(Refusal):
    """A paper is signed on a day that has come."""

    code = "signed_later"
    status = 422


@transaction.atomic
def state_on_behalf(
    *,
    enterprise: Enterprise,
    facts: Mapping[str, str],
    scan: Upload,
    signed_on: date,
    by: Actor,
    at: datetime,
    base_version: int,
) -> Attachment:
    """Write down what a subject says on a signed paper (field code → text), with the scan as the source of each.

    A signature proves who says it, not that it is so: the level is self-declared. The scan is for officials in charge
    of the place alone. Raises Denied, Stale, SignedLater, NothingStated, BadValue (its message names the field) and
    what the file store refuses; then nothing is written.
    """
    current = locked_for_stating(kept_record(enterprise), base_version)
    demand(may_state_on_behalf(by, current))
    if signed_on > timezone.localdate(at):
        raise SignedLater(_("Ngày ký chưa đến."), _("Ghi ngày ký trên giấy."))
    told = {code: _stated(code, text, at) for code, text in facts.items() if text.strip()}
    if not told:
        raise NothingStated(_("Chưa ghi mục nào."), _("Ghi ít nhất một mục có trên giấy."))
    paper = attach(
        enterprise=current,
        kind=AttachmentKind.SIGNED_PAPER,
        upload=scan,
        by=by,
        at=at,
        visibility=Visibility.PRIVATE,
    )
    name = AttachmentKind.SIGNED_PAPER.label
    source = standing_source(key=KEY, name=name, kind=SourceKind.DOCUMENT, by=by, at=at)
    statements = [
        put_statement(current, code, value, source, signed_on, Verification.DECLARED, by, at)
        for code, value in told.items()
    ]
    paper.tells.set(statements)
    refold([current.pk])
    after = {
        "attachment": paper.pk,
        "sha256": paper.file.sha256,
        "signed_on": signed_on,
        "fields": sorted(told),
        "statements": [one.pk for one in statements],
    }
    record(by=by, at=at, action="enterprise.state_on_behalf", on=subject_of(current), after=after)
    return paper


def _stated(code: str, text: str, at: datetime) -> object:
    try:
        return stated(code, text, latest_year=at.year)
    except BadValue as refusal:
        raise BadValue(f"{FIELDS[code].label}: {refusal.message}", refusal.hint) from refusal
