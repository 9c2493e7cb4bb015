"""The longlist: firms put on it with the site that is supported, screened by an officer with reasons."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.coaching.actions.moving import (
    BadEntry,
    advance,
    demand_answers,
    demand_fresh,
    demand_round,
    leave,
    locked_cohort,
    locked_participant,
    participant_subject,
)
from matxich.coaching.instruments import instrument_of
from matxich.coaching.models import Cohort, Participant, ScreeningSheet
from matxich.coaching.permissions import may_handle, may_run
from matxich.coaching.states import CohortState
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.places.queries import province_34_of, provinces_63_of
from matxich.registry.actions.facts import is_visible, kept_record
from matxich.registry.models import Enterprise
from matxich.rulebook.coaching.answers import NO, UNKNOWN, eligible
from matxich.rulebook.coaching.loading import said
from matxich.rulebook.vietnamese.text import squeeze


class AlreadyListed(Refusal):
    """A firm stands once in a round."""

    code = "already_listed"


class NotEligible(Refusal):
    """The sheet says no, so it cannot pass; or says nothing yet."""

    code = "not_eligible"
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The supported site. Empty parts are taken from the firm's address in the register."""

    text: str = ""
    province_63: str = ""
    commune_63: str = ""
    commune_34: str = ""


@transaction.atomic
def add_to_longlist(
    *, cohort: Cohort, enterprise: Enterprise, by: Actor, at: datetime, site: Site | None = None
) -> Participant:
    """Raises Denied, NotInThisRound, AlreadyListed, BadEntry (`province_63`: the old province has to be chosen)."""
    current = locked_cohort(cohort)
    firm = kept_record(enterprise)
    demand(may_run(by, current))
    demand_round(current, CohortState.SCREENING, CohortState.SELECTING)
    if not is_visible(firm):
        raise BadEntry("enterprise", _("Hồ sơ doanh nghiệp này chưa được công bố."))
    if current.participants.filter(enterprise=firm).exists():
        raise AlreadyListed(_("%(firm)s đã có trong đợt này.") % {"firm": firm.name}, _("Mở hồ sơ của doanh nghiệp."))
    participant = Participant(
        cohort=current, enterprise=firm, longlisted_on=timezone.localdate(at), added_by=by.id, added_at=at
    )
    _place(participant, firm, site or Site())
    participant.save(force_insert=True)
    record(
        by=by, at=at, action="participant.longlist", on=participant_subject(participant),
        after={"enterprise": firm.pk, "province_63": participant.province_63, "province_34": participant.province_34},
    )  # fmt: skip
    return participant


def _place(participant: Participant, firm: Enterprise, site: Site) -> None:
    """One commune, on both maps; the old province decides the new one, never the other way round by a guess."""
    own = not (site.province_63 or site.commune_63 or site.commune_34)
    participant.site = squeeze(site.text)[:300]
    participant.commune_63 = firm.commune_63 if own else site.commune_63
    participant.commune_34 = firm.commune_34 if own else site.commune_34
    old = site.province_63 or firm.province_63
    if not old and len(olds := provinces_63_of(firm.province_34)) == 1:
        old = olds[0]
    new = province_34_of(old) if old else None
    if new is None:
        raise BadEntry(
            "province_63",
            _("Chưa rõ nơi được hỗ trợ thuộc tỉnh nào của bản đồ 63 tỉnh."),
            _("Chọn tỉnh cũ của nơi đó."),
        )
    participant.province_63, participant.province_34 = old, new


@transaction.atomic
def screen(
    *, participant: Participant, answers: dict[str, Any], passed: bool, reason: str, by: Actor, at: datetime,
    base_version: int,
) -> ScreeningSheet:  # fmt: skip
    """The officer's own verdict with the sheet beside it: a no that decides, or a question left open, cannot pass.

    Raises Denied, Stale, WrongState, NotInThisRound, Unanswered, NotEligible, NoReason.
    """
    current = locked_participant(participant)
    demand(may_handle(by, current))
    demand_fresh(current, base_version)
    demand_round(current.cohort, CohortState.SCREENING, CohortState.SELECTING)
    asked = instrument_of(current.cohort.instruments["screening"])
    demand_answers(asked, answers, whole=False)
    verdict, paths = eligible(asked, answers)
    names = ", ".join(said(asked.items[path].names, "vi") for path in paths)
    if passed and verdict == NO:
        raise NotEligible(_("Phiếu trả lời “không” ở điều bắt buộc: %(names)s.") % {"names": names})
    if passed and verdict == UNKNOWN:
        raise NotEligible(
            _("Điều bắt buộc chưa rõ: %(names)s.") % {"names": names}, _("Hỏi doanh nghiệp rồi ghi có hoặc không.")
        )
    today = timezone.localdate(at)
    if passed:
        advance(current, "pass_screening", today)
    else:
        leave(current, "fail_screening", today, reason)
    current.save()
    sheet = ScreeningSheet.objects.create(
        participant=current, instrument=asked.key, answers=answers, passed=passed, reason=squeeze(reason)[:500],
        by=by.id, at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action="participant.screen", on=participant_subject(current),
        after={"state": current.state, "instrument": asked.key, "answers": answers}, reason=sheet.reason,
        rule=asked.key,
    )  # fmt: skip
    return sheet
