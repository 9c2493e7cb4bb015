"""A firm's pages: who sees what, any day, any way of writing its number, correcting a fact with nothing lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matxich.kit.models import AccessRecord
from matxich.ledger.models import Entry
from matxich.registry.models import Enterprise, Source, Statement
from matxich.registry.queries.firm_history import latest_events
from matxich.registry.states import SourceKind
from matxich.rulebook.identifiers import make_registry_id
from tests.registry.firm_world import PERSONAL_TEXTS, SYSTEM, full_firm, page_of, passport_of, say, told_by
from tests.registry.search_world import firm as bare_firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(db):
    return full_firm()


@pytest.fixture
def phone(firm):
    return Statement.objects.get(enterprise=firm, field="phone")


def origin(statement):
    return f"{passport_of(statement.enterprise)}thong-tin/{statement.pk}/"


def text(response):
    return response.content.decode()


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def form_of(firm, **typed):
    return {
        "value": "95",
        "new_source": "Biên bản khảo sát 2026",
        "as_of": "20/11/2026",
        "verification": "3",
        "reason": "Đếm tại xưởng",
        "base_version": firm.version,
    } | typed


# Who may open what.


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("", {"owner", "colleague", "stranger", "administrator", "ministry", "viewer"}),
        ("thong-tin/", {"owner", "colleague", "stranger", "administrator", "ministry", "viewer"}),
        ("ghi/?field=workers", {"owner", "colleague", "ministry"}),
        ("ghi/workers/", {"owner", "colleague", "ministry"}),
    ],
)
def test_who_opens_the_officials_pages(firm, client, world, sign_in, page, allowed):
    path = passport_of(firm) + page
    assert client.get(path).status_code == 302
    opened = {name for name, user in world.people.items() if sign_in(user).get(path).status_code in (200, 302)}
    assert opened == allowed


def test_a_contact_line_is_for_those_in_charge_of_the_place(phone, client, world, sign_in):
    assert client.get(origin(phone)).status_code == 302
    statuses = {name: sign_in(user).get(origin(phone)).status_code for name, user in world.people.items()}
    assert {name for name, status in statuses.items() if status == 200} == {"owner", "colleague", "ministry"}
    refused = sign_in(world.stranger).get(origin(phone))
    assert refused.status_code == 403
    assert "chỉ cán bộ phụ trách địa bàn xem được" in text(refused)


def test_a_stranger_may_not_correct_and_is_told_why(firm, world, sign_in):
    stranger = sign_in(world.stranger)
    refused = stranger.post(passport_of(firm) + "ghi/workers/", form_of(firm))
    assert refused.status_code == 403
    assert "Bạn không được giao cập nhật hồ sơ ở địa bàn này." in text(refused)
    assert "Bạn không được giao cập nhật hồ sơ ở địa bàn này." in text(stranger.get(passport_of(firm)))
    taken_back = stranger.post(f"{passport_of(firm)}thong-tin/{firm.statements.first().pk}/rut/", {"reason": "x"})
    assert taken_back.status_code == 403
    assert Statement.objects.filter(enterprise=firm, value=95).count() == 0


# Personal data.


def test_personal_data_is_nowhere_public_and_masked_for_officials(firm, client, world, sign_in):
    official = sign_in(world.owner)
    pages = [official.get(passport_of(firm) + path) for path in ("", "thong-tin/", "ghi/phone/")]
    for page in (client.get(page_of(firm)), *pages):
        assert [one for one in PERSONAL_TEXTS if one in text(page)] == []
    assert "N•• V•• B•• M••" in text(official.get(passport_of(firm)))
    assert "Liên hệ" not in text(client.get(page_of(firm)))
    assert "Liên hệ" not in text(sign_in(world.stranger).get(passport_of(firm)))


def test_opening_a_contact_needs_a_reason_and_leaves_a_record(phone, world, sign_in):
    official = sign_in(world.owner)
    assert "0912 345 678" not in text(official.get(origin(phone)))
    refused = official.post(origin(phone), {"reason": "  "})
    assert "0912 345 678" not in text(refused)
    assert AccessRecord.objects.count() == 0
    opened = official.post(origin(phone), {"reason": "Hẹn ngày thăm xưởng"})
    assert "0912 345 678" in text(opened)
    assert "no-store" in opened.headers["Cache-Control"]
    record = AccessRecord.objects.get()
    registry_id = make_registry_id(phone.enterprise_id)
    assert (record.actor_id, record.subject_id, record.fields, record.reason) == (
        f"user:{world.owner.pk}", registry_id, ["phone"], "Hẹn ngày thăm xưởng",
    )  # fmt: skip
    assert "0912 345 678" not in text(official.get(origin(phone)))


def test_a_personal_value_is_not_offered_to_copy(phone, world, sign_in):
    page = text(sign_in(world.owner).get(f"{passport_of(phone.enterprise)}ghi/phone/?theo={phone.pk}"))
    assert "0912" not in page
    assert "Lấy giá trị này" not in page


# Addresses.


def test_any_way_of_writing_the_number_leads_to_one_address(firm, client):
    registry_id = make_registry_id(firm.pk)
    assert client.get(page_of(firm)).status_code == 200
    for written in (registry_id.lower(), registry_id.replace("-", ""), registry_id.replace("-", " ")):
        moved = client.get(f"/nha-cung-ung/{written}/?on=01/01/2026")
        assert (moved.status_code, moved.headers["Location"]) == (301, f"{page_of(firm)}?on=01/01/2026")


def test_a_merged_number_leads_to_the_record_in_force(firm, client, world, sign_in):
    old, older = bare_firm("Bình Minh cũ"), bare_firm("Bình Minh cũ nữa")
    Enterprise.objects.filter(pk=old.pk).update(merged_into=firm)
    Enterprise.objects.filter(pk=older.pk).update(merged_into=old)
    for one in (old, older):
        moved = client.get(page_of(one))
        assert (moved.status_code, moved.headers["Location"]) == (302, page_of(firm))
        moved = sign_in(world.owner).get(passport_of(one))
        assert (moved.status_code, moved.headers["Location"]) == (302, passport_of(firm))


@pytest.mark.parametrize("written", ["MX-999999-9", "khong-phai-ma", "MX-000001-0", "%00", "9" * 400, "ma số"])
def test_an_unknown_number_is_a_page_that_says_what_to_do(firm, client, world, sign_in, written):
    for one, path in ((client, "/nha-cung-ung/"), (sign_in(world.owner), "/doanh-nghiep/")):
        missing = one.get(f"{path}{written}/")
        assert missing.status_code == 404
        assert "tìm bằng tên hoặc mã số thuế" in text(missing)


def test_a_statement_of_another_firm_is_not_found_here(phone, world, sign_in):
    other = bare_firm("Công ty khác", province_34="31")
    assert sign_in(world.owner).get(f"{passport_of(other)}thong-tin/{phone.pk}/").status_code == 404


# Days.


def test_a_record_as_it_stood_on_a_day(firm, client):
    published = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
    Statement.objects.filter(enterprise=firm).update(recorded_at=published)
    later = say(firm, "workers", "120", verification=3, as_of=date(2026, 11, 19))
    Statement.objects.filter(pk=later.pk).update(recorded_at=published + timedelta(days=5))
    assert "120" in text(client.get(page_of(firm)))
    then = text(client.get(page_of(firm), {"on": "12/11/2026"}))
    assert "Hồ sơ như đã biết đến hết ngày 12/11/2026." in then
    assert ">80" in then
    assert "120" not in then.split("<aside")[0]
    assert "Chưa có điều ghi nào ở thời điểm này" in text(client.get(page_of(firm), {"on": "2020-01-01"}))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("31/02/2026", "Chưa hiểu ngày này."),
        ("\x00", "Chưa hiểu ngày này."),
        ("x" * 5000, "Chưa hiểu ngày này."),
        ("01/01/2999", "Ngày chưa đến; đang hiện hồ sơ hôm nay."),
    ],
)
def test_a_day_that_cannot_be_used_shows_today_and_says_so(firm, client, day, told):
    page = client.get(page_of(firm), {"on": day})
    assert page.status_code == 200
    assert told in text(page)
    assert "Công ty TNHH Cơ khí chính xác Bình Minh" in text(page)


# What is said, and corrected.


def test_a_visit_shows_the_longest_chain(firm, client):
    say(firm, "workers", "82", source=told_by("Thăm xưởng", SourceKind.VISIT), verification=3)
    page = text(client.get(page_of(firm)))
    assert page.count('<path class="b" d="M9.5 6h14"/></svg><span>Thăm xưởng</span>') == 1


def test_sources_that_disagree_are_shown_with_a_way_to_choose(firm, world, sign_in, client):
    themselves = told_by("Doanh nghiệp tự khai", SourceKind.SELF_DECLARED)
    other = say(firm, "workers", "172", source=themselves, verification=0)
    page = text(sign_in(world.owner).get(passport_of(firm)))
    assert "nguồn khác nói: Doanh nghiệp tự khai, 01/09/2026: 172" in page
    choose = f"{passport_of(firm)}ghi/workers/"
    assert f'<a href="{choose}">Chọn giá trị đúng</a>' in page
    assert "Chọn giá trị đúng" not in text(sign_in(world.stranger).get(passport_of(firm)))
    assert "Chọn giá trị đúng" not in text(client.get(page_of(firm)))
    form = text(sign_in(world.owner).get(choose, {"theo": other.pk}))
    assert "172</textarea>" in form


def test_a_fact_is_corrected_with_source_and_reason(firm, world, sign_in):
    official = sign_in(world.owner)
    done = official.post(passport_of(firm) + "ghi/workers/", form_of(firm, replaces="on"))
    assert (done.status_code, done.headers["Location"]) == (302, passport_of(firm))
    told = Statement.objects.get(enterprise=firm, field="workers", value=95)
    assert (told.verification, told.as_of, told.source.kind) == (3, date(2026, 11, 20), SourceKind.VISIT)
    assert Statement.objects.get(enterprise=firm, field="workers", value=80).superseded_by == told
    page = text(official.get(passport_of(firm)))
    assert "Ngô Thị Chủ, Đếm tại xưởng" in page
    history = text(official.get(passport_of(firm) + "thong-tin/"))
    assert "đã thay" in history
    assert "Biên bản khảo sát 2026" in history


def test_somebody_was_faster_and_nothing_typed_is_lost(firm, world, sign_in):
    official, version = sign_in(world.owner), firm.version
    say(firm, "workers", "81")
    typed = form_of(firm, value="97", base_version=version)
    refused = official.post(passport_of(firm) + "ghi/workers/", typed)
    page = text(refused)
    assert refused.status_code == 422
    assert "Phần bạn gõ vẫn còn đây" in page
    assert "97</textarea>" in page
    assert "Đếm tại xưởng" in page
    assert Source.objects.filter(name="Biên bản khảo sát 2026").count() == 0
    firm.refresh_from_db()
    assert f'name="base_version" value="{firm.version}"' in page
    again = official.post(passport_of(firm) + "ghi/workers/", typed | {"base_version": firm.version})
    assert again.status_code == 302
    assert Statement.objects.filter(enterprise=firm, field="workers", value=97).count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": "rất nhiều người"}, "rất nhiều người</textarea>"),
        ({"as_of": "30/02/2026"}, "Chưa hiểu ngày này."),
        ({"new_source": "  "}, "Chọn một nguồn, hoặc ghi tên nguồn mới."),
        ({"reason": ""}, "Lý do"),
        ({"value": "9" * 3000}, "2000"),
        ({"verification": "9"}, "Mức kiểm chứng"),
        ({"value": "a\x00b"}, "Giá trị"),
    ],
)
def test_what_cannot_be_written_comes_back_as_typed(firm, world, sign_in, typed, told):
    before = Statement.objects.count(), Entry.objects.count()
    refused = sign_in(world.owner).post(passport_of(firm) + "ghi/workers/", form_of(firm, **typed))
    assert refused.status_code == 422
    assert told in text(refused)
    assert (Statement.objects.count(), Entry.objects.count()) == before


def test_a_fact_is_taken_back_with_a_reason(firm, world, sign_in):
    official, workers = sign_in(world.owner), firm.statements.get(field="workers")
    without = official.post(f"{origin(workers)}rut/", {"reason": "", "base_version": firm.version}, follow=True)
    assert "Ghi lý do trước khi rút thông tin." in text(without)
    done = official.post(f"{origin(workers)}rut/", {"reason": "Nhầm dòng", "base_version": firm.version}, follow=True)
    assert "Đã rút thông tin." in text(done)
    assert "đã rút" in text(official.get(passport_of(firm) + "thong-tin/"))
    twice = official.post(f"{origin(workers)}rut/", {"reason": "Nhầm dòng", "base_version": firm.version})
    assert twice.status_code == 409


def test_the_same_act_on_one_day_is_one_event(firm):
    from matxich.ledger.actions import record
    from matxich.registry.actions.facts import subject_of

    for _ in range(5):
        record(by=SYSTEM, at=datetime(2026, 11, 21, 3, tzinfo=UTC), action="import.accept_row", on=subject_of(firm))
    events = latest_events(make_registry_id(firm.pk))
    assert [(event.title, event.text) for event in events] == [
        ("Nhận một dòng danh sách", "test, 5 lần"),
        ("Mở hồ sơ", "test, kiểm thử"),
    ]


# Pages in full.


def test_numbers_of_queries_do_not_grow(firm, client, world, sign_in):
    official = sign_in(world.owner)
    paths = ("", "thong-tin/", "ghi/workers/", f"thong-tin/{firm.statements.get(field='workers').pk}/")

    def asked():
        return [queries_of(client, page_of(firm)), *(queries_of(official, passport_of(firm) + path) for path in paths)]

    one = asked()
    for number in range(3):
        say(firm, "workers", str(90 + number), source=told_by(f"Nguồn {number}"))
    assert asked() == one
    assert one[0] <= 10
    assert max(one) <= 20


def test_broken_pages_of_history_are_answered(firm, world, sign_in):
    official = sign_in(world.owner)
    for before in ("٣", "-1", "9" * 40, "\x00", "abc", "1"):
        assert official.get(passport_of(firm) + "thong-tin/", {"before": before}).status_code == 200
    for asked in ("khong-co", "\x00", "person_id"):
        assert official.get(passport_of(firm) + "ghi/", {"field": asked}).status_code == 302
    assert official.get(passport_of(firm) + "ghi/khong_co/").status_code == 404
    assert official.get(passport_of(firm) + "ghi/person_id/").status_code == 404
