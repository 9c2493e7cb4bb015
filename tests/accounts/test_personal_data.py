"""Anybody may ask about data kept on them; each step is owed by a date, recorded, and none is out of order."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from matxich.accounts.actions.roles import LastAdministrator
from matxich.accounts.models import Invitation, Membership, User
from matxich.accounts.personal_data import actions, queries
from matxich.accounts.personal_data.models import PersonalDataRequest
from matxich.accounts.personal_data.states import OPEN, TRANSITIONS, Move, RequestKind, RequestState
from matxich.kit import limiting
from matxich.kit.access import ReasonMissing
from matxich.kit.actor import ANONYMOUS, system_actor
from matxich.kit.models import AccessRecord
from matxich.kit.refusals import Denied
from matxich.ledger.actions import Subject, record, seal
from matxich.ledger.models import Entry
from matxich.ledger.queries import changes, show, verify
from matxich.notices.actions import queue_mail
from matxich.notices.models import Notice
from matxich.rulebook.calendar import Calendar, Holiday

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def ask(kind: str = RequestKind.ERASE, **more: object) -> PersonalDataRequest:
    asked = {"name": "Bà Vũ Thị Hà", "contact": "0912 345 418", "text": "Xóa số điện thoại cũ"} | more
    with transaction.atomic():
        return actions.submit(by=ANONYMOUS, at=AT, kind=kind, **asked)


def test_clocks_skip_weekends_and_holidays():
    friday = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    holidays = [Holiday(date(2026, 11, 23), "Nghỉ", "thử")]
    assert queries.clocks(friday, Calendar(holidays, (), {2026})) == queries.Clocks(
        date(2026, 11, 25), date(2026, 12, 5), ""
    )


def test_a_missing_calendar_is_said_and_counts_monday_to_friday():
    found = queries.clocks(datetime(2026, 11, 20, 3, 0, tzinfo=UTC), Calendar((), (), ()))
    assert found.acknowledge_by == date(2026, 11, 24)
    assert found.note == "Chưa có lịch nghỉ lễ năm 2026: hạn tiếp nhận đang tính theo thứ Hai đến thứ Sáu."


def test_late_in_the_evening_utc_is_the_next_day_here():
    found = queries.clocks(datetime(2026, 11, 19, 18, 0, tzinfo=UTC), Calendar((), (), {2026}))
    assert found.act_by == date(2026, 12, 5)


def test_history_knows_of_a_request_but_names_nobody_in_clear(db):
    made = ask()
    entry = Entry.objects.get()
    assert (entry.action, entry.object_label, entry.after["state"]) == ("personal_data.submit", made.code, "received")
    assert "Hà" not in str(entry.personal) and "418" not in str(entry.personal)


STEPS = {
    Move.ACKNOWLEDGE: lambda by, request: actions.acknowledge(by=by, at=AT, request=request),
    Move.EXTEND: lambda by, request: actions.extend(by=by, at=AT, request=request, reason="Cần hỏi nơi lưu"),
    Move.ACCEPT: lambda by, request: actions.decide(by=by, at=AT, request=request, accept=True, reason="Đúng người"),
    Move.REFUSE: lambda by, request: actions.decide(by=by, at=AT, request=request, accept=False, reason="Luật giữ"),
    Move.COMPLETE: lambda by, request: actions.complete(by=by, at=AT, request=request, reason="Đã gửi bản sao"),
}


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("move", Move)
def test_only_the_moves_of_the_table_happen(world, as_actor, state, move):
    request = ask(RequestKind.ACCESS)
    PersonalDataRequest.objects.update(state=state)
    request.refresh_from_db()
    expected = TRANSITIONS.get((state, move))
    if expected is None:
        with pytest.raises(actions.NotNow):
            STEPS[move](as_actor(world.administrator), request)
        assert PersonalDataRequest.objects.get().state == state
        return
    STEPS[move](as_actor(world.administrator), request)
    assert PersonalDataRequest.objects.get().state == expected
    assert Entry.objects.latest("id").action == f"personal_data.{move}"


@given(st.lists(st.sampled_from(list(Move)), max_size=8))
def test_whatever_the_order_a_closed_request_stays_closed(steps):
    state = RequestState.RECEIVED
    for move in steps:
        if state not in OPEN:
            assert (state, move) not in TRANSITIONS
        state = TRANSITIONS.get((state, move), state)


def test_the_term_is_extended_once(world, as_actor):
    request, by = ask(RequestKind.ACCESS), as_actor(world.administrator)
    actions.acknowledge(by=by, at=AT, request=request)
    actions.extend(by=by, at=AT, request=request, reason="Cần hỏi nơi lưu")
    assert request.act_by == date(2026, 12, 20)
    with pytest.raises(actions.NotNow):
        actions.extend(by=by, at=AT, request=request, reason="Nữa")


def test_others_may_not_handle_requests(world, as_actor):
    request = ask()
    for name in ("owner", "stranger", "ministry", "viewer", "enterprise"):
        with pytest.raises(Denied):
            actions.acknowledge(by=as_actor(world.people[name]), at=AT, request=request)


@pytest.mark.django_db(transaction=True)
def test_erasing_a_person_wipes_them_everywhere_and_the_chain_holds(world, as_actor):
    owner, by = world.owner, as_actor(world.administrator)
    with transaction.atomic():
        record(by=as_actor(owner), at=AT, action="x", on=Subject("agency", "1"))
        queue_mail(to=owner.email, subject="Chào chị Chủ", body="…", at=AT)
    entry = Entry.objects.get()
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    request = ask(name=owner.name, contact=owner.email)
    actions.acknowledge(by=by, at=AT, request=request)
    actions.decide(by=by, at=AT, request=request, accept=True, reason="Đã xác minh", subject=f"user:{owner.pk}")
    actions.complete(by=by, at=AT, request=request, reason="Đã xóa")
    user = User.objects.get(pk=owner.pk)
    assert (user.name, user.phone, user.is_active) == ("đã xóa theo yêu cầu", "", False)
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Membership.objects.filter(user=user, valid_to=None).exists()
    assert (
        not Notice.objects.filter(to=owner.email).exists() and not Invitation.objects.filter(email=owner.email).exists()
    )
    assert PersonalDataRequest.objects.get().name == "đã xóa theo yêu cầu"
    assert show([entry])[0].actor_name is None
    seal(at=AT)
    assert verify(at=AT).ok


def test_those_who_handle_requests_are_told_of_new_and_owed_ones(world):
    request = ask()
    told = Notice.objects.filter(kind="inapp")
    assert {notice.to for notice in told.all()} == {str(world.administrator.pk)}
    assert (actions.remind(at=AT), told.count()) == (0, 1)
    assert (actions.remind(at=AT + timedelta(days=4)), told.count()) == (1, 2)
    assert (actions.remind(at=AT + timedelta(days=4)), told.count()) == (1, 2), "once a day"
    assert told.latest("id").subject == f"Sắp đến hạn yêu cầu {request.code}"
    assert (actions.remind(at=AT + timedelta(days=5)), told.count()) == (1, 3)
    assert told.latest("id").subject == f"Quá hạn yêu cầu {request.code}"


def test_five_years_after_the_answer_nobody_knows_who_asked(world, as_actor):
    request, open_one, by = ask(RequestKind.ACCESS), ask(RequestKind.ACCESS), as_actor(world.administrator)
    actions.acknowledge(by=by, at=AT, request=request)
    actions.decide(by=by, at=AT, request=request, accept=False, reason="Luật lưu trữ yêu cầu giữ")
    submitted = Entry.objects.get(action="personal_data.submit", object_id=str(request.pk))
    assert actions.forget_answered(at=AT + timedelta(days=5 * 365)) == 0
    assert actions.forget_answered(at=AT + timedelta(days=5 * 365 + 3)) == 1
    assert actions.forget_answered(at=AT + timedelta(days=5 * 365 + 3)) == 0
    names = dict(PersonalDataRequest.objects.values_list("pk", "name"))
    assert names == {request.pk: "đã xóa theo yêu cầu", open_one.pk: "Bà Vũ Thị Hà"}
    assert [change.erased for change in changes(submitted) if change.personal] == [True, True]


def test_the_person_hears_of_each_step_by_mail(world, as_actor):
    request, by = ask(RequestKind.ACCESS, contact="ha@matxich.test"), as_actor(world.administrator)
    actions.acknowledge(by=by, at=AT, request=request)
    actions.decide(by=by, at=AT, request=request, accept=False, reason="Luật lưu trữ yêu cầu giữ")
    bodies = list(
        Notice.objects.filter(kind="mail", to="ha@matxich.test").order_by("id").values_list("body", flat=True)
    )
    assert [("Đang giải quyết" in body, "Luật lưu trữ" in body) for body in bodies] == [(True, False), (False, True)]


def test_nobody_is_erased_before_it_is_known_who_they_are(world, as_actor):
    request, by = ask(), as_actor(world.administrator)
    actions.acknowledge(by=by, at=AT, request=request)
    actions.decide(by=by, at=AT, request=request, accept=True, reason="Đúng")
    with pytest.raises(actions.SubjectUnknown):
        actions.complete(by=by, at=AT, request=request, reason="Đã xóa")
    assert PersonalDataRequest.objects.get().state == RequestState.ACCEPTED


def test_a_visitor_asks_and_follows_by_code(db, client):
    sent = {"kind": "access", "name": "Bà Vũ Thị Hà", "contact": "0912 345 418", "text": ""}
    page = client.post("/du-lieu-ca-nhan/", sent).content.decode()
    made = PersonalDataRequest.objects.get()
    assert made.code in page and "0912 345 418" not in page and "Bà V•• T•• H••" in page
    followed = client.post("/du-lieu-ca-nhan/theo-doi/", {"code": made.code.lower().replace("-", " ")})
    assert made.code in followed.content.decode()
    assert client.post("/du-lieu-ca-nhan/theo-doi/", {"code": "AAAA"}).status_code == 422
    assert client.post("/du-lieu-ca-nhan/", {"kind": "x"}).status_code == 422
    assert [client.get(url).status_code for url in ("/du-lieu-ca-nhan/", "/du-lieu-ca-nhan/theo-doi/")] == [200, 200]


def test_a_visitor_who_asks_too_often_is_told_to_wait(db, client):
    sent = {"kind": "access", "name": "A", "contact": "a@matxich.test"}
    answers = [client.post("/du-lieu-ca-nhan/", sent).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert PersonalDataRequest.objects.count() == 5


def test_who_opens_the_desk(world, sign_in, client):
    made = ask()
    urls = [
        "/du-lieu-ca-nhan/yeu-cau/",
        f"/du-lieu-ca-nhan/yeu-cau/{made.pk}/",
        "/du-lieu-ca-nhan/ai-da-xem/",
    ]
    for name, user in world.people.items():
        expected = 200 if name == "administrator" else 403
        assert [sign_in(user).get(url).status_code for url in urls] == [expected] * 3
    assert [client.get(url).status_code for url in urls] == [302] * 3
    assert sign_in(world.administrator).get("/du-lieu-ca-nhan/yeu-cau/999/").status_code == 404


def test_the_list_is_masked_and_asks_the_same_whatever_its_length(world, sign_in):
    page, asked = sign_in(world.administrator), []
    page.get("/du-lieu-ca-nhan/yeu-cau/")
    for rows in (1, 3):
        while PersonalDataRequest.objects.count() < rows:
            ask()
        with CaptureQueriesContext(connection) as queries_made:
            html = page.get("/du-lieu-ca-nhan/yeu-cau/").content.decode()
        asked.append(len(queries_made))
        assert html.count("Bà V•• T•• H••, 09•• ••• 418") == rows
        assert "345" not in html
    assert asked[0] == asked[1] <= 15


def test_the_soonest_due_stands_first_and_what_is_late_says_so(db):
    later = ask(RequestKind.ACCESS)
    PersonalDataRequest.objects.filter(pk=later.pk).update(acknowledge_by=date(2026, 12, 1))
    sooner = ask()
    closed = ask()
    PersonalDataRequest.objects.filter(pk=closed.pk).update(state=RequestState.COMPLETED)
    rows, pages = queries.requests_page(date(2026, 11, 30))
    assert [(row.request.pk, row.late) for row in rows] == [(sooner.pk, True), (later.pk, False), (closed.pk, False)]
    assert pages == 1


def test_seeing_the_person_in_full_needs_a_reason_and_is_listed(world, sign_in, as_actor):
    made = ask()
    page = sign_in(world.administrator)
    url = f"/du-lieu-ca-nhan/yeu-cau/{made.pk}/"
    assert "0912 345 418" not in page.get(url).content.decode()
    assert page.post(f"{url}hien/", {"reason": " "}).status_code == 422
    assert "0912 345 418" in page.post(f"{url}hien/", {"reason": "Gọi xác minh"}).content.decode()
    assert AccessRecord.objects.get().reason == "Gọi xác minh"
    seen = page.get("/du-lieu-ca-nhan/ai-da-xem/", {"kind": "personal_data_request", "subject": made.pk})
    assert "Phạm Quản Trị" in seen.content.decode() and "Gọi xác minh" in seen.content.decode()
    assert "Chưa ai xem" in page.get("/du-lieu-ca-nhan/ai-da-xem/", {"kind": "user"}).content.decode()
    with pytest.raises(ReasonMissing), transaction.atomic():
        actions.open_request(by=as_actor(world.administrator), at=AT, request=made, reason="")


def test_the_desk_moves_a_request_on(world, sign_in):
    made = ask(RequestKind.ACCESS)
    page, url = sign_in(world.administrator), f"/du-lieu-ca-nhan/yeu-cau/{made.pk}/buoc/"
    assert page.post(url, {"move": "acknowledge"}).status_code == 302
    refused = page.post(url, {"move": "refuse", "reason": ""})
    assert (refused.status_code, "Chưa ghi lý do" in refused.content.decode()) == (422, True)
    assert page.post(url, {"move": "refuse", "reason": "Luật lưu trữ yêu cầu giữ"}).status_code == 302
    assert page.post(url, {"move": "nonsense"}).status_code == 404
    assert PersonalDataRequest.objects.get().state == RequestState.REFUSED
    assert PersonalDataRequest.objects.get().decided_at is not None


def test_the_limit_holds_for_the_whole_hour(rf, monkeypatch):
    """The count once fell back to nothing five minutes after the second try."""
    asked, now = rf.post("/"), [1_800_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    for _try in range(5):
        limiting.limit(asked, "ask", 5)
    for minutes in (0, 6, 59):
        now[0] = 1_800_000_000.0 + minutes * 60
        with pytest.raises(limiting.TooOften):
            limiting.limit(asked, "ask", 5)
    now[0] += 120
    limiting.limit(asked, "ask", 5)


def test_the_last_administrator_is_not_erased(world):
    with pytest.raises(LastAdministrator):
        actions.erase_person(by=system_actor(), at=AT, subject=f"user:{world.administrator.pk}", reason="thử")
    world.administrator.refresh_from_db()
    assert world.administrator.name == "Phạm Quản Trị"
