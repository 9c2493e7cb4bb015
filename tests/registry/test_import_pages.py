"""The wizard from file to undo: every step for its people, every refusal in its words, a fixed number of queries."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matxich.registry.models import Enterprise, Import, ImportRow, Source
from matxich.registry.queries import visible_enterprises
from matxich.rulebook.lists.correcting import parse_row_code
from tests.conftest import World
from tests.registry.messy import write_messy

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]


def upload(client: Client, path: Path, source: str = "Sở Công Thương") -> Any:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post(reverse("registry:imports"), {"file": file, "source": source, "kind": "agency_list"})


def address(name: str, batch: Import, **kwargs: int) -> str:
    return reverse(f"registry:{name}", kwargs={"pk": batch.pk, **kwargs})


def choices(client: Client, batch: Import, **changes: str) -> dict[str, str]:
    """The column form as a browser would send it, with changes by column letter."""
    page = client.get(address("import_columns", batch)).context["page"]
    told = {c.name: c.chosen or "processes" for table in page.tables for c in table.columns}
    letters = {column.letter: column.name for table in page.tables for column in table.columns}
    told |= {f"t{table.number}": "on" for table in page.tables if table.included}
    told |= {letters[letter]: value for letter, value in changes.items()}
    mark = client.get(address("import_columns", batch)).context["mark"]
    return told | {"mark": mark, "go": "stage"}


@pytest.fixture
def officer(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.owner)


@pytest.fixture
def read(officer: Client, tmp_path: Path) -> Import:
    upload(officer, write_messy(tmp_path / "ds.xlsx"))
    return Import.objects.get()


@pytest.fixture
def staged(officer: Client, read: Import) -> Import:
    officer.post(address("import_columns", read), choices(officer, read))
    read.refresh_from_db()
    return read


@pytest.fixture
def published(officer: Client, staged: Import) -> Import:
    officer.post(address("import_publish", staged))
    staged.refresh_from_db()
    return staged


def test_a_file_goes_in_and_its_columns_are_proposed(officer: Client, read: Import) -> None:
    assert (read.state, read.source.name, read.agency.name) == ("read", "Sở Công Thương", "Sở Công Thương Hải Phòng")
    page = officer.get(address("import", read), follow=True).context["page"]
    (table,) = page.tables
    assert (table.sheet, table.start, table.rows) == ("Tổng hợp", "A3", 4)
    assert [(c.letter, c.chosen) for c in table.columns[:4]] == [
        ("A", "-"),
        ("B", "name"),
        ("C", "tax_code"),
        ("D", "address"),
    ]
    workers = table.columns[5]
    assert (workers.chosen, workers.usable, workers.filled) == ("workers", 3, 4)
    assert workers.notes[0].text == "1 ô: Không đọc được thành số. Trước tiên ở dòng 6."
    assert [number for number, _cells, _refusal in table.preview.rows] == [5, 6, 7, 8]


def test_personal_cells_are_masked_on_every_page(officer: Client, published: Import) -> None:
    first = ImportRow.objects.order_by("id").first()
    for url in (
        address("import_columns", published),
        address("import_result", published),
        address("import_row", published, row=first.pk),
    ):
        text = officer.get(url).content.decode()
        assert "0912345678" not in text and "Ngô Văn A" not in text
    assert "09•• ••• 678" in text


def test_every_row_is_accounted_for(officer: Client, staged: Import) -> None:
    response = officer.get(address("import_check", staged))
    totals = response.context["totals"]
    assert (totals.rows, totals.accepted, totals.linked, totals.new, totals.queued, totals.rejected) == (
        4,
        3,
        0,
        3,
        0,
        1,
    )
    assert (totals.warned, totals.skipped) == (2, 5)
    for group, rows in {
        "tat-ca": [5, 6, 7, 8],
        "moi": [5, 6, 7],
        "khong-nhan": [8],
        "canh-bao": [6, 7],
        "noi": [],
    }.items():
        lines = officer.get(address("import_check", staged), {"nhom": group}).context["rows"].items
        assert [line.row for line in lines] == rows
    skipped = officer.get(address("import_check", staged), {"nhom": "bo-qua"}).context["rows"].items
    assert [(line.row, line.last_row) for line in skipped] == [(1, 1), (2, 2), (3, 3), (4, 4), (9, 9)]
    assert visible_enterprises().count() == 0


def test_rows_are_narrowed_to_one_reason(officer: Client, staged: Import) -> None:
    lines = officer.get(address("import_check", staged), {"ly-do": "check_digit"}).context["rows"].items
    assert [(line.row, line.doubts[0].column, line.doubts[0].value) for line in lines] == [(7, "C", "9991274608")]
    lines = officer.get(address("import_check", staged), {"ly-do": "no_name_no_identifier"}).context["rows"].items
    assert [line.row for line in lines] == [8]


def test_published_rows_lead_to_their_firms_and_undo_takes_them_back(officer: Client, published: Import) -> None:
    response = officer.get(address("import_result", published))
    firm = Enterprise.objects.get(tax_code="9991274607")
    assert response.context["rows"].items[0].firm_name == firm.name
    assert visible_enterprises().count() == 3
    confirm = officer.get(address("import_undo", published))
    assert (confirm.context["reach"].firms, confirm.context["reach"].made) == (3, 3)
    assert officer.post(address("import_undo", published), {"reason": ""}).status_code == 422
    officer.post(address("import_undo", published), {"reason": "Nhầm tệp"})
    assert visible_enterprises().count() == 0
    assert officer.get(address("import_result", published)).context["rows"].items[0].firm == ""


def test_rejected_rows_come_back_as_a_workbook_with_the_reason(officer: Client, staged: Import) -> None:
    response = officer.get(address("import_rejected", staged))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    header, row = sheet.iter_rows(values_only=True)
    assert header[:4] == ("Trang trong tệp đã gửi", "Dòng trong tệp đã gửi", "Lý do không nhận", "Cần làm gì")
    assert row[:2] == ("Tổng hợp", 8)
    assert row[2] == "B: Dòng không có tên dùng được, cũng không có mã số thuế hợp lệ."
    assert row[3] == "Ghi tên doanh nghiệp hoặc mã số thuế đúng vào cột của nó rồi gửi lại."
    assert row[6:10] == ("12345", "Hải Phòng", "Đúc", "7")
    assert (header[-1], parse_row_code(row[-1])) == ("Mã dòng (giữ nguyên)", (staged.pk, staged.rows.last().pk))


def test_each_step_may_be_asked_twice(officer: Client, published: Import) -> None:
    assert officer.post(address("import_publish", published)).url == address("import_result", published)
    assert officer.post(address("import_stage", published)).url == address("import", published)
    for _time in range(2):
        assert officer.post(address("import_undo", published), {"reason": "Nhầm"}).url == address(
            "import_result", published
        )
    assert Import.objects.get().state == "undone"


def test_a_form_opened_before_somebody_elses_change_is_refused(officer: Client, read: Import) -> None:
    told = choices(officer, read)
    officer.post(address("import_columns", read), told | {"go": "look", "c0-4": "processes"})
    response = officer.post(address("import_columns", read), told)
    assert response.status_code == 409
    assert "vừa được người khác sửa" in response.content.decode()
    assert Import.objects.get().state == "mapped"


def test_looking_again_counts_under_the_new_choices(officer: Client, read: Import) -> None:
    officer.post(address("import_columns", read), choices(officer, read, H="-", F="revenue") | {"go": "look"})
    page = officer.get(address("import_columns", read)).context["page"]
    assert [(c.letter, c.chosen, c.usable) for c in page.tables[0].columns if c.letter in "FH"] == [
        ("F", "revenue", 3), ("H", "-", None)
    ]  # fmt: skip


def test_a_column_that_fits_two_fields_is_chosen_by_a_person(officer: Client, read: Import) -> None:
    page = officer.get(address("import_columns", read)).context["page"]
    (doubt,) = page.in_doubt
    assert (doubt.letter, [r.label for r in doubt.readings]) == ("E", ["Ngành nghề", "Công đoạn, quy trình"])
    response = officer.post(address("import_columns", read), choices(officer, read, E=""))
    assert (response.status_code, 'aria-invalid="true"' in response.content.decode()) == (422, True)
    officer.post(address("import_columns", read), choices(officer, read, E="industries"))
    assert Import.objects.get().state == "staged"


def test_a_list_without_name_and_code_columns_is_not_taken_in(officer: Client, read: Import) -> None:
    response = officer.post(address("import_columns", read), choices(officer, read, B="-", C="-"))
    assert response.status_code == 422
    assert "Chọn cột tên hoặc mã số thuế" in response.content.decode()
    assert Import.objects.get().state == "read"


def test_a_table_may_be_left_out(officer: Client, tmp_path: Path) -> None:
    upload(officer, write_messy(tmp_path / "hai.xlsx", second_sheet=True))
    batch = Import.objects.get()
    told = choices(officer, batch)
    del told["t1"]
    officer.post(address("import_columns", batch), told)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["rows"]) == ("staged", 4)
    skipped = officer.get(address("import_check", batch), {"nhom": "bo-qua"}).context["rows"].items
    assert [(line.sheet, line.row) for line in skipped if line.text == "Bảng không được chọn để nhập."] == [
        ("Ngoài tỉnh", 2)
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("anh.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "Tệp này không phải bảng tính."),
        ("hong.xlsx", b"PK\x03\x04" + b"\0" * 64, "Tệp bị hỏng hoặc tải lên chưa hết."),
        ("rong.csv", b"", "Tệp rỗng."),
    ],
)
def test_a_bad_file_is_refused_beside_its_field(officer: Client, name: str, content: bytes, words: str) -> None:
    response = officer.post(
        reverse("registry:imports"),
        {"file": SimpleUploadedFile(name, content), "source": "Sở Công Thương", "kind": "agency_list"},
    )
    assert response.status_code == 422
    (message,) = response.context["form"].errors["file"]
    assert message.startswith(words)
    assert Enterprise.objects.count() == 0
    assert set(Import.objects.values_list("state", flat=True)) <= {"failed"}


def test_a_file_too_large_is_refused_before_it_is_kept(officer: Client, tmp_path: Path, settings: Any) -> None:
    settings.MAX_LIST_BYTES = 10
    response = upload(officer, write_messy(tmp_path / "ds.xlsx"))
    assert (response.status_code, Import.objects.count()) == (422, 0)


def test_the_same_file_again_says_so_and_changes_nothing(officer: Client, published: Import, tmp_path: Path) -> None:
    upload(officer, tmp_path / "ds.xlsx")
    again = Import.objects.exclude(pk=published.pk).get()
    officer.post(address("import_columns", again), choices(officer, again))
    response = officer.get(address("import_check", again))
    assert "Công bố lại không đổi gì." in response.content.decode()
    assert (response.context["totals"].linked, response.context["totals"].new) == (3, 0)
    assert len(officer.get(address("import_check", again), {"nhom": "noi"}).context["rows"].items) == 3


def test_a_cancelled_list_may_be_begun_again(officer: Client, read: Import) -> None:
    officer.post(address("import_cancel", read))
    assert "Đã hủy lần nhập này" in officer.get(address("import", read)).content.decode()
    officer.post(address("import_again", read))
    assert list(Import.objects.order_by("id").values_list("state", flat=True)) == ["cancelled", "read"]


PAGES = ("import", "import_columns", "import_check", "import_result", "import_rejected")


def test_the_owner_and_a_colleague_open_a_list_a_stranger_and_the_others_do_not(
    world: World, sign_in: SignIn, published: Import
) -> None:
    row = ImportRow.objects.order_by("id").first()
    urls = [address(name, published) for name in PAGES] + [address("import_row", published, row=row.pk)]
    for name, person in world.people.items():
        statuses = {sign_in(person).get(url, follow=True).status_code for url in urls}
        assert statuses == ({200} if name in ("owner", "colleague", "ministry") else {403}), name


def test_only_those_who_may_change_a_list_move_it(world: World, sign_in: SignIn, staged: Import) -> None:
    stranger = sign_in(world.stranger)
    for name in ("import_stage", "import_publish", "import_cancel", "import_again"):
        response = stranger.post(address(name, staged))
        assert (response.status_code, "Lần nhập này thuộc cơ quan khác." in response.content.decode()) == (403, True)
    assert Import.objects.get().state == "staged"


def test_a_colleague_may_publish_but_not_undo(world: World, sign_in: SignIn, staged: Import) -> None:
    colleague = sign_in(world.colleague)
    assert colleague.post(address("import_publish", staged)).status_code == 302
    assert colleague.get(address("import_undo", staged)).status_code == 403
    assert "Người đã nhập hoặc trưởng phòng" in colleague.get(address("import_result", staged)).content.decode()


def test_who_may_not_import_hears_why(world: World, sign_in: SignIn) -> None:
    response = sign_in(world.viewer).get(reverse("registry:imports"))
    assert (response.status_code, "Chuyên viên hoặc trưởng phòng" in response.content.decode()) == (403, True)


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(officer: Client, tmp_path: Path, rows: int) -> None:
    path = tmp_path / "ds.csv"
    lines = [f"Công ty TNHH Số {n},,Hải Phòng,abc" for n in range(rows)]
    path.write_text("\n".join(["Tên doanh nghiệp,MST,Địa chỉ,Lao động", *lines, ",,Hải Phòng,5"]))
    upload(officer, path)
    batch = Import.objects.get()
    columns = queries(officer, address("import_columns", batch))
    officer.post(address("import_columns", batch), choices(officer, batch))
    check = queries(officer, address("import_check", batch))
    officer.post(address("import_publish", batch))
    result = queries(officer, address("import_result", batch))
    row = queries(officer, address("import_row", batch, row=ImportRow.objects.order_by("id").first().pk))
    listed, problems = queries(officer, reverse("registry:imports")), queries(officer, reverse("registry:problems"))
    assert (columns, check, result, row, listed, problems) == (10, 13, 14, 10, 10, 10)


def test_lists_of_lists_go_by_key(officer: Client, world: World) -> None:
    source = Source.objects.create(name="Nguồn", key="nguon", created_at="2026-11-20T00:00Z")
    Import.objects.bulk_create(
        Import(
            source=source, file_sha256="0" * 64, file_name=f"{n}.xlsx", file_size=1, as_of="2026-11-20",
            agency=world.agency, started_by="user:0", started_by_name="Ai đó", started_at="2026-11-20T00:00Z",
        )
        for n in range(30)
    )  # fmt: skip
    first = officer.get(reverse("registry:imports"))
    assert [one.file_name for one in first.context["page"].items] == [f"{n}.xlsx" for n in range(29, 4, -1)]
    second = officer.get(reverse("registry:imports") + first.context["next"])
    assert [one.file_name for one in second.context["page"].items] == [f"{n}.xlsx" for n in range(4, -1, -1)]
    assert second.context["next"] == ""


def test_taking_rejected_rows_away_is_noted(world: World, sign_in: SignIn, staged: Import) -> None:
    from matxich.kit.models import AccessRecord

    response = sign_in(world.owner).get(address("import_rejected", staged))
    noted = AccessRecord.objects.get(kind="export")
    assert (response.status_code, noted.subject_kind, noted.rows > 0) == (200, "import", True)
    assert "phone" in noted.fields
