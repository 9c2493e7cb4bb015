"""People: nominated, interviewed, certified, in the pool; rated by firms, their days counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency, User
from matxich.coaching.actions.moving import (
    BadEntry,
    demand_answers,
    demand_fresh,
    demand_past,
    locked_participant,
    move,
    participant_subject,
    person_subject,
    reason_of,
)
from matxich.coaching.instruments import latest
from matxich.coaching.models import ExpertDay, ExpertRating, Participant, Person, StaffPost
from matxich.coaching.permissions import may_keep_for, may_keep_person, may_rate
from matxich.coaching.states import PERSON_TRANSITIONS, PersonState, Sex
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.places.queries import province_34_of
from matxich.programmes.actions.moves import demand_text
from matxich.registry.models import Enterprise
from matxich.rulebook.coaching.answers import score
from matxich.rulebook.vietnamese.text import sort_key, squeeze

LANGUAGES = ("vi", "en", "ko", "ja", "zh")
DAYS = {
    PersonState.INTERVIEWED: "interviewed_on",
    PersonState.TRAINEE: "trainee_on",
    PersonState.ASSESSED: "assessed_on",
    PersonState.CERTIFIED: "certified_on",
    PersonState.POOL: "pool_on",
    PersonState.LEFT: "left_on",
}


class NoCertificate(Refusal):
    """Joins the pool by a certificate; a foreign expert by the interview."""

    code = "no_certificate"


class NotCoached(Refusal):
    """A firm rates the experts who coached it."""

    code = "not_coached"
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """As of Person."""

    name: str
    sex: str = Sex.UNTOLD
    email: str = ""
    phone: str = ""
    organisation: str = ""
    nationality: str = "vn"
    province_63: str = ""
    languages: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    enterprise: Enterprise | None = None
    user: User | None = None


@transaction.atomic
def nominate(
    *, agency: Agency, draft: Draft, by: Actor, at: datetime, is_demo: bool = False, rebuilt_from: str = ""
) -> Person:
    """Raises Denied, BadEntry."""
    demand(may_keep_for(by, agency))
    person = Person(
        agency=agency, nominated_on=timezone.localdate(at), is_demo=is_demo, rebuilt_from=rebuilt_from[:300],
        created_by=by.id, created_at=at,
    )  # fmt: skip
    _fill(person, draft)
    person.save(force_insert=True)
    record(
        by=by, at=at, action="person.nominate", on=person_subject(person), after=told(person),
        personal={"email": person.email, "phone": person.phone} if person.email or person.phone else None,
    )  # fmt: skip
    return person


@transaction.atomic
def save_person(*, person: Person, draft: Draft, by: Actor, at: datetime, base_version: int) -> Person:
    """Raises Denied, Stale, WrongState, BadEntry."""
    current = locked_person(person)
    demand(may_keep_person(by, current))
    demand_fresh(current, base_version)
    move(current, "save", PERSON_TRANSITIONS)
    before = told(current)
    _fill(current, draft)
    current.version += 1
    current.save()
    record(by=by, at=at, action="person.save", on=person_subject(current), before=before, after=told(current))
    return current


def _fill(person: Person, draft: Draft) -> None:
    if draft.sex not in Sex.values:
        raise BadEntry("sex", _("Chọn giới tính."))
    if not set(draft.languages) <= set(LANGUAGES):
        raise BadEntry("languages", _("Chọn ngôn ngữ trong danh sách."))
    if draft.province_63 and province_34_of(draft.province_63) is None:
        raise BadEntry("province_63", _("Chọn tỉnh trong danh sách."))
    if draft.user is not None and Person.objects.filter(user=draft.user).exclude(pk=person.pk).exists():
        raise BadEntry("user", _("Tài khoản này đã gắn với người khác."))
    person.name = demand_text("name", draft.name, _("Ghi họ tên."))[:150]
    person.order = sort_key(person.name)
    person.sex, person.email, person.phone = draft.sex, draft.email.strip().lower(), squeeze(draft.phone)[:30]
    person.organisation, person.nationality = squeeze(draft.organisation)[:300], draft.nationality[:2] or "vn"
    person.province_63, person.province_34 = draft.province_63, province_34_of(draft.province_63) or ""
    person.languages, person.sectors = list(dict.fromkeys(draft.languages)), list(dict.fromkeys(draft.sectors))
    person.enterprise, person.user = draft.enterprise, draft.user


def told(person: Person) -> dict[str, Any]:
    """For the history, without name, phone and mail."""
    names = ("sex", "nationality", "province_63", "languages", "sectors", "enterprise_id", "user_id", "state")
    return {name: getattr(person, name) for name in names}


def step(person: Person, event: str, on: date) -> None:
    """Into the state an event leads to, with the first day it came there. The caller saves."""
    move(person, event, PERSON_TRANSITIONS)
    column = DAYS.get(PersonState(person.state))
    if column and (getattr(person, column) is None or person.state in (PersonState.TRAINEE, PersonState.LEFT)):
        setattr(person, column, on)
    person.version += 1


@transaction.atomic
def interview_person(
    *, person: Person, answers: dict[str, Any], on: date | None, by: Actor, at: datetime, base_version: int
) -> Person:
    """Scored; what was answered stands with the person. Raises Denied, Stale, WrongState, Unanswered, BadEntry."""
    current = locked_person(person)
    demand(may_keep_person(by, current))
    demand_fresh(current, base_version)
    day = demand_past(on, at)
    asked = latest("person_interview")
    demand_answers(asked, answers, whole=True)
    found = score(asked, answers)
    step(current, "interview", day)
    current.interview = {"instrument": asked.key, "answers": answers, "points": found.points, "of": found.of}
    current.save()
    record(
        by=by, at=at, action="person.interview", on=person_subject(current), rule=asked.key,
        after={"points": found.points, "of": found.of, "on": day},
    )  # fmt: skip
    return current


@transaction.atomic
def move_person(
    *, person: Person, event: str, by: Actor, at: datetime, base_version: int, reason: str = "",
    renew_by: date | None = None,
) -> Person:  # fmt: skip
    """`event`: join (the pool), renew, leave or return. Raises Denied, Stale, WrongState, NoCertificate, BadEntry."""
    current = locked_person(person)
    demand(may_keep_person(by, current))
    demand_fresh(current, base_version)
    today = timezone.localdate(at)
    if event not in ("join", "renew", "leave", "return"):
        raise BadEntry("event", _("Chọn việc cần làm."))
    before = current.state
    if event == "join" and current.nationality == "vn" and not current.certificates.filter(revoked_on=None).exists():
        raise NoCertificate(
            _("Chưa có chứng nhận còn hiệu lực."), _("Cấp chứng nhận sau khóa học rồi đưa vào nhóm chuyên gia.")
        )
    if event in ("join", "renew"):
        if renew_by is not None and renew_by <= today:
            raise BadEntry("renew_by", _("Ngày gia hạn phải ở tương lai."))
        current.renew_by = renew_by
    if event in ("leave", "return"):
        current.reason = reason_of(reason)
    step(current, event, today)
    current.save()
    record(
        by=by, at=at, action="person.move", on=person_subject(current), before={"state": before},
        after={"state": current.state, "renew_by": current.renew_by}, reason=squeeze(reason)[:500],
    )  # fmt: skip
    return current


@transaction.atomic
def rate(*, person: Person, participant: Participant, stars: int, note: str, by: Actor, at: datetime) -> ExpertRating:
    """The firm says how it was; saying it again replaces it. Raises Denied, NotCoached, BadEntry."""
    current = locked_participant(participant)
    demand(may_rate(by, current))
    if not current.assignments.filter(expert=person).exists() and not current.sessions.filter(experts=person).exists():
        raise NotCoached(_("Chuyên gia này không tư vấn cho doanh nghiệp của bạn."))
    if not 1 <= stars <= 5:
        raise BadEntry("stars", _("Cho từ 1 đến 5 sao."))
    made, _new = ExpertRating.objects.update_or_create(
        person=person, participant=current,
        defaults={"stars": stars, "note": squeeze(note)[:500], "by": by.id, "at": at},
    )  # fmt: skip
    record(
        by=by, at=at, action="person.rate", on=participant_subject(current),
        after={"person": person.pk, "stars": stars},
    )  # fmt: skip
    return made


@transaction.atomic
def add_day(
    *, person: Person, on: date | None, hours: Decimal, paid: bool, note: str, by: Actor, at: datetime
) -> ExpertDay:
    """A day given outside sessions. Raises Denied, BadEntry."""
    current = locked_person(person)
    demand(may_keep_person(by, current))
    day = demand_past(on, at)
    if not 0 < hours <= 24:
        raise BadEntry("hours", _("Một ngày có từ 0 đến 24 giờ."))
    if current.days.filter(on=day, participant=None).exists():
        raise BadEntry("on", _("Ngày này đã ghi."))
    made = ExpertDay.objects.create(
        person=current, on=day, hours=hours, paid=paid, note=squeeze(note)[:300], by=by.id, at=at
    )
    record(
        by=by, at=at, action="person.day", on=person_subject(current), after={"on": day, "hours": hours, "paid": paid}
    )
    return made


def locked_person(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).select_related("agency").get(pk=person.pk)


@transaction.atomic
def record_post(
    *, agency: Agency, post: str, planned: int, filled: int, on: date | None, source: str, by: Actor, at: datetime
) -> StaffPost:
    """Posts as they stood on a day; what was recorded before stays. Raises Denied, BadEntry."""
    demand(may_keep_for(by, agency))
    day = demand_past(on, at)
    if planned < 0 or filled < 0 or planned + filled == 0 or max(planned, filled) > 10_000:
        raise BadEntry("planned", _("Ghi số biên chế được giao và số hiện có."))
    made = StaffPost.objects.create(
        agency=agency, post=demand_text("post", post, _("Ghi vị trí việc làm."))[:200], planned=planned, filled=filled,
        on=day, source=demand_text("source", source, _("Ghi nguồn số liệu."))[:200], by=by.id, at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action="staff.record", on=Subject("agency", str(agency.pk), agency.name[:200], agency.place),
        after={"post": made.post, "planned": planned, "filled": filled, "on": day, "source": made.source},
    )  # fmt: skip
    return made


def erase(people: Iterable[Person], word: str) -> None:
    """What names or reaches somebody goes; what they did for the programme stays. In the caller's transaction."""
    for person in people:
        person.name, person.order = word, ""
        person.email, person.phone, person.organisation = "", "", ""
        person.interview = {key: value for key, value in person.interview.items() if key in ("points", "of")}
        person.save()
