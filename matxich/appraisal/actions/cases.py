"""Cases come in from the room that owns them, and may be withdrawn until they are decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.moving import demand_reason, locked, moved, of_case
from matxich.appraisal.models import Batch, Case
from matxich.appraisal.models.cases import LARGEST
from matxich.appraisal.permissions import may_feed
from matxich.appraisal.signals import case_moved
from matxich.appraisal.states import CASE_TRANSITIONS, BatchState, CaseState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.registry.models import Enterprise
from matxich.rulebook.vietnamese.text import squeeze


class BatchClosed(Refusal):
    """The batch takes no more cases: its appraisal began."""

    code = "batch_closed"


class AlreadyJudged(Refusal):
    """The owner has a case that is being judged elsewhere."""

    code = "already_judged"


class BadCase(Refusal):
    """Money that is no money, or lines that do not add up to what is asked."""

    code = "bad_case"
    status = 422


PARTY = ("role", "name", "tax_code", "address", "phones", "emails", "people", "owners")
LINE = ("key", "item", "unit", "quantity", "unit_price", "asked", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What the owner hands over to be judged, frozen; the shapes of `parties` and `lines` are those of models.Case."""

    reference: str
    title: str
    organisation: str
    asked: int
    sha256: str
    tax_code: str = ""
    enterprise: Enterprise | None = None
    province: str = ""
    sector: str = ""
    sme: bool | None = None
    content: str = ""
    expertise: tuple[str, ...] = ()
    parties: tuple[Mapping[str, Any], ...] = ()
    lines: tuple[Mapping[str, Any], ...] = ()
    counterpart: int | None = None
    min_part: int | None = None
    submitted_at: datetime | None = None


@transaction.atomic
def open_case(*, batch: Batch, owner: tuple[str, int], dossier: Dossier, by: Actor, at: datetime) -> Case:
    """A case of the batch. The same owner again gives the case that is there. Raises Denied, BatchClosed,
    AlreadyJudged, BadCase."""
    current = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    demand(may_feed(by, current))
    there = Case.objects.filter(owner_kind=owner[0], owner_id=owner[1]).exclude(state=CaseState.WITHDRAWN).first()
    if there is not None and there.batch_id == current.pk:
        return there
    if there is not None:
        raise AlreadyJudged(
            _("Hồ sơ này đang được thẩm định ở đợt khác: %(batch)s.") % {"batch": there.batch.name},
            _("Rút khỏi đợt kia trước."),
        )
    if current.state != BatchState.COLLECTING:
        raise BatchClosed(
            _("Đợt “%(name)s” đã bắt đầu thẩm định nên không nhận thêm hồ sơ.") % {"name": current.name},
            _("Chuyển hồ sơ sang đợt sau."),
        )
    demand_sound(dossier)
    case = Case.objects.create(
        batch=current,
        owner_kind=owner[0],
        owner_id=owner[1],
        reference=dossier.reference,
        title=squeeze(dossier.title)[:300],
        organisation=squeeze(dossier.organisation)[:300],
        tax_code=dossier.tax_code,
        enterprise=dossier.enterprise,
        province=dossier.province,
        sector=dossier.sector,
        sme=dossier.sme,
        content=dossier.content,
        expertise=sorted(set(dossier.expertise)),
        parties=[{key: each[key] for key in PARTY if key in each} for each in dossier.parties],
        lines=[{key: each[key] for key in LINE if key in each} for each in dossier.lines],
        asked=dossier.asked,
        counterpart=dossier.counterpart,
        min_part=dossier.min_part,
        dossier_sha256=dossier.sha256,
        submitted_at=dossier.submitted_at,
        opened_by=by.id,
        opened_at=at,
    )
    record(
        by=by, at=at, action="case.open", on=of_case(case),
        after={"owner": list(owner), "asked": case.asked, "dossier": case.dossier_sha256, "batch": current.pk},
    )  # fmt: skip
    return case


def demand_sound(dossier: Dossier) -> None:
    amounts = [dossier.asked, *(each.get("asked", 0) for each in dossier.lines)]
    if any(not isinstance(each, int) or not 0 <= each <= LARGEST for each in amounts):
        raise BadCase(_("Số tiền đề nghị không đúng."))
    if dossier.lines and sum(each.get("asked", 0) for each in dossier.lines) != dossier.asked:
        raise BadCase(_("Các dòng chi cộng lại khác số tiền đề nghị."))
    keys = [each.get("key") for each in dossier.lines]
    if len(set(keys)) != len(keys) or not all(keys):
        raise BadCase(_("Mỗi dòng chi cần một mã riêng."))
    if dossier.min_part is not None and not 0 <= dossier.min_part <= dossier.asked:
        raise BadCase(_("Mức tối thiểu phải nằm trong số tiền đề nghị."))


@transaction.atomic
def withdraw_case(*, case: Case, by: Actor, at: datetime, reason: str) -> Case:
    """Taken out of the appraisal at the owner's wish; ballots and remarks stay in the history. Raises Denied,
    WrongState, ReasonMissing; a case withdrawn before comes back as it is."""
    current = locked(case, None, "batch")
    demand(may_feed(by, current.batch))
    if current.state == CaseState.WITHDRAWN:
        return current
    why = demand_reason(reason)
    moved(current, CASE_TRANSITIONS, "withdraw")
    current.withdrawn_reason = why
    current.version += 1
    current.save()
    record(by=by, at=at, action="case.withdraw", on=of_case(current), reason=why)
    tell_moved(current)
    return current


def tell_moved(case: Case) -> None:
    case_moved.send(sender=Case, kind=case.owner_kind, id=case.owner_id, state=case.state)
