"""One item of a firm told in parts: by whom, read from which words, corrected, denied, refused."""

import pytest
from django.utils import timezone

from matxich.ledger.models import Entry
from matxich.registry.actions import withdraw_statement
from matxich.registry.actions.projecting import refold
from matxich.registry.models import Enterprise, Statement
from matxich.registry.queries import passport
from matxich.registry.queries.directory import texts_of
from matxich.registry.queries.firm_page import firm_page
from matxich.rulebook.capabilities.joining import DENIED
from tests.registry.firm_world import SYSTEM, full_firm, page_of, passport_of, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(db):
    return full_firm(machines="2 máy phay CNC Mazak 2015; Máy mài phẳng")


def typed(firm, **parts):
    form = {
        "new_source": "Biên bản khảo sát 2026",
        "as_of": "20/11/2026",
        "verification": "3",
        "reason": "Đọc trên máy",
        "base_version": firm.version,
    }
    return form | {f"part_{code}" if code not in form else code: text for code, text in parts.items()}


def post(client, firm, field, *, words="", instead_of="", denied="", **parts):
    told = {"words": words, "instead_of": instead_of} | ({"denied": denied} if denied else {})
    response = client.post(f"{passport_of(firm)}muc/{field}/", typed(firm, **parts) | told)
    firm.refresh_from_db()
    return response


def text(response):
    return response.content.decode()


def test_who_may_open_the_form(firm, client, world, sign_in):
    path = f"{passport_of(firm)}muc/machine/"
    assert client.get(path).status_code == 302
    opened = {name for name, user in world.people.items() if sign_in(user).get(path).status_code == 200}
    assert opened == {"owner", "colleague", "ministry"}
    assert sign_in(world.owner).get(f"{passport_of(firm)}muc/workers/").status_code == 404


def test_an_officer_adds_a_machine(firm, world, sign_in):
    client = sign_in(world.owner)
    response = post(
        client, firm, "machine", kind="Máy dập", maker="Aida", year="2018", tonnage_t="250",
        hours_free_per_week="12,5", process="dập nguội",
    )  # fmt: skip
    assert response.status_code == 302
    told = Statement.objects.get(field="machine")
    assert (told.value["kind"], told.value["maker"], told.value["year"]) == ("Máy dập", "Aida", 2018)
    assert (told.value["tonnage_t"], told.value["hours_free_per_week"]) == ("250", "12.5")
    assert (told.verification, told.visibility) == (3, 0)
    shown = text(client.get(passport_of(firm)))
    assert "250 tấn" in shown
    assert "12,5" in shown
    assert Entry.objects.filter(action="enterprise.state_fact").exists()


def test_words_of_a_list_are_read_and_corrected(firm, world, sign_in):
    client = sign_in(world.owner)
    listed = Statement.objects.get(field="machines")
    words = "2 máy phay CNC Mazak 2015"
    page = client.get(f"{passport_of(firm)}muc/machine/", {"theo": listed.pk, "chu": words})
    assert page.context["form"].initial["part_maker"] == "Mazak"
    response = post(
        client, firm, "machine", words=words, instead_of=listed.pk, kind="Máy phay CNC", maker="Mazak", year="2017",
        quantity="2",
    )  # fmt: skip
    assert response.status_code == 302
    told = Statement.objects.get(field="machine")
    listed.refresh_from_db()
    assert (told.raw, listed.superseded_by_id, listed.withdrawn_at) == (words, None, None)
    row = passport(firm, actor=SYSTEM).row("machine")
    assert [(fact.value.get("year"), fact.text) for fact in row.facts] == [(2017, ""), (None, "Máy mài phẳng")]


def test_what_is_not_there_is_denied_and_a_later_word_counts_again(firm, world, sign_in):
    client = sign_in(world.owner)
    listed = Statement.objects.get(field="machines")
    assert post(client, firm, "machine", words="Máy mài phẳng", instead_of=listed.pk, denied="on").status_code == 302
    denial = Statement.objects.get(field="machine")
    assert (denial.value, denial.raw) == (DENIED, "Máy mài phẳng")
    row = passport(firm, actor=SYSTEM).row("machine")
    assert [fact.text for fact in row.facts] == ["2 máy phay CNC Mazak 2015"]
    withdraw_statement(statement=denial, by=SYSTEM, at=timezone.now(), base_version=firm.version, reason="Vẫn còn máy")
    firm.refresh_from_db()
    assert len(passport(firm, actor=SYSTEM).row("machine").facts) == 2


def test_an_item_is_replaced_by_its_correction_alone(firm, world, sign_in):
    client = sign_in(world.owner)
    first = say(firm, "machine", {"kind": "Máy tiện", "year": 2001})
    second = say(firm, "machine", {"kind": "Máy hàn"})
    firm.refresh_from_db()
    post(client, firm, "machine", instead_of=first.pk, kind="Máy tiện", year="2011")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.superseded_by_id is not None, second.superseded_by_id) == (True, None)
    stated = [fact.value for fact in passport(firm, actor=SYSTEM).row("machine").facts if not fact.text]
    assert {"kind": "Máy tiện", "year": 2011} in stated
    assert {"kind": "Máy tiện", "year": 2001} not in stated


@pytest.mark.parametrize(
    ("field", "parts", "at", "said"),
    [
        ("machine", {"kind": "Máy tiện", "year": "1823"}, "part_year", "Năm phải từ 1900"),
        ("machine", {"maker": ""}, "part_kind", "Cần ít nhất một mục."),
        ("machine", {"kind": "Máy tiện", "process": "zzzz"}, "part_process", "Danh mục chưa có khái niệm này"),
        ("certificate", {"number": "7"}, "part_text", "Cần điền mục này."),
        ("certificate", {"text": "ISO 9001", "valid_from": "01/02/2026", "valid_to": "01/01/2025"}, None, "không khớp"),
        ("contact", {"name": "Ngô Văn Thử"}, "part_legal_basis", "căn cứ"),
        ("tolerance", {"plus_nm": "nửa ly"}, "part_plus_nm", "Chưa hiểu"),
    ],
)
def test_what_does_not_fit_is_said_where_it_stands(firm, world, sign_in, field, parts, at, said):
    before = Statement.objects.count()
    response = post(sign_in(world.owner), firm, field, **parts)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert any(said in message for messages in errors.values() for message in messages)
    if at:
        assert at in errors
    assert Statement.objects.count() == before


def test_a_form_grown_stale_keeps_what_was_typed(firm, world, sign_in):
    client, old = sign_in(world.owner), firm.version
    say(firm, "workers", "90")
    response = client.post(f"{passport_of(firm)}muc/machine/", typed(firm, kind="Máy tiện") | {"base_version": old})
    assert response.status_code == 422
    assert "Máy tiện" in text(response)
    assert not Statement.objects.filter(field="machine").exists()


def test_a_certificate_that_expired_yesterday_says_so(firm, client):
    today = timezone.localdate()
    yesterday_over = {"text": "IATF 16949", "valid_to": today.isoformat()}
    say(firm, "certificate", yesterday_over, verification=2)
    shown = text(client.get(page_of(firm)))
    assert "hết hiệu lực" in shown
    say(firm, "certificate", {"text": "ISO 45001", "valid_from": "2024-01-01", "valid_to": "2099-01-01"})
    assert "31/12/2098" in text(client.get(page_of(firm)))


def test_a_card_names_no_certificate_that_has_ended(firm):
    today = timezone.localdate()
    say(firm, "certificate", {"text": "IATF 16949", "valid_to": today.isoformat()}, verification=2)
    say(firm, "certificate", {"text": "ISO 45001", "valid_to": "2099-01-01"}, verification=2)
    firm.refresh_from_db()
    assert texts_of(firm.passport, "certificates", on=today) == ["ISO 45001", "ISO 9001:2015"]
    assert "IATF 16949" in texts_of(firm.passport, "certificates")


def test_a_machine_is_called_by_what_it_can_take(firm):
    say(firm, "machine", {"kind": "Máy dập", "year": 2018, "tonnage_t": "250", "hours_free_per_week": "12"})
    firm.refresh_from_db()
    assert texts_of(firm.passport, "machines")[0] == "Máy dập · 250 tấn"


def test_the_public_sees_a_contact_that_agreed_and_no_other(firm, client):
    contact = {"name": "Ngô Văn Ví Dụ", "phone": "0912 000 111", "legal_basis": "consent"}
    say(firm, "contact", contact | {"visibility": "officials"})
    assert "Ví Dụ" not in text(client.get(page_of(firm)))
    say(firm, "contact", contact | {"name": "Lê Thị Mẫu", "visibility": "public"})
    shown = text(client.get(page_of(firm)))
    assert "Lê Thị Mẫu" in shown
    assert "Ví Dụ" not in shown


def test_a_doubtful_word_asks(firm, world, sign_in):
    listed = Statement.objects.get(field="machines")
    listed.pk, listed.field, listed.value = None, "tolerance", ["0.5"]
    listed.save()
    refold([firm.pk])
    shown = text(sign_in(world.owner).get(passport_of(firm)))
    assert "Không nêu đơn vị. Đơn vị nào đúng?" in shown


def test_the_record_says_what_to_add_next(firm, world, sign_in, client):
    page = sign_in(world.owner).get(passport_of(firm)).context["page"]
    assert 0 < page.completeness < 100
    assert [step.gain for step in page.advice] == sorted((step.gain for step in page.advice), reverse=True)
    assert all(step.url for step in page.advice)
    client.logout()
    assert not any(step.url for step in client.get(page_of(firm)).context["page"].advice)


def test_the_size_is_that_of_the_law_on_the_day(firm):
    say(firm, "revenue", "40000000000")
    firm = Enterprise.objects.get(pk=firm.pk)
    page = firm_page(firm, actor=SYSTEM, today=timezone.localdate(), on=None, public=False)
    line = next(line for block in page.blocks for line in block.lines if str(line.label) == "Quy mô")
    assert (line.value, line.note) == ("Nhỏ", "· tính theo Điều 5 Nghị định 80/2021/NĐ-CP")
