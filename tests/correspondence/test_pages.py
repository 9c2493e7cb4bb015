"""Pages of papers as the people of a department use them, and the public page that checks one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from matxich.correspondence.forms.papers import typed
from matxich.correspondence.kinds import CONTRACTS, declared
from matxich.correspondence.kinds.fields import read
from matxich.correspondence.models import Letterhead, OfficialPaper, PaperTemplate
from matxich.correspondence.queries.templates import template_in_use
from matxich.documents.docx import docx_of
from matxich.kit.models import AccessRecord
from tests.correspondence.conftest import Hands, brought, drafted
from tests.documents.papers import word_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


def url(name: str, *args: Any) -> str:
    return reverse(f"correspondence:{name}", args=args)


def filled_in(kind: str, **changes: str) -> dict[str, str]:
    """The form of a kind as somebody would type the sample."""
    from matxich.correspondence.kinds.fields import stored_of

    told = typed(declared(kind).contract, stored_of(declared(kind).sample))
    return {name: str(value) for name, value in told.items() if value not in ("", False)} | changes


@pytest.mark.parametrize("kind", CONTRACTS)
def test_what_the_form_shows_it_reads_back(hands: Hands, sign_in: SignIn, kind: str) -> None:
    client = sign_in(hands.users["drafter"])
    told = filled_in(kind) | ({"t_may_apply_again": "on"} if kind == "refusal_letter" else {})
    answer = client.post(url("draft", hands.agency.pk, kind), told)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    paper = OfficialPaper.objects.get()
    assert read(declared(kind).contract, paper.fields) == declared(kind).sample
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200


def test_mistakes_are_said_beside_the_form(hands: Hands, sign_in: SignIn) -> None:
    client = sign_in(hands.users["drafter"])
    told = filled_in("approval", t_total="nhiều", t_cases="a | b | c | d | 1 | 2 | x | y", t_source="")
    answer = client.post(url("draft", hands.agency.pk, "approval"), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ghi số nguyên, ví dụ 1.240.000.000." in page
    assert "Dòng 1 có 8 ô, nhiều nhất là 7." in page
    assert not OfficialPaper.objects.exists()


def test_a_letter_the_font_lacks_is_said_beside_the_form(hands: Hands, sign_in: SignIn) -> None:
    client = sign_in(hands.users["drafter"])
    answer = client.post(url("draft", hands.agency.pk, "approval"), filled_in("approval", t_programme="한국"))
    assert answer.status_code == 422
    assert "không có ký tự “한국”" in answer.content.decode()


def test_a_paper_passes_from_hand_to_hand(hands: Hands, sign_in: SignIn) -> None:
    paper = drafted(hands)
    for who, event, more in (
        ("drafter", "submit", {}),
        ("head", "initial", {}),
        ("leader", "sign", {}),
        ("clerk", "number", {"on": "2026-11-20"}),
        ("clerk", "issue", {}),
        ("leader", "withdraw", {"reason": "Ban hành nhầm"}),
    ):
        client, address = sign_in(hands.users[who]), url("step", paper.pk, event)
        paper.refresh_from_db()
        assert client.get(address).status_code == 200
        answer = client.post(address, {"base_version": paper.version, **more})
        assert answer.status_code == 302, (event, answer.content.decode()[:2000])
    paper.refresh_from_db()
    assert paper.state == "withdrawn"
    page = sign_in(hands.users["drafter"]).get(url("paper", paper.pk)).content.decode()
    assert "01/QĐ-SCTHP" in page
    assert "Ban hành nhầm" in page


def test_a_step_already_taken_says_so(hands: Hands, sign_in: SignIn) -> None:
    paper = brought(hands, "initialled")
    answer = sign_in(hands.users["head"]).post(url("step", paper.pk, "initial"), {"base_version": paper.version})
    assert answer.status_code == 409
    assert "Chờ ký" in answer.content.decode()


def test_a_wrong_day_is_said_beside_its_field(hands: Hands, sign_in: SignIn) -> None:
    paper = brought(hands, "signed")
    told = {"base_version": paper.version, "on": "2100-01-01"}
    answer = sign_in(hands.users["clerk"]).post(url("step", paper.pk, "number"), told)
    assert answer.status_code == 422
    assert "Ngày của văn bản không ở tương lai." in answer.content.decode()


def test_a_number_from_elsewhere_is_typed_by_hand(hands: Hands, sign_in: SignIn) -> None:
    paper = brought(hands, "signed")
    told = {"base_version": paper.version, "on": "2026-11-18", "elsewhere": "77/QĐ-UBND"}
    client = sign_in(hands.users["clerk"])
    assert client.post(url("step", paper.pk, "number"), told).status_code == 422
    assert client.post(url("step", paper.pk, "number"), told | {"issuer": "UBND thành phố"}).status_code == 302
    paper.refresh_from_db()
    assert (paper.elsewhere, paper.elsewhere_issuer) == ("77/QĐ-UBND", "UBND thành phố")


def test_a_draft_is_downloaded_as_it_would_be_and_an_issued_one_as_it_was(hands: Hands, sign_in: SignIn) -> None:
    client = sign_in(hands.users["drafter"])
    draft, issued = drafted(hands), brought(hands, "issued")
    content = b"".join(client.get(url("download", draft.pk, "docx")).streaming_content)  # type: ignore[attr-defined]
    assert "Dự thảo, chưa ban hành" in word_of(content).sections[0].footer.tables[0].rows[0].cells[0].text
    kept = issued.files.get(role="pdf")
    answer = client.get(url("download", issued.pk, "pdf"))
    import hashlib

    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert hashlib.sha256(body).hexdigest() == kept.sha256
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(url("download", issued.pk, "exe")).status_code == 404


def test_markup_in_a_field_stays_text_on_the_page(hands: Hands, sign_in: SignIn) -> None:
    from dataclasses import replace

    sample = declared("approval").sample
    from matxich.correspondence.actions.drafting import Owner, draft_paper
    from tests.conftest import NOW

    nasty = '<script>alert(1)</script> & "x"'
    paper = draft_paper(
        owner=Owner(), agency=hands.agency, kind="approval", fields=replace(sample, programme=nasty),
        by=hands.drafter, at=NOW,
    )  # fmt: skip
    page = sign_in(hands.users["drafter"]).get(url("preview", paper.pk)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_tabs_show_what_waits(hands: Hands, sign_in: SignIn) -> None:
    paper = brought(hands, "initialled")
    page = sign_in(hands.users["leader"]).get(url("papers") + "?viec=ky").content.decode()
    assert url("paper", paper.pk) in page
    empty = sign_in(hands.users["leader"]).get(url("papers") + "?viec=cap-so").content.decode()
    assert "Không có văn bản nào chờ ở đây" in empty


def test_the_day_s_work_names_what_waits(hands: Hands, sign_in: SignIn) -> None:
    brought(hands, "initialled")
    brought(hands, "returned")
    assert "Ký văn bản" in sign_in(hands.users["leader"]).get(reverse("desk:home")).content.decode()
    assert "Sửa văn bản được trả lại" in sign_in(hands.users["drafter"]).get(reverse("desk:home")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_as_much_for_three_as_for_one(
    hands: Hands, sign_in: SignIn, count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        brought(hands, "submitted")
    client = sign_in(hands.users["head"])
    client.get(url("papers"))
    with django_assert_max_num_queries(22):
        client.get(url("papers") + "?viec=ky-nhay")


# The register.


def test_the_register_is_filtered_and_taken_away(hands: Hands, sign_in: SignIn) -> None:
    import io

    from openpyxl import load_workbook

    for kind in ("approval", "return_letter", "approval"):
        brought(hands, "issued", kind)
    client, address = sign_in(hands.users["clerk"]), url("register", hands.agency.pk, 2026)
    page = client.get(address + "?loai=QĐ").content.decode()
    assert "02/QĐ-SCTHP" in page
    assert "01/SCTHP" not in page
    answer = client.post(url("register_file", hands.agency.pk, 2026) + "?loai=QĐ")
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)  # type: ignore[attr-defined]
    assert [row[0] for row in rows] == ["Số, ký hiệu", "01/QĐ-SCTHP", "02/QĐ-SCTHP"]
    noted = AccessRecord.objects.get(subject_kind="paper_register")
    assert (noted.rows, noted.actor_id) == (2, hands.clerk.id)


def test_a_formula_in_a_subject_stays_text_in_the_workbook(hands: Hands) -> None:
    from matxich.correspondence.queries.papers import Asked, register_rows, register_table

    paper = brought(hands, "issued")
    OfficialPaper.objects.filter(pk=paper.pk).update(subject="=HYPERLINK(1)")
    (row,) = register_table(register_rows(Asked(hands.agency, 2026), hands.clerk))
    from matxich.documents.spreadsheets import xlsx_pieces

    content = b"".join(xlsx_pieces([("x", list("abcdefg"), [row])]))  # type: ignore[list-item]
    import io
    import zipfile

    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in sheet


def test_a_clerk_begins_the_register_where_paper_ended(hands: Hands, sign_in: SignIn) -> None:
    client = sign_in(hands.users["clerk"])
    address = url("register_open", hands.agency.pk, 2026)
    assert client.post(address, {"series": "QĐ", "first": "58"}).status_code == 302
    assert brought(hands, "numbered").number == 58
    assert client.post(address, {"series": "QĐ", "first": "60"}).status_code == 422
    assert client.get(url("register", hands.agency.pk, 1999)).status_code == 404


# Templates.


def test_a_template_is_tried_saved_and_brought_back(hands: Hands, sign_in: SignIn) -> None:
    client, args = sign_in(hands.users["head"]), (hands.agency.pk, "approval")
    text = template_in_use(hands.agency, "approval").text.replace("Tổ chức thực hiện:", "Phân công:")
    tried = client.post(url("try_out", *args), {"text": text})
    assert tried.status_code == 200
    assert "Phân công:" in tried.content.decode()
    assert not PaperTemplate.objects.exists()
    assert client.post(url("template", *args), {"text": text, "note": "đổi", "base_version": 0}).status_code == 302
    assert "phiên bản 1" in client.get(url("template", *args)).content.decode()
    assert client.get(url("template_version", *args, 0)).status_code == 200
    assert client.post(url("restore", *args, 0), {"base_version": 1}).status_code == 302
    assert template_in_use(hands.agency, "approval").version == 2
    assert client.get(url("template_version", *args, 9)).status_code == 404


def test_faults_are_listed_with_their_lines_and_the_text_is_kept(hands: Hands, sign_in: SignIn) -> None:
    client, args = sign_in(hands.users["head"]), (hands.agency.pk, "approval")
    text = "[nội dung]\nĐiều 1. {{ namm }}\n{{ tong_nha_nuoc | tienn }}"
    answer = client.post(url("template", *args), {"text": text, "note": "", "base_version": 0})
    assert answer.status_code == 422
    page = " ".join(answer.content.decode().split())
    assert "Dòng 2: Không có trường “namm”. Có phải “nam”?" in page
    assert "Dòng 3: Không có phép “tienn”." in page


def test_a_form_of_the_circular_says_what_is_not_proven(hands: Hands, sign_in: SignIn) -> None:
    client = sign_in(hands.users["head"])
    said = "chưa đối chiếu với bản gốc của thông tư"
    assert said in client.get(url("template", hands.agency.pk, "form_4a")).content.decode()
    assert said not in client.get(url("template", hands.agency.pk, "approval")).content.decode()


def test_the_letterhead_is_written_once_for_all_papers(hands: Hands, sign_in: SignIn) -> None:
    client, address = sign_in(hands.users["clerk"]), url("letterhead", hands.agency.pk)
    told = {
        "issuer": "Sở Công Thương", "parent": "UBND thành phố Hải Phòng", "abbreviation": "SCT", "place": "Hải Phòng",
        "head": "Giám đốc", "deputy": "Phó Giám đốc", "base_version": "1",
    }  # fmt: skip
    assert client.get(address).status_code == 200
    assert client.post(address, told).status_code == 302
    assert Letterhead.objects.get().abbreviation == "SCT"
    assert client.post(address, told | {"issuer": ""}).status_code == 422


# The signed sheet, and anybody's check.


def test_a_scan_is_attached_and_opened_again(hands: Hands, sign_in: SignIn) -> None:
    paper, client = brought(hands, "issued"), sign_in(hands.users["clerk"])
    upload = SimpleUploadedFile("da-ky.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    assert client.post(url("attach", paper.pk), {"file": upload}).status_code == 302
    kept = paper.files.get(role="signed")
    assert client.get(url("signed_file", paper.pk, kept.pk)).content.startswith(b"%PDF")
    wrong = SimpleUploadedFile("x.pdf", b"hello")
    assert client.post(url("attach", paper.pk), {"file": wrong}).status_code == 422


@pytest.mark.parametrize("language", ["vi", "en", "ja", "ko"])
def test_anybody_checks_a_code_in_their_language(hands: Hands, client: Client, language: str) -> None:
    paper = brought(hands, "issued")
    client.cookies["django_language"] = language
    page = client.get(url("check", paper.code)).content.decode()
    assert f'<html lang="{language}"' in page
    assert "01/QĐ-SCTHP" in page
    for secret in ("Đúc", "Lê Hữu Lãnh", "Ngô Thị Chủ", paper.subject):
        assert secret not in page


def test_a_code_is_found_however_it_is_typed(hands: Hands, client: Client) -> None:
    paper = brought(hands, "issued")
    answer = client.get(url("ask"), {"code": paper.code.replace("-", " ").lower()})
    assert answer.headers["Location"] == url("check", paper.code)
    assert client.get(url("ask"), {"code": "7K2Q-91AV-44D9"}).status_code == 422
    assert client.get(url("ask")).status_code == 200


def test_drafts_and_inventions_are_not_there(hands: Hands, client: Client) -> None:
    for code in (drafted(hands).code, "7K2Q-91AV-44D8", "<b>"):
        assert client.get(url("check", code)).status_code == 404


def test_a_file_is_compared_and_not_kept(hands: Hands, client: Client) -> None:
    from matxich.correspondence.queries.composing import compose
    from matxich.files.models import StoredFile

    paper = brought(hands, "issued")
    content, before = docx_of(compose(paper)), StoredFile.objects.count()
    right = client.post(url("check", paper.code), {"file": SimpleUploadedFile("a.docx", content)}).content.decode()
    wrong = client.post(
        url("check", paper.code), {"file": SimpleUploadedFile("a.docx", content + b"x")}
    ).content.decode()
    assert "Tệp của bạn đúng là một trong các bản được lưu" in right
    assert "Tệp của bạn không trùng với bản nào được lưu" in wrong
    assert StoredFile.objects.count() == before


def test_asking_too_often_is_refused(client: Client) -> None:
    from matxich.correspondence.views.checking import MOST_ASKED

    answers = [client.get(url("check", "7K2Q-91AV-44D8")).status_code for _ in range(MOST_ASKED + 1)]
    assert (answers[0], answers[-1]) == (404, 429)
