"""Agencies begin, change their names, merge, split and end."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.accounts.actions.roles import LastAdministrator, facts_of, last_administrator_among, lock_administrators
from matxich.accounts.models import Agency, AgencyName, AgencySuccession, Membership
from matxich.accounts.permissions import may_administer
from matxich.accounts.queries import ancestors, name_on, subject_of_agency, subject_of_user
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.kit.templatetags.mx import day
from matxich.ledger.actions import record
from matxich.rulebook.vietnamese.text import squeeze


class NamesOverlap(Refusal):
    code = "names_overlap"


class NameMissing(Refusal):
    code = "name_missing"


class SelfSuccession(Refusal):
    code = "self_succession"


class CircularLineage(Refusal):
    code = "circular_lineage"


class AlreadyClosed(Refusal):
    code = "already_closed"


class AgencyClosed(Refusal):
    """The agency does not exist on the day in question."""

    code = "agency_closed"


class NewAgency(TypedDict):
    """What is told of a new agency. `place` is a unit code, "" for a national body."""

    kind: str
    name: str
    valid_from: date
    place: NotRequired[str]
    name_en: NotRequired[str]
    parent: NotRequired[Agency | None]
    legal_act: NotRequired[str]
    is_demo: NotRequired[bool]


@transaction.atomic
def create_agency(*, by: Actor, at: datetime, **told: Unpack[NewAgency]) -> Agency:
    """An agency with its first dated name."""
    demand(may_administer(by))
    return make_agency(by=by, at=at, **told)


def make_agency(*, by: Actor, at: datetime, **told: Unpack[NewAgency]) -> Agency:
    """The making itself, for callers that have asked whether it may happen. Inside a transaction."""
    kind, name, valid_from = told["kind"], told["name"], told["valid_from"]
    place, parent, legal_act = told.get("place", ""), told.get("parent"), told.get("legal_act", "")
    if not squeeze(name):
        raise NameMissing(_("Cơ quan cần có tên."), _("Nhập tên đầy đủ theo quyết định thành lập."))
    agency = Agency.objects.create(
        kind=kind, name=name, place=place, parent=parent, valid_from=valid_from, is_demo=told.get("is_demo", False)
    )
    _add_name(agency, name, told.get("name_en", ""), valid_from, None, legal_act)
    after = {
        "kind": kind,
        "name": agency.name,
        "place": place,
        "valid_from": valid_from,
        "parent": parent and parent.pk,
    }
    record(by=by, at=at, action="accounts.agency_created", on=subject_of_agency(agency), after=after, reason=legal_act)
    return agency


@transaction.atomic
def change_agency(
    *, by: Actor, at: datetime, agency: Agency, version: int, kind: str, place: str, parent: Agency | None
) -> Agency:
    """Correct the kind, the place or the agency above. Names and lineage have actions of their own."""
    demand(may_administer(by))
    agency = _locked(agency, version)
    if parent and agency.pk in {parent.pk, *ancestors(parent)}:
        raise CircularLineage(_("Cơ quan cấp trên không thể là chính cơ quan này hoặc cơ quan trực thuộc nó."))
    before = {"kind": agency.kind, "place": agency.place, "parent": agency.parent_id}
    agency.kind, agency.place, agency.parent = kind, place, parent
    _save(agency)
    after = {"kind": kind, "place": place, "parent": agency.parent_id}
    record(by=by, at=at, action="accounts.agency_changed", on=subject_of_agency(agency), before=before, after=after)
    return agency


@transaction.atomic
def rename_agency(
    *,
    by: Actor,
    at: datetime,
    agency: Agency,
    version: int,
    name: str,
    on: date,
    name_en: str = "",
    legal_act: str = "",
) -> AgencyName:
    """From `on` the agency bears a new name; the one in force until then ends that day.

    Refused when a name already begins on `on` or later: history is not rewritten by a renaming.
    """
    demand(may_administer(by))
    agency = _locked(agency, version)
    _demand_open(agency, on)
    latest = agency.names.order_by("-valid_from").first()
    if latest and latest.valid_from >= on:
        raise NamesOverlap(
            _("Tên “%(name)s” đã có hiệu lực từ %(day)s.") % {"name": latest.name, "day": day(latest.valid_from)},
            _("Chọn ngày sau ngày đó, hoặc thêm tên cũ ở mục “Thêm tên trước đây”."),
        )
    if latest and (latest.valid_to is None or latest.valid_to > on):
        agency.names.filter(pk=latest.pk).update(valid_to=on)
    dated = _add_name(agency, name, name_en, on, None, legal_act)
    _name_today(agency, timezone.localdate(at))
    _save(agency)
    record(
        by=by,
        at=at,
        action="accounts.agency_renamed",
        on=subject_of_agency(agency),
        before={"name": latest.name if latest else ""},
        after={"name": dated.name, "from": on},
        reason=legal_act,
    )
    return dated


@transaction.atomic
def add_former_name(
    *,
    by: Actor,
    at: datetime,
    agency: Agency,
    version: int,
    name: str,
    valid_from: date,
    valid_to: date,
    name_en: str = "",
    legal_act: str = "",
) -> AgencyName:
    """Write down a name the agency bore over [valid_from, valid_to). Gaps are allowed, overlaps are not."""
    demand(may_administer(by))
    agency = _locked(agency, version)
    if valid_to <= valid_from:
        raise NamesOverlap(_("Ngày hết hiệu lực phải sau ngày bắt đầu."), _("Kiểm tra lại hai ngày."))
    dated = _add_name(agency, name, name_en, valid_from, valid_to, legal_act)
    if agency.valid_from and valid_from < agency.valid_from:
        agency.valid_from = valid_from
    _name_today(agency, timezone.localdate(at))
    _save(agency)
    after = {"name": dated.name, "from": valid_from, "to": valid_to}
    record(
        by=by, at=at, action="accounts.agency_name_added", on=subject_of_agency(agency), after=after, reason=legal_act
    )
    return dated


@transaction.atomic
def merge_agencies(
    *, by: Actor, at: datetime, predecessors: Sequence[Agency], successor: Agency, on: date, legal_act: str
) -> list[AgencySuccession]:
    """The predecessors end on `on` and the successor answers for what they leave open.

    Their people keep their roles in the successor. A scope that was the predecessor's own place becomes the
    successor's; any other stays.
    """
    demand(may_administer(by))
    (successor,) = _fresh([successor])
    _demand_open(successor, on)
    links = []
    for predecessor in _fresh(predecessors):
        links.append(_succeed(predecessor, successor, on, legal_act))
        _carry_people(predecessor, successor, on, by, at)
        _end(predecessor, on)
        record(
            by=by,
            at=at,
            action="accounts.agency_merged",
            on=subject_of_agency(predecessor),
            after={"into": successor.pk, "name": successor.name, "on": on},
            reason=legal_act,
        )
    return links


@transaction.atomic
def split_agency(
    *,
    by: Actor,
    at: datetime,
    predecessor: Agency,
    successors: Sequence[Agency],
    on: date,
    legal_act: str,
    closes: bool = True,
) -> list[AgencySuccession]:
    """Several agencies take over from one. Who goes where is a decision of people, so roles are given anew."""
    demand(may_administer(by))
    (predecessor,) = _fresh([predecessor])
    for successor in _fresh(successors):
        _demand_open(successor, on)
    links = [_succeed(predecessor, successor, on, legal_act) for successor in successors]
    if closes:
        _end_memberships(predecessor, on, by, at)
        _end(predecessor, on)
    after = {"into": [successor.pk for successor in successors], "on": on, "closes": closes}
    record(
        by=by, at=at, action="accounts.agency_split", on=subject_of_agency(predecessor), after=after, reason=legal_act
    )
    return links


@transaction.atomic
def close_agency(*, by: Actor, at: datetime, agency: Agency, version: int, on: date, legal_act: str) -> Agency:
    """The agency ends without a successor; the roles held in it end the same day."""
    demand(may_administer(by))
    agency = _locked(agency, version)
    _demand_open(agency, on)
    _end_memberships(agency, on, by, at)
    _end(agency, on)
    record(
        by=by, at=at, action="accounts.agency_closed", on=subject_of_agency(agency), after={"on": on}, reason=legal_act
    )
    return agency


@transaction.atomic
def bring_names_up_to_date(*, at: datetime) -> int:
    """Repeat in `Agency.name` the names that came into force since; how many changed. For the hourly run."""
    today = timezone.localdate(at)
    names = AgencyName.objects.filter(valid_from__lte=today).exclude(valid_to__lte=today)
    changed = list(names.exclude(agency__name=F("name")).select_related("agency").order_by("agency_id"))
    for dated in changed:
        (fresh,) = _fresh([dated.agency])
        fresh.name = dated.name
        _save(fresh)
    return len(changed)


def _locked(agency: Agency, version: int) -> Agency:
    fresh = Agency.objects.select_for_update().get(pk=agency.pk)
    if fresh.version != version:
        raise Stale(
            _("Người khác vừa sửa cơ quan này."), _("Tải lại trang để xem thông tin mới nhất rồi nhập lại thay đổi.")
        )
    return fresh


def _fresh(agencies: Iterable[Agency]) -> list[Agency]:
    return list(Agency.objects.select_for_update().filter(pk__in=[agency.pk for agency in agencies]).order_by("id"))


def _save(agency: Agency) -> None:
    agency.version += 1
    agency.save()


def _demand_open(agency: Agency, on: date) -> None:
    if (agency.valid_to and agency.valid_to <= on) or (agency.valid_from and agency.valid_from > on):
        raise AgencyClosed(
            _("%(name)s không hoạt động vào ngày %(day)s.") % {"name": agency.name, "day": day(on)},
            _("Chọn cơ quan khác hoặc ngày khác."),
        )


def _add_name(
    agency: Agency, name: str, name_en: str, valid_from: date, valid_to: date | None, legal_act: str
) -> AgencyName:
    if not squeeze(name):
        raise NameMissing(_("Cơ quan cần có tên."), _("Nhập tên đầy đủ theo quyết định."))
    for other in agency.names.all():
        if (valid_to is None or other.valid_from < valid_to) and (
            other.valid_to is None or other.valid_to > valid_from
        ):
            raise NamesOverlap(
                _("Khoảng thời gian này trùng với tên “%(name)s”.") % {"name": other.name},
                _("Mỗi ngày cơ quan chỉ mang một tên. Sửa lại ngày bắt đầu và ngày hết hiệu lực."),
            )
    return AgencyName.objects.create(
        agency=agency,
        name=squeeze(name),
        name_en=squeeze(name_en),
        valid_from=valid_from,
        valid_to=valid_to,
        legal_act=squeeze(legal_act),
    )


def _name_today(agency: Agency, today: date) -> None:
    agency.name = name_on(list(agency.names.all()), today) or agency.name


def _succeed(predecessor: Agency, successor: Agency, on: date, legal_act: str) -> AgencySuccession:
    if predecessor.pk == successor.pk:
        raise SelfSuccession(_("Cơ quan không thể kế thừa chính mình."), _("Chọn cơ quan tiếp nhận khác."))
    if predecessor.valid_to:
        raise AlreadyClosed(
            _("%(name)s đã kết thúc hoạt động từ %(day)s.")
            % {"name": predecessor.name, "day": day(predecessor.valid_to)}
        )
    if predecessor.pk in _successors_of(successor):
        raise CircularLineage(
            _("%(successor)s có trước và đã nhập vào %(predecessor)s.")
            % {"successor": successor.name, "predecessor": predecessor.name}
        )
    _demand_open(predecessor, on)
    return AgencySuccession.objects.create(
        predecessor=predecessor, successor=successor, on=on, legal_act=squeeze(legal_act)
    )


def _successors_of(agency: Agency) -> set[int]:
    """Every agency that came after this one, however far."""
    seen: set[int] = set()
    edge: Iterable[int] = [agency.pk]
    while edge:
        edge = (
            set(AgencySuccession.objects.filter(predecessor__in=edge).order_by().values_list("successor_id", flat=True))
            - seen
        )
        seen |= set(edge)
    return seen


def _open_memberships(agency: Agency, on: date) -> list[Membership]:
    held = Membership.objects.filter(agency=agency).exclude(valid_to__lte=on)
    return list(held.select_related("user", "agency").order_by("id"))


def _carry_people(predecessor: Agency, successor: Agency, on: date, by: Actor, at: datetime) -> None:
    for held in _open_memberships(predecessor, on):
        scope = successor.place if held.scope and held.scope == predecessor.place else held.scope
        kept, _new = Membership.objects.get_or_create(
            user=held.user,
            agency=successor,
            role=held.role,
            scope=scope,
            valid_to=None,
            defaults={"valid_from": max(on, held.valid_from)},
        )
        _end_membership(held, on)
        record(
            by=by,
            at=at,
            action="accounts.role_carried",
            on=subject_of_user(held.user),
            before=facts_of(held),
            after=facts_of(kept),
        )


def _end_memberships(agency: Agency, on: date, by: Actor, at: datetime) -> None:
    ending = _open_memberships(agency, on)
    lock_administrators()
    if last_administrator_among(ending, timezone.localdate(at)):
        raise LastAdministrator(
            _("Cơ quan này có quản trị hệ thống cuối cùng."), _("Giao vai trò quản trị cho người ở cơ quan khác trước.")
        )
    for held in ending:
        before = facts_of(held)
        _end_membership(held, on)
        record(
            by=by,
            at=at,
            action="accounts.role_ended",
            on=subject_of_user(held.user),
            before=before,
            after=facts_of(held),
        )


def _end_membership(held: Membership, on: date) -> None:
    held.valid_to = max(on, held.valid_from)
    held.save(update_fields=["valid_to"])


def _end(agency: Agency, on: date) -> None:
    agency.names.filter(valid_to__isnull=True).update(valid_to=on)
    agency.valid_to = on
    _save(agency)
