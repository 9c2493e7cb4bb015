"""`support …`: the history of support from the shell."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_in_and_out_again(run, db, tmp_path):
    path = tmp_path / "ho-tro.csv"
    path.write_text(
        "Đơn vị thụ hưởng;Tỉnh;Mã nội dung;Năm;Kinh phí (triệu đồng)\nCơ khí Mẫu;Hải Phòng;KC-12;2026;300\n"
        "Cơ khí Mẫu;Hải Phòng;CN-33;2026;500\nNhựa;Tỉnh Bịa;KC-12;2026;300\n"
    )
    words = ("support", "import", str(path), "--source", "Sở", "--json")
    dry = run(*words, "--dry-run")
    assert (dry.code, dry.data["taken"], dry.data["list"]) == (0, 2, None)
    done = run(*words)
    assert (done.data["state"], done.data["taken"], done.data["doubles"]) == ("published", 2, 2)
    assert done.data["rejections"] == [
        {"row": 4, "name": "Nhựa", "reason": "Không rõ tỉnh, thành phố của đơn vị thụ hưởng."}
    ]
    assert run(*words).data["repeats"] is True
    told = run("support", "list", "--doubles", "--year", "2026", "--json").data
    assert (told["total"], told["amount"]) == (2, 800_000_000)
    undone = run("support", "undo", str(done.data["list"]), "--reason", "nhầm", "--json")
    assert (undone.data["state"], run("support", "list", "--json").code) == ("undone", 1)
    assert run("support", "undo", "99", "--reason", "x", "--json").data["error"]["code"] == "no_such_list"


ADD = (
    "support", "add", "Cơ khí Mẫu", "--province", "hai phong", "--year", "2026", "--amount", "300 triệu", "--agency",
    "Sở Công Thương", "--source", "Sổ khuyến công", "--content", "kc-12", "--json",
)  # fmt: skip


def test_one_entry_is_recorded_refused_as_a_double_and_taken_out(run, db):
    made = run(*ADD)
    told = {name: made.data[name] for name in ("content", "title", "province", "budget", "year", "amount", "status")}
    assert (made.code, told) == (0, {
        "content": "KC-12", "title": "Ứng dụng máy móc tiên tiến, chuyển giao công nghệ", "province": "Hải Phòng",
        "budget": "Hải Phòng", "year": 2026, "amount": 300_000_000, "status": "Đã chi",
    })  # fmt: skip
    again = run(*ADD)
    assert (again.code, again.data["error"]["code"]) == (2, "double_support")
    assert len(run(*ADD, "--knowing").data["doubles"]) == 1
    number = str(made.data["entry"])
    assert run("support", "void", number, "--reason", " ", "--json").data["error"]["code"] == "no_reason"
    assert run("support", "void", number, "--reason", "Ghi nhầm", "--json").data == {
        "entry": made.data["entry"], "state": "void",
    }  # fmt: skip
    assert run("support", "void", number, "--reason", "x", "--json").data["error"]["code"] == "support_not_there"
    assert run("support", "list", "--json").data["total"] == 1
    assert run("ledger", "verify", "--json").data["ok"] is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--amount", "ba trăm"), "bad_support"), (("--amount", "1" + "0" * 18), "bad_support"),
        (("--amount", "-5"), "bad_support"), (("--content", "KC-99"), "bad_support"),
        (("--province", "Tỉnh Bịa"), "no_such_province"), (("--year", "1999"), "usage"),
        (("--tax-code", "123"), "bad_support"), (("--budget", "x"), "usage"), (("--by", "ai@do"), "no_such_person"),
        (("--by", "stranger@matxich.test"), "denied"),
    ],
)  # fmt: skip
def test_slips_keep_nothing_and_are_named(run, world, words, code):
    refused = run(*ADD, *words)
    assert (refused.code, refused.data["error"]["code"]) == (2, code)
    assert run("support", "list", "--json").code == 1


def test_a_beneficiary_is_linked_and_unlinked(run, world):
    from tests.samples import firm

    code = firm(world)["registry_id"]
    number = str(run(*ADD).data["entry"])
    linked = run("support", "link", number, code, "--reason", "Cùng giấy đăng ký", "--json")
    assert (linked.data["registry_id"], linked.data["entries"]) == (code, 1)
    assert run("support", "list", "--json").data["support"][0]["registry_id"] == code
    assert run("support", "unlink", number, "--reason", "Nhầm", "--json").data["state"] == "undone"
    assert run("support", "link", number, "MX-1", "--reason", "x", "--json").data["error"]["code"] == "no_such_record"
    assert run("support", "link", "99", code, "--reason", "x", "--json").data["error"]["code"] == "no_such_entry"


def test_a_year_is_declared_complete_by_whose_word_counts(run, world):
    words = ("support", "complete", "2025", "--province", "Hải Phòng", "--reason", "Đã đối chiếu quyết toán", "--json")
    assert run("support", "complete", "--json").code == 1
    assert run(*words).data["error"]["code"] == "no_such_person"
    assert run(*words, "--by", "stranger@matxich.test").data["error"]["code"] == "denied"
    made = run(*words, "--by", "owner@matxich.test")
    assert (made.data["province"], made.data["agency"], made.data["stands"]) == ("31", "Sở Công Thương Hải Phòng", True)
    assert run("support", "complete", "--json").data["years"] == [made.data]
    assert run(*words, "--by", "owner@matxich.test").data["error"]["code"] == "already_complete"
    gone = run(*words, "--withdraw", "--by", "colleague@matxich.test")
    assert (gone.data["stands"], run("support", "complete", "--json").code) == (False, 1)
    again = run(*words, "--withdraw", "--by", "owner@matxich.test")
    assert again.data["error"]["code"] == "no_such_word"
