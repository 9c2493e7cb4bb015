"""A list taken away: exactly the rows and columns seen, by right, for a reason, nothing kept when nobody waits."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from matxich.kit.models import AccessRecord
from matxich.ledger.keys import open_texts
from matxich.ledger.models import Entry
from matxich.registry import search
from matxich.registry.models import Enterprise, Statement
from matxich.registry.queries.exports import CONTACT_FIELDS
from matxich.registry.search import Query, every_id
from matxich.rulebook.identifiers import make_registry_id
from tests.registry.firm_world import PERSONAL_TEXTS, full_firm, whisper
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db
DIRECTORY, REGISTER = "/nha-cung-ung/tai-ve/", "/doanh-nghiep/tai-ve/"
HEADS = [
    *("Mã hồ sơ", "Tên doanh nghiệp", "Tên tiếng Anh", "Mã số thuế", "Xã, phường", "Tỉnh, thành phố"),
    *("Khu, cụm công nghiệp", "Quy mô", "Lao động", "Công đoạn, quy trình", "Sản phẩm", "Chứng chỉ, hệ thống quản lý"),
    *("Máy móc thiết bị", "Dung sai", "Công suất", "Vật liệu", "Mức kiểm chứng", "Số liệu mới nhất", "Danh mục CNHT"),
]


def ask(client, path, **told):
    return client.post(path, {"form": "csv", "purpose": "kiểm thử"} | told)


def content(answer):
    assert (answer.status_code, answer.streaming) == (200, True), answer.status_code
    return b"".join(answer.streaming_content)


def table(answer):
    text = content(answer).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


@pytest.fixture
def firms(db):
    made = [full_firm()]
    made += [
        firm(f"Đúc Số {n:02}", told={"processes": ["Đúc áp lực"]}, province_34="31", province_63="31")
        for n in range(30)
    ]
    search.rebuild()
    return made


def test_the_rows_of_all_pages_in_the_order_seen(client, firms):
    rows = table(ask(client, f"{DIRECTORY}?q=duc+ap+luc&sort=name"))
    assert rows[0] == HEADS
    assert [row[1] for row in rows[1:]] == [f"Đúc Số {n:02}" for n in range(30)]
    assert [row[9] for row in rows[1:]] == ["Đúc áp lực"] * 30


def test_a_row_says_what_the_card_says(client, firms):
    one = firms[0]
    assert table(ask(client, f"{DIRECTORY}?q=binh+minh"))[1:] == [
        [
            *(make_registry_id(one.pk), one.name, "", "9991274607", "An Dương", "Hải Phòng", "KCN Tràng Duệ", "", "80"),
            *("Phay CNC; tiện CNC", "Khuôn dập; đồ gá", "ISO 9001:2015", "", "", "", ""),
            *("Theo danh sách cơ quan", "01/09/2026", "Trong danh mục CNHT"),
        ]
    ]


def test_xlsx_holds_the_same_with_kinds_and_says_where_it_is_from(client, firms):
    book = openpyxl.load_workbook(io.BytesIO(content(ask(client, f"{DIRECTORY}?q=binh+minh", form="xlsx"))))
    heads, row = book["Doanh nghiệp"].iter_rows(values_only=True)
    assert list(heads) == HEADS
    assert (row[3], row[8], row[17].date()) == ("9991274607", 80, date(2026, 9, 1))
    about = dict(book["Về danh sách này"].iter_rows(min_row=2, values_only=True))
    assert (about["Tìm"], about["Số dòng"], about["Mục đích"]) == ("binh minh", "1", "kiểm thử")


def test_formulas_stay_text(client, db):
    firm("=cmd|' /C calc'!A0", told={"processes": ["+1+1"]})
    search.rebuild()
    row = table(ask(client, DIRECTORY))[1]
    assert (row[1], row[9]) == ("'=cmd|' /C calc'!A0", "'+1+1")


def test_the_public_gets_nothing_that_is_not_public(client, db):
    hidden = whisper(full_firm())
    quiet = firm("Đúc Kín", told={"processes": ["việc riêng"]})
    Statement.objects.filter(enterprise=quiet, field="processes").update(visibility=1)
    firm("Hộ rèn", kind="household")
    search.rebuild()
    text = content(ask(client, DIRECTORY)).decode()
    assert {code: word for code, word in hidden.items() if word in text} == {}
    assert ("Đúc Kín" in text, "việc riêng" in text, "Hộ rèn" in text) == (True, False, False)
    assert [word for word in PERSONAL_TEXTS if word in text] == []


def test_strangers_get_a_thousand_rows_whoever_signs_in_all(client, world, sign_in, monkeypatch, firms):
    monkeypatch.setattr("matxich.registry.actions.exporting.FOR_EVERYBODY", 7)
    monkeypatch.setattr("matxich.registry.views.exports.FOR_EVERYBODY", 7)
    assert "khách xem tải được 7 dòng đầu" in client.get(DIRECTORY).content.decode()
    assert len(table(ask(client, DIRECTORY))) == 1 + 7
    assert len(table(ask(sign_in(world.enterprise), DIRECTORY))) == 1 + 31


def test_what_left_is_in_the_ledger(client, world, sign_in, firms):
    table(ask(sign_in(world.owner), f"{REGISTER}?q=duc+ap+luc&province=31&map=63", purpose="Mời dự hội chợ"))
    entry = Entry.objects.get(action="registry.export")
    assert (entry.actor_id, entry.reason) == (f"user:{world.owner.pk}", "Mời dự hội chợ")
    assert (entry.after["rows"], entry.after["format"]) == (30, "csv")
    assert (entry.after["filters"], entry.after["map"]) == ({"province": ["31"]}, "63")
    assert len(entry.after["columns"]) == len(HEADS)
    assert list(open_texts(entry.personal.values()).values()) == ["duc ap luc"]
    assert AccessRecord.objects.count() == 0


def test_officials_say_why(world, sign_in, firms):
    answer = ask(sign_in(world.owner), REGISTER, purpose="  ")
    assert (answer.status_code, Entry.objects.filter(action="registry.export").count()) == (422, 0)
    assert "Dùng vào việc gì" in answer.content.decode()


def test_contacts_leave_by_right_and_leave_a_trace(world, sign_in, db):
    here, there = full_firm(), firm("Đúc Nơi Khác", told={"contact_person": "Ngô Văn Bí Mật"}, province_34="75")
    search.rebuild()
    rows = table(ask(sign_in(world.owner), f"{REGISTER}?sort=name", contacts="on"))
    assert len(rows[0]) == len(HEADS) + len(CONTACT_FIELDS)
    person = len(HEADS) + CONTACT_FIELDS.index("contact_person")
    people = {row[0]: row[person] for row in rows[1:]}
    assert people == {
        make_registry_id(here.pk): "Ngô Văn Bí Mật",
        make_registry_id(there.pk): "N•• V•• B•• M••",
    }
    trace = AccessRecord.objects.get()
    assert (trace.kind, trace.rows, trace.reason, trace.fields) == ("export", 2, "kiểm thử", sorted(CONTACT_FIELDS))


def test_contacts_are_not_offered_to_who_may_see_none(world, sign_in, client, firms):
    for who, path in ((world.viewer, REGISTER), (world.owner, DIRECTORY)):
        signed = sign_in(who)
        assert 'name="contacts"' not in signed.get(path).content.decode()
        assert len(table(ask(signed, path, contacts="on"))[0]) == len(HEADS)
    assert AccessRecord.objects.count() == 0


def test_who_may_not_see_the_register_takes_nothing_of_it(client, world, sign_in, firms):
    assert ask(client, REGISTER).status_code == 302
    assert ask(sign_in(world.enterprise), REGISTER).status_code == 403
    assert Entry.objects.filter(action="registry.export").count() == 0


def test_without_an_index_nothing_is_taken_rather_than_half(client, firms):
    search.reset()
    answer = ask(client, DIRECTORY)
    assert answer.status_code == 422
    assert "Chỉ mục tìm kiếm đang được lập lại" in answer.content.decode()
    assert Entry.objects.filter(action="registry.export").count() == 0


def test_nothing_found_is_nothing_to_take(client, firms):
    page = client.get(f"{DIRECTORY}?q=qwxzvvkp").content.decode()
    assert "Không có gì để tải" in page
    assert ask(client, f"{DIRECTORY}?q=qwxzvvkp").status_code == 422


def test_a_firm_gone_since_the_question_is_left_out(client, firms):
    Enterprise.objects.filter(pk=firms[5].pk).update(merged_into=firms[6])
    assert len(table(ask(client, f"{DIRECTORY}?q=duc"))) == 1 + 29


@pytest.mark.parametrize("asked", [{"sort": "name"}, {"sort": "newest"}, {"text": "duc"}, {"text": "duc so"}, {}])
def test_every_id_is_all_pages_one_after_the_other(firms, asked, monkeypatch):
    monkeypatch.setattr("matxich.registry.search.asking.BLOCK", 4)
    pages = [search.search(Query(page=page, limit=10, **asked)).hits for page in (1, 2, 3, 4)]
    assert list(every_id(Query(**asked))) == [number for hits in pages for number, _score in hits]


def test_a_file_names_the_certificates_of_the_day_asked_and_says_the_day(client):
    told = {"certificate": [{"text": "ISO 9001", "valid_to": "2028-01-01"}, {"text": "IATF", "valid_to": "2027-01-01"}]}
    firm("Đúc Có Hạn", told=told)
    firm("Đúc Không Có")
    search.rebuild()
    rows = table(ask(client, f"{DIRECTORY}?on=2027-12-31"))
    assert [(row[1], row[11]) for row in rows[1:]] == [("Đúc Có Hạn", "ISO 9001")]
    book = openpyxl.load_workbook(
        io.BytesIO(content(ask(client, f"{DIRECTORY}?on=2027-12-31", form="xlsx"))), read_only=True
    )
    cover = dict(row[:2] for row in book.worksheets[1].iter_rows(values_only=True))
    assert cover["Bộ lọc"] == "Chứng chỉ còn hiệu lực vào 31/12/2027"
    assert Entry.objects.filter(action="registry.export").latest("id").after["on"] == "2027-12-31"
