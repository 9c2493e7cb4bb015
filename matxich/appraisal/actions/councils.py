"""Councils and staff units: prepared, founded by a decision, given members, dissolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency, User
from matxich.appraisal.actions.moving import demand_reason, kept, locked, moved, of_council
from matxich.appraisal.models import Council, CouncilMember
from matxich.appraisal.permissions import may_change_member, may_found, may_keep_council, may_prepare_for
from matxich.appraisal.states import COUNCIL_TRANSITIONS, CouncilState, Route, SeatRole
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.rulebook.appraisal.criteria import BadCriteria
from matxich.rulebook.appraisal.quorum import quorum_rule
from matxich.rulebook.vietnamese.text import squeeze

KNOWN_LISTS = ("addresses", "phones", "emails")
KNOWN_ROWS = {
    "organisations": ("name", "tax_code"),
    "holdings": ("name", "tax_code", "share"),
    "contracts": ("name", "tax_code", "year", "subject"),
}
MOST_ROWS = 50


class BadCouncil(Refusal):
    """A council without a name, a term that ends before it begins, a quorum that is none; `field` says which."""

    code = "bad_council"
    status = 422

    def __init__(self, where: str, message: object, hint: object = "") -> None:
        super().__init__(str(message), str(hint))
        self.field = where


class NotComplete(Refusal):
    """A council without a chair, or a staff unit without anybody who votes, is not founded."""

    code = "council_not_complete"
    status = 422


class AlreadySeated(Refusal):
    code = "already_seated"


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilFacts:
    """What is chosen of a council; `quorum` as rulebook.appraisal.quorum reads it, {} for a staff unit."""

    name: str
    name_en: str = ""
    kind: str = Route.COUNCIL
    term_from: date | None = None
    term_to: date | None = None
    quorum: Mapping[str, Any] | None = None
    counts_shown: bool = False


@transaction.atomic
def create_council(*, agency: Agency, place: str, facts: CouncilFacts, by: Actor, at: datetime) -> Council:
    """A council being prepared. Raises Denied, BadCouncil."""
    demand(may_prepare_for(by, agency, place))
    council = Council(agency=agency, place=place, created_by=by.id, created_at=at)
    _fill(council, facts)
    council.save()
    record(by=by, at=at, action="council.create", on=of_council(council), after=_told(council))
    return council


@transaction.atomic
def change_council(*, council: Council, facts: CouncilFacts, by: Actor, at: datetime, base_version: int) -> Council:
    """Raises Denied, Stale, WrongState, BadCouncil. The kind of a founded one stays."""
    current = locked(council, base_version, "agency")
    demand(may_keep_council(by, current))
    moved(current, COUNCIL_TRANSITIONS, "save")
    if current.state == CouncilState.FOUNDED and facts.kind != current.kind:
        raise BadCouncil("kind", _("Hình thức thẩm định của hội đồng đã thành lập không đổi được."))
    before = _told(current)
    _fill(current, facts)
    kept(current)
    record(by=by, at=at, action="council.change", on=of_council(current), before=before, after=_told(current))
    return current


@transaction.atomic
def found_council(
    *, council: Council, number: str, on: date | None, by: Actor, at: datetime, base_version: int, paper: int = 0
) -> Council:
    """By the decision named; a staff unit works on the word of its head. Raises Denied, Stale, WrongState, BadCouncil,
    NotComplete."""
    current = locked(council, base_version, "agency")
    demand(may_found(by, current))
    moved(current, COUNCIL_TRANSITIONS, "found")
    number = squeeze(number)[:100]
    if current.kind == Route.COUNCIL and (not number or on is None or on > timezone.localdate(at)):
        raise BadCouncil("number", _("Ghi số và ngày của quyết định thành lập, không muộn hơn hôm nay."))
    _demand_complete(current)
    current.founding_no, current.founding_on, current.founding_paper = number, on, paper
    kept(current)
    record(
        by=by, at=at, action="council.found", on=of_council(current), after={"number": number, "on": on, "paper": paper}
    )
    return current


def found_by_paper(*, council: Council, number: str, on: date, paper: int, by: Actor, at: datetime) -> Council:
    """What the issue of its founding paper brings about; the correspondence room has asked who may."""
    current = locked(council, None, "agency")
    if current.state == CouncilState.FOUNDED:
        return current
    moved(current, COUNCIL_TRANSITIONS, "found")
    _demand_complete(current)
    current.founding_no, current.founding_on, current.founding_paper = number, on, paper
    kept(current)
    after = {"number": number, "on": on, "paper": paper}
    record(by=by, at=at, action="council.found", on=of_council(current), after=after)
    return current


@transaction.atomic
def dissolve_council(*, council: Council, by: Actor, at: datetime, base_version: int, reason: str) -> Council:
    """Its members' seats end with it. Raises Denied, Stale, WrongState, ReasonMissing."""
    current = locked(council, base_version, "agency")
    demand(may_found(by, current))
    why = demand_reason(reason)
    moved(current, COUNCIL_TRANSITIONS, "dissolve")
    kept(current)
    current.members.filter(valid_to=None).update(valid_to=timezone.localdate(at))
    record(by=by, at=at, action="council.dissolve", on=of_council(current), reason=why)
    return current


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFacts:
    role: str
    votes: bool = True
    organisation: str = ""
    tax_code: str = ""
    province: str = ""
    expertise: tuple[str, ...] = ()
    legal_act: str = ""


@transaction.atomic
def seat_member(*, council: Council, user: User, facts: SeatFacts, by: Actor, at: datetime) -> CouncilMember:
    """From the day of `at`. In a founded council it is done by a decision, named in `legal_act`. Raises Denied,
    WrongState, BadCouncil, AlreadySeated."""
    current = locked(council, None, "agency")
    demand(may_keep_council(by, current))
    moved(current, COUNCIL_TRANSITIONS, "save")
    legal_act = squeeze(facts.legal_act)[:200]
    if current.kind == Route.COUNCIL and current.state == CouncilState.FOUNDED and not legal_act:
        raise BadCouncil("legal_act", _("Ghi quyết định thay đổi thành viên hội đồng."))
    if not user.is_active:
        raise BadCouncil("user", _("Tài khoản này đã ngừng hoạt động."))
    if facts.role not in SeatRole:
        raise BadCouncil("role", _("Chọn vai trò trong hội đồng."))
    if facts.role == SeatRole.CHAIR and current.members.filter(role=SeatRole.CHAIR, valid_to=None).exists():
        raise BadCouncil("role", _("Hội đồng đã có chủ tịch."))
    try:
        with transaction.atomic():
            member = CouncilMember.objects.create(
                council=current, user=user, role=facts.role, votes=facts.votes,
                organisation=squeeze(facts.organisation)[:300], tax_code=facts.tax_code, province=facts.province,
                expertise=sorted(set(facts.expertise)), legal_act=legal_act, valid_from=timezone.localdate(at),
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadySeated(_("Người này đã là thành viên của hội đồng.")) from error
    record(by=by, at=at, action="council.seat", on=of_council(current), after=_seat(member))
    return member


@transaction.atomic
def unseat_member(*, member: CouncilMember, by: Actor, at: datetime, reason: str) -> CouncilMember:
    """From the day of `at`; what was said and voted stays. Raises Denied, WrongState, ReasonMissing."""
    current = CouncilMember.objects.select_for_update(of=("self",)).select_related("council__agency").get(pk=member.pk)
    demand(may_keep_council(by, current.council))
    if current.valid_to is not None:
        return current
    why = demand_reason(reason)
    current.valid_to = timezone.localdate(at)
    kept(current)
    record(by=by, at=at, action="council.unseat", on=of_council(current.council), before=_seat(current), reason=why)
    return current


@transaction.atomic
def change_member(
    *,
    member: CouncilMember,
    known: Mapping[str, Any],
    expertise: tuple[str, ...],
    by: Actor,
    at: datetime,
    base_version: int,
) -> CouncilMember:
    """What conflicts are looked for in, and what the member knows about. Raises Denied, Stale, BadCouncil.

    The history keeps which parts were told and not what they say: they are personal.
    """
    current = locked(member, base_version, "council__agency")
    demand(may_change_member(by, current))
    current.known, current.expertise = sound_known(known), sorted(set(expertise))
    kept(current)
    told = sorted(key for key, value in current.known.items() if value)
    record(
        by=by, at=at, action="council.member_change", on=of_council(current.council),
        after={"member": current.pk, "told": told, "expertise": current.expertise},
    )  # fmt: skip
    return current


def sound_known(told: Mapping[str, Any]) -> dict[str, Any]:
    """Only the parts that are understood, each of bounded length. Raises BadCouncil."""
    found: dict[str, Any] = {"tax_code": squeeze(str(told.get("tax_code", "")))[:14]}
    for key in KNOWN_LISTS:
        found[key] = [squeeze(str(each))[:300] for each in _few(told.get(key)) if str(each).strip()]
    for key, parts in KNOWN_ROWS.items():
        rows = [{part: squeeze(str(row.get(part, "")))[:300] for part in parts} for row in _few(told.get(key))]
        found[key] = [row for row in rows if row["name"] or row["tax_code"]]
    return found


def _few(told: Any) -> list[Any]:
    rows = list(told or ())
    if len(rows) > MOST_ROWS:
        raise BadCouncil("known", _("Tối đa %(most)s dòng mỗi mục.") % {"most": MOST_ROWS})
    return rows


def _fill(council: Council, facts: CouncilFacts) -> None:
    council.name, council.name_en = squeeze(facts.name)[:200], squeeze(facts.name_en)[:200]
    if not council.name:
        raise BadCouncil("name", _("Chưa ghi tên."))
    if facts.term_from and facts.term_to and facts.term_to <= facts.term_from:
        raise BadCouncil("term_to", _("Nhiệm kỳ kết thúc trước khi bắt đầu."))
    council.kind, council.counts_shown = facts.kind, facts.counts_shown
    council.term_from, council.term_to = facts.term_from, facts.term_to
    council.quorum = dict(facts.quorum or {}) if facts.kind == Route.COUNCIL else {}
    if council.quorum:
        try:
            quorum_rule(council.quorum)
        except BadCriteria as error:
            raise BadCouncil("quorum", "; ".join(each.words.vi for each in error.faults)) from error


def _demand_complete(council: Council) -> None:
    seats = list(council.members.filter(valid_to=None))
    if not any(seat.votes for seat in seats):
        raise NotComplete(_("Chưa có ai được biểu quyết."), _("Thêm thành viên trước."))
    if council.kind != Route.COUNCIL:
        return
    if not any(seat.role == SeatRole.CHAIR for seat in seats):
        raise NotComplete(_("Hội đồng chưa có chủ tịch."), _("Thêm chủ tịch trước khi ghi việc thành lập."))
    if not council.quorum:
        raise NotComplete(_("Hội đồng chưa có quy tắc về số người dự họp."), _("Ghi tỷ lệ và căn cứ của tỷ lệ."))


def _told(council: Council) -> dict[str, Any]:
    names = ("kind", "name", "name_en", "term_from", "term_to", "quorum", "counts_shown")
    return {name: getattr(council, name) for name in names}


def _seat(member: CouncilMember) -> dict[str, Any]:
    return {
        "user": f"user:{member.user_id}",
        "role": member.role,
        "votes": member.votes,
        "organisation": member.organisation,
        "legal_act": member.legal_act,
    }
