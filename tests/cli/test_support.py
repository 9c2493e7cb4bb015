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
