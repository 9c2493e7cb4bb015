"""Interests: declared by members or found in data; each shuts the case until somebody else clears it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.actions.moving import demand_reason, moved, of_batch, of_case
from matxich.appraisal.models import Batch, Case, CouncilMember, Declaration, Interest
from matxich.appraisal.permissions import may_decide_interest, may_declare, may_see_interests, seat_in
from matxich.appraisal.queries.people import known_of, parties_of
from matxich.appraisal.states import INTEREST_TRANSITIONS, LIVE, InterestState, Origin
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Draft, record, record_many
from matxich.rulebook.appraisal.conflicts import CATEGORIES, VERSION, signs
from matxich.rulebook.vietnamese.text import squeeze


class BadInterest(Refusal):
    code = "bad_interest"
    status = 422


@transaction.atomic
def declare_none(*, cases: Iterable[Case], by: Actor, at: datetime) -> int:
    """No interest in these cases, said by the member; how many answers are new. Raises Denied.

    What data shows stays as it is: a member's word does not clear a sign.
    """
    count = 0
    for case in cases:
        demand(may_declare(by, case))
        seat = _seat(by, case)
        told = Interest.objects.filter(case=case, member=seat, origin=Origin.DECLARED).exists()
        _answer, made = Declaration.objects.get_or_create(
            case=case, member=seat, defaults={"interested": told, "at": at}
        )
        if made:
            count += 1
            record(by=by, at=at, action="interest.none", on=of_case(case), after={"member": seat.pk})
    return count


@transaction.atomic
def declare_interest(*, case: Case, category: str, detail: str, steps_back: bool, by: Actor, at: datetime) -> Interest:
    """An interest of one's own. `steps_back`: the member recuses at once; else somebody decides, and until then the
    case is shut all the same. The same again gives the one that is there. Raises Denied, BadInterest."""
    demand(may_declare(by, case))
    seat = _seat(by, case)
    text = squeeze(detail)[:600]
    if category not in CATEGORIES or not text:
        raise BadInterest(_("Chọn loại lợi ích và ghi ngắn gọn lợi ích đó là gì."))
    interest, made = Interest.objects.get_or_create(
        case=case,
        member=seat,
        category=category,
        party="",
        origin=Origin.DECLARED,
        defaults={
            "detail": text, "detail_en": "", "by": by.id, "at": at,
            "state": InterestState.CONFIRMED if steps_back else InterestState.OPEN,
            "decided_by": by.id if steps_back else "", "decided_at": at if steps_back else None,
        },
    )  # fmt: skip
    if not made and steps_back and interest.state != InterestState.CONFIRMED:
        moved(interest, INTEREST_TRANSITIONS, "confirm")
        interest.decided_by, interest.decided_at = by.id, at
        interest.save()
    Declaration.objects.update_or_create(case=case, member=seat, defaults={"interested": True, "at": at})
    if made:
        record(
            by=by, at=at, action="interest.declare", on=of_case(case),
            after={"member": seat.pk, "category": category, "state": interest.state},
        )  # fmt: skip
    return interest


@transaction.atomic
def detect(*, batch: Batch, by: Actor, at: datetime) -> int:
    """Look for signs between every member and every case of the batch; how many are new. Raises Denied.

    What was cleared stays cleared; a sign that is new, of a person or a party that changed, shuts the case.
    """
    demand(may_see_interests(by, batch))
    return _detect(batch, by, at)


def _detect(batch: Batch, by: Actor, at: datetime) -> int:
    if batch.council_id is None:
        return 0
    members = list(CouncilMember.objects.filter(council=batch.council_id, valid_to=None).select_related("user"))
    cases = list(batch.cases.filter(state__in=LIVE).select_related("batch"))
    there = set(
        Interest.objects.filter(case__batch=batch, origin=Origin.DETECTED).values_list(
            "case_id", "member_id", "category", "party"
        )
    )
    found: list[Interest] = []
    for member in members:
        known = known_of(member)
        for case in cases:
            for sign in signs(known, parties_of(case), year=batch.year):
                if (case.pk, member.pk, sign.category, sign.party[:300]) not in there:
                    found.append(
                        Interest(
                            case=case, member=member, category=sign.category, party=sign.party[:300],
                            origin=Origin.DETECTED, detail=sign.words.vi[:600], detail_en=sign.words.en[:600],
                            by=by.id, at=at, rules_version=VERSION,
                        )
                    )  # fmt: skip
    Interest.objects.bulk_create(found)
    record_many(
        Draft(by=by, at=at, action="interest.detect", on=of_case(each.case), rule=VERSION,
              after={"member": each.member_id, "category": each.category})
        for each in found
    )  # fmt: skip
    record(by=by, at=at, action="interest.detect", on=of_batch(batch), after={"found": len(found)}, rule=VERSION)
    return len(found)


@transaction.atomic
def confirm_interest(*, interest: Interest, by: Actor, at: datetime, reason: str) -> Interest:
    """The member stands outside this case. Raises Denied, WrongState, ReasonMissing."""
    return _decide(interest, "confirm", by, at, reason)


@transaction.atomic
def clear_interest(*, interest: Interest, by: Actor, at: datetime, reason: str) -> Interest:
    """It is none, for the reason given. Raises Denied, WrongState, ReasonMissing."""
    return _decide(interest, "clear", by, at, reason)


def _decide(interest: Interest, event: str, by: Actor, at: datetime, reason: str) -> Interest:
    rows = Interest.objects.select_for_update(of=("self",)).select_related("case__batch__council", "member")
    current = rows.get(pk=interest.pk)
    demand(may_decide_interest(by, current))
    before = current.state
    moved(current, INTEREST_TRANSITIONS, event)
    current.reason, current.decided_by, current.decided_at = demand_reason(reason), by.id, at
    current.save()
    record(
        by=by, at=at, action=f"interest.{event}", on=of_case(current.case), before={"state": before},
        after={"state": current.state, "member": current.member_id, "category": current.category},
        reason=current.reason,
    )  # fmt: skip
    return current


def _seat(by: Actor, case: Case) -> CouncilMember:
    seat = seat_in(by, case.batch.council_id)
    assert seat is not None  # asked by may_declare
    return seat
